use bytes::Bytes;
use cloudarium_shape::Value;

use super::{Kind, find, multipart, website};
use crate::http::{Headers, HttpRequest};

fn request(method: &str, host: &str, target: &str, more: &[(&str, &str)]) -> HttpRequest {
    let mut headers = Headers::default();
    headers.set("Host", host);
    more.iter().for_each(|(name, value)| headers.set(*name, *value));
    HttpRequest { method: method.into(), target: target.into(), headers, body: Bytes::new() }
}

fn found(request: &HttpRequest) -> Option<(Kind, String, String)> {
    find(request).map(|found| {
        let beside = found.expect("the path is UTF-8");
        (beside.kind, beside.bucket, beside.key)
    })
}

#[test]
fn the_hosts_of_websites() {
    let of = |host| website::of_host(host);
    let us = || Some("us-east-1".to_owned());
    assert_eq!(of("b.s3-website-us-east-1.amazonaws.com"), Some(("b".to_owned(), us())));
    assert_eq!(of("a.b.s3-website.us-east-1.amazonaws.com"), Some(("a.b".to_owned(), us())));
    assert_eq!(of("b.s3-website.localhost:4566"), Some(("b".to_owned(), None)));
    for host in ["s3.amazonaws.com", "b.s3.us-east-1.amazonaws.com", "s3-website.example.com"] {
        assert_eq!(of(host), None, "{host}");
    }
}

#[test]
fn what_is_one_of_them() {
    let local = "127.0.0.1:4566";
    let key = |kind, bucket: &str, key: &str| Some((kind, bucket.to_owned(), key.to_owned()));
    assert_eq!(
        found(&request("OPTIONS", local, "/b/a%20b?x=1", &[])),
        key(Kind::Preflight, "b", "a b")
    );
    assert_eq!(
        found(&request("OPTIONS", "b.s3.amazonaws.com", "/k", &[])),
        key(Kind::Preflight, "b", "k")
    );
    assert_eq!(
        found(&request("GET", local, "/_website/b/docs/", &[])),
        key(Kind::Website, "b", "docs/")
    );
    let form = [("Content-Type", "multipart/form-data; boundary=x")];
    assert_eq!(found(&request("POST", local, "/b", &form)), key(Kind::Form, "b", ""));
    assert_eq!(found(&request("POST", local, "/b/", &form)), key(Kind::Form, "b", ""));
    assert_eq!(found(&request("POST", local, "/b?delete", &[])), None);
    assert_eq!(found(&request("POST", local, "/b/k?uploads", &form)), None);
    assert_eq!(found(&request("GET", local, "/b/k", &[])), None);
    assert_eq!(found(&request("OPTIONS", "sqs.us-east-1.amazonaws.com", "/", &[])), None);
}

#[test]
fn a_form_is_read() {
    let body = "before\r\n--x\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\na/b\r\n--x  \r\n\
                Content-Disposition: form-data; name=\"file\"; filename=\"C:\\dir\\a \\\"b\\\".txt\"\r\n\
                Content-Type: text/plain\r\n\r\nline\r\n--y\r\n\r\n--x--\r\nafter";
    let parts = multipart::read(&Bytes::from(body), "x").expect("it is one");
    let names: Vec<_> = parts.iter().map(|part| part.name.as_str()).collect();
    assert_eq!(names, ["key", "file"]);
    assert_eq!(parts[0].body.as_ref(), b"a/b");
    assert_eq!(parts[1].body.as_ref(), b"line\r\n--y\r\n");
    assert_eq!(parts[1].file_name.as_deref(), Some("C:\\dir\\a \"b\".txt"));
    assert_eq!(parts[1].content_type.as_deref(), Some("text/plain"));
}

#[test]
fn what_is_no_form_is_refused() {
    for body in ["", "--x", "--x\r\n", "--x\r\nname: a\r\n", "--x\r\n\r\n\r\n--x--", "--y--"] {
        assert_eq!(multipart::read(&Bytes::from(body), "x"), None, "{body:?}");
    }
    assert_eq!(multipart::read(&Bytes::from("----"), ""), None);
    assert_eq!(multipart::read(&Bytes::from("--x--"), "x"), Some(Vec::new()));
}

#[test]
fn the_fields_of_a_form_become_an_input() {
    let form = [("Content-Type", "multipart/form-data; boundary=x")];
    let mut http = request("POST", "127.0.0.1:4566", "/b", &form);
    http.body = Bytes::from(
        "--x\r\nContent-Disposition: form-data; name=\"Key\"\r\n\r\n${filename}\r\n--x\r\n\
         Content-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nhi\r\n--x\r\n\
         Content-Disposition: form-data; name=\"late\"\r\n\r\nno\r\n--x--\r\n",
    );
    let beside = find(&http).expect("it is one").expect("its path is fine");
    let input = beside.decode(&http).expect("it is a form");
    assert_eq!(input.get("Bucket"), Some(&Value::from("b")));
    assert_eq!(input.get("FileName"), Some(&Value::from("a.txt")));
    assert_eq!(input.get("File"), Some(&Value::Blob(Bytes::from("hi"))));
    let fields = input.get("Fields").expect("it has fields");
    assert_eq!(fields.get("key"), Some(&Value::from("${filename}")));
    assert_eq!(fields.get("late"), None);
    assert_eq!(beside.claim(&input), Ok(None));
}
