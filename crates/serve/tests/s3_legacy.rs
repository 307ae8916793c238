//! `--s3-legacy`: what a new bucket begins with, also after everything is replayed.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::format_push_string,
    reason = "a test ends where it is surprised"
)]

mod common;

use common::{Client, Scratch, Server};

const OLD: [&str; 1] = ["--s3-legacy"];

/// Object ownership, and whether a public access block is there.
fn bucket(client: &mut Client, name: &str) -> (String, bool) {
    let controls = client.get(&format!("/{name}?ownershipControls")).text();
    let after = controls.split_once("<ObjectOwnership>").map_or("", |(_, after)| after);
    let ownership = after.split('<').next().unwrap_or_default().to_owned();
    let block = client.get(&format!("/{name}?publicAccessBlock"));
    (ownership, block.status == 200)
}

#[test]
fn new_buckets_are_as_aws_makes_them_today_unless_told_otherwise() {
    let (today, old) = (Server::start(&[]), Server::start(&OLD));
    for (server, expected) in
        [(&today, ("BucketOwnerEnforced", true)), (&old, ("ObjectWriter", false))]
    {
        let mut client = server.client();
        client.put("/made", b"");
        let (ownership, blocked) = bucket(&mut client, "made");
        assert_eq!((ownership.as_str(), blocked), expected);
    }
}

#[test]
fn a_replay_makes_the_buckets_that_were_made() {
    let scratch = Scratch::new("bucket-defaults");
    let data = ["--data", scratch.0.to_str().unwrap()];
    let server = Server::start(&[&OLD[..], &data].concat());
    server.client().put("/old-one", b"");
    server.kill();
    // Another option from here on: what is replayed was made under the first.
    let server = Server::start(&data);
    let mut client = server.client();
    client.put("/new-one", b"");
    let expected = [("ObjectWriter".to_owned(), false), ("BucketOwnerEnforced".to_owned(), true)];
    assert_eq!(["old-one", "new-one"].map(|name| bucket(&mut client, name)), expected);
    server.kill();
    let server = Server::start(&[&OLD[..], &data].concat());
    let mut client = server.client();
    assert_eq!(["old-one", "new-one"].map(|name| bucket(&mut client, name)), expected);
}

#[test]
fn owners_have_names_only_in_the_older_s3() {
    for (told, expected) in [(&[][..], false), (&OLD[..], true)] {
        let server = Server::start(told);
        let named = server.client().get("/").text().contains("<DisplayName>test</DisplayName>");
        assert_eq!(named, expected);
    }
}

#[test]
fn small_objects_go_to_glacier_only_in_the_older_s3() {
    let body = "<LifecycleConfiguration><Rule><ID>r</ID><Filter/><Status>Enabled</Status>\
        <Transition><Days>1</Days><StorageClass>GLACIER</StorageClass></Transition></Rule></LifecycleConfiguration>";
    let md5 = [("Content-MD5", "EVLw6N6dFinxcB2aiFgtmg==")];
    for (told, expected) in
        [(&[][..], "all_storage_classes_128K"), (&OLD[..], "varies_by_storage_class")]
    {
        let server = Server::start(told);
        let mut client = server.client();
        client.put("/made", b"");
        let put = client.s3_with(&md5, "PUT", "/made?lifecycle", body.as_bytes()).unwrap();
        assert_eq!(put.status, 200, "{}", put.text());
        let kept = client.get("/made?lifecycle");
        let size = kept.header("x-amz-transition-default-minimum-object-size");
        assert_eq!(size.as_deref(), Some(expected));
    }
}
