//! Applies lifecycle rules, every midnight.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-expire-general-considerations.html>,
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-conflicts.html>
//!
//! A bucket with rules has a timer. What it looks at costs what lies under the rules' prefixes, and
//! nothing on a night when nothing has changed and nothing is due: it remembers what it saw, and
//! when the next is due.
//! Differences from AWS: it is done at midnight, and not some time after.

use std::ops::Bound;
use std::sync::Arc;

use cloudarium_env::Timestamp;
use cloudarium_service::Ctx;
use cloudarium_shape::{Map, Value};
use imbl::OrdMap;

use crate::bucket::Deletion;
use crate::config::Config;
use crate::config::lifecycle::Lifecycle;
use crate::config::lifecycle::due::{Subject, next_midnight, rank};
use crate::events;
use crate::lock::check_deletable;
use crate::model::{
    Bucket, State, StorageClass, Upload, UploadPlace, Version, Versioning, Versions,
};
use crate::store::to_second;

/// The member of a timer's payload that names the bucket.
pub const TIMER: &str = "Lifecycle";

/// What was seen at the last sweep; memory is shared with the bucket. Two are never different, since
/// it is no part of the state.
#[derive(Debug, Clone, Default)]
pub struct Swept {
    keys: OrdMap<Arc<str>, Versions>,
    uploads: OrdMap<UploadPlace, Upload>,
    config: Arc<Config>,
    /// When the next is due; `None`: it was never swept.
    next: Option<Timestamp>,
}

impl PartialEq for Swept {
    fn eq(&self, _other: &Self) -> bool {
        true
    }
}

/// What is to be done.
#[derive(Debug)]
enum Act {
    /// The current version ends: for good, or by a delete marker.
    Expire(Arc<str>),
    /// A version, or a delete marker, ends for good.
    Remove(Arc<str>, String),
    /// A version, by its number, changes its class.
    Transition(Arc<str>, u64, StorageClass),
    /// An upload ends.
    Abort(UploadPlace),
}

struct Plan<'a> {
    rules: &'a Lifecycle,
    versioning: Option<Versioning>,
    now: Timestamp,
    acts: Vec<Act>,
    next: Timestamp,
}

/// Sees to it that a bucket with rules has a timer, and one without has none.
pub fn arm(s3: &mut State, cx: &mut Ctx<'_>, name: &str) {
    let Some(bucket) = s3.buckets.get_mut(name) else { return };
    match (bucket.config.lifecycle.is_some(), bucket.lifecycle_timer) {
        (true, None) => {
            let timer = cx.host.set_timer(next_midnight(cx.now), payload(name));
            bucket.lifecycle_timer = Some(timer);
        }
        (false, Some(timer)) => {
            cx.host.cancel_timer(timer);
            bucket.lifecycle_timer = None;
        }
        _ => {}
    }
}

fn payload(bucket: &str) -> Value {
    Value::Map(Map::from([(TIMER.to_owned(), Value::from(bucket))]))
}

/// A midnight has come for a bucket.
pub fn sweep(s3: &mut State, cx: &mut Ctx<'_>, name: &str) {
    let Some(bucket) = s3.buckets.get_mut(name) else { return };
    if bucket.lifecycle_timer.is_none_or(|timer| timer.due > cx.now) {
        return;
    }
    let config = bucket.config.clone();
    let Some(rules) = &config.lifecycle else {
        bucket.lifecycle_timer = None;
        return;
    };
    let timer = cx.host.set_timer(next_midnight(cx.now), payload(name));
    bucket.lifecycle_timer = Some(timer);
    if bucket.swept.still_holds(bucket, cx.now) {
        return;
    }
    let mut plan = Plan {
        rules,
        versioning: bucket.versioning,
        now: cx.now,
        acts: Vec::new(),
        next: Timestamp::from_ms(i64::MAX),
    };
    plan.keys(bucket);
    plan.uploads(bucket);
    let Plan { acts, mut next, .. } = plan;
    if !acts.is_empty() {
        // What was done may let something else be done, which is for another night: a delete marker
        // that nothing is below any more.
        next = next.min(next_midnight(cx.now));
    }
    for act in acts {
        perform(s3, cx, name, act);
    }
    if let Some(bucket) = s3.buckets.get_mut(name) {
        bucket.swept = Swept {
            keys: bucket.keys.clone(),
            uploads: bucket.uploads.clone(),
            config,
            next: Some(next),
        };
    }
}

impl Swept {
    fn still_holds(&self, bucket: &Bucket, now: Timestamp) -> bool {
        self.next.is_some_and(|next| next > now)
            && self.keys.ptr_eq(&bucket.keys)
            && self.uploads.ptr_eq(&bucket.uploads)
            && Arc::ptr_eq(&self.config, &bucket.config)
    }
}

impl Plan<'_> {
    /// Whether something is due; if not, it is remembered when it is.
    fn is_due(&mut self, at: Timestamp) -> bool {
        if at > self.now {
            self.next = self.next.min(at);
        }
        at <= self.now
    }

    /// Looks at the keys under the rules' prefixes, each once.
    fn keys(&mut self, bucket: &Bucket) {
        let mut prefixes: Vec<&str> =
            self.rules.enabled().map(|(_, conditions)| conditions.prefix).collect();
        prefixes.sort_unstable();
        let mut last: Option<&str> = None;
        for prefix in prefixes {
            if last.is_some_and(|last| prefix.starts_with(last)) {
                continue;
            }
            last = Some(prefix);
            let begin = bucket.keys.range::<_, str>((Bound::Included(prefix), Bound::Unbounded));
            for (key, versions) in begin.take_while(|(key, _)| key.starts_with(prefix)) {
                self.current(key, versions);
                self.noncurrent(key, versions);
            }
        }
    }

    fn current(&mut self, key: &Arc<str>, versions: &Versions) {
        let newest = &versions.newest;
        let subject = subject(key, newest, newest.modified);
        if newest.object().is_none() {
            let alone = versions.count() == 1;
            let due = self.rules.marker_expiration(&subject).filter(|_| alone);
            if due.is_some_and(|at| self.is_due(at)) {
                self.acts.push(Act::Remove(key.clone(), newest.shown_id().to_owned()));
            }
            return;
        }
        let expires = self.rules.expiration(&subject).is_some_and(|(at, _)| self.is_due(at));
        let class = self.class_of(self.rules.transitions(&subject));
        let for_good = match self.versioning {
            None => true,
            Some(Versioning::Suspended) => newest.id.is_none(),
            Some(Versioning::Enabled) => false,
        };
        match class {
            // One thing a day: a transition goes before a delete marker, and after an end for good.
            Some(class) if !(expires && for_good) => {
                self.acts.push(Act::Transition(key.clone(), newest.number, class));
            }
            _ if expires => self.acts.push(Act::Expire(key.clone())),
            _ => {}
        }
    }

    fn noncurrent(&mut self, key: &Arc<str>, versions: &Versions) {
        let mut successor = &versions.newest;
        for (newer, version) in versions.all().skip(1).enumerate() {
            let subject = subject(key, version, successor.modified);
            successor = version;
            let due = self.rules.noncurrent_expiration(&subject, newer);
            if due.is_some_and(|at| self.is_due(at)) {
                self.acts.push(Act::Remove(key.clone(), version.shown_id().to_owned()));
            } else if version.object().is_some() {
                let steps = self.rules.noncurrent_transitions(&subject, newer);
                if let Some(class) = self.class_of(steps) {
                    self.acts.push(Act::Transition(key.clone(), version.number, class));
                }
            }
        }
    }

    /// The farthest class of the steps that are due.
    fn class_of(&mut self, steps: Vec<(Timestamp, StorageClass)>) -> Option<StorageClass> {
        let due = steps.into_iter().filter(|(at, _)| self.is_due(*at));
        due.map(|(_, class)| class).max_by_key(|class| rank(class.name()))
    }

    fn uploads(&mut self, bucket: &Bucket) {
        for (place, upload) in &bucket.uploads {
            let due = self.rules.abort(&place.key, upload.initiated);
            if due.is_some_and(|(at, _)| self.is_due(at)) {
                self.acts.push(Act::Abort(place.clone()));
            }
        }
    }
}

fn subject<'a>(key: &'a str, version: &'a Version, since: Timestamp) -> Subject<'a> {
    let object = version.object();
    Subject {
        key,
        size: object.map_or(0, |object| object.size),
        tags: object.map(|object| object.extra().tags.as_slice()).unwrap_or_default(),
        since,
        class: object.map(|object| object.storage_class).unwrap_or_default(),
    }
}

fn perform(s3: &mut State, cx: &mut Ctx<'_>, name: &str, act: Act) {
    let now = to_second(cx.now);
    let Some(bucket) = s3.buckets.get_mut(name) else { return };
    match act {
        Act::Expire(key) => {
            if let Ok(deletion) = bucket.delete(&key, None, now, cx.rng) {
                tell_end(s3, cx, (name, &key), &deletion);
            }
        }
        Act::Remove(key, id) => {
            // What is locked stays; the rule tries again the next night.
            let found = bucket.version(&key, Some(&id)).ok().and_then(Version::object);
            if found.is_some_and(|object| check_deletable(object, now, false).is_err()) {
                return;
            }
            if let Ok(deletion) = bucket.delete(&key, Some(&id), now, cx.rng) {
                tell_end(s3, cx, (name, &key), &deletion);
            }
        }
        Act::Transition(key, number, class) => {
            let id = bucket.keys.get(&key).and_then(|versions| versions.id_of(number));
            let id = id.filter(|_| bucket.versioning.is_some());
            let Some(object) = bucket.object_mut(&key, number) else { return };
            let before = std::mem::replace(&mut object.storage_class, class);
            let object = object.clone();
            bucket.sums.take_class(before, object.size);
            bucket.sums.add_class(class, object.size);
            let which = (name, key.as_ref(), id.as_deref());
            events::object_transitioned(s3, cx, which, &object, class.name());
        }
        Act::Abort(place) => {
            bucket.end_upload(&place);
        }
    }
}

fn tell_end(s3: &mut State, cx: &mut Ctx<'_>, which: (&str, &str), deletion: &Deletion) {
    events::object_deleted(s3, cx, which, deletion, events::LIFECYCLE_EXPIRATION);
}

/// `x-amz-expiration` of the current object of `key`.
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html>
pub fn expiration_header(bucket: &Bucket, key: &str) -> Option<String> {
    let rules = bucket.config.lifecycle.as_ref()?;
    let (version, _) = bucket.current(key)?;
    let (at, rule) = rules.expiration(&subject(key, version, version.modified))?;
    Some(format!("expiry-date=\"{}\", rule-id=\"{}\"", at.http_date(), sayable(rule.name())))
}

impl State {
    /// [`expiration_header`] of what was just written.
    pub fn expiration_of(&self, bucket: &str, key: &str) -> Option<String> {
        expiration_header(self.buckets.get(bucket)?, key)
    }
}

/// `x-amz-abort-date` and `x-amz-abort-rule-id` of an upload.
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateMultipartUpload.html>
pub fn abort_headers(bucket: &Bucket, key: &str, began: Timestamp) -> Option<(Timestamp, String)> {
    let rules = bucket.config.lifecycle.as_ref()?;
    rules.abort(key, began).map(|(at, rule)| (at, sayable(rule.name())))
}

/// An id as a header can hold it: what no header can is percent-encoded.
fn sayable(id: &str) -> String {
    const SAID: &percent_encoding::AsciiSet = &percent_encoding::CONTROLS.add(b'"').add(b'%');
    percent_encoding::utf8_percent_encode(id, SAID).to_string()
}
