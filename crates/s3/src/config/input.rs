//! The inputs of operations on configurations, which differ in one member.

use serde::Deserialize;

/// The input of every operation that reads or deletes a configuration.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct BucketInput {
    /// The bucket.
    pub bucket: String,
    /// The account that must own it.
    pub expected_bucket_owner: Option<String>,
}

/// The input of every operation that reads or deletes one of several configurations.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct IdInput {
    /// The bucket.
    pub bucket: String,
    /// Which.
    pub id: String,
    /// The account that must own it.
    pub expected_bucket_owner: Option<String>,
}

/// The input of every operation that lists configurations.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct ListInput {
    /// The bucket.
    pub bucket: String,
    /// Where the page before ended.
    pub continuation_token: Option<String>,
    /// The account that must own it.
    pub expected_bucket_owner: Option<String>,
}

/// The output of every operation that writes or deletes a configuration: it has no members.
#[derive(Debug, serde::Serialize)]
pub struct Done {}

macro_rules! targets {
    (find $($of:ty),*) => {
        $crate::config::input::targets!($($of),*);
        $(
            impl $of {
                /// The bucket that it is for.
                pub fn find<'s>(
                    &self,
                    s3: &'s $crate::model::State,
                    cx: &cloudarium_service::Ctx<'_>,
                ) -> Result<&'s $crate::model::Bucket, $crate::error::Error> {
                    s3.bucket(cx, self.target())
                }
            }
        )*
    };
    ($($of:ty),*) => {$(
        impl $of {
            /// What it is for.
            pub fn target(&self) -> $crate::store::Target<'_> {
                let expected_owner = self.expected_bucket_owner.as_deref();
                $crate::store::Target { bucket: &self.bucket, expected_owner }
            }
        }
    )*};
}
pub(crate) use targets;

targets!(find BucketInput, IdInput, ListInput);

/// The input of an operation that writes a configuration: `sent` is the member that holds it.
macro_rules! put_input {
    ($name:ident, $member:literal: $of:ty) => {
        /// The members that are simulated.
        #[derive(Debug, serde::Deserialize)]
        #[serde(rename_all = "PascalCase", deny_unknown_fields)]
        pub struct $name {
            bucket: String,
            #[serde(rename = $member)]
            sent: $of,
            #[expect(dead_code, reason = "the body was verified by it before it came here")]
            #[serde(rename = "ContentMD5")]
            content_md5: Option<String>,
            #[expect(dead_code, reason = "the body was verified by it before it came here")]
            checksum_algorithm: Option<String>,
            expected_bucket_owner: Option<String>,
        }
        $crate::config::input::targets!($name);
    };
}
pub(crate) use put_input;

/// The input of an operation that writes one of several configurations.
macro_rules! put_id_input {
    ($name:ident, $member:literal) => {
        /// The members that are simulated.
        #[derive(Debug, serde::Deserialize)]
        #[serde(rename_all = "PascalCase", deny_unknown_fields)]
        pub struct $name {
            bucket: String,
            id: String,
            #[serde(rename = $member)]
            sent: cloudarium_shape::Value,
            expected_bucket_owner: Option<String>,
        }
        $crate::config::input::targets!($name);
    };
}
pub(crate) use put_id_input;
