//! Tags of objects, and the header that carries them.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html>

use percent_encoding::percent_decode_str;

use crate::config::tagging::{Tag, TagSet, Tagged, check, in_order};
use crate::error::Error;

/// Tags from `x-amz-tagging`: `key=value&key=value`, encoded as in an address.
pub fn from_header(sent: Option<&str>) -> Result<TagSet, Error> {
    let Some(sent) = sent else { return Ok(TagSet::new()) };
    let malformed = || {
        let message = "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL \
                       query parameters without tag name duplicates.";
        Error::argument(message, "x-amz-tagging", sent)
    };
    let mut tags = TagSet::new();
    for pair in sent.split('&').filter(|pair| !pair.is_empty()) {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        let decode = |text: &str| {
            let text = text.replace('+', " ");
            percent_decode_str(&text).decode_utf8().map(std::borrow::Cow::into_owned)
        };
        let tag = Tag {
            key: decode(key).map_err(|_| malformed())?,
            value: decode(value).map_err(|_| malformed())?,
        };
        if tag.key.is_empty() || tags.iter().any(|known| known.key == tag.key) {
            return Err(malformed());
        }
        tags.push(tag);
    }
    check(&tags, Tagged::Object)?;
    Ok(in_order(tags))
}

#[cfg(test)]
mod tests {
    use super::from_header;

    #[test]
    fn tags_of_a_header() {
        let shown = |sent| {
            let tags = from_header(Some(sent)).map_err(|error| error.code())?;
            Ok(tags.into_iter().map(|tag| format!("{}:{}", tag.key, tag.value)).collect::<Vec<_>>())
        };
        assert_eq!(shown("a=1&b+c=%C3%A9&d"), Ok(vec!["a:1".into(), "b c:é".into(), "d:".into()]));
        assert_eq!(shown(""), Ok(vec![]));
        assert_eq!(shown("a=1&a=2"), Err("InvalidArgument"));
        assert_eq!(shown("="), Err("InvalidArgument"));
        assert_eq!(shown("a=%FF"), Err("InvalidArgument"));
        assert_eq!(shown("aws:a=1"), Err("InvalidTag"));
    }
}
