//! How objects are encrypted whose upload does not say.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-encryption.html>

use serde::{Deserialize, Serialize};

use super::Config;
use crate::error::Error;
use crate::headers::AES256;

/// The algorithms that a bucket may have by default.
const ALGORITHMS: [&str; 3] = [AES256, "aws:kms", "aws:kms:dsse"];

/// What a rule may keep uploads from using.
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_BlockedEncryptionTypes.html>
const BLOCKABLE: [&str; 2] = ["NONE", "SSE-C"];

/// A bucket's one rule.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Encryption {
    /// How.
    pub apply_server_side_encryption_by_default: Option<ByDefault>,
    /// Whether one data key serves many objects.
    pub bucket_key_enabled: Option<bool>,
    /// What uploads may not use.
    pub blocked_encryption_types: Option<Blocked>,
}

/// The algorithm, and the key for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ByDefault {
    /// `AES256`, `aws:kms`, `aws:kms:dsse`
    #[serde(rename = "SSEAlgorithm")]
    pub algorithm: String,
    /// Id, alias or ARN; not looked up, as S3 does not either.
    #[serde(rename = "KMSMasterKeyID")]
    pub kms_key_id: Option<String>,
}

/// What uploads may not use.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Blocked {
    /// `SSE-C` or `NONE`.
    #[serde(default)]
    pub encryption_type: Vec<String>,
}

/// The member `ServerSideEncryptionConfiguration` of a request.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct EncryptionConfiguration {
    /// S3 takes exactly one.
    #[serde(default)]
    pub rules: Vec<Encryption>,
}

impl Encryption {
    /// That of a new bucket: uploads may not bring keys of their own.
    /// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/blocking-unblocking-s3-c-encryption-gpb.html>
    pub fn of_new_bucket() -> Self {
        let blocked = Blocked { encryption_type: vec!["SSE-C".to_owned()] };
        Self { blocked_encryption_types: Some(blocked), ..Self::default() }
    }
}

impl EncryptionConfiguration {
    /// The rule, if S3 takes it.
    pub fn rule(self) -> Result<Encryption, Error> {
        let [rule] = <[Encryption; 1]>::try_from(self.rules).map_err(|_| Error::MalformedXML {})?;
        let blocked = rule.blocked_encryption_types.as_ref();
        let types = blocked.map(|it| it.encryption_type.as_slice()).unwrap_or_default();
        if types.iter().any(|it| !BLOCKABLE.contains(&it.as_str())) {
            return Err(Error::MalformedXML {});
        }
        match &rule.apply_server_side_encryption_by_default {
            None if blocked.is_none() => return Err(Error::MalformedXML {}),
            Some(by) if !ALGORITHMS.contains(&by.algorithm.as_str()) => {
                return Err(Error::MalformedXML {});
            }
            Some(by) if by.algorithm == AES256 && by.kms_key_id.is_some() => {
                return Err(Error::argument(
                    "a KMSMasterKeyID is not applicable if the default sse algorithm is not \
                     aws:kms or aws:kms:dsse",
                    "ApplyServerSideEncryptionByDefault",
                    AES256,
                ));
            }
            _ => {}
        }
        Ok(rule)
    }
}

impl Config {
    /// Sets the rule, or takes it away. What is blocked stays so until a rule says otherwise.
    /// guess: AWS tells how it is unblocked, and not that anything else does it.
    pub fn set_encryption(&mut self, rule: Option<Encryption>) {
        let blocked = self.encryption.take().and_then(|it| it.blocked_encryption_types);
        let mut rule = rule.unwrap_or_default();
        rule.blocked_encryption_types = rule.blocked_encryption_types.or(blocked);
        self.encryption = (rule != Encryption::default()).then_some(rule);
    }

    /// The rule as `GetBucketEncryption` shows it: every bucket has one.
    pub fn shown_encryption(&self) -> Encryption {
        let kept = self.encryption.clone().unwrap_or_default();
        let plain = || ByDefault { algorithm: AES256.to_owned(), kms_key_id: None };
        Encryption {
            apply_server_side_encryption_by_default: Some(
                kept.apply_server_side_encryption_by_default.unwrap_or_else(plain),
            ),
            bucket_key_enabled: Some(kept.bucket_key_enabled.unwrap_or(false)),
            blocked_encryption_types: kept.blocked_encryption_types,
        }
    }

    /// For uploads that do not say: algorithm, KMS key, and whether a bucket key serves.
    pub fn default_encryption(&self) -> (&str, Option<&str>, bool) {
        let Some(rule) = &self.encryption else { return (AES256, None, false) };
        let by = rule.apply_server_side_encryption_by_default.as_ref();
        let algorithm = by.map_or(AES256, |by| by.algorithm.as_str());
        let key = by.and_then(|by| by.kms_key_id.as_deref());
        (algorithm, key, rule.bucket_key_enabled.unwrap_or(false))
    }

    /// Whether uploads with keys of their own (SSE-C) are refused.
    pub fn blocks_customer_keys(&self) -> bool {
        let blocked = self.encryption.as_ref().and_then(|it| it.blocked_encryption_types.as_ref());
        blocked.is_some_and(|it| it.encryption_type.iter().any(|kind| kind == "SSE-C"))
    }
}
