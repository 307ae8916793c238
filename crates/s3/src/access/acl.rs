//! ACLs as requests send and answers show them.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html>

use std::sync::Arc;

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use super::judge::resource_arn;
use super::model::{
    BucketAccess, Grant, Grantee, Group, ObjectAccess, Ownership, Permission, is_public,
    owners_alone,
};
use crate::error::Error;
use crate::headers::canonical_id;
use crate::limits::ACL_GRANTS_MAX;
use crate::model::Bucket;

/// Amazon EC2, which `aws-exec-read` lets read.
/// guess: AWS documents whom it lets in, not by which id.
const EC2: &str = "6aa5a366c34c1cbe25dc49211496e913e0351eb0e8c37aa3477e40942ec6b97c";

/// What a request says of an ACL in its headers.
#[derive(Debug, Clone, Copy, Default)]
pub struct Sent<'a> {
    /// `x-amz-acl`
    pub acl: Option<&'a str>,
    /// `x-amz-grant-full-control`
    pub full_control: Option<&'a str>,
    /// `x-amz-grant-read`
    pub read: Option<&'a str>,
    /// `x-amz-grant-read-acp`
    pub read_acp: Option<&'a str>,
    /// `x-amz-grant-write`, which only buckets have.
    pub write: Option<&'a str>,
    /// `x-amz-grant-write-acp`
    pub write_acp: Option<&'a str>,
}

/// What an ACL is of: whose it is, and of an object, whose the bucket is.
#[derive(Debug, Clone, Copy)]
pub enum Of<'a> {
    /// A bucket of this account.
    Bucket(&'a str),
    /// An object of the first account in a bucket of the second.
    Object(&'a str, &'a str),
}

impl Sent<'_> {
    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.acl.is_none() && !self.has_grants()
    }

    fn has_grants(&self) -> bool {
        let Self { full_control, read, read_acp, write, write_acp, .. } = self;
        [full_control, read, read_acp, write, write_acp].into_iter().any(Option::is_some)
    }

    /// Whether it says that the bucket's owner has full control and nobody anything else, which is
    /// all that may be said where ACLs are off.
    fn is_bucket_owners(&self, owner: &str) -> bool {
        match self.acl {
            Some(acl) => acl == "bucket-owner-full-control" && !self.has_grants(),
            None => {
                self.grants().is_ok_and(|grants| grants.is_empty() || grants == owners_alone(owner))
            }
        }
    }

    /// The grants of its headers, in AWS's order.
    fn grants(&self) -> Result<Vec<Grant>, Error> {
        let headers = [
            (self.read, "x-amz-grant-read", Permission::Read),
            (self.write, "x-amz-grant-write", Permission::Write),
            (self.read_acp, "x-amz-grant-read-acp", Permission::ReadAcp),
            (self.write_acp, "x-amz-grant-write-acp", Permission::WriteAcp),
            (self.full_control, "x-amz-grant-full-control", Permission::FullControl),
        ];
        let mut grants = Vec::new();
        for (value, header, permission) in headers {
            for one in value.into_iter().flat_map(|value| value.split(',')) {
                let grantee = grantee_of_header(header, one.trim())?;
                grants.push(Grant { grantee, permission });
            }
        }
        check_count(grants)
    }

    /// The ACL that it says; without a word, its owner's alone.
    pub fn acl(&self, of: Of<'_>) -> Result<Vec<Grant>, Error> {
        match self.acl {
            Some(_) if self.has_grants() => {
                Err(Error::request("Specifying both Canned ACLs and Header Grants is not allowed"))
            }
            Some(canned) => canned_acl(canned, of),
            None if self.has_grants() => self.grants(),
            None => canned_acl("private", of),
        }
    }
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl>
fn canned_acl(name: &str, of: Of<'_>) -> Result<Vec<Grant>, Error> {
    use Group::{AllUsers, AuthenticatedUsers, LogDelivery};
    use Permission::{FullControl, Read, ReadAcp, Write};
    let (Of::Bucket(owner) | Of::Object(owner, _)) = of;
    let group = |group, permission| Grant { grantee: Grantee::Group(group), permission };
    let user = |id: String, permission| Grant { grantee: Grantee::User(id), permission };
    let more = match (name, of) {
        ("public-read", _) => vec![group(AllUsers, Read)],
        ("public-read-write", _) => vec![group(AllUsers, Read), group(AllUsers, Write)],
        ("authenticated-read", _) => vec![group(AuthenticatedUsers, Read)],
        ("aws-exec-read", _) => vec![user(EC2.to_owned(), Read)],
        ("log-delivery-write", Of::Bucket(_)) => {
            vec![group(LogDelivery, Write), group(LogDelivery, ReadAcp)]
        }
        ("bucket-owner-read", Of::Object(own, theirs)) if own != theirs => {
            vec![user(canonical_id(theirs), Read)]
        }
        ("bucket-owner-full-control", Of::Object(own, theirs)) if own != theirs => {
            vec![user(canonical_id(theirs), FullControl)]
        }
        // The last two of a bucket are ignored.
        ("private" | "bucket-owner-read" | "bucket-owner-full-control", _) => vec![],
        (other, _) => return Err(Error::argument("", "x-amz-acl", other)),
    };
    Ok(owners_alone(owner).into_iter().chain(more).collect())
}

/// `id="..."`, `uri="..."`, `emailAddress="..."`
fn grantee_of_header(header: &str, text: &str) -> Result<Grantee, Error> {
    let unread = || Error::argument("Argument format not recognized", header, text);
    let (kind, value) = text.split_once('=').ok_or_else(unread)?;
    let value = value.trim().trim_matches('"');
    match kind.trim() {
        "id" => user(value, "id"),
        "uri" => group_of(value).map(Grantee::Group),
        "emailAddress" => Err(no_emails()),
        _ => Err(unread()),
    }
}

/// An account by its canonical user id, which the request calls `name`. Whether any account has it is not known here.
fn user(id: &str, name: &str) -> Result<Grantee, Error> {
    let formed = id.len() == 64 && id.bytes().all(|b| b.is_ascii_hexdigit());
    if formed || id == canonical_id("") {
        return Ok(Grantee::User(id.to_owned()));
    }
    Err(Error::argument("Invalid id", name, id))
}

fn group_of(uri: &str) -> Result<Group, Error> {
    let known = Group::ALL.into_iter().find(|group| group.uri() == uri);
    known.ok_or_else(|| Error::argument("Invalid group uri", "uri", uri))
}

/// Since October 2025 nobody is named by an address.
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_Grantee.html>
fn no_emails() -> Error {
    Error::MethodNotAllowed {
        method: "PUT".to_owned(),
        resource: "ACL".to_owned(),
        marker: String::new(),
        modified: String::new(),
    }
}

fn check_count(grants: Vec<Grant>) -> Result<Vec<Grant>, Error> {
    if grants.len() > ACL_GRANTS_MAX { Err(Error::MalformedACLError {}) } else { Ok(grants) }
}

/// Who owns what is uploaded, and its ACL; `None`: the bucket's owner, and nobody else's.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html>
pub fn of_upload(
    cx: &Ctx<'_>,
    (name, bucket): (&str, &Bucket),
    (action, key): (&str, &str),
    sent: Sent<'_>,
) -> Result<Option<Arc<ObjectAccess>>, Error> {
    if bucket.access.acls_are_off() {
        return if sent.is_bucket_owners(&bucket.owner) {
            Ok(None)
        } else {
            Err(Error::AccessControlListNotSupported {})
        };
    }
    let writer = &cx.caller.account;
    let handed_over = bucket.access.ownership == Some(Ownership::BucketOwnerPreferred)
        && sent.acl == Some("bucket-owner-full-control");
    let owner = if handed_over { &bucket.owner } else { writer };
    let acl = sent.acl(Of::Object(owner, &bucket.owner))?;
    check_not_public(cx, (name, bucket), (action, Some(key)), &acl)?;
    if *owner == bucket.owner && acl == owners_alone(owner) {
        return Ok(None);
    }
    Ok(Some(Arc::new(ObjectAccess { owner: owner.clone(), acl })))
}

/// Refuses an ACL that lets in the public, where that is blocked.
pub fn check_not_public(
    cx: &Ctx<'_>,
    (name, bucket): (&str, &Bucket),
    (action, key): (&str, Option<&str>),
    acl: &[Grant],
) -> Result<(), Error> {
    if !(bucket.access.block().block_public_acls && is_public(acl)) {
        return Ok(());
    }
    let why = "public ACLs are prevented by the BlockPublicAcls";
    Err(bucket.prevented(cx, (action, &resource_arn(name, key)), why))
}

impl BucketAccess {
    /// The bucket's ACL as it holds: off, or without what is ignored.
    /// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-options>
    pub fn effective_acl(&self, owner: &str) -> Vec<Grant> {
        if self.acls_are_off() { owners_alone(owner) } else { self.without_ignored(&self.acl) }
    }

    /// An ACL without the grants that the public access block takes no notice of.
    pub fn without_ignored(&self, acl: &[Grant]) -> Vec<Grant> {
        let ignores = self.block().ignore_public_acls;
        acl.iter().filter(|grant| !(ignores && grant.is_public())).cloned().collect()
    }
}

/// An ACL in the body of a request, or of an answer.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct AccessControlPolicy {
    owner: Option<SentOwner>,
    grants: Option<Vec<SentGrant>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct SentOwner {
    #[serde(rename = "ID")]
    id: Option<String>,
    #[expect(dead_code, reason = "AWS takes it and forgets it")]
    display_name: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct SentGrant {
    grantee: Option<SentGrantee>,
    permission: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct SentGrantee {
    #[serde(rename = "Type")]
    kind: Option<String>,
    #[serde(rename = "ID")]
    id: Option<String>,
    #[serde(rename = "URI")]
    uri: Option<String>,
    email_address: Option<String>,
    #[expect(dead_code, reason = "AWS takes it and forgets it")]
    display_name: Option<String>,
}

impl AccessControlPolicy {
    /// The grants, of an ACL that says whose it is.
    fn grants(&self, owner: &str) -> Result<Vec<Grant>, Error> {
        let named = self.owner.as_ref().and_then(|owner| owner.id.as_deref());
        let named = named.ok_or(Error::MalformedACLError {})?;
        if named != canonical_id(owner) {
            // The owner cannot be changed so.
            return Err(Error::AccessDenied {});
        }
        let grants = self.grants.iter().flatten().map(SentGrant::read);
        check_count(grants.collect::<Result<_, _>>()?)
    }
}

impl SentGrant {
    fn read(&self) -> Result<Grant, Error> {
        let malformed = || Error::MalformedACLError {};
        let grantee = self.grantee.as_ref().ok_or_else(malformed)?;
        let permission = self.permission.as_deref().ok_or_else(malformed)?;
        let permission = Permission::ALL.into_iter().find(|it| it.name() == permission);
        let permission = permission.ok_or_else(malformed)?;
        let grantee = match (grantee.kind.as_deref(), &grantee.id, &grantee.uri) {
            (Some("CanonicalUser"), Some(id), _) => user(id, "CanonicalUser/ID")?,
            (Some("Group"), _, Some(uri)) => Grantee::Group(group_of(uri)?),
            (Some("AmazonCustomerByEmail"), ..) if grantee.email_address.is_some() => {
                return Err(no_emails());
            }
            _ => return Err(malformed()),
        };
        Ok(Grant { grantee, permission })
    }
}

/// The ACL that a `Put...Acl` sets, by headers or by a body, but not by both.
pub fn of_put(
    sent: Sent<'_>,
    body: Option<&AccessControlPolicy>,
    of: Of<'_>,
) -> Result<Vec<Grant>, Error> {
    let (Of::Bucket(owner) | Of::Object(owner, _)) = of;
    match body {
        Some(_) if !sent.is_empty() => Err(Error::UnexpectedContent {}),
        Some(body) => body.grants(owner),
        None if sent.is_empty() => {
            Err(Error::MissingSecurityHeader { header: "x-amz-acl".to_owned() })
        }
        None => sent.acl(of),
    }
}

/// A grant as answers show it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ShownGrant {
    grantee: ShownGrantee,
    permission: &'static str,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct ShownGrantee {
    #[serde(rename = "ID", skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(rename = "Type")]
    kind: &'static str,
    #[serde(rename = "URI", skip_serializing_if = "Option::is_none")]
    uri: Option<&'static str>,
}

/// Grants as answers show them. Names of accounts are no longer told.
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_Owner.html>
pub fn shown(acl: &[Grant]) -> Vec<ShownGrant> {
    let grantee = |grantee: &Grantee| match grantee {
        Grantee::User(id) => {
            ShownGrantee { id: Some(id.clone()), kind: "CanonicalUser", uri: None }
        }
        Grantee::Group(group) => ShownGrantee { id: None, kind: "Group", uri: Some(group.uri()) },
    };
    acl.iter()
        .map(|grant| ShownGrant {
            grantee: grantee(&grant.grantee),
            permission: grant.permission.name(),
        })
        .collect()
}
