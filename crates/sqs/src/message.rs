//! What a message may hold, and the digests by which a client knows that it came whole.
//!
//! <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html>

use std::collections::BTreeMap;

use cloudarium_shape::Blob;
use md5::{Digest, Md5};
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::limits::{ATTRIBUTE_NAME_CHARS_MAX, MESSAGE_ATTRIBUTES_MAX};
use crate::model::{Attribute, AttributeValue};

/// An attribute as it is sent. Lists are not: AWS says of them "Not implemented. Reserved for future use".
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct AttributeIn {
    string_value: Option<String>,
    binary_value: Option<Blob>,
    data_type: String,
}

impl AttributeIn {
    /// What its type and its value weigh. Its name counts, too.
    pub fn bytes(&self) -> usize {
        let text = self.string_value.as_ref().map_or(0, String::len);
        let binary = self.binary_value.as_ref().map_or(0, |blob| blob.0.len());
        self.data_type.len() + text + binary
    }
}

/// An attribute as it is received.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct AttributeOut {
    #[serde(skip_serializing_if = "Option::is_none")]
    string_value: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    binary_value: Option<Blob>,
    data_type: String,
}

impl From<&Attribute> for AttributeOut {
    fn from(attribute: &Attribute) -> Self {
        let data_type = attribute.data_type.clone();
        match &attribute.value {
            AttributeValue::Text(text) => {
                Self { string_value: Some(text.clone()), binary_value: None, data_type }
            }
            AttributeValue::Binary(bytes) => {
                let binary_value = Some(Blob(bytes.clone().into()));
                Self { string_value: None, binary_value, data_type }
            }
        }
    }
}

/// What an attribute says, if it is a text.
pub fn text_of(attribute: &Attribute) -> Option<String> {
    match &attribute.value {
        AttributeValue::Text(text) => Some(text.clone()),
        AttributeValue::Binary(_) => None,
    }
}

/// The digest of a text.
pub fn md5_of_text(text: &str) -> String {
    hex::encode(Md5::digest(text.as_bytes()))
}

/// The digest of attributes; `None` without any.
/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html#sqs-attributes-md5-message-digest-calculation>
pub fn md5_of_attributes(attributes: &BTreeMap<String, Attribute>) -> Option<String> {
    if attributes.is_empty() {
        return None;
    }
    let mut digest = Md5::new();
    let add = |digest: &mut Md5, bytes: &[u8]| {
        digest.update(u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_be_bytes());
        digest.update(bytes);
    };
    for (name, attribute) in attributes {
        add(&mut digest, name.as_bytes());
        add(&mut digest, attribute.data_type.as_bytes());
        match &attribute.value {
            AttributeValue::Text(text) => {
                digest.update([1]);
                add(&mut digest, text.as_bytes());
            }
            AttributeValue::Binary(bytes) => {
                digest.update([2]);
                add(&mut digest, bytes);
            }
        }
    }
    Some(hex::encode(digest.finalize()))
}

/// Whether a request to receive asks for this attribute: by `All`, `.*`, `prefix.*`, or its name.
pub fn is_wanted(names: &[String], name: &str) -> bool {
    names.iter().any(|wanted| match wanted.strip_suffix(".*") {
        Some(prefix) => name.starts_with(prefix),
        None => wanted == "All" || wanted == name,
    })
}

/// Whether a body has only characters that a message may have.
pub fn check_text(text: &str, what: &str) -> Result<(), Error> {
    let is_allowed = |it: char| matches!(it, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    match text.chars().find(|it| !is_allowed(*it)) {
        None => Ok(()),
        Some(found) => Err(Error::InvalidMessageContents(format!(
            "Invalid binary character '#x{:X}' was found in the {what}, the set of allowed \
             characters is #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF",
            u32::from(found)
        ))),
    }
}

/// Attributes as they are kept.
pub fn checked(sent: BTreeMap<String, AttributeIn>) -> Result<BTreeMap<String, Attribute>, Error> {
    if sent.len() > MESSAGE_ATTRIBUTES_MAX {
        return Err(Error::InvalidParameterValue(format!(
            "Number of message attributes [{}] exceeds the allowed maximum \
             [{MESSAGE_ATTRIBUTES_MAX}].",
            sent.len()
        )));
    }
    sent.into_iter().map(|(name, it)| Ok((name.clone(), attribute(&name, it)?))).collect()
}

/// The attribute of AWS's own that may be sent.
pub fn trace_header(sent: BTreeMap<String, AttributeIn>) -> Result<Option<Attribute>, Error> {
    let mut found = None;
    for (name, it) in sent {
        if name != "AWSTraceHeader" {
            return Err(Error::InvalidParameterValue(format!(
                "Message system attribute name '{name}' is invalid."
            )));
        }
        if it.data_type != "String" {
            return Err(Error::InvalidParameterValue(format!(
                "The message system attribute '{name}' has an invalid message system attribute \
                 type, the set of supported type prefixes is String."
            )));
        }
        found = Some(attribute(&name, it)?);
    }
    Ok(found)
}

fn attribute(name: &str, sent: AttributeIn) -> Result<Attribute, Error> {
    check_name(name)?;
    let kind = sent.data_type.split('.').next().unwrap_or_default();
    let refused = |words: String| Err(Error::InvalidParameterValue(words));
    if sent.data_type.is_empty() {
        return refused(format!(
            "The message attribute '{name}' must contain non-empty message attribute type."
        ));
    }
    if !matches!(kind, "String" | "Number" | "Binary")
        || sent.data_type.len() > ATTRIBUTE_NAME_CHARS_MAX
    {
        return refused(format!(
            "The message attribute '{name}' has an invalid message attribute type, the set of \
             supported type prefixes is Binary, Number, and String."
        ));
    }
    let value = if kind == "Binary" {
        let bytes = sent.binary_value.filter(|_| sent.string_value.is_none());
        let bytes = bytes.map(|blob| blob.0.to_vec()).filter(|it| !it.is_empty());
        bytes.map(AttributeValue::Binary)
    } else {
        let text = sent.string_value.filter(|_| sent.binary_value.is_none());
        text.filter(|it| !it.is_empty()).map(AttributeValue::Text)
    };
    let Some(value) = value else {
        return refused(format!(
            "The message attribute '{name}' must contain non-empty message attribute value for \
             message attribute type '{kind}'."
        ));
    };
    if let AttributeValue::Text(text) = &value {
        check_text(text, &format!("message attribute '{name}'"))?;
        if kind == "Number" && text.trim().parse::<f64>().is_err() {
            return refused(format!(
                "Can't cast the value of message (user) attribute '{name}' to a number."
            ));
        }
    }
    Ok(Attribute { data_type: sent.data_type, value })
}

/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html#message-attribute-components>
fn check_name(name: &str) -> Result<(), Error> {
    let lower = name.to_ascii_lowercase();
    let fits = |it: char| it.is_ascii_alphanumeric() || matches!(it, '_' | '-' | '.');
    let is_good = !name.is_empty()
        && name.len() <= ATTRIBUTE_NAME_CHARS_MAX
        && name.chars().all(fits)
        && !name.starts_with('.')
        && !name.ends_with('.')
        && !name.contains("..")
        && !lower.starts_with("aws.")
        && !lower.starts_with("amazon.");
    if is_good {
        return Ok(());
    }
    // guess: the rules are documented, AWS's words for each are not.
    Err(Error::InvalidParameterValue(format!("The message attribute name '{name}' is invalid.")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(name: &str, data_type: &str, value: AttributeValue) -> (String, Attribute) {
        (name.to_owned(), Attribute { data_type: data_type.to_owned(), value })
    }

    fn text(name: &str, data_type: &str, value: &str) -> (String, Attribute) {
        one(name, data_type, AttributeValue::Text(value.to_owned()))
    }

    /// The bodies and digests of
    /// <https://docs.aws.amazon.com/cli/latest/reference/sqs/send-message.html#examples> and
    /// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html#API_SendMessage_Examples>.
    #[test]
    fn digests_of_texts() {
        let city = md5_of_text("Information about the largest city in Any Region.");
        assert!(city.starts_with("51b0a325") && city.ends_with("39163aa0"), "{city}");
        assert_eq!(md5_of_text("This is a test message"), "fafb00f5732ab283681e124bf8747ed1");
    }

    #[test]
    fn digests_of_attributes() {
        assert_eq!(md5_of_attributes(&BTreeMap::new()), None);
        let number = BTreeMap::from([text("timestamp", "Number", "1493147359900")]);
        let digest = md5_of_attributes(&number);
        assert_eq!(digest.as_deref(), Some("235c5c510d26fb653d073faed50ae77c"));
        let custom = BTreeMap::from([text("timestamp", "Number.java.lang.Long", "1493147359900")]);
        let digest = md5_of_attributes(&custom);
        assert_eq!(digest.as_deref(), Some("2e2e4876d8e0bd6b8c2c8f556831c349"));
    }

    /// The example that AWS shows for the CLI (its greeting is base64 within base64):
    /// <https://docs.aws.amazon.com/cli/latest/reference/sqs/send-message.html#examples>.
    #[test]
    fn the_documented_digest_of_attributes() {
        let greeting = AttributeValue::Binary(b"SGVsbG8sIFdvcmxkIQ==".to_vec());
        let attributes = BTreeMap::from([
            text("City", "String", "Any City"),
            one("Greeting", "Binary", greeting),
            text("Population", "Number", "1250800"),
        ]);
        let digest = md5_of_attributes(&attributes).expect("there are some");
        assert!(digest.starts_with("00484c68") && digest.ends_with("59e48f06"), "{digest}");
    }

    /// The same bytes as a text and as bytes are two values.
    #[test]
    fn bytes_are_no_text() {
        let as_text = BTreeMap::from([text("a", "String", "x")]);
        let as_bytes = BTreeMap::from([one("a", "String", AttributeValue::Binary(b"x".to_vec()))]);
        assert_ne!(md5_of_attributes(&as_text), md5_of_attributes(&as_bytes));
    }

    #[test]
    fn attributes_are_asked_for_by_name_and_prefix() {
        let names = |names: &[&str]| names.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
        assert!(is_wanted(&names(&["All"]), "a.b"));
        assert!(is_wanted(&names(&[".*"]), "a.b"));
        assert!(is_wanted(&names(&["a.*"]), "a.b"));
        assert!(is_wanted(&names(&["a.b"]), "a.b"));
        assert!(!is_wanted(&names(&["a", "b.*"]), "a.b"));
        assert!(!is_wanted(&[], "a"));
    }

    #[test]
    fn names_of_attributes() {
        for name in ["a", "A.b-c_9", "awsome", &"x".repeat(256)] {
            assert!(check_name(name).is_ok(), "{name}");
        }
        for name in ["", "AWS.x", "amazon.x", ".a", "a.", "a..b", "a b", "ä", &"x".repeat(257)] {
            assert!(check_name(name).is_err(), "{name}");
        }
    }
}
