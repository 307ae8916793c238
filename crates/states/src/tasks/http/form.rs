//! Bodies as forms.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html#url-encode-request-body>

use cloudarium_asl::doc;
use cloudarium_service::http;
use serde_json::Value as Json;

/// How the items of a list are named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrays {
    /// `array[0]=a&array[1]=b`
    Indices,
    /// `array=a&array=b`
    Repeat,
    /// `array=a,b`
    Commas,
    /// `array[]=a&array[]=b`
    Brackets,
}

impl Arrays {
    /// By AWS's name.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "INDICES" => Self::Indices,
            "REPEAT" => Self::Repeat,
            "COMMAS" => Self::Commas,
            "BRACKETS" => Self::Brackets,
            _ => return None,
        })
    }
}

/// A body as a form: what lies deeper is named by what it lies in, `metadata[order]`.
pub fn write(body: &Json, arrays: Arrays) -> String {
    let mut pairs = Vec::new();
    match body {
        Json::Object(members) => {
            for (name, value) in members {
                add(&mut pairs, name.clone(), value, arrays);
            }
        }
        other => add(&mut pairs, String::new(), other, arrays),
    }
    http::form(&pairs)
}

fn add(pairs: &mut Vec<(String, String)>, name: String, value: &Json, arrays: Arrays) {
    match value {
        Json::Object(members) => {
            for (inner, value) in members {
                add(pairs, format!("{name}[{inner}]"), value, arrays);
            }
        }
        Json::Array(items) if arrays == Arrays::Commas => {
            let items: Vec<String> = items.iter().map(text).collect();
            pairs.push((name, items.join(",")));
        }
        Json::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                let inner = match arrays {
                    Arrays::Indices => format!("{name}[{at}]"),
                    Arrays::Brackets => format!("{name}[]"),
                    Arrays::Repeat | Arrays::Commas => name.clone(),
                };
                add(pairs, inner, item, arrays);
            }
        }
        value => pairs.push((name, text(value))),
    }
}

fn text(value: &Json) -> String {
    match value {
        Json::Null => String::new(),
        Json::String(text) => text.clone(),
        other => doc::write(other),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn lists_are_named_as_is_asked_for() {
        let body = json!({"array": ["a", "b"]});
        let written = |arrays| write(&body, arrays);
        assert_eq!(written(Arrays::Indices), "array%5B0%5D=a&array%5B1%5D=b");
        assert_eq!(written(Arrays::Repeat), "array=a&array=b");
        assert_eq!(written(Arrays::Commas), "array=a%2Cb");
        assert_eq!(written(Arrays::Brackets), "array%5B%5D=a&array%5B%5D=b");
        assert_eq!(Arrays::named("REPEAT"), Some(Arrays::Repeat));
        assert_eq!(Arrays::named("repeat"), None);
    }

    #[test]
    fn what_lies_deeper_is_named_by_what_it_lies_in() {
        let body = json!({"description": "Monthly subscription", "metadata": {"a": {"b": [1, {"c": true}]}}, "none": null});
        assert_eq!(
            write(&body, Arrays::Indices),
            "description=Monthly%20subscription&metadata%5Ba%5D%5Bb%5D%5B0%5D=1\
             &metadata%5Ba%5D%5Bb%5D%5B1%5D%5Bc%5D=true&none="
        );
    }
}
