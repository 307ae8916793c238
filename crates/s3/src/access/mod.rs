//! The one gate that every operation passes: who may do what.
//!
//! [`guarded`] runs an operation for a caller who may. What an operation needs stands in `needs.rs`,
//! what is known of the request in `circumstances.rs`, and how it is judged in `judge.rs`.

pub mod acl;
mod circumstances;
pub mod judge;
pub mod model;
pub mod needs;
pub mod policy;
pub mod public;
#[cfg(test)]
mod tests;
pub mod view;

use std::sync::Arc;

use cloudarium_policy::{Caller, Context};
use cloudarium_service::operation::dispatch;
use cloudarium_service::{Ctx, Fault, Outcome, Principal};
use cloudarium_shape::{Map, Value};

use crate::copy_source::Source;
use crate::error::Error;
use crate::headers::canonical_id;
use crate::legacy;
use crate::model::{Bucket, Object, State};
use crate::ops::OPERATIONS;
use crate::region;
use judge::{Decider, Judgement, Question, resource_arn};
use model::{Grant, ObjectAccess, owners_alone};
use needs::{Need, On};

/// What Signature Version 2 is told where it is not taken.
const V2_REFUSED: &str = "The authorization mechanism you have provided is not supported. Please use \
                          AWS4-HMAC-SHA256.";

/// Runs an operation, if the caller may.
pub fn guarded(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    operation: &str,
    mut input: Value,
) -> Result<Outcome, Fault> {
    let caller = caller_of(cx.caller);
    let home = home_of(s3, cx, &caller, &input);
    let region = home.as_deref().unwrap_or(cx.region);
    if signed_by_v2(cx) && !region::takes_v2(region) {
        return Err(Error::request(V2_REFUSED).into());
    }
    // What S3 tells nobody is told for every Region.
    let cx = &mut Ctx {
        now: cx.now,
        region,
        caller: cx.caller,
        facts: cx.facts,
        request_id: cx.request_id,
        accounts: cx.accounts,
        rng: &mut *cx.rng,
        blobs: &mut *cx.blobs,
        host: &mut *cx.host,
    };
    let gate = Gate { s3, cx, caller: &caller, operation, input: &input };
    gate.check()?;
    let refused = gate.refuse_each();
    let (asked, left) = refused.map_or((None, true), |refused| {
        let left = leave_allowed(&mut input, &refused);
        (Some(refused), left)
    });
    let kept = input.clone();
    let answer = if left {
        dispatch("s3", OPERATIONS, s3, cx, (operation, input))
    } else {
        Ok(Outcome::Output(Value::Map(Map::new())))
    };
    let gate = Gate { s3, cx, caller: &caller, operation, input: &kept };
    match answer {
        Ok(Outcome::Output(output)) => {
            let mut output = with_refused(output, asked.unwrap_or_default());
            if let (Value::Map(members), true) = (&mut output, gate.requester_pays()) {
                members.insert("RequestCharged".to_owned(), Value::from("requester"));
            }
            Ok(legacy::told(gate.cx.accounts, Outcome::Output(output)))
        }
        Ok(Outcome::Parked) => Ok(Outcome::Parked),
        Err(fault) => Err(legacy::refused(gate.cx.accounts, gate.conceal(fault))),
    }
}

/// Refuses what `operation` would do for another that turned out to be it: a form's upload, a page of
/// a website.
pub fn check(s3: &State, cx: &Ctx<'_>, operation: &str, input: &Value) -> Result<(), Error> {
    let caller = caller_of(cx.caller);
    let gate = Gate { s3, cx, caller: &caller, operation, input };
    gate.check().map_err(|fault| Error::Denied { message: fault.message })
}

/// What such an operation tells of `error`: whether a key is there only those may know who may list.
pub fn conceal(
    s3: &State,
    cx: &Ctx<'_>,
    (operation, input): (&str, &Value),
    error: Error,
) -> Error {
    let caller = caller_of(cx.caller);
    let gate = Gate { s3, cx, caller: &caller, operation, input };
    let code = error.code();
    let told = gate.conceal(Fault::new(code, error.status(), ""));
    if told.code == code { error } else { Error::Denied { message: told.message } }
}

/// The caller as policies know it.
pub fn caller_of(principal: &Principal) -> Caller {
    let Principal { account, arn, user_id, .. } = principal;
    if principal.is_anonymous() {
        return Caller::anonymous();
    }
    // Timers and events act for an account, without a user.
    let root = format!("arn:aws:iam::{account}:root");
    let arn = if arn.is_empty() { &root } else { arn };
    Caller::from_arn(account, arn, user_id).with_canonical_user(canonical_id(account))
}

/// Where a request is meant to go that is not signed, or by Signature Version 2: it names no Region,
/// and AWS finds the bucket's.
fn home_of(s3: &State, cx: &Ctx<'_>, caller: &Caller, input: &Value) -> Option<String> {
    let name = input.get("Bucket").and_then(Value::as_str)?;
    // The host name of another Region's endpoint is a Region said.
    let unsaid = caller.is_anonymous() || signed_by_v2(cx) && cx.region == region::HOME;
    let bucket = s3.buckets.get(name).filter(|_| unsaid)?;
    Some(bucket.region.clone())
}

fn signed_by_v2(cx: &Ctx<'_>) -> bool {
    cx.facts.signature.as_ref().is_some_and(|signature| signature.version == "AWS")
}

/// A request at the gate.
struct Gate<'a, 'c> {
    s3: &'a State,
    cx: &'a Ctx<'c>,
    caller: &'a Caller,
    operation: &'a str,
    input: &'a Value,
}

/// What a need is on: a bucket, and perhaps a key in it.
struct Place<'a> {
    bucket_name: String,
    bucket: &'a Bucket,
    key: Option<String>,
    version_id: Option<String>,
    /// Whether it is about an object that is still to come, not about one that has the key.
    coming: bool,
}

impl<'a> Place<'a> {
    /// The object that has the key, if any has.
    fn object(&self) -> Option<&'a Object> {
        let key = self.key.as_deref().filter(|_| !self.coming)?;
        self.bucket.object(key, self.version_id.as_deref()).ok().map(|(_, object)| object)
    }
}

/// One of the objects that a request lists, and why it may not be touched.
type Refused = (String, Option<String>, Fault);

impl<'a> Gate<'a, '_> {
    /// Refuses the request unless the caller may do all that it needs. What it is about may not be
    /// there: then the operation says so.
    fn check(&self) -> Result<(), Fault> {
        let known = OPERATIONS.iter().any(|row| row.name == self.operation);
        let Some(needs) = needs::of(self.operation, self.input) else {
            // An operation that is not simulated is refused as such.
            return if known { Err(plain_refusal()) } else { Ok(()) };
        };
        for need in needs {
            if need.on == On::Account {
                if self.caller.is_anonymous() {
                    return Err(plain_refusal());
                }
                continue;
            }
            let Some(place) = self.place(need).filter(|_| need.on != On::EachObject) else {
                continue;
            };
            if has_nothing_to_read(need, &place) {
                continue;
            }
            self.pass(need, &place)?;
        }
        self.pay()
    }

    /// Where the requester pays, whoever is not of the bucket's account must say that they do.
    /// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/ObjectsinRequesterPaysBuckets.html>
    fn pay(&self) -> Result<(), Fault> {
        let pays = self.input.get("RequestPayer").is_some();
        if self.requester_pays() && (self.caller.is_anonymous() || !pays) {
            return Err(plain_refusal().hint(
                "The bucket's requesters pay: sign the request, and say RequestPayer='requester'.",
            ));
        }
        Ok(())
    }

    /// Whether this request is paid for by another account than the bucket's.
    fn requester_pays(&self) -> bool {
        let name = self.input.get("Bucket").and_then(Value::as_str);
        let bucket = name.and_then(|name| self.s3.buckets.get(name));
        bucket.is_some_and(|bucket| {
            bucket.config.requester_pays && self.caller.account() != Some(bucket.owner.as_str())
        })
    }

    /// Whether the caller may do one thing.
    fn pass(&self, need: Need, place: &Place<'a>) -> Result<(), Fault> {
        if self.is_plain(place) {
            return Ok(());
        }
        let judgement = self.judge(need.action, place);
        let missing = place.key.is_some() && !place.coming && place.object().is_none();
        let reads =
            matches!(need.on, On::Object | On::Source) && needs::is_the_objects(need.action);
        if judgement.allowed || (reads && missing && !judgement.is_denial() && self.may_list(place))
        {
            return Ok(());
        }
        // Whoever writes into another account's bucket owns what they write where ACLs are on, and
        // so may say who else may.
        // <https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html>
        let writers = need.beside
            && need.action == "s3:PutObjectAcl"
            && !place.bucket.access.acls_are_off()
            && self.caller.account() != Some(place.bucket.owner.as_str());
        if writers && !judgement.is_denial() {
            return Ok(());
        }
        Err(self.refusal(need.action, place, &judgement))
    }

    /// The usual case, which needs no thought: the owner's account, no policy, ACLs off.
    fn is_plain(&self, place: &Place<'_>) -> bool {
        let access = &place.bucket.access;
        access.policy.is_none()
            && access.acls_are_off()
            && self.caller.account() == Some(place.bucket.owner.as_str())
    }

    fn judge(&self, action: &str, place: &Place<'a>) -> Judgement {
        self.judge_with(action, place, &mut self.context(place))
    }

    fn judge_with(&self, action: &str, place: &Place<'a>, context: &mut Context) -> Judgement {
        Question {
            caller: self.caller,
            action,
            bucket_name: &place.bucket_name,
            bucket: place.bucket,
            key: place.key.as_deref(),
            object: place.object(),
            context,
        }
        .judge()
    }

    fn context(&self, place: &Place<'a>) -> Context {
        let mut context =
            circumstances::of_request(self.cx, self.caller, self.operation, self.input);
        let owner = &place.bucket.owner;
        circumstances::of_resource(&mut context, owner, tags_of(place.object()));
        context
    }

    /// Whether the caller may know that a key is not there.
    /// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html>
    fn may_list(&self, place: &Place<'a>) -> bool {
        self.listing(place).allowed
    }

    fn listing(&self, place: &Place<'a>) -> Judgement {
        let mut context = self.context(place);
        context.set_some("s3:prefix", place.key.as_deref());
        let bucket = Place {
            bucket_name: place.bucket_name.clone(),
            bucket: place.bucket,
            key: None,
            version_id: None,
            coming: false,
        };
        self.judge_with("s3:ListBucket", &bucket, &mut context)
    }

    /// The objects of a list that the caller may not touch; `None`: it is no such request.
    fn refuse_each(&self) -> Option<Vec<Refused>> {
        let needs = needs::of(self.operation, self.input)?;
        if needs.iter().all(|need| need.on != On::EachObject) {
            return None;
        }
        let Some(Value::List(objects)) = self.input.get("Delete").and_then(|it| it.get("Objects"))
        else {
            return Some(Vec::new());
        };
        let text =
            |object: &Value, member| object.get(member).and_then(Value::as_str).map(str::to_owned);
        let mut refused = Vec::new();
        for object in objects {
            let (key, version_id) =
                (text(object, "Key").unwrap_or_default(), text(object, "VersionId"));
            for need in needs.iter().filter(|need| need.on == On::EachObject) {
                let action = match (need.action, &version_id) {
                    ("s3:DeleteObject", Some(_)) => "s3:DeleteObjectVersion",
                    (action, _) => action,
                };
                let need = Need { action, ..*need };
                let Some(place) = self.place(need) else { continue };
                let place =
                    Place { key: Some(key.clone()), version_id: version_id.clone(), ..place };
                if let Err(fault) = self.pass(need, &place) {
                    refused.push((key.clone(), version_id.clone(), fault));
                    break;
                }
            }
        }
        Some(refused)
    }

    /// What a need is on; `None` if the bucket is not there.
    fn place(&self, need: Need) -> Option<Place<'a>> {
        let text = |member: &str| self.input.get(member).and_then(Value::as_str).map(str::to_owned);
        let (bucket_name, key, version_id) = match need.on {
            On::Source => {
                let source = Source::parse(&text("CopySource")?).ok()?;
                (source.bucket, Some(source.key), source.version_id)
            }
            On::Object => (text("Bucket")?, text("Key"), text("VersionId")),
            On::Account | On::Bucket | On::EachObject => (text("Bucket")?, None, None),
        };
        let bucket = self.s3.buckets.get(&bucket_name)?;
        Some(Place { bucket_name, bucket, key, version_id, coming: need.beside })
    }

    /// Whose request names a key that is not there learns so only with `s3:ListBucket`.
    fn conceal(&self, fault: Fault) -> Fault {
        let tells = matches!(fault.code.as_str(), "NoSuchKey" | "NoSuchVersion");
        let needs = needs::of(self.operation, self.input).filter(|_| tells);
        let on = [On::Source, On::Object];
        let about = needs.into_iter().flatten().filter(|need| on.contains(&need.on));
        for need in about {
            let Some(place) = self.place(need) else { continue };
            if self.is_plain(&place) || place.object().is_some() {
                continue;
            }
            let listing = self.listing(&place);
            if !listing.allowed {
                let bucket = Place { key: None, version_id: None, ..place };
                return self.refusal("s3:ListBucket", &bucket, &listing);
            }
        }
        fault
    }

    /// A refusal in AWS's words, which tell more within the bucket's own account.
    /// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html>
    fn refusal(&self, action: &str, place: &Place<'_>, judgement: &Judgement) -> Fault {
        if self.caller.account() != Some(place.bucket.owner.as_str()) {
            return hinted(plain_refusal(), self.caller, judgement);
        }
        let resource = resource_arn(&place.bucket_name, place.key.as_deref());
        let why = if judgement.is_denial() {
            "with an explicit deny in a resource-based policy".to_owned()
        } else {
            format!("because no resource-based policy allows the {action} action")
        };
        let message = format!(
            "User: {} is not authorized to perform: {action} on resource: \"{resource}\" {why}",
            self.caller.shown()
        );
        hinted(Fault::new("AccessDenied", 403, message), self.caller, judgement)
    }
}

impl Judgement {
    /// Whether something denies; if not, what is missing is something that allows.
    fn is_denial(&self) -> bool {
        self.decides == Decider::PublicAccessBlock || self.decision.is_explicit_deny()
    }
}

/// Whether the need is for tags that the source of a copy does not have.
fn has_nothing_to_read(need: Need, place: &Place<'_>) -> bool {
    need.on == On::Source
        && matches!(need.action, "s3:GetObjectTagging" | "s3:GetObjectVersionTagging")
        && tags_of(place.object()).next().is_none()
}

fn plain_refusal() -> Fault {
    Fault::new("AccessDenied", 403, "Access Denied")
}

/// What to do about it, in our words.
fn hinted(fault: Fault, caller: &Caller, judgement: &Judgement) -> Fault {
    let hint = match judgement.decides {
        _ if judgement.decision.is_explicit_deny() => {
            "A statement of the bucket policy denies it: a deny wins, whatever allows."
        }
        Decider::PublicAccessBlock => {
            "The bucket policy is public, and the public access block (RestrictPublicBuckets) keeps \
             everyone but the bucket's own account out."
        }
        Decider::Ownership => {
            "The object belongs to another account than the bucket: its owner must grant it by the \
             object's ACL."
        }
        _ if caller.is_anonymous() => {
            "The request is not signed, and neither policy nor ACL lets everyone in: give the client \
             an access key id and a secret key."
        }
        _ => "The bucket belongs to another account, whose policy or ACL must allow it.",
    };
    fault.hint(hint)
}

/// Takes from a list of objects those that were refused; tells whether any is left, or there were
/// none to begin with.
fn leave_allowed(input: &mut Value, refused: &[Refused]) -> bool {
    if refused.is_empty() {
        return true;
    }
    let Value::Map(members) = input else { return true };
    let Some(Value::Map(delete)) = members.get_mut("Delete") else { return true };
    let Some(Value::List(objects)) = delete.get_mut("Objects") else { return true };
    let text = |object: &Value, member: &str| {
        object.get(member).and_then(Value::as_str).map(str::to_owned)
    };
    objects.retain(|object| {
        let (key, version) = (text(object, "Key").unwrap_or_default(), text(object, "VersionId"));
        !refused.iter().any(|(k, v, _)| *k == key && *v == version)
    });
    !objects.is_empty()
}

/// The answer about a list of objects, with those that were refused.
fn with_refused(output: Value, refused: Vec<Refused>) -> Value {
    let Value::Map(mut members) = output else { return output };
    if refused.is_empty() {
        return Value::Map(members);
    }
    let mut errors = match members.remove("Errors") {
        Some(Value::List(errors)) => errors,
        _ => Vec::new(),
    };
    for (key, version_id, fault) in refused {
        let mut error = Map::new();
        error.insert("Key".to_owned(), Value::String(key));
        if let Some(version_id) = version_id {
            error.insert("VersionId".to_owned(), Value::String(version_id));
        }
        error.insert("Code".to_owned(), Value::String(fault.code));
        error.insert("Message".to_owned(), Value::String(fault.message));
        errors.push(Value::Map(error));
    }
    members.insert("Errors".to_owned(), Value::List(errors));
    Value::Map(members)
}

/// The tags of an object, as conditions ask for them.
fn tags_of(object: Option<&Object>) -> impl Iterator<Item = (&str, &str)> {
    let tags = object.into_iter().flat_map(|object| &object.extra().tags);
    tags.map(|tag| (tag.key.as_str(), tag.value.as_str()))
}

impl Bucket {
    /// The account that an object belongs to.
    pub fn owner_of(&self, object: &Object) -> String {
        self.own_owner(object.extra().access.as_ref())
    }

    /// The account that what was uploaded so belongs to: where ACLs are off, the bucket's.
    pub fn own_owner(&self, access: Option<&Arc<ObjectAccess>>) -> String {
        let own = access.filter(|_| !self.access.acls_are_off());
        own.map_or_else(|| self.owner.clone(), |access| access.owner.clone())
    }

    /// An object's ACL as it holds.
    pub fn acl_of(&self, object: &Object) -> Vec<Grant> {
        let own = object.extra().access.as_ref().filter(|_| !self.access.acls_are_off());
        own.map_or_else(|| owners_alone(&self.owner), |access| access.acl.clone())
    }

    /// A refusal of something public that the public access block prevents.
    pub fn prevented(&self, cx: &Ctx<'_>, (action, resource): (&str, &str), why: &str) -> Error {
        if cx.caller.account != self.owner {
            return Error::AccessDenied {};
        }
        Error::Denied {
            message: format!(
                "User: {} is not authorized to perform: {action} on resource: \"{resource}\" because \
                 {why} setting in S3 Block Public Access.",
                cx.caller.arn
            ),
        }
    }
}
