//! The built site in real browsers, Chromium and Firefox, by WebDriver.
//!
//! They need dist/ and the browsers, so they are left out unless asked for; `cargo xtask test` sees to both. By hand:
//! `cargo xtask build && cargo xtask setup --browsers && cargo nextest run -p cloudarium-tests --test browser --run-ignored only`.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "test code")]

mod bridges;
mod durability;
mod page;
mod python;
mod site;
mod webdriver;

/// Makes a test for each browser of functions that take a [`webdriver::Kind`].
macro_rules! in_browsers {
    ($($name:ident)*) => {
        mod chromium {
            $(#[test]
            #[ignore = "needs the built site and the browsers"]
            fn $name() {
                super::$name(crate::webdriver::Kind::Chromium);
            })*
        }
        mod firefox {
            $(#[test]
            #[ignore = "needs the built site and the browsers"]
            fn $name() {
                super::$name(crate::webdriver::Kind::Firefox);
            })*
        }
    };
}
pub(crate) use in_browsers;
