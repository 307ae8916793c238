//! Buckets and objects, listed anew whenever the cloud has changed.

use std::cell::Cell;
use std::future::Future;
use std::rc::Rc;

use serde_json::{Value, json};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::state::cloud::{self, Refusal};
use crate::state::listing::{self, Bucket, Page};

/// As many as AWS lists at once; with it the answer tells each bucket's Region.
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html>
const BUCKETS_MAX: u32 = 10_000;
/// How many keys a page of the table holds.
pub const PAGE_KEYS: u32 = 100;

/// Something that is asked for.
#[derive(Clone, PartialEq, Debug)]
pub enum Load<T> {
    Coming,
    Here(T),
    Refused(Refusal),
}

/// The account's buckets.
#[hook]
pub fn use_buckets(desk: &Desk) -> Load<Rc<Vec<Bucket>>> {
    let load = use_state_eq(|| Load::Coming);
    let setter = load.setter();
    let when = (
        desk.cloud.changes,
        desk.cloud.openings,
        desk.cloud.past,
        desk.cloud.is_ours(),
        desk.region.clone(),
    );
    let desk = desk.clone();
    use_effect_with(when, move |(_, _, _, ready, _)| {
        if *ready {
            spawn_local(async move {
                setter.set(
                    match desk.s3("ListBuckets", json!({ "MaxBuckets": BUCKETS_MAX })).await {
                        Ok(answer) => Load::Here(Rc::new(listing::buckets(&answer.output))),
                        Err(refusal) => Load::Refused(refusal),
                    },
                );
            });
        }
    });
    (*load).clone()
}

/// A listing, and how to go on with it.
#[derive(Clone, PartialEq)]
pub struct Listing {
    pub load: Load<Rc<Page>>,
    /// After which call it was so; nothing for now. What was listed before stays until the new listing is here.
    pub past: Option<u64>,
    /// Fetches the next page and puts it below.
    pub more: Callback<()>,
}

impl Listing {
    /// How many lines there are to show.
    pub fn rows(&self) -> usize {
        match &self.load {
            Load::Here(page) => page.rows(),
            _ => 0,
        }
    }
}

/// The keys of a bucket that begin with `prefix`, grouped at the next slash.
#[hook]
pub fn use_objects(desk: &Desk, bucket: &str, prefix: &str) -> Listing {
    let load = use_state_eq(|| (String::new(), None, Load::Coming));
    let name = format!("{bucket}/{prefix}");
    let question = {
        let (bucket, prefix) = (bucket.to_owned(), prefix.to_owned());
        move |token: Option<&str>| {
            let mut input = json!({ "Bucket": bucket, "Delimiter": "/", "MaxKeys": PAGE_KEYS });
            if let Some(input) = input.as_object_mut() {
                if !prefix.is_empty() {
                    input.insert("Prefix".into(), prefix.clone().into());
                }
                if let Some(token) = token {
                    input.insert("ContinuationToken".into(), token.into());
                }
            }
            input
        }
    };
    {
        let (setter, desk, name, question) =
            (load.setter(), desk.clone(), name.clone(), question.clone());
        let when = (
            desk.cloud.changes,
            desk.cloud.openings,
            desk.cloud.past,
            desk.cloud.is_ours(),
            desk.region.clone(),
            name,
        );
        use_effect_with(when, move |(_, _, past, ready, _, name)| {
            let (name, past) = (name.clone(), *past);
            let alive = Rc::new(Cell::new(true));
            let here = alive.clone();
            if *ready {
                spawn_local(async move {
                    let listed = desk.s3("ListObjectsV2", question(None)).await;
                    // A slower answer to an earlier question is dropped.
                    if here.get() {
                        setter.set((
                            name,
                            past,
                            match listed {
                                Ok(answer) => Load::Here(Rc::new(listing::page(answer.output))),
                                Err(refusal) => Load::Refused(refusal),
                            },
                        ));
                    }
                });
            }
            move || alive.set(false)
        });
    }
    let (of, past, now) = &*load;
    let past = *past;
    let now = if *of == name { now.clone() } else { Load::Coming };
    let more = {
        let (now, desk, setter) = (now.clone(), desk.clone(), load.setter());
        Callback::from(move |()| {
            let Load::Here(page) = now.clone() else { return };
            let Some(token) = page.next.clone() else { return };
            let (desk, setter, name, input) =
                (desk.clone(), setter.clone(), name.clone(), question(Some(&token)));
            spawn_local(async move {
                if let Ok(answer) = desk.s3("ListObjectsV2", input).await {
                    let page = page.and(listing::page(answer.output));
                    setter.set((name, past, Load::Here(Rc::new(page))));
                }
            });
        })
    };
    Listing { load: now, past, more }
}

/// What an operation answers now. The console looks for itself here: it stands in no list and on no bill.
#[hook]
pub fn use_quietly(desk: &Desk, operation: &'static str, input: Value) -> Load<Value> {
    use_asked(desk, (operation, input), |desk, (operation, input)| async move {
        desk.s3_quietly(operation, input).await.map(|answer| answer.output)
    })
}

/// What an operation answers now, asked as any client would ask: in the list of calls, and on the bill.
#[hook]
pub fn use_listed(desk: &Desk, operation: &'static str, input: Value) -> Load<Value> {
    use_asked(desk, (operation, input), |desk, (operation, input)| async move {
        desk.s3(operation, input).await.map(|answer| answer.output)
    })
}

/// A picture that S3 has for the console, of now or of the past that is looked at.
#[hook]
pub fn use_view(desk: &Desk, name: &'static str, params: Value) -> Load<Value> {
    use_asked(desk, (name, params), |desk, (name, params)| async move {
        cloud::view_at("s3", name, &desk.region, &params, desk.cloud.past).await
    })
}

/// What is asked about the cloud: anew whenever it has changed, or the question has.
#[hook]
fn use_asked<F>(
    desk: &Desk,
    question: (&'static str, Value),
    ask: impl Fn(Desk, (&'static str, Value)) -> F + 'static,
) -> Load<Value>
where
    F: Future<Output = Result<Value, Refusal>> + 'static,
{
    let load = use_state_eq(|| Load::Coming);
    let setter = load.setter();
    let when = (
        (desk.cloud.changes, desk.cloud.openings, desk.cloud.past, desk.cloud.is_ours()),
        (question, desk.region.clone()),
    );
    let desk = desk.clone();
    use_effect_with(when, move |((_, _, _, ready), (question, _))| {
        let alive = Rc::new(Cell::new(true));
        if *ready {
            let (answer, here) = (ask(desk, question.clone()), alive.clone());
            spawn_local(async move {
                let answer = answer.await;
                // A slower answer to an earlier question is dropped.
                if here.get() {
                    setter.set(answer.map_or_else(Load::Refused, Load::Here));
                }
            });
        }
        move || alive.set(false)
    });
    (*load).clone()
}
