//! What the page gives as "the same in boto3" and "in the CLI" is the same: each twin is really run, against the
//! endpoint, and the call that arrives there has the same parameters as the call that it was written from.
#![allow(
    missing_docs,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test ends where it is surprised"
)]

use std::io::Write as _;
use std::process::{Command, Stdio};

use bytes::Bytes;
use cloudarium_cloud::{Call, Caller, CallerKind, Cloud, Config};
use cloudarium_env::Timestamp;
use cloudarium_serve::endpoint::{Background, Options};
use cloudarium_shape::Value;
use cloudarium_tests::{boto3, venv};
use serde_json::{Value as Json, json};

/// Each twin is run so often: in boto3 over several lines and in one, and in the CLI.
const RUNS: usize = 3;

fn text(text: &str) -> Value {
    Value::from(text)
}

fn map(members: &[(&str, Value)]) -> Value {
    Value::Map(members.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect())
}

/// Operations, and what they are given beside the bucket.
fn cases() -> Vec<(&'static str, Vec<(&'static str, Value)>)> {
    let blob = |bytes: &'static [u8]| Value::Blob(Bytes::from_static(bytes));
    let at = Value::Timestamp(Timestamp::from_ms(1_767_603_600_000));
    let objects = ["a b", "ü", "k\"'k"].map(|key| map(&[("Key", text(key))])).to_vec();
    vec![
        ("ListBuckets", vec![]),
        ("HeadBucket", vec![]),
        ("GetBucketLocation", vec![]),
        ("PutObject", vec![("Key", text("plain.txt")), ("Body", blob(b"hello"))]),
        ("PutObject", vec![("Key", text("empty"))]),
        (
            "PutObject",
            vec![
                ("Key", text("d/it's \"ü\" $HOME `x` \\n.txt")),
                ("Body", blob(b"\"\\\n\t\x01\xff")),
            ],
        ),
        (
            "PutObject",
            vec![
                ("Key", text("all")),
                ("Body", blob(b"x")),
                ("CacheControl", text("no-cache, max-age=0")),
                ("ContentType", text("text/plain; charset=\"utf-8\"")),
                ("Metadata", map(&[("author", text("a 'b' \"c\"")), ("empty", text(""))])),
                ("StorageClass", text("STANDARD_IA")),
                ("IfNoneMatch", text("*")),
            ],
        ),
        (
            "PutObject",
            vec![
                ("Key", text("redirect")),
                ("Body", blob(b"x")),
                ("WebsiteRedirectLocation", text("https://example.com/?a=b&c='d'")),
            ],
        ),
        ("PutObject", vec![("Key", text("-dash")), ("Body", blob(b"x"))]),
        ("GetObject", vec![("Key", text("k"))]),
        (
            "GetObject",
            vec![("Key", text("k")), ("Range", text("bytes=0-1")), ("IfModifiedSince", at)],
        ),
        ("GetObject", vec![("Key", text("not there"))]),
        ("HeadObject", vec![("Key", text("k")), ("PartNumber", Value::Int(1))]),
        (
            "ListObjectsV2",
            vec![
                ("Prefix", text("d/ü +&=?#%")),
                ("Delimiter", text("/")),
                ("MaxKeys", Value::Int(7)),
                ("FetchOwner", Value::Bool(true)),
                ("StartAfter", text("🌍")),
            ],
        ),
        ("ListObjects", vec![("MaxKeys", Value::Int(0)), ("Marker", text("--x"))]),
        (
            "CopyObject",
            vec![
                ("Key", text("copy")),
                ("CopySource", text("twins/k")),
                ("MetadataDirective", text("REPLACE")),
                ("Metadata", map(&[("a", text("b"))])),
            ],
        ),
        (
            "DeleteObjects",
            vec![(
                "Delete",
                map(&[("Objects", Value::List(objects)), ("Quiet", Value::Bool(false))]),
            )],
        ),
        ("DeleteObject", vec![("Key", text("plain.txt"))]),
        ("CreateMultipartUpload", vec![("Key", text("parts")), ("ContentType", text("a/b"))]),
        ("AbortMultipartUpload", vec![("Key", text("parts")), ("UploadId", text("none"))]),
    ]
}

fn call(cloud: &mut Cloud, operation: &str, members: &[(&str, Value)]) {
    let mut members = members.to_vec();
    if operation != "ListBuckets" {
        members.push(("Bucket", text("twins")));
    }
    let caller = Caller::Trusted { kind: CallerKind::Console, account: "123456789012".to_owned() };
    // Refusals have twins, too.
    let _ = cloud.call(Call {
        service: "s3".to_owned(),
        operation: operation.to_owned(),
        input: map(&members),
        region: "us-east-1".to_owned(),
        caller,
        at: cloud.now(),
    });
}

/// What was asked, without what an SDK adds by itself.
fn asked(parameters: &Json) -> Json {
    let added = [
        "checksumAlgorithm",
        "checksumCRC32",
        "checksumMode",
        "contentLength",
        "contentMD5",
        "encodingType",
    ];
    let mut parameters = parameters.clone();
    if let Some(parameters) = parameters.as_object_mut() {
        parameters.retain(|name, _| !added.contains(&name.as_str()));
    }
    parameters
}

#[test]
fn every_twin_is_the_same_call() {
    let mut cloud = Cloud::new(Config::default());
    call(&mut cloud, "CreateBucket", &[]);
    call(
        &mut cloud,
        "PutObject",
        &[("Key", text("k")), ("Body", Value::Blob(Bytes::from_static(b"there")))],
    );
    let mut twins = Vec::new();
    let mut wanted = Vec::new();
    for (operation, members) in cases() {
        call(&mut cloud, operation, &members);
        let seq = cloud.calls().last_seq();
        let twin = cloud.twin(seq).unwrap_or_else(|| panic!("{operation} has a twin"));
        let (file, content) = twin.sent_file.unzip();
        let content =
            content.flatten().map(|bytes| bytes.iter().map(|b| char::from(*b)).collect::<String>());
        twins.push(json!({
            "setup": twin.setup, "boto3": twin.boto3, "boto3_line": twin.boto3_line,
            "cli": twin.cli, "file": file, "content": content,
        }));
        let record = cloud.calls().get(seq).expect("it was just made");
        wanted.push((operation, asked(&record.cloud_trail()["requestParameters"])));
    }
    let endpoint = Background::start(Options::default()).expect("the endpoint starts");
    let said = run(&endpoint.url(), &json!(twins));
    let calls = calls(&endpoint.url());
    // The two that make the bucket and the object come first.
    let calls = &calls[2..];
    assert_eq!(calls.len(), wanted.len() * RUNS, "{said}\n{calls:#?}");
    for (at, (operation, parameters)) in wanted.iter().enumerate() {
        for call in &calls[at * RUNS..(at + 1) * RUNS] {
            assert_eq!(call["operation"], *operation, "{said}");
            assert_eq!(asked(&call["parameters"]), *parameters, "{operation}\n{said}");
        }
    }
}

fn run(url: &str, twins: &Json) -> String {
    let python = venv::python(boto3::root(), "venv-aws", "tests/python/requirements-aws.txt")
        .unwrap_or_else(|missing| panic!("{missing}"));
    let surroundings = boto3::command(url).unwrap_or_else(|missing| panic!("{missing}"));
    let mut command = Command::new(python);
    for (name, value) in surroundings.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    let script = boto3::root().join("tests/python/run_twins.py");
    let mut running = command
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("Python starts");
    let mut input = running.stdin.take().expect("it reads");
    input.write_all(twins.to_string().as_bytes()).expect("it reads all");
    drop(input);
    let output = running.wait_with_output().expect("it ends");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}\n{}", String::from_utf8_lossy(&output.stderr));
    said
}

/// The calls that the endpoint has answered.
fn calls(url: &str) -> Vec<Json> {
    let mut python = boto3::command(url).unwrap_or_else(|missing| panic!("{missing}"));
    let fetch = "import sys, urllib.request; \
        sys.stdout.write(urllib.request.urlopen(sys.argv[1]).read().decode())";
    let output = python
        .args(["-c", fetch, &format!("{url}/_cloudarium/calls?after=0")])
        .output()
        .expect("Python starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let answer: Json = serde_json::from_slice(&output.stdout).expect("JSON");
    answer["calls"].as_array().expect("a list").clone()
}
