//! Names of buckets and keys.

use crate::error::Error;
use crate::limits::{BUCKET_NAME_CHARS_MAX, BUCKET_NAME_CHARS_MIN, KEY_BYTES_MAX};
use crate::region;

const RESERVED_PREFIXES: [&str; 3] = ["xn--", "sthree-", "amzn-s3-demo-"];
const RESERVED_SUFFIXES: [&str; 5] = ["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"];

/// Where the name of a new bucket is to be unique.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/gpbucketnamespaces.html>
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Namespace {
    /// The request does not say: in the one of all accounts.
    Unsaid,
    /// In the one of all accounts.
    Global,
    /// In the account's own, of one Region: `prefix-111122223333-us-west-2-an`.
    AccountRegional,
}

/// Whether a new bucket may be called `name`.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html>
pub fn check_new_bucket(name: &str, namespace: Namespace) -> Result<(), Error> {
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
    if !fine {
        return Err(Error::InvalidBucketName { bucket: name.to_owned() });
    }
    // guess: the words of these three; the code of the third.
    let namespaced = account_and_region(name).is_some();
    match namespace {
        Namespace::Unsaid if namespaced => Err(Error::MissingNamespaceHeader {}),
        Namespace::Global if namespaced => Err(Error::InvalidNamespaceHeader {
            message:
                "The requested bucket is an account-regional namespace bucket, but the provided \
                      x-amz-bucket-namespace header value is global."
                    .to_owned(),
        }),
        Namespace::AccountRegional if !namespaced => Err(Error::InvalidNamespaceHeader {
            message: "The x-amz-bucket-namespace header value is account-regional, but the bucket \
                      name does not end with an account ID, a Region and -an."
                .to_owned(),
        }),
        Namespace::Unsaid | Namespace::Global if name.ends_with("-an") => {
            Err(Error::InvalidBucketName { bucket: name.to_owned() })
        }
        _ => Ok(()),
    }
}

/// Whether a name of an account's own namespace names this account and this Region.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html#account-regional-naming-rules>
pub fn check_account_regional(name: &str, account: &str, region: &str) -> Result<(), Error> {
    let refused = |why: String| {
        let message = format!(
            "The requested bucket is an account-regional namespace bucket, but the requested {why} in \
             the bucket name."
        );
        Err(Error::InvalidBucketNamespace { message, bucket: name.to_owned() })
    };
    match account_and_region(name) {
        Some((named, _)) if named != account => refused(format!(
            "AWS Account ID '{named}' does not match the caller's AWS Account ID '{account}'. Specify \
             the caller's AWS Account ID"
        )),
        Some((_, named)) if named != region => refused(format!(
            "region '{named}' does not match the current region '{region}'. Specify the targeted \
             region"
        )),
        _ => Ok(()),
    }
}

/// The account and the Region in `prefix-111122223333-us-west-2-an`.
fn account_and_region(name: &str) -> Option<(&str, &str)> {
    let name = name.strip_suffix("-an")?;
    name.match_indices('-').find_map(|(at, _)| {
        let (account, rest) = name.get(at + 1..)?.split_once('-')?;
        let is_account = account.len() == 12 && account.bytes().all(|b| b.is_ascii_digit());
        (at > 0 && is_account && region::is_known(rest)).then_some((account, rest))
    })
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
    use super::{Namespace, account_and_region, check_bucket, check_key};

    fn check_new_bucket(name: &str) -> Result<(), super::Error> {
        super::check_new_bucket(name, Namespace::Unsaid)
    }

    #[test]
    fn names_of_accounts_own() {
        let name = "amzn-bucket-111122223333-us-west-2-an";
        assert_eq!(account_and_region(name), Some(("111122223333", "us-west-2")));
        for other in
            ["a-111122223333-mars-1-an", "a-1111-us-west-2-an", "-111122223333-us-west-2-an"]
        {
            assert_eq!(account_and_region(other), None, "{other}");
        }
    }

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
            "abc-an",
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
