//! Names of buckets and keys.

use crate::error::Error;
use crate::limits::{BUCKET_NAME_CHARS_MAX, BUCKET_NAME_CHARS_MIN, KEY_BYTES_MAX};

const RESERVED_PREFIXES: [&str; 3] = ["xn--", "sthree-", "amzn-s3-demo-"];
const RESERVED_SUFFIXES: [&str; 6] =
    ["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3", "-an"];

/// Whether a new bucket may be called `name`.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html>
pub fn check_new_bucket(name: &str) -> Result<(), Error> {
    let edge = |character: Option<char>| {
        character.is_some_and(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
    };
    let fine = (BUCKET_NAME_CHARS_MIN..=BUCKET_NAME_CHARS_MAX).contains(&name.len())
        && name
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '.' || c == '-')
        && edge(name.chars().next())
        && edge(name.chars().next_back())
        && !name.contains("..")
        && !is_ip_address(name)
        && !RESERVED_PREFIXES.iter().any(|prefix| name.starts_with(prefix))
        && !RESERVED_SUFFIXES.iter().any(|suffix| name.ends_with(suffix));
    if fine { Ok(()) } else { Err(Error::InvalidBucketName { bucket: name.to_owned() }) }
}

/// Whether any bucket, however old, can be called `name`. Buckets made in us-east-1 before March
/// 2018 have up to 255 characters, capitals and underscores among them.
pub fn check_bucket(name: &str) -> Result<(), Error> {
    let fine = (BUCKET_NAME_CHARS_MIN..=255).contains(&name.len())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || ".-_".contains(c));
    if fine { Ok(()) } else { Err(Error::InvalidBucketName { bucket: name.to_owned() }) }
}

/// Whether an object may have this key.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html>
pub fn check_key(key: &str) -> Result<(), Error> {
    if key.len() > KEY_BYTES_MAX {
        return Err(Error::KeyTooLongError {
            size: key.len().to_string(),
            maximum: KEY_BYTES_MAX.to_string(),
        });
    }
    Ok(())
}

fn is_ip_address(name: &str) -> bool {
    let labels: Vec<&str> = name.split('.').collect();
    labels.len() == 4
        && labels.iter().all(|label| !label.is_empty() && label.chars().all(|c| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::{check_bucket, check_key, check_new_bucket};

    #[test]
    fn names_of_new_buckets() {
        for good in ["abc", "my-bucket", "a.b.c", "1bucket1", &"a".repeat(63), "192.168.5"] {
            assert!(check_new_bucket(good).is_ok(), "{good}");
        }
        for bad in [
            "ab",
            &"a".repeat(64),
            "Bucket",
            "my_bucket",
            "-abc",
            "abc-",
            ".abc",
            "abc.",
            "a..b",
            "192.168.5.4",
            "xn--abc",
            "sthree-abc",
            "amzn-s3-demo-abc",
            "abc-s3alias",
            "abc--ol-s3",
            "abc.mrap",
            "abc--x-s3",
            "abc--table-s3",
            "a b",
            "über",
        ] {
            assert!(check_new_bucket(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn names_of_old_buckets() {
        assert!(check_bucket("My_Bucket").is_ok());
        assert!(check_bucket("a b").is_err());
        assert!(check_bucket("ab").is_err());
    }

    #[test]
    fn keys_are_measured_in_bytes() {
        assert!(check_key(&"ü".repeat(512)).is_ok());
        assert!(check_key(&"ü".repeat(513)).is_err());
    }
}
