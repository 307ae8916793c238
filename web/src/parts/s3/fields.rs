//! What the forms of the S3 console share: the value of a field, storage classes, metadata as lines.

use serde_json::{Map, Value};
use yew::prelude::*;

use crate::state::cloud::get;

/// The classes that an object can be put in, from warm to cold.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-class-intro.html>
pub const CLASSES: [&str; 7] = [
    "STANDARD",
    "INTELLIGENT_TIERING",
    "STANDARD_IA",
    "ONEZONE_IA",
    "GLACIER_IR",
    "GLACIER",
    "DEEP_ARCHIVE",
];

/// Changes one member of a form by what is typed.
pub fn typed<T: Clone + PartialEq + 'static>(
    form: &UseStateHandle<T>,
    set: fn(&mut T, String),
) -> Callback<InputEvent> {
    let form = form.clone();
    Callback::from(move |event: InputEvent| take(&form, &event, set))
}

/// Changes one member of a form by what is chosen from a list, which tells it by no event of typing.
pub fn picked<T: Clone + PartialEq + 'static>(
    form: &UseStateHandle<T>,
    set: fn(&mut T, String),
) -> Callback<Event> {
    let form = form.clone();
    Callback::from(move |event: Event| take(&form, &event, set))
}

fn take<T: Clone + PartialEq + 'static>(
    form: &UseStateHandle<T>,
    event: &Event,
    set: fn(&mut T, String),
) {
    // Fields of every kind have a value.
    let value = event.target().and_then(|field| get(field.as_ref(), "value").as_string());
    if let Some(value) = value {
        let mut next = (**form).clone();
        set(&mut next, value);
        form.set(next);
    }
}

/// The options of a list of storage classes.
pub fn class_options(chosen: &str) -> Html {
    html! { { for CLASSES.into_iter().map(|class| html! { <option value={class} selected={chosen == class}>{ class }</option> }) } }
}

/// `author: Grace`, a pair a line, as the metadata of an object; the error is a line that is none.
pub fn metadata(lines: &str) -> Result<Map<String, Value>, String> {
    let mut pairs = Map::new();
    for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (name, value) = line.split_once(':').ok_or_else(|| line.to_owned())?;
        pairs.insert(name.trim().to_owned(), value.trim().into());
    }
    Ok(pairs)
}

/// Metadata as lines to edit.
pub fn metadata_lines(head: &Value) -> String {
    let pairs = head.get("Metadata").and_then(Value::as_object);
    let line = |(name, value): (&String, &Value)| {
        format!("{name}: {}\n", value.as_str().unwrap_or_default())
    };
    pairs.into_iter().flatten().map(line).collect()
}

/// Puts a member into an input, unless it is empty.
pub fn put_text(input: &mut Value, name: &str, value: &str) {
    if !value.is_empty()
        && let Some(input) = input.as_object_mut()
    {
        input.insert(name.into(), value.into());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn metadata_goes_to_lines_and_back() {
        let pairs = metadata("Author: Grace\n\n written-on : paper: yes ").expect("they are pairs");
        assert_eq!(json!(pairs), json!({ "Author": "Grace", "written-on": "paper: yes" }));
        let lines = metadata_lines(&json!({ "Metadata": pairs }));
        assert_eq!(metadata(&lines).as_ref(), Ok(&pairs));
        assert_eq!(metadata("author Grace"), Err("author Grace".to_owned()));
    }
}
