//! What a simulated service may know of the world: the virtual time, seeded randomness, and where
//! bodies are kept.
//!
//! Must never know: the real clock, real entropy, files, threads, the network, or any service.
//! Start in [`time`] (one instant of virtual time) and [`rng`] (one stream of randomness a service).

pub mod blob;
pub mod clock;
pub mod ids;
pub mod place;
pub mod rng;
pub mod saved;
pub mod time;
pub mod timers;

pub use blob::{BlobRef, Blobs, FarFiles, FarPlace, MemoryBlobs};
pub use clock::ClockControl;
pub use rng::Rng;
pub use time::Timestamp;
pub use timers::Timers;
