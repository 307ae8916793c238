//! What batches have in common: rules for the whole, and a failure for each entry by itself.

use std::collections::BTreeSet;

use cloudarium_env::Timestamp;
use cloudarium_service::Ctx;
use serde::Serialize;

use crate::error::Error;
use crate::limits::{BATCH_MAX, ENTRY_ID_CHARS_MAX};
use crate::model::{Key, Queue, State};
use crate::{access, receive};

/// An entry that failed.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Failed {
    id: String,
    sender_fault: bool,
    code: String,
    message: String,
}

/// How the entries of a batch ended.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Ended<T> {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    successful: Vec<T>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    failed: Vec<Failed>,
}

impl<T> Ended<T> {
    /// Nothing has ended yet.
    pub fn none() -> Self {
        Self { successful: Vec::new(), failed: Vec::new() }
    }

    /// An entry has.
    pub fn add(&mut self, id: String, ended: Result<T, Error>) {
        match ended {
            Ok(success) => self.successful.push(success),
            Err(error) => {
                let (code, message) = error.parts();
                let (code, message) = (code.to_owned(), message.to_owned());
                self.failed.push(Failed { id, sender_fault: true, code, message });
            }
        }
    }
}

/// An entry of which nothing is told but that it went well.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Done {
    /// The entry's.
    pub id: String,
}

/// An entry that names a message.
pub trait Entry {
    /// What AWS calls it, in a message.
    const KIND: &'static str;
    /// Its own.
    fn id(&self) -> &str;
}

/// Does the same with each message that a batch names.
pub fn each<E: Entry>(
    sqs: &mut State,
    cx: &mut Ctx<'_>,
    (url, action): (&str, &str),
    entries: Vec<E>,
    mut act: impl FnMut(&mut Queue, &Key, Timestamp, &E) -> Result<(), Error>,
) -> Result<Ended<Done>, Error> {
    let key = access::of_url(sqs, cx, url, action)?;
    check(E::KIND, entries.iter().map(Entry::id))?;
    let queue = sqs.queues.get_mut(&key).ok_or_else(Error::no_queue)?;
    queue.settle(cx.now);
    let mut ended = Ended::none();
    for entry in entries {
        let id = entry.id().to_owned();
        let done = act(queue, &key, cx.now, &entry);
        ended.add(id.clone(), done.map(|()| Done { id }));
    }
    receive::attend(sqs, cx, &key);
    Ok(ended)
}

/// Checks the ids of a batch whose entries are of this kind.
/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html#API_SendMessageBatch_Errors>
pub fn check<'a>(kind: &str, ids: impl Iterator<Item = &'a str> + Clone) -> Result<(), Error> {
    let count = ids.clone().count();
    if count == 0 {
        return Err(Error::EmptyBatchRequest(format!(
            "There should be at least one {kind} in the request."
        )));
    }
    if count > BATCH_MAX {
        return Err(Error::TooManyEntries(format!(
            "Maximum number of entries per request are {BATCH_MAX}. You have sent {count}."
        )));
    }
    let fits = |it: char| it.is_ascii_alphanumeric() || it == '-' || it == '_';
    let is_good =
        |id: &str| !id.is_empty() && id.len() <= ENTRY_ID_CHARS_MAX && id.chars().all(fits);
    if !ids.clone().all(is_good) {
        return Err(Error::InvalidBatchEntryId(format!(
            "A batch entry id can only contain alphanumeric characters, hyphens and underscores. \
             It can be at most {ENTRY_ID_CHARS_MAX} letters long."
        )));
    }
    let mut seen = BTreeSet::new();
    for id in ids {
        if !seen.insert(id) {
            return Err(Error::BatchEntryIdsNotDistinct(format!("Id {id} repeated.")));
        }
    }
    Ok(())
}
