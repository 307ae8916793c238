//! Functions to begin with.

use crate::words::lambda as said;

/// A function to begin with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Blueprint {
    pub id: &'static str,
    pub title: &'static str,
    pub about: &'static str,
    pub runtime: &'static str,
    pub file: &'static str,
    pub handler: &'static str,
    pub code: &'static str,
    /// In seconds. The default of 3 is little for what makes calls.
    pub timeout_s: u32,
    /// The test event that suits it.
    pub event: &'static str,
}

const PYTHON: &str = "python3.13";
const NODE: &str = "nodejs22.x";

const fn python(
    (id, title, about): (&'static str, &'static str, &'static str),
    code: &'static str,
    (timeout_s, event): (u32, &'static str),
) -> Blueprint {
    let (file, handler) = ("handler.py", "handler.handler");
    Blueprint { id, title, about, runtime: PYTHON, file, handler, code, timeout_s, event }
}

const fn node(
    (id, title, about): (&'static str, &'static str, &'static str),
    code: &'static str,
    (timeout_s, event): (u32, &'static str),
) -> Blueprint {
    let (file, handler) = ("index.mjs", "index.handler");
    Blueprint { id, title, about, runtime: NODE, file, handler, code, timeout_s, event }
}

/// All of them.
pub const BLUEPRINTS: [Blueprint; 10] = [
    python(
        ("python-hello", said::HELLO, said::HELLO_MORE),
        include_str!("../blueprints/hello.py"),
        (3, "hello"),
    ),
    python(
        ("python-s3", said::ON_S3, said::ON_S3_MORE),
        include_str!("../blueprints/s3.py"),
        (15, "s3-put"),
    ),
    python(
        ("python-boto3", said::CALLS, said::CALLS_MORE),
        include_str!("../blueprints/boto3.py"),
        (15, "empty"),
    ),
    python(
        ("python-retry", said::FAILS, said::FAILS_MORE),
        include_str!("../blueprints/retry.py"),
        (3, "hello"),
    ),
    python(
        ("python-slow", said::SLOW, said::SLOW_MORE),
        include_str!("../blueprints/slow.py"),
        (3, "empty"),
    ),
    node(
        ("node-hello", said::HELLO, said::HELLO_MORE),
        include_str!("../blueprints/hello.mjs"),
        (3, "hello"),
    ),
    node(
        ("node-s3", said::ON_S3, said::ON_S3_MORE),
        include_str!("../blueprints/s3.mjs"),
        (15, "s3-put"),
    ),
    node(
        ("node-sdk", said::CALLS, said::CALLS_MORE),
        include_str!("../blueprints/sdk.mjs"),
        (15, "empty"),
    ),
    node(
        ("node-retry", said::FAILS, said::FAILS_MORE),
        include_str!("../blueprints/retry.mjs"),
        (3, "hello"),
    ),
    node(
        ("node-slow", said::SLOW, said::SLOW_MORE),
        include_str!("../blueprints/slow.mjs"),
        (3, "empty"),
    ),
];

/// The one with this id, or the first.
pub fn named(id: &str) -> &'static Blueprint {
    BLUEPRINTS.iter().find(|one| one.id == id).unwrap_or(&BLUEPRINTS[0])
}
