//! What comes in by the socket, good and bad, byte by byte.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::format_push_string,
    reason = "a test ends where it is surprised, and tells what it counted"
)]

mod common;

use std::io::Write;
use std::net::Shutdown;

use common::Server;

#[test]
fn health_answers_and_the_clock_can_be_moved() {
    let server = Server::start(&[]);
    let mut client = server.client();
    let health = client.raw(b"GET /_cloudarium/health HTTP/1.1\r\nHost: h\r\n\r\n");
    assert_eq!(health.status, 200);
    assert!(health.text().contains("\"status\":\"ok\""), "{}", health.text());
    let moved = |client: &mut common::Client, body: &str| {
        let length = body.len();
        let request = format!(
            "POST /_cloudarium/clock HTTP/1.1\r\nHost: h\r\nContent-Length: {length}\r\n\r\n{body}"
        );
        let answer = client.raw(request.as_bytes());
        assert_eq!(answer.status, 200, "{}", answer.text());
        let now = answer.text();
        let now = now.split("\"now_ms\":").nth(1).unwrap().split(',').next().unwrap().to_owned();
        now.parse::<i64>().unwrap()
    };
    let paused = moved(&mut client, "{\"speed\":0}");
    assert_eq!(moved(&mut client, "{\"advance_ms\":86400000}"), paused + 86_400_000);
    let page =
        "POST /_cloudarium/reset HTTP/1.1\r\nHost: h\r\nOrigin: https://evil.example\r\n\r\n";
    assert_eq!(client.raw(page.as_bytes()).status, 403);
}

#[test]
fn bytes_that_are_no_request_get_an_aws_error_and_the_connection_ends() {
    let server = Server::start(&[]);
    let headers = format!("GET / HTTP/1.1\r\nHost: h\r\nA: {}\r\n\r\n", "b".repeat(10 << 20));
    let cases: [(&[u8], u16, &str); 12] = [
        (b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n", 400, "BadRequest"),
        (b"GET\r\n\r\n", 400, "BadRequest"),
        (b"G\xffT / HTTP/1.1\r\nHost: h\r\n\r\n", 400, "BadRequest"),
        (b"GET / HTTP/1.1\r\nHost: h\r\nNo colon\r\n\r\n", 400, "BadRequest"),
        (b"GET / HTTP/1.1\r\n\r\n", 400, "InvalidRequest"),
        (b"GET b/k HTTP/1.1\r\nHost: h\r\n\r\n", 400, "InvalidURI"),
        (b"GET / HTTP/3.7\r\nHost: h\r\n\r\n", 505, "HttpVersionNotSupported"),
        (
            b"PUT /b HTTP/1.1\r\nHost: h\r\nContent-Length: 5368709120000\r\n\r\n",
            400,
            "EntityTooLarge",
        ),
        (b"PUT /b HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip\r\n\r\n", 501, "NotImplemented"),
        (
            b"PUT /b HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            400,
            "BadRequest",
        ),
        (b"PUT /b HTTP/1.1\r\nHost: h\r\nExpect: tea\r\n\r\n", 417, "ExpectationFailed"),
        (headers.as_bytes(), 400, "RequestHeaderSectionTooLarge"),
    ];
    for (bytes, status, code) in cases {
        let mut client = server.client();
        let answer = client.raw(bytes);
        let begin = String::from_utf8_lossy(&bytes[..bytes.len().min(60)]);
        assert_eq!((answer.status, &*answer.code()), (status, code), "{begin}");
        assert_eq!(answer.header("connection").as_deref(), Some("close"), "{begin}");
        assert!(client.is_closed(), "{begin}");
    }
}

#[test]
fn a_body_cut_short_is_refused_and_stores_nothing() {
    let server = Server::start(&[]);
    let mut client = server.client();
    client.put("/short", b"");
    let mut cut = server.client();
    cut.stream
        .write_all(b"PUT /short/k HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\n12345")
        .unwrap();
    cut.stream.shutdown(Shutdown::Write).unwrap();
    let answer = cut.answer(false).unwrap();
    assert_eq!((answer.status, &*answer.code()), (400, "IncompleteBody"));
    assert_eq!(client.get("/short/k").code(), "NoSuchKey");
}

#[test]
fn a_client_that_goes_away_harms_nobody() {
    let server = Server::start(&[]);
    for bytes in [&b"PUT /b HTT"[..], b"PUT /b HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\n1"] {
        server.client().stream.write_all(bytes).unwrap();
    }
    let mut client = server.client();
    client.put("/stays", b"");
    for _ in 0..50 {
        // Asks, and leaves before the answer.
        server.client().stream.write_all(b"GET /stays HTTP/1.1\r\nHost: h\r\n\r\n").unwrap();
    }
    assert_eq!(client.get("/stays").status, 200);
}

#[test]
fn keys_reach_the_cloud_as_they_were_sent() {
    let server = Server::start(&[]);
    let mut client = server.client();
    client.put("/raw", b"");
    for (at, key) in ["../x", "a//b", "/", "./.", "a%2F..%2Fb", "%C3%BC+%20"].iter().enumerate() {
        let body = format!("body {at}");
        client.put(&format!("/raw/{key}"), body.as_bytes());
        assert_eq!(client.get(&format!("/raw/{key}")).text(), body, "{key}");
    }
    let listing = client.get("/raw?list-type=2").text();
    for key in ["<Key>../x</Key>", "<Key>a//b</Key>", "<Key>/</Key>", "<Key>a/../b</Key>"] {
        assert!(listing.contains(key), "{key} is not in {listing}");
    }
}

#[test]
fn a_client_that_waits_is_told_to_continue() {
    let server = Server::start(&[]);
    let mut client = server.client();
    let head = b"PUT /_cloudarium/x HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n";
    let go_on = client.raw(head);
    assert_eq!(go_on.status, 100);
    assert_eq!(client.raw(b"hi").status, 404);
}

#[test]
fn a_client_that_waits_is_refused_before_its_body() {
    let server = Server::start(&["--s3-legacy"]);
    let mut client = server.client();
    client.put("/b-1", b"");
    let head =
        b"PUT /b-1/k HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n";
    let refused = server.client().raw(head);
    assert_eq!((refused.status, refused.code().as_str()), (403, "AccessDenied"));
    let public = [("x-amz-acl", "public-read-write"), ("Content-MD5", "1B2M2Y8AsgTpgAmY7PhCfg==")];
    let acl = client.s3_with(&public, "PUT", "/b-1?acl", b"").unwrap();
    assert_eq!(acl.status, 200, "{}", acl.text());
    let mut stranger = server.client();
    assert_eq!(stranger.raw(head).status, 100);
    assert_eq!(stranger.raw(b"hi").status, 200);
    assert_eq!(client.get("/b-1").text().matches("<Key>").count(), 1);
}

#[test]
fn requests_in_a_row_are_answered_in_order() {
    let server = Server::start(&[]);
    let mut client = server.client();
    let one = "GET /_cloudarium/health HTTP/1.1\r\nHost: h\r\n\r\n";
    let two = "POST /_cloudarium/health HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n";
    let first = client.raw(format!("{one}{two}{one}").as_bytes());
    let rest = [client.answer(false).unwrap().status, client.answer(false).unwrap().status];
    assert_eq!((first.status, rest), (200, [405, 200]));
}

#[test]
fn head_has_no_body_and_old_clients_are_let_go() {
    let server = Server::start(&[]);
    let mut client = server.client();
    client.put("/heads", b"");
    client.put("/heads/k", b"0123456789");
    let head = client.s3("HEAD", "/heads/k", b"").unwrap();
    assert_eq!((head.status, head.header("content-length").as_deref()), (200, Some("10")));
    assert_eq!(client.get("/heads/k").text(), "0123456789");
    let mut old = server.client();
    assert_eq!(old.raw(b"GET /_cloudarium/health HTTP/1.0\r\n\r\n").status, 200);
    assert!(old.is_closed());
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_it_in_order() {
    let mut server = Server::start(&[]);
    let mut client = server.client();
    client.put("/last", b"");
    let id = server.process.id().to_string();
    std::process::Command::new("kill").args(["-INT", &id]).status().unwrap();
    assert!(server.process.wait().unwrap().success());
    assert!(client.is_closed());
}
