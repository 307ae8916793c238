//! `cargo xtask s3-tests`: ceph's conformance suite against the endpoint.
//!
//! The suite (<https://github.com/ceph/s3-tests>) is no package, so a clone of it is asked for.
//! What it selects by default is what AWS itself passes, without the features of Ceph alone.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context as _;

use crate::bench::server::{self, Server};
use crate::process;
use crate::project::Project;
use crate::venv;

/// What is left out: what AWS fails, and what only Ceph has.
const MARKERS: &str = "not fails_on_aws and not bucket_logging and not bucket_logging_cleanup \
     and not lifecycle and not lifecycle_expiration and not lifecycle_transition \
     and not cloud_transition and not cloud_restore and not encryption and not sse_s3 \
     and not bucket_encryption and not iam_account and not iam_user and not target_by_bucket";

/// The users that the suite has, and what its configuration calls them.
const USERS: [(&str, &str, &str, &str); 6] = [
    (
        "s3 main",
        "111111111111",
        "0555b35654ad1656d804",
        "h7GhxuBLTrlhVUyxSPUKUV8r/2EI4ngqJxD7iBdBYLhwluN30JaT3Q==",
    ),
    ("s3 alt", "222222222222", "NOPQRSTUVWXYZABCDEFG", "nopqrstuvwxyzabcdefghijklmnabcdefghijklm"),
    (
        "s3 tenant",
        "333333333333",
        "HIJKLMNOPQRSTUVWXYZA",
        "opqrstuvwxyzabcdefghijklmnopqrstuvwxyzab",
    ),
    ("iam", "444444444444", "ABCDEFGHIJKLMNOPQRST", "abcdefghijklmnopqrstuvwxyzabcdefghijklmn"),
    (
        "iam root",
        "555555555555",
        "AAAAAAAAAAAAAAAAAAaa",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    ),
    (
        "iam alt root",
        "666666666666",
        "BBBBBBBBBBBBBBBBBBbb",
        "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
    ),
];

/// Options of `cargo xtask s3-tests`.
#[derive(clap::Args)]
pub struct Args {
    /// A clone of <https://github.com/ceph/s3-tests>
    suite: PathBuf,
    /// Which tests, by their markers
    #[arg(long, default_value = MARKERS)]
    markers: String,
    /// Storage classes that lifecycle tests move objects to; others copy objects in each of them
    #[arg(long, default_value = "", value_name = "CLASSES")]
    storage_classes: String,
    /// Further arguments of pytest, after `--`
    #[arg(last = true)]
    pytest: Vec<String>,
}

/// Runs the suite; fails when a test fails.
pub fn run(project: &Project, args: &Args) -> anyhow::Result<()> {
    let root = &project.root;
    let suite = args.suite.canonicalize().with_context(|| args.suite.display().to_string())?;
    let list = "tests/python/requirements-s3-tests.txt";
    let python = venv::python(root, "venv-s3-tests", list).map_err(anyhow::Error::msg)?;
    let binary = server::build(root)?;
    let folder = std::env::temp_dir().join(format!("s3-tests-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    let accounts = folder.join("accounts.toml");
    fs::write(&accounts, accounts_file())?;
    // The suite was written for an older S3.
    let told = ["--s3-legacy", "--accounts", &accounts.to_string_lossy()];
    let server = Server::cloudarium(&binary, &told)?;
    let config = folder.join("s3tests.conf");
    fs::write(&config, configuration(&suite, server.address().port(), &args.storage_classes)?)?;
    let endpoint = format!("http://{}", server.address());
    let tested = process::loud(&mut pytest(root, &python, args, (&suite, &config, &endpoint)));
    drop(server);
    fs::remove_dir_all(&folder)?;
    tested
}

fn pytest(
    root: &Path,
    python: &Path,
    args: &Args,
    (suite, config, endpoint): (&Path, &Path, &str),
) -> Command {
    let mut pytest = Command::new(python);
    pytest.current_dir(suite);
    pytest.args(["-m", "pytest", "-q", "--timeout", "60", "-p", "no:cacheprovider"]);
    pytest.args(["-p", "s3_tests_clock", "-m", &args.markers]);
    pytest.arg("s3tests/functional/test_s3.py").args(&args.pytest);
    pytest.env("S3TEST_CONF", config).env("CLOUDARIUM_ENDPOINT", endpoint);
    pytest.env("PYTHONPATH", root.join("tests/python")).env("PYTHONDONTWRITEBYTECODE", "1");
    pytest.env("AWS_DEFAULT_REGION", "us-east-1").env("AWS_EC2_METADATA_DISABLED", "true");
    pytest
}

fn accounts_file() -> String {
    let user = |(name, account, key, secret): &(&str, &str, &str, &str)| {
        let name = name.replace(' ', "-");
        format!(
            "[[user]]\naccount = \"{account}\"\nname = \"{name}\"\nroot = true\naccess_key_id = \"{key}\"\n\
             secret_access_key = \"{secret}\"\n"
        )
    };
    USERS.iter().map(user).collect()
}

/// The suite's sample, with this endpoint, the accounts' canonical user ids, and days of a day.
fn configuration(suite: &Path, port: u16, classes: &str) -> anyhow::Result<String> {
    let sample = suite.join("s3tests.conf.SAMPLE");
    let sample = fs::read_to_string(&sample).with_context(|| sample.display().to_string())?;
    let mut section = String::new();
    let mut lines = Vec::new();
    for line in sample.lines() {
        if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            name.clone_into(&mut section);
        }
        let user = USERS.iter().find(|(name, ..)| *name == section);
        let name = line.split('=').next().unwrap_or_default().trim();
        let told = match (name, user) {
            ("host", _) => Some("127.0.0.1".to_owned()),
            ("port", _) => Some(port.to_string()),
            ("api_name", _) => Some(String::new()),
            ("#kms_keyid", _) => Some(format!("{}\nstorage_classes = {classes}", kms_keys())),
            ("#lc_debug_interval", _) => Some("86400".to_owned()),
            ("user_id", Some((_, account, ..))) => Some(canonical_user_id(account)),
            ("display_name", Some((name, ..))) => Some(name.replace(' ', "-")),
            _ => None,
        };
        lines.push(told.map_or_else(
            || line.to_owned(),
            |told| format!("{} = {told}", name.trim_start_matches('#')),
        ));
    }
    Ok(lines.join("\n"))
}

/// Two keys of the main user's account, as S3 names them in its answers.
fn kms_keys() -> String {
    let [(_, account, ..), ..] = USERS;
    let key =
        |end: u8| format!("arn:aws:kms:us-east-1:{account}:key/01234567-89ab-cdef-0123-{end:012}");
    format!("{}\nkms_keyid2 = {}", key(1), key(2))
}

/// As the simulated S3 makes it of an account.
fn canonical_user_id(account: &str) -> String {
    use sha2::{Digest as _, Sha256};
    hex::encode(Sha256::digest(format!("canonical user of account {account}")))
}
