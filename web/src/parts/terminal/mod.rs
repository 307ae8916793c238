//! The Terminal tab: files at the side, commands and what they printed, the line to type.

pub mod block;
pub mod command_line;
pub mod completing;
pub mod file_row;
pub mod files;
pub mod files_tree;
pub mod pager;
pub mod search;
pub mod tab;
pub mod toolbar;
