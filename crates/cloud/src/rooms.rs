//! The table of simulated services. A new one is one line of [`ROOMS`].

use std::collections::BTreeMap;
use std::sync::OnceLock;

use cloudarium_service::{Access, OperationInfo, Service};

/// Makes an empty service.
type Build = fn() -> Box<dyn Service>;

/// Every simulated service, in the order in which events are delivered.
const ROOMS: &[Build] = &[
    || Box::new(cloudarium_s3::S3::default()),
    || Box::new(cloudarium_sts::Sts),
    || Box::new(cloudarium_logs::Logs::default()),
    || Box::new(cloudarium_lambda::Lambda::default()),
    || Box::new(cloudarium_states::States::default()),
];

/// What the cloud knows of a service without asking it again.
pub struct Room {
    /// The model's name: `s3`.
    pub name: &'static str,
    /// What it simulates.
    pub operations: BTreeMap<&'static str, OperationInfo>,
}

/// Every service, empty.
pub fn build() -> Vec<Box<dyn Service>> {
    ROOMS.iter().map(|build| build()).collect()
}

/// What is known of every service, in the order of [`ROOMS`].
pub fn registry() -> &'static [Room] {
    static REGISTRY: OnceLock<Vec<Room>> = OnceLock::new();
    REGISTRY.get_or_init(|| {
        let describe = |service: Box<dyn Service>| Room {
            name: service.name(),
            operations: service.operations().into_iter().map(|info| (info.name, info)).collect(),
        };
        build().into_iter().map(describe).collect()
    })
}

/// The place of a service in [`registry`]; `None`: it is not simulated.
pub fn find(service: &str) -> Option<usize> {
    registry().iter().position(|room| room.name == service)
}

/// Whether an operation may change state; one that is not simulated changes nothing.
pub fn access(service: &str, operation: &str) -> Access {
    let room = find(service).and_then(|at| registry().get(at));
    room.and_then(|room| room.operations.get(operation)).map_or(Access::Read, |info| info.access)
}
