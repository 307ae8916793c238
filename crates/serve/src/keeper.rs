//! One cloud, in memory only or kept in a folder, behind the same few calls.

use cloudarium_cloud::{Cloud, Config, Durable, Effect, Event, Keeping, Request, StorageError};
use cloudarium_env::{ClockControl, Timestamp};

use crate::folder::Folder;

/// A cloud and its clock.
pub enum Keeper {
    /// Gone with the process.
    Memory {
        /// The cloud.
        cloud: Box<Cloud>,
        /// Its clock.
        clock: ClockControl,
    },
    /// Every answered write is in a folder.
    Folder(Box<Durable<Folder>>),
}

impl Keeper {
    /// The cloud that `folder` holds, or a new one.
    pub fn open(config: Config, folder: Option<Folder>, real: Timestamp) -> Self {
        match folder {
            Some(folder) => Self::Folder(Box::new(Durable::open(config, folder, real))),
            None => Self::Memory {
                clock: ClockControl::new(real, config.start),
                cloud: Box::new(Cloud::new(config)),
            },
        }
    }

    /// A request; its effects may be released after the next [`Keeper::commit`].
    pub fn accept(&mut self, request: Request) -> Vec<Effect> {
        match self {
            Self::Memory { cloud, .. } => cloud.handle(request),
            Self::Folder(durable) => durable.accept(request),
        }
    }

    /// Whether a request would be refused whatever its body is.
    pub fn refuses_ahead(&mut self, request: Request) -> bool {
        match self {
            Self::Memory { cloud, .. } => cloud.refuses_ahead(request),
            Self::Folder(durable) => durable.refuses_ahead(request),
        }
    }

    /// Work has ended.
    pub fn resume(&mut self, event: Event) -> Vec<Effect> {
        match self {
            Self::Memory { cloud, .. } => cloud.resume(event),
            Self::Folder(durable) => durable.resume(event),
        }
    }

    /// Time has passed.
    pub fn advance(&mut self, to: Timestamp) -> Vec<Effect> {
        match self {
            Self::Memory { cloud, .. } => cloud.advance(to),
            Self::Folder(durable) => durable.advance(to),
        }
    }

    /// Makes sure that all that was accepted is kept; an error if it is not.
    pub fn commit(&mut self) -> Result<(), StorageError> {
        match self {
            Self::Memory { .. } => Ok(()),
            Self::Folder(durable) => {
                durable.commit();
                kept(durable.keeping())
            }
        }
    }

    /// What keeps the folder from being written to, if anything does.
    pub fn failure(&self) -> Option<StorageError> {
        match self {
            Self::Memory { .. } => None,
            Self::Folder(durable) => kept(durable.keeping()).err(),
        }
    }

    /// Tries to write the whole state anew after a failure.
    pub fn try_again(&mut self) -> Result<(), StorageError> {
        match self {
            Self::Memory { .. } => Ok(()),
            Self::Folder(durable) => kept(durable.try_again()),
        }
    }

    /// The cloud, to look at.
    pub fn cloud(&self) -> &Cloud {
        match self {
            Self::Memory { cloud, .. } => cloud,
            Self::Folder(durable) => durable.cloud(),
        }
    }

    /// What was damaged in the folder when it was opened, in words.
    pub fn damage(&self) -> &[String] {
        match self {
            Self::Memory { .. } => &[],
            Self::Folder(durable) => &durable.recovery().damage,
        }
    }

    /// The clock.
    pub fn clock(&self) -> ClockControl {
        match self {
            Self::Memory { clock, .. } => *clock,
            Self::Folder(durable) => durable.clock(),
        }
    }

    /// Sets the clock; [`Keeper::advance`] is to follow.
    pub fn set_clock(&mut self, to: ClockControl) {
        match self {
            Self::Memory { clock, .. } => *clock = to,
            Self::Folder(durable) => durable.set_clock(to),
        }
    }

    /// Empties the cloud, and its folder.
    pub fn reset(&mut self, config: Config, real: Timestamp) {
        match self {
            Self::Memory { cloud, clock } => {
                *clock = ClockControl::new(real, config.start);
                **cloud = Cloud::new(config);
            }
            Self::Folder(durable) => durable.reset(config, real),
        }
    }
}

fn kept(keeping: &Keeping) -> Result<(), StorageError> {
    match keeping {
        Keeping::Kept => Ok(()),
        Keeping::InMemory(error) => Err(error.clone()),
    }
}
