//! Members that many inputs share. A struct that refuses unknown members cannot be put together of
//! others by serde, so a macro writes them.

/// Makes the input struct `$name` of its own members and of groups of shared ones: `upload` is what
/// `PutObject`, `CopyObject` and `CreateMultipartUpload` say about the object, `checksums` the members
/// `ChecksumCRC32` and so on, `customer_key` a key of the client's own for reading.
macro_rules! input {
    ($name:ident { $($own:tt)* } with $($groups:ident)*) => {
        $crate::upload_input::input!(@build $name { $($own)* } $($groups)*);
    };
    (@build $name:ident { $($fields:tt)* }) => {
        /// The members that are simulated.
        #[derive(Debug, serde::Deserialize)]
        #[serde(rename_all = "PascalCase", deny_unknown_fields)]
        pub struct $name { $($fields)* }
    };
    (@build $name:ident { $($fields:tt)* } upload $($groups:ident)*) => {
        $crate::upload_input::input!(@build $name {
            $($fields)*
            #[serde(rename = "ACL")]
            acl: Option<String>,
            grant_full_control: Option<String>,
            grant_read: Option<String>,
            #[serde(rename = "GrantReadACP")]
            grant_read_acp: Option<String>,
            #[serde(rename = "GrantWriteACP")]
            grant_write_acp: Option<String>,
            cache_control: Option<String>,
            content_disposition: Option<String>,
            content_encoding: Option<String>,
            content_language: Option<String>,
            content_type: Option<String>,
            expires: Option<String>,
            website_redirect_location: Option<String>,
            #[serde(default)]
            metadata: std::collections::BTreeMap<String, String>,
            tagging: Option<String>,
            storage_class: Option<String>,
            server_side_encryption: Option<String>,
            #[serde(rename = "SSEKMSKeyId")]
            kms_key: Option<String>,
            #[serde(rename = "SSEKMSEncryptionContext")]
            kms_context: Option<String>,
            bucket_key_enabled: Option<bool>,
            object_lock_mode: Option<String>,
            object_lock_retain_until_date: Option<cloudarium_env::Timestamp>,
            object_lock_legal_hold_status: Option<String>,
            request_payer: Option<String>,
            expected_bucket_owner: Option<String>,
        } customer_key $($groups)*);

        impl $name {
            /// What can be refused without a look at the bucket.
            fn check_upload(&self) -> Result<(), $crate::error::Error> {
                $crate::name::check_key(&self.key)?;
                $crate::headers::check_payer(self.request_payer.as_deref())
            }

            /// The ACL and grants that are sent along.
            fn acl(&self) -> $crate::access::acl::Sent<'_> {
                $crate::access::acl::Sent {
                    acl: self.acl.as_deref(),
                    full_control: self.grant_full_control.as_deref(),
                    read: self.grant_read.as_deref(),
                    read_acp: self.grant_read_acp.as_deref(),
                    write: None,
                    write_acp: self.grant_write_acp.as_deref(),
                }
            }

            fn target(&self) -> $crate::store::Target<'_> {
                let expected_owner = self.expected_bucket_owner.as_deref();
                $crate::store::Target { bucket: &self.bucket, expected_owner }
            }

            fn take_metadata(&mut self) -> $crate::model::Metadata {
                $crate::model::Metadata {
                    cache_control: self.cache_control.take(),
                    content_disposition: self.content_disposition.take(),
                    content_encoding: self.content_encoding.take(),
                    content_language: self.content_language.take(),
                    content_type: self.content_type.take(),
                    expires: self.expires.take(),
                    website_redirect: self.website_redirect_location.take(),
                    user: std::mem::take(&mut self.metadata),
                }
            }

            fn encryption(&self) -> $crate::encryption::SentEncryption<'_> {
                $crate::encryption::SentEncryption {
                    method: self.server_side_encryption.as_deref(),
                    kms_key: self.kms_key.as_deref(),
                    context: self.kms_context.as_deref(),
                    bucket_key: self.bucket_key_enabled,
                    customer: self.customer_key(),
                }
            }

            fn lock(&self) -> $crate::lock::SentLock<'_> {
                $crate::lock::SentLock {
                    mode: self.object_lock_mode.as_deref(),
                    until: self.object_lock_retain_until_date,
                    legal_hold: self.object_lock_legal_hold_status.as_deref(),
                }
            }
        }
    };
    (@build $name:ident { $($fields:tt)* } customer_key $($groups:ident)*) => {
        $crate::upload_input::input!(@build $name {
            $($fields)*
            #[serde(rename = "SSECustomerAlgorithm")]
            customer_algorithm: Option<String>,
            #[serde(rename = "SSECustomerKey")]
            customer_key: Option<String>,
            #[serde(rename = "SSECustomerKeyMD5")]
            customer_md5: Option<String>,
        } $($groups)*);

        impl $name {
            fn customer_key(&self) -> $crate::encryption::CustomerKey<'_> {
                $crate::encryption::CustomerKey {
                    algorithm: self.customer_algorithm.as_deref(),
                    key: self.customer_key.as_deref(),
                    md5: self.customer_md5.as_deref(),
                }
            }
        }
    };
    (@build $name:ident { $($fields:tt)* } source_key $($groups:ident)*) => {
        $crate::upload_input::input!(@build $name {
            $($fields)*
            #[serde(rename = "CopySourceSSECustomerAlgorithm")]
            source_algorithm: Option<String>,
            #[serde(rename = "CopySourceSSECustomerKey")]
            source_key: Option<String>,
            #[serde(rename = "CopySourceSSECustomerKeyMD5")]
            source_md5: Option<String>,
            copy_source_if_match: Option<String>,
            copy_source_if_none_match: Option<String>,
            copy_source_if_modified_since: Option<cloudarium_env::Timestamp>,
            copy_source_if_unmodified_since: Option<cloudarium_env::Timestamp>,
            expected_source_bucket_owner: Option<String>,
        } $($groups)*);

        impl $name {
            fn reading(&self) -> $crate::copy_source::Reading<'_> {
                $crate::copy_source::Reading {
                    expected_owner: self.expected_source_bucket_owner.as_deref(),
                    conditions: $crate::condition::Conditions {
                        if_match: self.copy_source_if_match.as_deref(),
                        if_none_match: self.copy_source_if_none_match.as_deref(),
                        if_modified_since: self.copy_source_if_modified_since,
                        if_unmodified_since: self.copy_source_if_unmodified_since,
                    },
                    key: $crate::encryption::CustomerKey {
                        algorithm: self.source_algorithm.as_deref(),
                        key: self.source_key.as_deref(),
                        md5: self.source_md5.as_deref(),
                    },
                }
            }
        }
    };
    (@build $name:ident { $($fields:tt)* } checksums $($groups:ident)*) => {
        $crate::upload_input::input!(@build $name {
            $($fields)*
            #[serde(rename = "ChecksumCRC32")]
            crc32: Option<String>,
            #[serde(rename = "ChecksumCRC32C")]
            crc32c: Option<String>,
            #[serde(rename = "ChecksumCRC64NVME")]
            crc64nvme: Option<String>,
            #[serde(rename = "ChecksumSHA1")]
            sha1: Option<String>,
            #[serde(rename = "ChecksumSHA256")]
            sha256: Option<String>,
            #[serde(rename = "ChecksumSHA512")]
            sha512: Option<String>,
            #[serde(rename = "ChecksumMD5")]
            md5: Option<String>,
            #[serde(rename = "ChecksumXXHASH64")]
            xxhash64: Option<String>,
            #[serde(rename = "ChecksumXXHASH3")]
            xxhash3: Option<String>,
            #[serde(rename = "ChecksumXXHASH128")]
            xxhash128: Option<String>,
        } $($groups)*);

        impl $name {
            /// Which checksums were sent.
            fn checksums(&self) -> $crate::checksum::Members {
                let Self {
                    crc32, crc32c, crc64nvme, sha1, sha256, sha512, md5, xxhash64, xxhash3, xxhash128, ..
                } = self;
                let of = Clone::clone;
                $crate::checksum::Members {
                    crc32: of(crc32),
                    crc32c: of(crc32c),
                    crc64nvme: of(crc64nvme),
                    sha1: of(sha1),
                    sha256: of(sha256),
                    sha512: of(sha512),
                    md5: of(md5),
                    xxhash64: of(xxhash64),
                    xxhash3: of(xxhash3),
                    xxhash128: of(xxhash128),
                }
            }
        }
    };
}
pub(crate) use input;
