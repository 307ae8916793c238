//! Where things are: accounts, Regions, and the names (ARNs) made of them.

/// The Regions of the partition `aws`, opt-in ones included.
/// <https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html>
pub const REGIONS: [&str; 34] = [
    "af-south-1",
    "ap-east-1",
    "ap-east-2",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-south-1",
    "ap-south-2",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-southeast-3",
    "ap-southeast-4",
    "ap-southeast-5",
    "ap-southeast-6",
    "ap-southeast-7",
    "ca-central-1",
    "ca-west-1",
    "eu-central-1",
    "eu-central-2",
    "eu-north-1",
    "eu-south-1",
    "eu-south-2",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "il-central-1",
    "me-central-1",
    "me-south-1",
    "mx-central-1",
    "sa-east-1",
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
];

/// The Region of requests that do not say one.
pub const DEFAULT_REGION: &str = "us-east-1";

/// Whether this is the name of a Region.
pub fn is_region(name: &str) -> bool {
    REGIONS.binary_search(&name).is_ok()
}

/// Whether this is an account number: twelve digits.
pub fn is_account(id: &str) -> bool {
    id.len() == 12 && id.bytes().all(|byte| byte.is_ascii_digit())
}

/// The Amazon Resource Name of `resource`; Region and account stay empty where the service leaves
/// them out. <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html>
pub fn arn(service: &str, region: &str, account: &str, resource: &str) -> String {
    format!("arn:aws:{service}:{region}:{account}:{resource}")
}

/// The parts of an ARN; the resource may hold further colons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arn<'a> {
    /// `aws`
    pub partition: &'a str,
    /// `s3`
    pub service: &'a str,
    /// `us-east-1`, or empty.
    pub region: &'a str,
    /// Twelve digits, or empty.
    pub account: &'a str,
    /// `bucket/key`
    pub resource: &'a str,
}

impl<'a> Arn<'a> {
    /// Reads an ARN; `None` if it is none.
    pub fn parse(text: &'a str) -> Option<Self> {
        let mut parts = text.splitn(6, ':');
        (parts.next()? == "arn").then_some(())?;
        let arn = Self {
            partition: parts.next()?,
            service: parts.next()?,
            region: parts.next()?,
            account: parts.next()?,
            resource: parts.next()?,
        };
        let whole = [arn.partition, arn.service, arn.resource].iter().all(|part| !part.is_empty());
        whole.then_some(arn)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_are_sorted_and_known() {
        assert!(REGIONS.is_sorted());
        assert!(REGIONS.iter().all(|region| is_region(region)));
        assert!(is_region(DEFAULT_REGION));
        for name in ["", "us-east-9", "US-EAST-1", "aws-global"] {
            assert!(!is_region(name), "{name}");
        }
    }

    #[test]
    fn an_account_is_twelve_digits() {
        assert!(is_account("123456789012"));
        for id in ["", "12345678901", "1234567890123", "12345678901x", "１２３４"] {
            assert!(!is_account(id), "{id}");
        }
    }

    #[test]
    fn arns_are_made_and_read() {
        let text = arn("lambda", "us-east-1", "123456789012", "function:f:1");
        assert_eq!(text, "arn:aws:lambda:us-east-1:123456789012:function:f:1");
        let parsed = Arn::parse(&text).expect("an ARN");
        assert_eq!((parsed.service, parsed.resource), ("lambda", "function:f:1"));
        assert_eq!(Arn::parse("arn:aws:s3:::b/k").map(|arn| arn.account), Some(""));
        for text in ["", "arn:aws:s3", "urn:aws:s3:::b", "arn:aws:s3:::", "arn:aws::::b"] {
            assert_eq!(Arn::parse(text), None, "{text}");
        }
    }
}
