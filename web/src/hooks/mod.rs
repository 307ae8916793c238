//! How parts follow what changes: the address, the cloud, Python, a lesson's checks.

pub mod bench;
pub mod browser;
pub mod checks;
pub mod clock;
pub mod cloud;
pub mod desk;
pub mod dismiss;
pub mod drawn;
pub mod editor;
pub mod focus;
pub mod frame;
pub mod home;
pub mod keys;
pub mod latest;
pub mod lesson;
pub mod live;
pub mod lives;
pub mod paint;
pub mod python;
pub mod route;
pub mod s3;
pub mod states;
pub mod terminal;
pub mod toast;
pub mod workspace;
