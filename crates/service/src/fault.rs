//! An AWS fault: what a learner's client sees when a request is refused.

use cloudarium_shape::{Map, Value};

/// A refusal in AWS's words. Not for bugs or host failures.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    /// AWS's code: `NoSuchKey`.
    pub code: String,
    /// The HTTP status.
    pub status: u16,
    /// AWS's message.
    pub message: String,
    /// What to do about it, in our words: shown by the page only, never sent.
    pub hint: Option<String>,
    /// Further members of the error's body: `BucketName`, `Key`.
    pub members: Map,
    /// Further headers of the answer: `x-amz-bucket-region`.
    pub headers: Vec<(String, String)>,
}

impl Fault {
    /// A fault with no more than AWS's three.
    pub fn new(code: impl Into<String>, status: u16, message: impl Into<String>) -> Self {
        Self {
            code: code.into(),
            status,
            message: message.into(),
            hint: None,
            members: Map::new(),
            headers: Vec::new(),
        }
    }

    /// Adds a member to the error's body.
    #[must_use]
    pub fn with(mut self, member: &str, value: impl Into<String>) -> Self {
        self.members.insert(member.to_owned(), Value::String(value.into()));
        self
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Adds a header to the answer.
    #[must_use]
    pub fn header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    /// What every operation or member answers that AWS has and this cloud does not simulate.
    /// `what` names it: `s3:PutBucketReplication`, `member GrantRead of s3:PutObject`.
    pub fn not_implemented(what: &str) -> Self {
        Self::new("NotImplemented", 501, format!("Cloudarium does not simulate {what}."))
            .hint("The coverage page lists what is simulated.")
    }
}
