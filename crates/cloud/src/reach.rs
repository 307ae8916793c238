//! Which services a kept cloud reached: before the code of those is here ([`crate::rooms`]) it must not be opened.

use std::collections::BTreeSet;

use bytes::Bytes;

use crate::frame::{self, Frame};
use crate::record::{self, Input};
use crate::storage::{JOURNALS, SNAPSHOTS};
use crate::{Cloud, Storage, recovery, rooms, server};

/// A service, and an operation of it; without one, it holds something.
type Reached = BTreeSet<(String, String)>;

/// Whether all is here that the cloud in `storage` reached in its past. When that cannot be told, it is not.
pub fn has_what_it_reached(storage: &mut impl Storage) -> bool {
    rooms::are_all_here()
        || reached(storage)
            .is_some_and(|all| all.iter().all(|(service, name)| Cloud::has(service, name)))
}

/// All that a snapshot holds and a journal tells of; `None` when it cannot be told.
fn reached(storage: &mut impl Storage) -> Option<Reached> {
    let mut all = Reached::new();
    for slot in [0, 1] {
        let mut read = |names: [&str; 2]| storage.read(names.get(slot)?).ok().map(Bytes::from);
        let (snapshot, journal) = (read(SNAPSHOTS)?, read(JOURNALS)?);
        if !snapshot.is_empty() {
            let found = recovery::read_snapshot(slot, &snapshot)?;
            all.extend(held(Cloud::services_in(&found.saved)?));
        }
        told(&journal, &mut all)?;
    }
    Some(all)
}

fn held(services: impl IntoIterator<Item = String>) -> impl Iterator<Item = (String, String)> {
    services.into_iter().map(|service| (service, String::new()))
}

/// What the records of a journal reach. What is torn or damaged is replayed by nobody.
fn told(journal: &Bytes, all: &mut Reached) -> Option<()> {
    // The head is a frame of its own.
    let Frame::Whole { payload, next: mut at } = frame::read(journal, 0) else { return Some(()) };
    let (_, format, _) = record::JOURNAL.read::<record::JournalHead>(&payload).ok()?;
    while let Frame::Whole { payload, next } = frame::read(journal, at) {
        at = next;
        match record::read_record(&payload, format)?.1 {
            Input::Request(request) => {
                if let Ok(route) = server::route(&request.http) {
                    all.insert((route.service.to_owned(), route.operation.to_owned()));
                }
            }
            // A service that asked for work holds something, or did.
            Input::Event(_) | Input::Extra(_) => return None,
            Input::Travel(_, target) => all.extend(held(Cloud::services_in_target(&target)?)),
            Input::Advance(_) | Input::Clock(_) => {}
        }
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use cloudarium_env::Timestamp;
    use cloudarium_shape::Value;

    use super::*;
    use crate::{Call, Caller, CallerKind, Config, Durable, MemoryStorage};

    const START: Timestamp = Timestamp::from_ms(0);

    fn opened(storage: MemoryStorage) -> Durable<MemoryStorage> {
        Durable::open_with_history(Config::default(), storage, START)
    }

    fn call(
        cloud: &mut Durable<MemoryStorage>,
        (service, operation): (&str, &str),
        input: &[(&str, &str)],
    ) {
        let named = input.iter().map(|(name, text)| ((*name).to_owned(), Value::from(*text)));
        let account = "123456789012".to_owned();
        let made = cloud.call(Call {
            service: service.to_owned(),
            operation: operation.to_owned(),
            input: Value::Map(named.collect()),
            region: "us-east-1".to_owned(),
            caller: Caller::Trusted { kind: CallerKind::Console, account },
            at: cloud.cloud().now(),
        });
        assert!(made.is_ok(), "{made:?}");
    }

    fn services(cloud: &mut Durable<MemoryStorage>) -> Vec<String> {
        let all = reached(&mut cloud.storage).expect("it can be told");
        let mut names: Vec<_> = all.into_iter().map(|(service, _)| service).collect();
        names.dedup();
        names
    }

    const BUCKET: [(&str, &str); 1] = [("Bucket", "a-bucket")];
    const GROUP: [(&str, &str); 1] = [("logGroupName", "a-group")];

    #[test]
    fn a_past_is_known_by_its_calls_and_by_what_it_holds() {
        let mut cloud = opened(MemoryStorage::default());
        assert_eq!(services(&mut cloud), [""; 0]);
        call(&mut cloud, ("s3", "CreateBucket"), &BUCKET);
        assert_eq!(services(&mut cloud), ["s3"]);
        call(&mut cloud, ("logs", "CreateLogGroup"), &GROUP);
        assert_eq!(services(&mut cloud), ["logs", "s3"], "by the journal");
        cloud.compact().expect("memory takes it");
        assert_eq!(services(&mut cloud), ["logs", "s3"], "by the journal of before, too");
        cloud.compact().expect("memory takes it");
        assert_eq!(services(&mut cloud), ["logs", "s3"], "by snapshots");
        call(&mut cloud, ("logs", "DeleteLogGroup"), &GROUP);
        for _ in 0..2 {
            cloud.compact().expect("memory takes it");
        }
        assert_eq!(services(&mut cloud), ["s3"], "an empty service is as one that was never there");
    }

    #[test]
    fn what_was_put_aside_is_a_past_too() {
        let mut cloud = opened(MemoryStorage::default());
        call(&mut cloud, ("s3", "CreateBucket"), &BUCKET);
        call(&mut cloud, ("logs", "CreateLogGroup"), &GROUP);
        cloud.fork(1, START).expect("the call is there");
        for _ in 0..2 {
            cloud.compact().expect("memory takes it");
        }
        assert_eq!(services(&mut cloud), ["logs", "s3"]);
    }

    #[test]
    fn what_cannot_be_told_counts_as_everything() {
        let mut cloud = opened(MemoryStorage::default());
        call(&mut cloud, ("s3", "CreateBucket"), &BUCKET);
        let mut storage = cloud.into_storage();
        storage.replace("snapshot.1", b"no snapshot").expect("memory takes it");
        assert_eq!(reached(&mut storage), None);
    }
}
