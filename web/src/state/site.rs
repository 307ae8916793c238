//! A bucket's website: where its endpoint is, and what came of asking it.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde::Deserialize;

/// Regions whose endpoint has a dash before the Region: the older ones.
/// <https://docs.aws.amazon.com/general/latest/gr/s3.html#s3_website_region_endpoints>
const DASHED: [&str; 9] = [
    "us-east-1",
    "us-west-1",
    "us-west-2",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-northeast-1",
    "eu-west-1",
    "sa-east-1",
    "us-gov-west-1",
];

/// What a learner writes of an address is one already, but for what no address holds.
const WRITTEN: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'`').add(b'\\');

/// `http://photos.s3-website-us-east-1.amazonaws.com`
pub fn endpoint(bucket: &str, region: &str) -> String {
    let mark = if DASHED.contains(&region) { '-' } else { '.' };
    format!("http://{bucket}.s3-website{mark}{region}.amazonaws.com")
}

/// The address of a path that was typed, with or without its first slash.
pub fn address(endpoint: &str, path: &str) -> String {
    let path = path.strip_prefix('/').unwrap_or(path);
    format!("{endpoint}/{}", utf8_percent_encode(path, WRITTEN))
}

/// The path of an address at this endpoint; nothing if it leads elsewhere.
pub fn path_at<'a>(endpoint: &str, url: &'a str) -> Option<&'a str> {
    let rest = url.strip_prefix(endpoint)?;
    (rest.is_empty() || rest.starts_with(['/', '?', '#'])).then_some(rest)
}

/// What the endpoint answered.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Visit {
    /// After redirects within the site.
    pub url: String,
    pub status: u16,
    #[serde(rename = "type")]
    pub media_type: String,
    pub bytes: u64,
    /// Where a redirect leads out of the site.
    pub away: Option<String>,
    /// Whether there is no frame to show it in.
    pub no_frame: bool,
}

impl Visit {
    /// Whether browsers show such a file, rather than save it.
    pub fn is_shown(&self) -> bool {
        let kind = self.media_type.split(';').next().unwrap_or_default().trim();
        kind.starts_with("text/")
            || kind.starts_with("image/")
            || ["json", "xml", "javascript"].iter().any(|end| kind.ends_with(end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endpoints_have_a_dash_or_a_dot() {
        assert_eq!(endpoint("b", "us-east-1"), "http://b.s3-website-us-east-1.amazonaws.com");
        assert_eq!(endpoint("b", "eu-central-1"), "http://b.s3-website.eu-central-1.amazonaws.com");
    }

    #[test]
    fn paths_and_addresses() {
        let end = endpoint("b", "us-east-1");
        for (typed, made) in [
            ("", "/"),
            ("/", "/"),
            ("docs/", "/docs/"),
            ("/a b%20c", "/a%20b%20c"),
            ("//x", "//x"),
            ("\"><script>", "/%22%3E%3Cscript%3E"),
            ("é?q#f", "/%C3%A9?q#f"),
        ] {
            let url = address(&end, typed);
            assert_eq!(path_at(&end, &url), Some(made), "{typed}");
        }
        assert_eq!(path_at(&end, &format!("{end}.evil.example/")), None);
        assert_eq!(path_at(&end, "https://example.com/"), None);
    }

    #[test]
    fn what_browsers_save() {
        let of = |media_type: &str| Visit { media_type: media_type.into(), ..Visit::default() };
        for shown in ["text/html; charset=utf-8", "image/svg+xml", "application/json"] {
            assert!(of(shown).is_shown(), "{shown}");
        }
        for saved in ["binary/octet-stream", "application/zip", ""] {
            assert!(!of(saved).is_shown(), "{saved}");
        }
    }
}
