//! What is drawn: one part a file, at most 150 lines each.

pub mod account;
pub mod confirm;
pub mod copy;
pub mod home;
pub mod hood;
pub mod icon;
pub mod lesson;
pub mod logo;
pub mod prose;
pub mod python;
pub mod region_picker;
pub mod regions;
pub mod reset;
pub mod s3;
pub mod skip;
pub mod stage;
pub mod tabs;
pub mod theme_switch;
pub mod toasts;
pub mod topbar;
