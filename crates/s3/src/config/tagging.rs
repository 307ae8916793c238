//! Tags, of buckets and of objects.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/CostAllocTagging.html>,
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html>

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::limits::{BUCKET_TAGS_MAX, OBJECT_TAGS_MAX, TAG_KEY_CHARS_MAX, TAG_VALUE_CHARS_MAX};

/// A tag.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Tag {
    /// Its name.
    pub key: String,
    /// May be empty.
    pub value: String,
}

/// Tags; those of objects stand by their keys' order ([`in_order`]).
pub type TagSet = Vec<Tag>;

/// The member `Tagging` of a request.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Tagging {
    /// The tags.
    #[serde(default)]
    pub tag_set: TagSet,
}

/// The tags of an object in the order in which they are shown.
/// guess: AWS calls them a set, and shows them so in its examples.
pub fn in_order(mut tags: TagSet) -> TagSet {
    tags.sort_by(|one, other| one.key.cmp(&other.key));
    tags
}

/// What is tagged: the limits differ, and so do the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tagged {
    /// A bucket.
    Bucket,
    /// An object.
    Object,
}

/// Whether S3 takes these tags. It looks at them one by one, and counts them last.
pub fn check(tags: &[Tag], tagged: Tagged) -> Result<(), Error> {
    let mut seen = BTreeSet::new();
    for tag in tags {
        check_tag(tag, tagged)?;
        if !seen.insert(tag.key.as_str()) {
            let message = "Cannot provide multiple Tags with the same key".to_owned();
            return Err(Error::InvalidTag { message, key: tag.key.clone(), value: String::new() });
        }
    }
    let too_many = match tagged {
        Tagged::Bucket if tags.len() > BUCKET_TAGS_MAX => {
            format!("Bucket tag count cannot be greater than {BUCKET_TAGS_MAX}")
        }
        Tagged::Object if tags.len() > OBJECT_TAGS_MAX => {
            format!("Object tags cannot be greater than {OBJECT_TAGS_MAX}")
        }
        _ => return Ok(()),
    };
    Err(Error::BadRequest { message: too_many })
}

fn check_tag(tag: &Tag, tagged: Tagged) -> Result<(), Error> {
    let refused = |message: &str, value: &str| {
        let (message, key) = (message.to_owned(), tag.key.clone());
        Err(Error::InvalidTag { message, key, value: value.to_owned() })
    };
    if tag.key.is_empty() || !is_sayable(&tag.key, TAG_KEY_CHARS_MAX) {
        return refused("The TagKey you have provided is invalid", "");
    }
    if !is_sayable(&tag.value, TAG_VALUE_CHARS_MAX) {
        return refused("The TagValue you have provided is invalid", &tag.value);
    }
    if tag.key.to_ascii_lowercase().starts_with("aws:") {
        return match tagged {
            Tagged::Bucket => refused("System tags cannot be added/updated by requester", ""),
            Tagged::Object => refused("Your TagKey cannot be prefixed with aws:", ""),
        };
    }
    Ok(())
}

/// Letters, digits and spaces of any script, and `+ - = . _ : / @`; counted as AWS does, in UTF-16.
fn is_sayable(text: &str, chars_max: usize) -> bool {
    text.encode_utf16().count() <= chars_max
        && text.chars().all(|it| {
            it.is_alphanumeric()
                || it == ' '
                || !it.is_ascii() && it.is_whitespace()
                || "+-=._:/@".contains(it)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(key: &str, value: &str) -> Option<String> {
        let tag = Tag { key: key.to_owned(), value: value.to_owned() };
        check(&[tag], Tagged::Bucket).err().map(|error| error.message())
    }

    #[test]
    fn what_a_tag_may_hold() {
        assert_eq!(refused("Größe 1", "a+b-c=d.e_f:g/h@i"), None);
        assert_eq!(refused(&"k".repeat(128), &"v".repeat(256)), None);
        for key in ["", "a&b", "a\tb", "a\u{1f600}", &"k".repeat(129)] {
            assert_eq!(
                refused(key, "v").as_deref(),
                Some("The TagKey you have provided is invalid"),
                "{key}"
            );
        }
        assert_eq!(
            refused("k", &"v".repeat(257)).as_deref(),
            Some("The TagValue you have provided is invalid")
        );
        assert!(refused("AWS:k", "v").is_some_and(|it| it.starts_with("System tags")));
    }
}
