//! The parts of the home page.

pub mod aside;
pub mod foot;
pub mod hero;
pub mod sky;
pub mod track;
pub mod way;
