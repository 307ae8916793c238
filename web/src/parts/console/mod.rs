//! What the consoles of all services share: what was done or refused last, and the styles that come with a part.

pub mod act;
pub mod mirror;
pub mod refused;
pub mod styles;
pub mod told;
