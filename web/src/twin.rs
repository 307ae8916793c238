//! The same call in boto3 and in the AWS CLI. Both follow from the API's names alone, so nothing here knows a service.

use serde_json::Value;

/// A call to show: `s3`, `PutObject`, and its input.
#[derive(Clone, PartialEq, Debug)]
pub struct Twin {
    pub service: String,
    pub operation: String,
    pub input: Value,
    /// Bytes that go or come beside the input.
    pub body: Body,
}

/// Members that are written first; the others follow by name.
const FIRST: [&str; 2] = ["Bucket", "Key"];

/// The file that holds a call's streaming member, if it has one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Body {
    None,
    FromFile(String),
    ToFile(String),
}

impl Twin {
    /// `s3.put_object(Bucket="photos", Key="a.txt", Body=open("a.txt", "rb"))`
    pub fn boto3(&self) -> String {
        let mut arguments: Vec<String> =
            self.members().map(|(name, value)| format!("{name}={}", python(value))).collect();
        if let Body::FromFile(file) = &self.body {
            arguments.push(format!("Body=open({}, \"rb\")", quoted(file)));
        }
        let call = format!(
            "{}.{}({})",
            variable(&self.service),
            words(&self.operation, '_'),
            arguments.join(", ")
        );
        match &self.body {
            Body::ToFile(_) => format!("{call}[\"Body\"].read()"),
            _ => call,
        }
    }

    /// `aws s3api put-object --bucket photos --key a.txt --body a.txt`
    pub fn cli(&self) -> String {
        let service = if self.service == "s3" { "s3api" } else { &self.service };
        let mut line = vec![format!("aws {service} {}", words(&self.operation, '-'))];
        line.extend(self.members().map(|(name, value)| option(&words(name, '-'), value)));
        match &self.body {
            Body::FromFile(file) => line.push(format!("--body {}", shell(file))),
            Body::ToFile(file) => line.push(shell(file)),
            Body::None => {}
        }
        line.join(" ")
    }

    /// The members in the order in which one reads them: what is acted on, then how.
    fn members(&self) -> impl Iterator<Item = (&String, &Value)> {
        let mut members: Vec<_> = self.input.as_object().into_iter().flatten().collect();
        members.sort_by_key(|(name, _)| {
            FIRST.iter().position(|first| first == name).unwrap_or(FIRST.len())
        });
        members.into_iter()
    }
}

/// One option of the CLI. Structures are written as JSON, which it takes everywhere.
fn option(name: &str, value: &Value) -> String {
    match value {
        Value::Bool(true) => format!("--{name}"),
        Value::Bool(false) => format!("--no-{name}"),
        Value::String(text) => format!("--{name} {}", shell(text)),
        Value::Number(number) => format!("--{name} {number}"),
        other => format!("--{name} {}", shell(&other.to_string())),
    }
}

/// `PutObject` → `put_object`, `SSEKMSKeyId` → `ssekms_key_id`: as botocore's `xform_name` has it.
pub fn words(name: &str, joint: char) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut out = String::new();
    for (at, letter) in letters.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| letters.get(at));
        let after = letters.get(at + 1);
        let starts = letter.is_uppercase()
            && before.is_some_and(|b| {
                b.is_lowercase() || b.is_ascii_digit() || after.is_some_and(|a| a.is_lowercase())
            });
        if starts {
            out.push(joint);
        }
        out.extend(letter.to_lowercase());
    }
    out
}

fn variable(service: &str) -> String {
    service.replace('-', "_")
}

fn python(value: &Value) -> String {
    match value {
        Value::Null => "None".into(),
        Value::Bool(true) => "True".into(),
        Value::Bool(false) => "False".into(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => quoted(text),
        Value::Array(items) => {
            format!("[{}]", items.iter().map(python).collect::<Vec<_>>().join(", "))
        }
        Value::Object(members) => {
            let members =
                members.iter().map(|(name, value)| format!("{}: {}", quoted(name), python(value)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(", "))
        }
    }
}

fn quoted(text: &str) -> String {
    // JSON's escapes are Python's too.
    Value::String(text.into()).to_string()
}

fn shell(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=@%+,".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        return text.into();
    }
    format!("'{}'", text.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn twin(operation: &str, input: Value, body: Body) -> Twin {
        Twin { service: "s3".into(), operation: operation.into(), input, body }
    }

    #[test]
    fn names_become_words_as_in_botocore() {
        let names =
            ["PutObject", "ListObjectsV2", "SSEKMSKeyId", "MaxKeys", "ETag", "MFA", "GetBucketACL"];
        let snake = names.map(|name| words(name, '_')).join(" ");
        assert_eq!(
            snake,
            "put_object list_objects_v2 ssekms_key_id max_keys e_tag mfa get_bucket_acl"
        );
    }

    #[test]
    fn an_upload_has_its_twins() {
        let put = twin(
            "PutObject",
            json!({ "Bucket": "b", "Key": "it's.txt" }),
            Body::FromFile("a b.txt".into()),
        );
        assert_eq!(
            put.boto3(),
            r#"s3.put_object(Bucket="b", Key="it's.txt", Body=open("a b.txt", "rb"))"#
        );
        assert_eq!(
            put.cli(),
            r"aws s3api put-object --bucket b --key 'it'\''s.txt' --body 'a b.txt'"
        );
    }

    #[test]
    fn structures_are_python_and_json() {
        let input =
            json!({ "Bucket": "b", "Delete": { "Objects": [{ "Key": "k" }], "Quiet": true } });
        let delete = twin("DeleteObjects", input, Body::None);
        assert_eq!(
            delete.boto3(),
            r#"s3.delete_objects(Bucket="b", Delete={"Objects": [{"Key": "k"}], "Quiet": True})"#
        );
        assert_eq!(
            delete.cli(),
            r#"aws s3api delete-objects --bucket b --delete '{"Objects":[{"Key":"k"}],"Quiet":true}'"#
        );
    }

    #[test]
    fn a_download_names_its_file() {
        let get = twin(
            "GetObject",
            json!({ "Bucket": "b", "Key": "d/k.png" }),
            Body::ToFile("k.png".into()),
        );
        assert_eq!(get.boto3(), r#"s3.get_object(Bucket="b", Key="d/k.png")["Body"].read()"#);
        assert_eq!(get.cli(), "aws s3api get-object --bucket b --key d/k.png k.png");
    }
}
