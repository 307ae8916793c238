//! What the console shows of who may: an overview, and the answer to "can they, and why?".

use std::collections::BTreeMap;

use cloudarium_policy::caller::Identity;
use cloudarium_policy::decide::{Answer, GateKind};
use cloudarium_policy::explain::{GateReport, explain};
use cloudarium_policy::{Caller, Explanation, Request};
use cloudarium_service::Ctx;
use cloudarium_shape::{Map, Value};
use serde::Serialize;

use super::judge::{AclAnswer, Decider, Judgement, Question};
use super::model::{Grant, PublicAccessBlock};
use super::needs::is_the_objects;
use super::policy::public_statements;
use super::{acl, circumstances, tags_of};
use crate::headers::canonical_id;
use crate::model::{Bucket, Object, State};

/// Who may do what in a bucket, as the console shows it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct PermissionsView {
    /// The account that owns it.
    owner: String,
    /// The same by S3's name for it.
    canonical_user: String,
    /// Whether policy or ACL let in the public, as it holds.
    is_public: bool,
    /// The policy, as it was sent.
    policy: Option<String>,
    /// Whether it lets in the public, were it not for the block.
    policy_is_public: bool,
    /// The lines of the statements that do.
    public_statements: Vec<cloudarium_policy::document::Lines>,
    /// What is blocked; `None`: the block was deleted.
    public_access_block: Option<PublicAccessBlock>,
    /// `BucketOwnerEnforced`, ...; `None`: the controls were deleted.
    object_ownership: Option<&'static str>,
    /// Whether ACLs are off.
    acls_are_off: bool,
    /// The ACL as it holds.
    grants: Vec<acl::ShownGrant>,
}

/// A question of the console's.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Asked<'a> {
    principal: &'a str,
    action: &'a str,
    key: Option<&'a str>,
    version_id: Option<&'a str>,
}

/// The answer.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct AccessView {
    /// Whether they may.
    allowed: bool,
    /// Who was asked for.
    principal: String,
    /// What.
    action: String,
    /// On what.
    resource: String,
    /// Whether the key is there.
    object_exists: Option<bool>,
    /// The gates, in order.
    gates: Vec<GateReport>,
    /// The circumstances that it was judged by, by condition key.
    circumstances: BTreeMap<String, Vec<String>>,
}

/// The overview of a bucket.
pub fn permissions(bucket: &Bucket) -> PermissionsView {
    let access = &bucket.access;
    let policy = access.policy.as_ref();
    let grants = access.effective_acl(&bucket.owner);
    let policy_is_public = policy.is_some_and(|policy| policy.is_public);
    let open = policy_is_public && !access.block().restrict_public_buckets;
    let parsed = policy.and_then(|policy| policy.parsed.as_deref());
    PermissionsView {
        owner: bucket.owner.clone(),
        canonical_user: canonical_id(&bucket.owner),
        is_public: open || grants.iter().any(Grant::is_public),
        policy: policy.map(|policy| policy.text.to_string()),
        policy_is_public,
        public_statements: parsed
            .map(|policy| public_statements(policy).into_iter().map(|it| it.lines).collect())
            .unwrap_or_default(),
        public_access_block: access.public_access_block,
        object_ownership: access.ownership.map(super::model::Ownership::name),
        acls_are_off: access.acls_are_off(),
        grants: acl::shown(&grants),
    }
}

/// The answer to `Principal`, `Action`, `Key`, `VersionId` and `Circumstances` (values by condition
/// key, in place of those that a request of the console's would have). `Principal` is an ARN, an
/// account, `lambda.amazonaws.com`, or `*` for anyone on the internet; without one, the caller.
pub fn access(s3: &State, cx: &Ctx<'_>, bucket_name: &str, params: &Value) -> Option<Value> {
    let text = |name: &str| params.get(name).and_then(Value::as_str);
    let bucket = s3.buckets.get(bucket_name)?;
    let asked = Asked {
        principal: text("Principal").unwrap_or(&cx.caller.arn),
        action: text("Action").unwrap_or("s3:GetObject"),
        key: text("Key").filter(|key| !key.is_empty()),
        version_id: text("VersionId"),
    };
    let caller = principal(asked.principal, &cx.caller.user_id);
    let input = Value::Map(Map::new());
    let mut context = circumstances::of_request(cx, &caller, "", &input);
    let object = asked.key.and_then(|key| bucket.object(key, asked.version_id).ok());
    let object = object.map(|(_, object)| object);
    circumstances::of_resource(&mut context, &bucket.owner, tags_of(object));
    context.set("aws:SecureTransport", "true");
    if let Some(Value::Map(told)) = params.get("Circumstances") {
        for (key, value) in told {
            match value {
                Value::List(values) => {
                    context.set_all(key, values.iter().filter_map(Value::as_str));
                }
                other => context.set_some(key, other.as_str()),
            }
        }
    }
    let question = Question {
        caller: &caller,
        action: asked.action,
        bucket_name,
        bucket,
        key: asked.key,
        object,
        context: &context,
    };
    let judgement = question.judge();
    let resource = question.resource();
    let request =
        Request { caller: &caller, action: asked.action, resource: &resource, context: &context };
    let explained = explain(&question.policies(), &request);
    let shown = AccessView {
        allowed: judgement.allowed,
        principal: caller.shown(),
        action: asked.action.to_owned(),
        object_exists: asked.key.map(|_| object.is_some()),
        gates: gates(&question, &judgement, explained),
        circumstances: context
            .iter()
            .map(|(key, values)| (key.to_owned(), values.to_vec()))
            .collect(),
        resource,
    };
    cloudarium_shape::to_value(&shown).ok()
}

/// Whom the console asks for.
fn principal(text: &str, own_id: &str) -> Caller {
    let account = text.split(':').nth(4).unwrap_or_default();
    match text {
        "" | "*" => Caller::anonymous(),
        arn if arn.starts_with("arn:") => {
            let id = if arn.ends_with(":root") { account } else { own_id };
            Caller::from_arn(account, arn, id).with_canonical_user(canonical_id(account))
        }
        number if number.bytes().all(|b| b.is_ascii_digit()) => {
            let arn = format!("arn:aws:iam::{number}:root");
            Caller::from_arn(number, &arn, number).with_canonical_user(canonical_id(number))
        }
        service => Caller {
            identity: Identity::Service { name: service.to_owned() },
            canonical_user: String::new(),
        },
    }
}

/// The gates of the policies, and S3's own behind them.
fn gates(
    question: &Question<'_>,
    judgement: &Judgement,
    explained: Explanation,
) -> Vec<GateReport> {
    let denied = judgement.decision.is_explicit_deny();
    let mut gates: Vec<GateReport> = explained
        .gates
        .into_iter()
        .map(|gate| {
            let decides = match judgement.decides {
                Decider::Policy(kind) => gate.gate == kind_name(kind),
                _ => false,
            };
            GateReport { decides, ..gate }
        })
        .collect();
    gates.push(block_gate(question, judgement, denied));
    if is_the_objects(question.action) {
        gates.push(ownership_gate(question.bucket, question.object, judgement, denied));
    }
    gates.push(acl_gate(judgement, denied));
    gates
}

fn kind_name(kind: GateKind) -> &'static str {
    match kind {
        GateKind::IdentityPolicy => "IdentityPolicy",
        GateKind::PermissionsBoundary => "PermissionsBoundary",
        GateKind::SessionPolicy => "SessionPolicy",
        GateKind::ResourcePolicy => "ResourcePolicy",
    }
}

fn own_gate(gate: &str, answer: Answer, reason: &'static str, decides: bool) -> GateReport {
    GateReport {
        gate: gate.to_owned(),
        answer,
        decides,
        reason,
        policy: None,
        statement: None,
        statements: Vec::new(),
    }
}

fn block_gate(question: &Question<'_>, judgement: &Judgement, denied: bool) -> GateReport {
    let name = "PublicAccessBlock";
    let access = &question.bucket.access;
    if denied {
        return own_gate(name, Answer::NotAsked, "AlreadyDenied", false);
    }
    if judgement.restricted {
        return own_gate(name, Answer::Denies, "RestrictsPublicBuckets", true);
    }
    if judgement.acl == AclAnswer::Ignored {
        return own_gate(name, Answer::Silent, "IgnoresPublicAcls", false);
    }
    let own = question.caller.account() == Some(question.bucket.owner.as_str());
    let reason = match access.public_access_block {
        None => "NoBlock",
        Some(_) if own => "OwnAccountIsNotThePublic",
        Some(_) if !access.policy.as_ref().is_some_and(|policy| policy.is_public) => {
            "PolicyIsNotPublic"
        }
        Some(_) => "DoesNotRestrict",
    };
    own_gate(name, Answer::NotAsked, reason, false)
}

fn ownership_gate(
    bucket: &Bucket,
    object: Option<&Object>,
    judgement: &Judgement,
    denied: bool,
) -> GateReport {
    let name = "ObjectOwnership";
    if denied {
        return own_gate(name, Answer::NotAsked, "AlreadyDenied", false);
    }
    if judgement.decides == Decider::Ownership {
        return own_gate(name, Answer::Silent, "AnotherAccountsObject", true);
    }
    let reason = match object {
        None => "NoObject",
        Some(_) if bucket.access.acls_are_off() => "BucketOwnerOwnsAll",
        Some(_) if judgement.owner == bucket.owner => "BucketOwnersObject",
        Some(_) => "AnotherAccountsObject",
    };
    own_gate(name, Answer::NotAsked, reason, false)
}

fn acl_gate(judgement: &Judgement, denied: bool) -> GateReport {
    let name = "AccessControlList";
    let decides = judgement.decides == Decider::Acl;
    if denied || judgement.restricted {
        return own_gate(name, Answer::NotAsked, "AlreadyDenied", false);
    }
    match judgement.acl {
        AclAnswer::Off => own_gate(name, Answer::NotAsked, "AclsAreOff", false),
        AclAnswer::Silent => own_gate(name, Answer::Silent, "NoGrantFits", decides),
        AclAnswer::Ignored => own_gate(name, Answer::Silent, "PublicGrantIgnored", decides),
        AclAnswer::Allows => own_gate(name, Answer::Allows, "GrantAllows", decides),
    }
}
