//! Whether a caller may: bucket policy, public access block, ownership and ACLs, in this order.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/how-s3-evaluates-access-control.html>

use cloudarium_policy::decide::{Answer, GateKind, IdentityPolicies};
use cloudarium_policy::{Caller, Context, Decision, Named, Policies, Request, decide};

use super::model::{Grant, Grantee, Group, Permission};
use super::needs::is_the_objects;
use crate::headers::canonical_id;
use crate::model::{Bucket, Object};

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// Who asks.
    pub caller: &'a Caller,
    /// `s3:GetObject`
    pub action: &'a str,
    /// The bucket's name.
    pub bucket_name: &'a str,
    /// The bucket.
    pub bucket: &'a Bucket,
    /// The key, of an action on an object.
    pub key: Option<&'a str>,
    /// The object that has it, if any has.
    pub object: Option<&'a Object>,
    /// The circumstances.
    pub context: &'a Context,
}

/// The answer, and what it came from.
#[derive(Debug, Clone)]
pub struct Judgement {
    /// Whether the caller may.
    pub allowed: bool,
    /// What the policies came to.
    pub decision: Decision,
    /// Whether the public access block keeps the caller out of a public bucket.
    pub restricted: bool,
    /// The account that the object belongs to, or the bucket.
    pub owner: String,
    /// What the ACL answers.
    pub acl: AclAnswer,
    /// Which of them decided.
    pub decides: Decider,
}

/// What decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decider {
    /// One of the policies.
    Policy(GateKind),
    /// The public access block.
    PublicAccessBlock,
    /// The ACL.
    Acl,
    /// That the object belongs to another account than the bucket.
    Ownership,
}

/// What an ACL answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AclAnswer {
    /// ACLs are off.
    Off,
    /// No grant permits it, or no ACL can.
    Silent,
    /// A grant permits it.
    Allows,
    /// A grant would, but the public access block takes no notice of it.
    Ignored,
}

impl Question<'_> {
    /// The ARN that the action is on.
    pub fn resource(&self) -> String {
        resource_arn(self.bucket_name, self.key)
    }

    /// Whether the caller may.
    pub fn judge(&self) -> Judgement {
        let Self { caller, action, bucket, .. } = *self;
        let resource = self.resource();
        let request = Request { caller, action, resource: &resource, context: self.context };
        let decision = decide(&self.policies(), &request);
        let owner = self.owner();
        let account = caller.account();
        let restricted = bucket.access.block().restrict_public_buckets
            && bucket.access.policy.as_ref().is_some_and(|policy| policy.is_public)
            && !is_service(caller)
            && account != Some(bucket.owner.as_str());
        let acl = self.acl();
        let identity = decision.gate(GateKind::IdentityPolicy).map(|gate| gate.answer);
        let identity_allows = caller.is_anonymous() || identity == Some(Answer::Allows);
        let (allowed, decides) = if decision.is_explicit_deny() && !self.is_roots_way_out() {
            (false, Decider::Policy(decision.decides))
        } else if restricted {
            (false, Decider::PublicAccessBlock)
        } else if account == Some(owner.as_str()) && identity_allows {
            (true, Decider::Policy(GateKind::IdentityPolicy))
        } else if owner == bucket.owner && decision.allowed {
            (true, Decider::Policy(decision.decides))
        } else if acl == AclAnswer::Allows && identity_allows {
            (true, Decider::Acl)
        } else if owner != bucket.owner && decision.allowed {
            (false, Decider::Ownership)
        } else {
            (false, Decider::Policy(decision.decides))
        };
        Judgement { allowed, decision, restricted, owner, acl, decides }
    }

    /// The policies that are asked. Until IAM is simulated, every user may do all that its account
    /// may: this is where the policies of users, groups and roles come in.
    pub fn policies(&self) -> Policies<'_> {
        let policy = self.bucket.access.policy.as_ref().and_then(|it| it.parsed.as_deref());
        Policies {
            identity: IdentityPolicies::Administrator,
            boundary: None,
            session: None,
            resource: policy.map(|policy| Named { name: "BucketPolicy", policy }),
            resource_account: &self.bucket.owner,
        }
    }

    /// The account whose the resource is: of what is done with an object, that of the object.
    fn owner(&self) -> String {
        let own = self.object.filter(|_| is_the_objects(self.action));
        own.map_or_else(|| self.bucket.owner.clone(), |object| self.bucket.owner_of(object))
    }

    /// The root user can always get at the bucket's policy, so that nobody locks themselves out.
    /// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html>
    fn is_roots_way_out(&self) -> bool {
        use cloudarium_policy::caller::Identity;
        let root = matches!(&self.caller.identity, Identity::Root { account } if *account == self.bucket.owner);
        root && matches!(
            self.action,
            "s3:GetBucketPolicy" | "s3:PutBucketPolicy" | "s3:DeleteBucketPolicy"
        )
    }

    fn acl(&self) -> AclAnswer {
        if self.bucket.access.acls_are_off() {
            return AclAnswer::Off;
        }
        let Some((on_object, wanted)) = permission(self.action) else {
            return AclAnswer::Silent;
        };
        let grants: Vec<Grant> = match (on_object, self.object) {
            (true, Some(object)) => self.bucket.acl_of(object),
            (true, None) => return AclAnswer::Silent,
            (false, _) => self.bucket.access.acl.clone(),
        };
        let fitting = || grants.iter().filter(|grant| self.fits(grant, wanted));
        let ignores = self.bucket.access.block().ignore_public_acls;
        if fitting().any(|grant| !(ignores && grant.is_public())) {
            AclAnswer::Allows
        } else if fitting().next().is_some() {
            AclAnswer::Ignored
        } else {
            AclAnswer::Silent
        }
    }

    fn fits(&self, grant: &Grant, wanted: Permission) -> bool {
        let permits = grant.permission == wanted || grant.permission == Permission::FullControl;
        permits
            && match &grant.grantee {
                Grantee::User(id) => {
                    self.caller.account().is_some_and(|account| canonical_id(account) == *id)
                }
                Grantee::Group(Group::AllUsers) => true,
                Grantee::Group(Group::AuthenticatedUsers) => self.caller.account().is_some(),
                Grantee::Group(Group::LogDelivery) => is_service(self.caller),
            }
    }
}

/// `arn:aws:s3:::bucket/key`
pub fn resource_arn(bucket: &str, key: Option<&str>) -> String {
    match key {
        Some(key) => format!("arn:aws:s3:::{bucket}/{key}"),
        None => format!("arn:aws:s3:::{bucket}"),
    }
}

fn is_service(caller: &Caller) -> bool {
    matches!(caller.identity, cloudarium_policy::caller::Identity::Service { .. })
}

/// What an ACL must permit for an action: of an object's ACL (`true`) or of the bucket's.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#acl-access-policy-permission-mapping>
fn permission(action: &str) -> Option<(bool, Permission)> {
    Some(match action {
        "s3:ListBucket" | "s3:ListBucketVersions" | "s3:ListBucketMultipartUploads" => {
            (false, Permission::Read)
        }
        // guess: the table speaks of `s3:PutObject` alone, and of deleting only by owners; to
        // delete, to end an upload and to list its parts went with it in the permission's text.
        "s3:PutObject"
        | "s3:DeleteObject"
        | "s3:AbortMultipartUpload"
        | "s3:ListMultipartUploadParts" => (false, Permission::Write),
        "s3:GetBucketAcl" => (false, Permission::ReadAcp),
        "s3:PutBucketAcl" => (false, Permission::WriteAcp),
        "s3:GetObject" | "s3:GetObjectVersion" => (true, Permission::Read),
        "s3:GetObjectAcl" | "s3:GetObjectVersionAcl" => (true, Permission::ReadAcp),
        "s3:PutObjectAcl" | "s3:PutObjectVersionAcl" => (true, Permission::WriteAcp),
        _ => return None,
    })
}
