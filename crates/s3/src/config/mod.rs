//! What a bucket is configured with: one file a configuration, each with its type and what S3 takes
//! of it. What no request has set is `None`.

pub mod cors;
pub mod encryption;
pub mod input;
pub mod kept;
pub mod lifecycle;
pub mod logging;
pub mod notification;
pub mod replication;
pub mod tagging;
pub mod website;

use std::sync::Arc;

use cloudarium_service::Ctx;
use cloudarium_shape::Value;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;
use crate::store::Target;
pub use input::{BucketInput, Done};

/// All configurations of a bucket.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Config {
    /// Tags of the bucket.
    pub tagging: Option<tagging::TagSet>,
    /// What web pages of other origins may do.
    pub cors: Option<Vec<cors::CorsRule>>,
    /// How objects are encrypted whose upload does not say.
    pub encryption: Option<encryption::Encryption>,
    /// How it is served as a website.
    pub website: Option<website::Website>,
    /// Whether requests are paid by who makes them.
    pub requester_pays: bool,
    /// `Enabled` or `Suspended`, once transfers by edge locations were on.
    pub accelerate: Option<String>,
    /// `LoggingEnabled`, as it was sent.
    pub logging: Option<Value>,
    /// As it was sent.
    pub replication: Option<Value>,
    /// How what it holds goes in time.
    pub lifecycle: Option<lifecycle::Lifecycle>,
    /// Who is told of what happens.
    pub notification: Option<notification::Notification>,
    /// Configurations that have ids.
    pub kept: kept::Kept,
}

/// Changes the configurations of the bucket that a request is for.
pub fn change(
    s3: &mut State,
    cx: &Ctx<'_>,
    target: Target<'_>,
    change: impl FnOnce(&mut Config),
) -> Result<Done, Error> {
    change(Arc::make_mut(&mut s3.bucket_mut(cx, target)?.config));
    Ok(Done {})
}
