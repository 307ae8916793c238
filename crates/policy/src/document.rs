//! What a policy says: plain data, as it was read.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html>

use crate::operator::Operator;
use crate::pattern::Template;

/// A policy document.
#[derive(Debug, Clone, PartialEq)]
pub struct Policy {
    /// Which rules it is read by.
    pub version: Version,
    /// Its name, which only policies on resources may have.
    pub id: Option<String>,
    /// At least one.
    pub statements: Vec<Statement>,
}

/// The rules a policy is read by: only the newer has variables.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html>
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// `2008-10-17`, also where none is said.
    V2008,
    /// `2012-10-17`
    V2012,
}

/// One statement.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// Its name.
    pub sid: Option<String>,
    /// Where it stands in the text, from 1.
    pub lines: Lines,
    /// What it does when it fits.
    pub effect: Effect,
    /// Whom it is about; `None` in policies of identities, which are about whom they belong to.
    pub principal: Option<Principals>,
    /// What it is about.
    pub action: Actions,
    /// On what.
    pub resource: Resources,
    /// All of these must hold.
    pub conditions: Vec<Condition>,
}

/// The first and the last line of a statement, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Lines {
    /// The line of its brace.
    pub first: usize,
    /// The line of its other brace.
    pub last: usize,
}

/// What a statement does when it fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub enum Effect {
    /// It allows, unless another denies.
    Allow,
    /// It denies, whatever allows.
    Deny,
}

/// `Principal` or `NotPrincipal`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Principals {
    /// `NotPrincipal`: all but these.
    pub not: bool,
    /// The element is `"*"` alone, or `{"AWS": "*"}`, among others perhaps.
    pub entries: Vec<PrincipalId>,
}

/// One entry of a `Principal`.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PrincipalId {
    /// `*`: everyone, also those who are not signed in.
    Everyone,
    /// An account, by its number or by the ARN of its root.
    Account(String),
    /// A user, a role, or a session of one, by its ARN.
    Arn(String),
    /// The unique id of a user or role that is gone: `AIDA...`. Nobody has it.
    UniqueId(String),
    /// An account by S3's name for it.
    CanonicalUser(String),
    /// `lambda.amazonaws.com`
    Service(String),
    /// An identity provider.
    Federated(String),
}

/// `Action` or `NotAction`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actions {
    /// `NotAction`: all but these.
    pub not: bool,
    /// `s3:Get*`, as written.
    pub patterns: Vec<String>,
}

/// `Resource` or `NotResource`.
#[derive(Debug, Clone, PartialEq)]
pub struct Resources {
    /// `NotResource`: all but these.
    pub not: bool,
    /// ARNs, with wildcards and variables.
    pub patterns: Vec<Template>,
}

/// One key under one operator of a `Condition`.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    /// How it compares.
    pub operator: Operator,
    /// The key whose value it compares, as written.
    pub key: String,
    /// What it compares with: any of these.
    pub values: Vec<Template>,
}

impl Version {
    /// As policies write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::V2008 => "2008-10-17",
            Self::V2012 => "2012-10-17",
        }
    }
}

impl Principals {
    /// Whether it is about everyone.
    pub fn is_everyone(&self) -> bool {
        !self.not && self.entries.contains(&PrincipalId::Everyone)
    }
}

impl PrincipalId {
    /// As an explanation shows it.
    pub fn shown(&self) -> &str {
        match self {
            Self::Everyone => "*",
            Self::Account(text)
            | Self::Arn(text)
            | Self::UniqueId(text)
            | Self::CanonicalUser(text)
            | Self::Service(text)
            | Self::Federated(text) => text,
        }
    }
}
