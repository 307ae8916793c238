//! Links to packages: how they are made, and whom they let in.
//!
//! <https://docs.aws.amazon.com/lambda/latest/api/API_FunctionCodeLocation.html>: "presigned", and open for ten minutes.
//!
//! Differences from AWS: of the query's parameters only those that say how long the link is open mean what they mean there; its
//! signature is the cloud's own, and who has the link needs no more.

use cloudarium_env::Timestamp;
use sha2::{Digest as _, Sha256};

use crate::model::{Code, Key};

/// "valid for 10 minutes"
pub const EXPIRES_S: u64 = 600;

/// Which kind of package.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A function's.
    Tasks,
    /// A layer's.
    Layers,
}

impl Kind {
    /// As host names have it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Tasks => "tasks",
            Self::Layers => "layers",
        }
    }
}

/// A link that opens for ten minutes from `now`.
pub fn link(kind: Kind, key: &Key, code: &Code, now: Timestamp) -> String {
    let (region, date) = (&key.region, now.amz_date());
    let path = path(kind, key, code);
    let signature = signature(&path, code, &date);
    format!(
        "https://awslambda-{region}-{}.s3.{region}.amazonaws.com{path}?versionId={}&X-Amz-Algorithm=AWS4-HMAC-SHA256\
         &X-Amz-Date={date}&X-Amz-SignedHeaders=host&X-Amz-Expires={EXPIRES_S}&X-Amz-Signature={signature}",
        kind.name(),
        version(code),
    )
}

/// `/snapshots/123456789012/resize-4203078a-b7c9-4f35-8b1c-0b3f2a1f5d6e`
pub fn path(kind: Kind, key: &Key, code: &Code) -> String {
    let hex = digest(&[kind.name(), &key.region, &key.account, &key.name, &code.sha256]);
    let part = |from: usize, to: usize| hex.get(from..to).unwrap_or_default().to_owned();
    let id = [part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32)].join("-");
    format!("/snapshots/{}/{}-{id}", key.account, key.name)
}

/// What a link's signature must be. Who can tell it has read the package's checksum, and so may read the function.
pub fn signature(path: &str, code: &Code, date: &str) -> String {
    digest(&["signature", path, &code.sha256, date])
}

fn version(code: &Code) -> String {
    digest(&["version", &code.sha256]).chars().take(32).collect()
}

fn digest(parts: &[&str]) -> String {
    hex::encode(Sha256::digest(parts.join("\n")))
}
