//! Who may: what buckets and objects keep of it.

use std::sync::Arc;

use cloudarium_policy::{Kind, Policy, parse};
use serde::{Deserialize, Serialize};

use super::public;
use crate::headers::canonical_id;

/// What a bucket keeps of who may.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BucketAccess {
    /// Its policy.
    pub policy: Option<StoredPolicy>,
    /// Its ACL, also while ACLs are off.
    pub acl: Vec<Grant>,
    /// Who owns what others upload; `None` after the controls were deleted, which is as
    /// [`Ownership::ObjectWriter`].
    pub ownership: Option<Ownership>,
    /// What of it may be public; `None` after the block was deleted, which blocks nothing.
    pub public_access_block: Option<PublicAccessBlock>,
}

/// A policy: its text, and what that says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StoredPolicy {
    /// As it was sent.
    pub text: Arc<str>,
    /// What it says. Not saved: [`BucketAccess::reread`].
    #[serde(skip)]
    pub parsed: Option<Arc<Policy>>,
    /// Whether it lets in the public. Not saved.
    #[serde(skip)]
    pub is_public: bool,
}

/// Who owns objects.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html>
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ownership {
    /// The bucket's owner; ACLs are off. What every new bucket has since April 2023.
    BucketOwnerEnforced,
    /// The bucket's owner, if the uploader says `bucket-owner-full-control`.
    BucketOwnerPreferred,
    /// Who uploads.
    ObjectWriter,
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html>
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
#[allow(clippy::struct_excessive_bools, reason = "AWS's four switches")]
pub struct PublicAccessBlock {
    /// Refuses ACLs that let in the public.
    #[serde(default)]
    pub block_public_acls: bool,
    /// Takes no notice of those that there are.
    #[serde(default)]
    pub ignore_public_acls: bool,
    /// Refuses policies that let in the public.
    #[serde(default)]
    pub block_public_policy: bool,
    /// Keeps everyone but the owner's account out of a bucket with such a policy.
    #[serde(default)]
    pub restrict_public_buckets: bool,
}

/// What an object keeps of who may. Most keep nothing: they belong to the bucket's owner alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectAccess {
    /// The account that owns it; empty if nobody uploaded it.
    pub owner: String,
    /// Its ACL, also while ACLs are off.
    pub acl: Vec<Grant>,
}

/// One line of an ACL.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html>
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// Who may.
    pub grantee: Grantee,
    /// What.
    pub permission: Permission,
}

/// Who may.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Grantee {
    /// An account, by its canonical user id.
    User(String),
    /// Many at once.
    Group(Group),
}

/// Many at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Group {
    /// Everyone.
    AllUsers,
    /// Everyone with an account.
    AuthenticatedUsers,
    /// The service that writes access logs.
    LogDelivery,
}

/// What a grant permits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "AWS's names")]
pub enum Permission {
    FullControl,
    Write,
    WriteAcp,
    Read,
    ReadAcp,
}

impl BucketAccess {
    /// That of a new bucket: its owner's alone, ACLs off, the public kept out.
    /// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/create-bucket-faq.html>
    pub fn of_new_bucket(owner: &str) -> Self {
        Self {
            policy: None,
            acl: owners_alone(owner),
            ownership: Some(Ownership::BucketOwnerEnforced),
            public_access_block: Some(PublicAccessBlock::ALL),
        }
    }

    /// That of a new bucket as AWS had it until April 2023: ACLs are on, and nothing is blocked.
    pub fn of_legacy_bucket(owner: &str) -> Self {
        Self {
            ownership: Some(Ownership::ObjectWriter),
            public_access_block: None,
            ..Self::of_new_bucket(owner)
        }
    }

    /// Whether ACLs are off.
    pub fn acls_are_off(&self) -> bool {
        self.ownership == Some(Ownership::BucketOwnerEnforced)
    }

    /// What is blocked.
    pub fn block(&self) -> PublicAccessBlock {
        self.public_access_block.unwrap_or(PublicAccessBlock::NONE)
    }

    /// Reads its policy again, after it was saved as a text.
    pub fn reread(&mut self) {
        if let Some(policy) = &mut self.policy {
            *policy = StoredPolicy::of(Arc::clone(&policy.text));
        }
    }
}

impl StoredPolicy {
    /// A policy whose text has been checked. One that cannot be read allows nobody, and denies
    /// nobody.
    pub fn of(text: Arc<str>) -> Self {
        let parsed = parse(&text, Kind::Resource).ok().map(Arc::new);
        let is_public = parsed.as_deref().is_some_and(public::is_public);
        Self { text, parsed, is_public }
    }
}

impl PublicAccessBlock {
    /// All four: what every new bucket has since April 2023.
    pub const ALL: Self = Self {
        block_public_acls: true,
        ignore_public_acls: true,
        block_public_policy: true,
        restrict_public_buckets: true,
    };

    /// None of them.
    pub const NONE: Self = Self {
        block_public_acls: false,
        ignore_public_acls: false,
        block_public_policy: false,
        restrict_public_buckets: false,
    };
}

impl Ownership {
    /// As AWS writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::BucketOwnerEnforced => "BucketOwnerEnforced",
            Self::BucketOwnerPreferred => "BucketOwnerPreferred",
            Self::ObjectWriter => "ObjectWriter",
        }
    }

    /// What AWS calls `name`.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::BucketOwnerEnforced, Self::BucketOwnerPreferred, Self::ObjectWriter]
            .into_iter()
            .find(|it| it.name() == name)
    }
}

impl Group {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::AllUsers, Self::AuthenticatedUsers, Self::LogDelivery];

    /// Its address.
    pub fn uri(self) -> &'static str {
        match self {
            Self::AllUsers => "http://acs.amazonaws.com/groups/global/AllUsers",
            Self::AuthenticatedUsers => "http://acs.amazonaws.com/groups/global/AuthenticatedUsers",
            Self::LogDelivery => "http://acs.amazonaws.com/groups/s3/LogDelivery",
        }
    }

    /// Whether it is the public.
    /// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status>
    pub fn is_public(self) -> bool {
        matches!(self, Self::AllUsers | Self::AuthenticatedUsers)
    }
}

impl Permission {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::FullControl, Self::Write, Self::WriteAcp, Self::Read, Self::ReadAcp];

    /// As AWS writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::FullControl => "FULL_CONTROL",
            Self::Write => "WRITE",
            Self::WriteAcp => "WRITE_ACP",
            Self::Read => "READ",
            Self::ReadAcp => "READ_ACP",
        }
    }
}

impl Grant {
    /// Full control of an account.
    pub fn full_control(account: &str) -> Self {
        let grantee = Grantee::User(canonical_id(account));
        Self { grantee, permission: Permission::FullControl }
    }

    /// Whether it lets in the public.
    pub fn is_public(&self) -> bool {
        matches!(self.grantee, Grantee::Group(group) if group.is_public())
    }
}

/// The ACL of what nobody shares.
pub fn owners_alone(owner: &str) -> Vec<Grant> {
    vec![Grant::full_control(owner)]
}

/// Whether an ACL lets in the public.
pub fn is_public(acl: &[Grant]) -> bool {
    acl.iter().any(Grant::is_public)
}
