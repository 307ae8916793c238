//! The lesson: where the step stands, what it says, what it checks.

pub mod checks;
pub mod foot;
pub mod head;
pub mod hints;
pub mod lit;
pub mod opening;
pub mod panel;
pub mod play_on;
pub mod rail;
pub mod why;
