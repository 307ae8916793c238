//! How objects are encrypted. It is simulated: the bytes lie as they came, but whoever does not say
//! the right thing does not get them.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/serv-side-encryption.html>

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cloudarium_env::Rng;
use cloudarium_service::Ctx;
use md5::{Digest, Md5};
use serde::Serialize;
use sha2::Sha256;

use crate::error::Error;
use crate::headers::AES256;
use crate::model::{Bucket, Encryption, Etag, KmsEncryption, Object};

/// Where errors about encryption point to, whatever header is meant.
const HEADER: &str = "x-amz-server-side-encryption";

/// What an upload says about encryption.
#[derive(Debug, Clone, Copy, Default)]
pub struct SentEncryption<'a> {
    /// `AES256`, `aws:kms`, `aws:kms:dsse`
    pub method: Option<&'a str>,
    /// The key of KMS.
    pub kms_key: Option<&'a str>,
    /// What goes with it.
    pub context: Option<&'a str>,
    /// Whether one data key serves many objects.
    pub bucket_key: Option<bool>,
    /// A key that the client brings along.
    pub customer: CustomerKey<'a>,
}

/// A key that the client brings along.
#[derive(Debug, Clone, Copy, Default)]
pub struct CustomerKey<'a> {
    /// `AES256`
    pub algorithm: Option<&'a str>,
    /// 32 bytes in base64.
    pub key: Option<&'a str>,
    /// Their MD5 in base64.
    pub md5: Option<&'a str>,
}

/// The members of an output that tell how an object is encrypted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Shown {
    #[serde(rename = "ServerSideEncryption", skip_serializing_if = "Option::is_none")]
    method: Option<&'static str>,
    #[serde(rename = "SSEKMSKeyId", skip_serializing_if = "Option::is_none")]
    kms_key: Option<String>,
    #[serde(rename = "BucketKeyEnabled", skip_serializing_if = "Option::is_none")]
    bucket_key: Option<bool>,
    #[serde(rename = "SSECustomerAlgorithm", skip_serializing_if = "Option::is_none")]
    customer_algorithm: Option<&'static str>,
    #[serde(rename = "SSECustomerKeyMD5", skip_serializing_if = "Option::is_none")]
    customer_md5: Option<String>,
}

impl SentEncryption<'_> {
    /// How the object will be encrypted: as the upload says, else as the bucket does by default.
    pub fn choose(self, cx: &Ctx<'_>, bucket: &Bucket) -> Result<Encryption, Error> {
        if let Some(method) = self.method
            && self.customer.is_sent()
        {
            return Err(Error::argument(
                "Server Side Encryption with Customer provided key is incompatible with the \
                 encryption method specified",
                HEADER,
                method,
            ));
        }
        if let Some(md5) = self.customer.read()? {
            if bucket.config.blocks_customer_keys() {
                return Err(Error::denied("Access Denied"));
            }
            return Ok(Encryption::Customer(md5));
        }
        let (default, default_key, default_bucket_key) = bucket.config.default_encryption();
        let method = self.method.unwrap_or(default);
        let key =
            self.kms_key.or(default_key.filter(|_| self.method.is_none_or(|it| it == default)));
        self.check_kms(method)?;
        match method {
            AES256 => Ok(Encryption::S3),
            "aws:kms" | "aws:kms:dsse" => Ok(Encryption::Kms(Arc::new(KmsEncryption {
                dsse: method == "aws:kms:dsse",
                key: key_arn(cx, key.unwrap_or("alias/aws/s3")),
                bucket_key: self.bucket_key.unwrap_or(default_bucket_key),
                context: self.context.map(str::to_owned),
            }))),
            "aws:fsx" | "aws:backup" => Err(Error::not_simulated("ServerSideEncryption", method)),
            other => Err(Error::InvalidEncryptionAlgorithmError { method: other.to_owned() }),
        }
    }

    /// What belongs to KMS is said with KMS only.
    fn check_kms(self, method: &str) -> Result<(), Error> {
        let kms = method.starts_with("aws:kms");
        if let Some(key) = self.kms_key.filter(|_| !kms || self.method.is_none()) {
            let header = "x-amz-server-side-encryption-aws-kms-key-id";
            let message = "Server Side Encryption with AWS KMS managed key requires HTTP header \
                           x-amz-server-side-encryption : aws:kms";
            return Err(Error::argument(message, header, key));
        }
        let Some(context) = self.context else { return Ok(()) };
        let header = "x-amz-server-side-encryption-context";
        let json = STANDARD.decode(context).ok().and_then(|it| String::from_utf8(it).ok());
        match json {
            Some(json) if kms && json.trim().starts_with('{') && json.trim().ends_with('}') => {
                Ok(())
            }
            Some(_) if !kms => {
                let message = "Server Side Encryption with AWS KMS managed key requires HTTP \
                               header x-amz-server-side-encryption : aws:kms";
                Err(Error::argument(message, header, context))
            }
            _ => Err(Error::argument("The header was not correctly encoded.", header, context)),
        }
    }
}

impl CustomerKey<'_> {
    /// Whether there is any of it.
    pub fn is_sent(&self) -> bool {
        self.algorithm.is_some() || self.key.is_some() || self.md5.is_some()
    }

    /// The key's MD5, once it is certain that it is one.
    pub fn read(self) -> Result<Option<[u8; 16]>, Error> {
        if !self.is_sent() {
            return Ok(None);
        }
        let invalid = |message: &str| Err(Error::argument(message, HEADER, ""));
        match self.algorithm {
            Some(AES256) => {}
            Some(other) => {
                return Err(Error::InvalidEncryptionAlgorithmError { method: other.to_owned() });
            }
            None => {
                return invalid(
                    "Requests specifying Server Side Encryption with Customer provided keys must \
                     provide a valid encryption algorithm.",
                );
            }
        }
        let Some(key) = self.key else {
            return invalid(
                "Requests specifying Server Side Encryption with Customer provided keys must \
                 provide an appropriate secret key.",
            );
        };
        let key = STANDARD.decode(key).ok().filter(|key| key.len() == 32);
        let (Some(key), Some(md5)) = (key, self.md5) else {
            return invalid("The secret key was invalid for the specified algorithm.");
        };
        let computed: [u8; 16] = Md5::digest(&key).into();
        if STANDARD.decode(md5).ok().as_deref() == Some(&computed) {
            return Ok(Some(computed));
        }
        invalid("The calculated MD5 hash of the key did not match the hash that was provided.")
    }

    /// Whether this is the key that an object is read with.
    pub fn check_read(self, object: &Object) -> Result<(), Error> {
        if self.is_sent() && self.md5.is_none() && self.algorithm == Some(AES256) {
            return Err(wrong_key());
        }
        match (&object.extra().encryption, self.read()?) {
            (Encryption::Customer(kept), Some(sent)) if *kept != sent => Err(wrong_key()),
            (Encryption::Customer(_), None) => Err(Error::request(
                "The object was stored using a form of Server Side Encryption. The correct \
                 parameters must be provided to retrieve the object.",
            )),
            (Encryption::Customer(_), Some(_)) | (_, None) => Ok(()),
            (_, Some(_)) => {
                Err(Error::request("The encryption parameters are not applicable to this object."))
            }
        }
    }

    /// Whether this is the key that an upload was begun with, as its completion may say again.
    pub fn check_complete(self, upload: &Encryption) -> Result<(), Error> {
        if self.is_sent() { self.check_part(upload) } else { Ok(()) }
    }

    /// Whether this is the key that an upload was begun with.
    pub fn check_part(self, upload: &Encryption) -> Result<(), Error> {
        match (upload, self.read()?) {
            (Encryption::Customer(kept), Some(sent)) if *kept != sent => Err(Error::request(
                "The provided encryption parameters did not match the ones used originally.",
            )),
            (Encryption::Customer(_), None) | (Encryption::S3 | Encryption::Kms(_), Some(_)) => {
                Err(Error::request(
                    "The multipart upload initiate requested encryption. Subsequent part requests \
                     must include the appropriate encryption parameters.",
                ))
            }
            _ => Ok(()),
        }
    }
}

fn wrong_key() -> Error {
    Error::denied(
        "Requests specifying Server Side Encryption with Customer provided keys must provide the \
         correct secret key.",
    )
}

impl Encryption {
    /// How an output tells it.
    pub fn shown(&self) -> Shown {
        match self {
            Self::S3 => Shown { method: Some(AES256), ..Shown::default() },
            Self::Kms(kms) => Shown {
                method: Some(if kms.dsse { "aws:kms:dsse" } else { "aws:kms" }),
                kms_key: Some(kms.key.clone()),
                bucket_key: kms.bucket_key.then_some(true),
                ..Shown::default()
            },
            Self::Customer(md5) => Shown {
                customer_algorithm: Some(AES256),
                customer_md5: Some(STANDARD.encode(md5)),
                ..Shown::default()
            },
        }
    }

    /// `x-amz-server-side-encryption-context`, which the answer to an upload repeats.
    pub fn context(&self) -> Option<String> {
        match self {
            Self::Kms(kms) => kms.context.clone(),
            _ => None,
        }
    }

    /// AWS's name, for the console.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Customer(_) => "SSE-C",
            other => other.shown().method.unwrap_or(AES256),
        }
    }

    /// The ETag of bytes that are encrypted so: their MD5 only where S3's own key is used.
    /// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html>
    pub fn etag(&self, plain: Etag, rng: &mut Rng) -> Etag {
        if *self == Self::S3 {
            return plain;
        }
        let mut digest = Md5::new();
        digest.update(plain.md5);
        digest.update(rng.next_u64().to_be_bytes());
        Etag { md5: digest.finalize().into(), parts: plain.parts }
    }
}

/// The ARN of a key: from its id, or from an alias, which stands for some key of the account.
fn key_arn(cx: &Ctx<'_>, key: &str) -> String {
    let (account, region) = (&cx.caller.account, cx.region);
    if key.starts_with("arn:") && !key.contains(":alias/") {
        return key.to_owned();
    }
    let alias = key.rsplit_once(":alias/").map(|(_, name)| name).or(key.strip_prefix("alias/"));
    let Some(alias) = alias else { return format!("arn:aws:kms:{region}:{account}:key/{key}") };
    let digest = hex::encode(Sha256::digest(format!("{account} {region} alias/{alias}")));
    let part = |from: usize, to: usize| digest.get(from..to).unwrap_or_default().to_owned();
    let id = [part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32)].join("-");
    format!("arn:aws:kms:{region}:{account}:key/{id}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

    #[test]
    fn customer_keys_are_checked() {
        let md5 = STANDARD.encode(Md5::digest(STANDARD.decode(KEY).unwrap()));
        let of = |algorithm, key, md5| CustomerKey { algorithm, key, md5 };
        let read = |key: CustomerKey<'_>| key.read().map_err(|error| error.message());
        assert_eq!(read(CustomerKey::default()), Ok(None));
        assert!(matches!(read(of(Some("AES256"), Some(KEY), Some(&md5))), Ok(Some(_))));
        for bad in [
            of(Some("KMS"), Some(KEY), Some(&md5)),
            of(None, Some(KEY), Some(&md5)),
            of(Some("AES256"), None, Some(&md5)),
            of(Some("AES256"), Some(KEY), None),
            of(Some("AES256"), Some("c2hvcnQ="), Some(&md5)),
            of(Some("AES256"), Some(KEY), Some("AAAAAAAAAAAAAAAAAAAAAA==")),
        ] {
            assert!(read(bad).is_err(), "{bad:?}");
        }
    }
}
