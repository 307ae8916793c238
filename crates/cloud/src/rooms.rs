//! The table of simulated services. A new one is one line of [`ROOMS`].

#[cfg(target_arch = "wasm32")]
mod apart;
mod late;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use cloudarium_service::{Access, OperationInfo, Service};

#[cfg(target_arch = "wasm32")]
pub use apart::fetch;

/// Makes an empty service.
type Build = fn() -> Box<dyn Service>;

/// Every simulated service, in the order in which events are delivered.
#[cfg(not(target_arch = "wasm32"))]
const ROOMS: &[(&str, Build)] = &[
    ("s3", || Box::new(cloudarium_s3::S3::default())),
    ("sts", || Box::new(cloudarium_sts::Sts)),
    ("logs", || Box::new(cloudarium_logs::Logs::default())),
    ("lambda", || Box::new(cloudarium_lambda::Lambda::default())),
    ("stepfunctions", || Box::new(cloudarium_states::States::default())),
    ("sqs", || Box::new(cloudarium_sqs::Sqs::default())),
    ("events", || Box::new(cloudarium_events::Events::default())),
];

/// As above; what a first lesson does not need comes [`apart`].
#[cfg(target_arch = "wasm32")]
const ROOMS: &[(&str, Build)] = &[
    ("s3", || Box::new(cloudarium_s3::S3::default())),
    ("sts", || Box::new(cloudarium_sts::Sts)),
    ("logs", || late::seat(&apart::LOGS)),
    ("lambda", || late::seat(&apart::LAMBDA)),
    ("stepfunctions", || late::seat(&apart::STEP_FUNCTIONS)),
    ("sqs", || late::seat(&apart::SQS)),
    ("events", || late::seat(&apart::EVENTS)),
];

/// Operations that ask services which may not be here yet.
const ASKING: &[(&str, &str)] = &[("s3", "PutBucketNotificationConfiguration")];

/// What the cloud knows of a service without asking it again.
pub struct Room {
    /// The model's name: `s3`.
    pub name: &'static str,
    build: Build,
    operations: OnceLock<BTreeMap<&'static str, OperationInfo>>,
    empty: OnceLock<Vec<u8>>,
}

impl Room {
    /// The service, empty.
    pub fn build(&self) -> Box<dyn Service> {
        (self.build)()
    }

    /// Whether its code is here.
    fn is_here(&self) -> bool {
        self.operations().is_some()
    }

    /// What it simulates; `None` before it is here.
    pub fn operations(&self) -> Option<&BTreeMap<&'static str, OperationInfo>> {
        if self.operations.get().is_none() {
            let list = self.build().operations();
            if list.is_empty() {
                return None;
            }
            // Who set it meanwhile set the same.
            let _ = self.operations.set(list.into_iter().map(|info| (info.name, info)).collect());
        }
        self.operations.get()
    }

    /// The canonical bytes of the service: none while it is as it was built, so that one that is not here yet has the
    /// same ones.
    pub fn save(&self, service: &dyn Service) -> Vec<u8> {
        let saved = service.save();
        if saved.is_empty() || saved == *self.empty.get_or_init(|| self.build().save()) {
            return Vec::new();
        }
        saved
    }
}

/// What is known of every service, in the order of [`ROOMS`].
pub fn registry() -> &'static [Room] {
    static REGISTRY: OnceLock<Vec<Room>> = OnceLock::new();
    REGISTRY.get_or_init(|| {
        let room = |(name, build): &(&'static str, Build)| Room {
            name,
            build: *build,
            operations: OnceLock::new(),
            empty: OnceLock::new(),
        };
        ROOMS.iter().map(room).collect()
    })
}

/// The place of a service in [`registry`]; `None`: it is not simulated.
pub fn find(service: &str) -> Option<usize> {
    registry().iter().position(|room| room.name == service)
}

/// Whether an operation may change state; one that is not simulated changes nothing.
pub fn access(service: &str, operation: &str) -> Access {
    let room = find(service).and_then(|at| registry().get(at));
    let info = room.and_then(|room| room.operations()?.get(operation));
    info.map_or(Access::Read, |info| info.access)
}

/// Whether all services that an operation reaches are here.
pub fn has(service: &str, operation: &str) -> bool {
    if ASKING.contains(&(service, operation)) {
        return are_all_here();
    }
    find(service).and_then(|at| registry().get(at)).is_none_or(Room::is_here)
}

/// Whether all services are here.
pub fn are_all_here() -> bool {
    registry().iter().all(Room::is_here)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rooms_are_called_as_their_models_are() {
        for room in registry() {
            assert_eq!(room.name, room.build().name());
            assert!(has(room.name, ""), "{} is here", room.name);
            assert!(room.save(room.build().as_ref()).is_empty(), "{}", room.name);
        }
    }
}
