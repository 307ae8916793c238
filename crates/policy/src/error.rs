//! Why a text is no policy.
//!
//! The words are those that S3 and other services with policies on resources answer; IAM words some
//! of them otherwise, which is for IAM to do.

use std::fmt;

/// Why a text is no policy, in AWS's words ([`fmt::Display`]).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PolicyError {
    /// It does not begin with a brace.
    NotAnObject,
    /// It begins with one, and is no JSON.
    InvalidJson,
    /// An element says something that it cannot say: a number for a name, a list of lists.
    Syntax,
    /// A version that there is not.
    Version,
    /// `Statement`, `Principal`, ... is not there.
    Missing(&'static str),
    /// An empty list of statements.
    NoStatements,
    /// An element that there is not, or that this kind of policy does not have.
    UnknownField(String),
    /// An element that stands twice, or beside its opposite.
    Twice(String),
    /// Neither `Allow` nor `Deny`.
    Effect(String),
    /// A principal that cannot be one.
    Principal,
    /// `NotPrincipal` that allows.
    NotPrincipalAllows,
    /// An action that cannot be one.
    Action,
    /// A resource that cannot be one.
    Resource,
    /// A condition operator that there is not.
    ConditionType(String),
    /// A condition key that cannot be one.
    ConditionKey,
    /// An address that is none.
    IpAddress,
    /// A number, instant or truth value that is none.
    ConditionValue,
    /// Two statements of one name, where names must differ.
    SidTwice,
    /// A name of a statement with other characters than IAM takes.
    SidForm,
    /// A principal in the policy of an identity.
    PrincipalOfIdentity,
}

impl fmt::Display for PolicyError {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match self {
            Self::NotAnObject => "Policies must be valid JSON and the first byte must be '{'",
            Self::InvalidJson => "This policy contains invalid Json",
            Self::Syntax => "Invalid policy syntax.",
            Self::Version => "The policy must contain a valid version string",
            Self::Missing(field) => return write!(to, "Missing required field {field}"),
            Self::NoStatements => "Could not parse the policy: Statement is empty!",
            Self::UnknownField(field) => return write!(to, "Unknown field {field}"),
            // guess: AWS documents that this is refused, not in which words.
            Self::Twice(field) => return write!(to, "Duplicate field {field}"),
            Self::Effect(sent) => return write!(to, "Invalid effect: {sent}"),
            Self::Principal => "Invalid principal in policy",
            // guess: AWS documents that this is not supported, not in which words.
            Self::NotPrincipalAllows => "Allow with NotPrincipal is not allowed.",
            Self::Action => "Policy has invalid action",
            Self::Resource => "Policy has invalid resource",
            Self::ConditionType(sent) => return write!(to, "Invalid Condition type : {sent}"),
            Self::ConditionKey => "Policy has an invalid condition key",
            Self::IpAddress => "Invalid IP address in Conditions",
            // guess: AWS refuses such values, in words that are not documented.
            Self::ConditionValue => "Invalid value in Conditions",
            Self::SidForm => {
                "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the \
                 regular expression [0-9A-Za-z]*"
            }
            Self::PrincipalOfIdentity => "Policy document should not specify a principal.",
            Self::SidTwice => "Statement IDs (SID) in a single policy must be unique.",
        };
        to.write_str(text)
    }
}

impl std::error::Error for PolicyError {}
