use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;

use crate::{Options, Server};

/// A folder of its own for each test, beside a file that must never be served.
fn site(name: &str) -> PathBuf {
    let around = std::env::temp_dir().join(format!("static-host-{}-{name}", std::process::id()));
    let root = around.join("site");
    fs::create_dir_all(root.join("js")).unwrap();
    fs::write(around.join("secret.txt"), "secret").unwrap();
    fs::write(root.join("index.html"), "<p>hello").unwrap();
    fs::write(root.join("js/a b.js"), "run()").unwrap();
    fs::write(root.join("js/a b.js.br"), "compressed").unwrap();
    root
}

/// What the server answers to `request`, head and body.
fn ask(server: &Server, request: &str) -> String {
    let mut stream = TcpStream::connect(server.address).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

fn get(server: &Server, path: &str) -> String {
    ask(server, &format!("GET {path} HTTP/1.1\r\nConnection: close\r\n\r\n"))
}

#[test]
fn files_come_with_their_type_and_isolation() {
    let server = Server::start(Options::new(site("types")), 0).unwrap();
    let page = get(&server, "/?x=1#y");
    assert!(page.starts_with("HTTP/1.1 200 OK\r\n"), "{page}");
    assert!(page.contains("Content-Type: text/html; charset=utf-8\r\n"), "{page}");
    assert!(page.contains("Cross-Origin-Embedder-Policy: require-corp\r\n"), "{page}");
    assert!(page.ends_with("\r\n\r\n<p>hello"), "{page}");
    assert!(get(&server, "/js/a%20b.js").ends_with("run()"));
}

#[test]
fn nothing_outside_the_folder_is_served() {
    let root = site("escape");
    #[cfg(unix)]
    std::os::unix::fs::symlink(root.join("../secret.txt"), root.join("link.txt"))
        .or_else(|error| if root.join("link.txt").exists() { Ok(()) } else { Err(error) })
        .unwrap();
    let server = Server::start(Options::new(root), 0).unwrap();
    for path in [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/js/..%2f..%2fsecret.txt",
        "//etc/passwd",
        "/link.txt",
    ] {
        let answer = get(&server, path);
        assert!(answer.starts_with("HTTP/1.1 404"), "{path}: {answer}");
    }
}

#[test]
fn a_compressed_form_is_sent_to_who_takes_it() {
    let server = Server::start(Options::new(site("br")), 0).unwrap();
    let answer = ask(
        &server,
        "GET /js/a%20b.js HTTP/1.1\r\nAccept-Encoding: gzip, br;q=1\r\nConnection: close\r\n\r\n",
    );
    assert!(
        answer.contains("Content-Encoding: br\r\n") && answer.ends_with("compressed"),
        "{answer}"
    );
    assert!(answer.contains("Content-Type: text/javascript"), "{answer}");
}

#[test]
fn an_unchanged_file_is_not_sent_again() {
    let server = Server::start(Options::new(site("etag")), 0).unwrap();
    let first = get(&server, "/");
    let tag = first.split("ETag: ").nth(1).and_then(|rest| rest.split("\r\n").next()).unwrap();
    let again = ask(
        &server,
        &format!("GET / HTTP/1.1\r\nIf-None-Match: {tag}\r\nConnection: close\r\n\r\n"),
    );
    assert!(again.starts_with("HTTP/1.1 304"), "{again}");
    assert!(again.ends_with("\r\n\r\n"), "{again}");
}

#[test]
fn a_site_works_below_a_path() {
    let options = Options { prefix: "/some/where/".to_owned(), ..Options::new(site("prefix")) };
    let server = Server::start(options, 0).unwrap();
    assert!(server.url().ends_with("/some/where/"));
    assert!(get(&server, "/some/where/").ends_with("<p>hello"));
    assert!(get(&server, "/some/where").contains("Location: /some/where/\r\n"));
    assert!(get(&server, "/some/where/js").contains("Location: /some/where/js/\r\n"));
    assert!(get(&server, "/").starts_with("HTTP/1.1 404"));
}

#[test]
fn what_is_no_request_is_refused() {
    let server = Server::start(Options::new(site("bad")), 0).unwrap();
    for request in
        ["hello\r\n\r\n", "GET /%f HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\nno colon\r\n\r\n"]
    {
        let answer = ask(&server, request);
        assert!(answer.starts_with("HTTP/1.1 400"), "{request:?}: {answer}");
    }
    let post = ask(&server, "POST / HTTP/1.1\r\nConnection: close\r\n\r\n");
    assert!(post.starts_with("HTTP/1.1 405"), "{post}");
}

#[test]
fn pages_hear_of_changes_only_where_that_is_asked_for() {
    let root = site("live");
    let plain = Server::start(Options::new(&root), 0).unwrap();
    assert!(ask(&plain, "GET /__live__ HTTP/1.1\r\nConnection: close\r\n\r\n").contains(" 404 "));
    let live = crate::Live::default();
    live.tell("before anybody listened");
    let options = Options { live: Some(live.clone()), ..Options::new(&root) };
    let server = Server::start(options, 0).unwrap();
    let address = server.url().replace("http://", "").replace('/', "");
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(b"GET /__live__ HTTP/1.1\r\n\r\n").unwrap();
    let mut heard = String::new();
    let mut part = [0; 512];
    while !heard.contains("data: lessons x\n\n") {
        let read = stream.read(&mut part).unwrap();
        assert!(read > 0, "the stream ended after {heard}");
        heard.push_str(std::str::from_utf8(&part[..read]).unwrap());
        if heard.contains(": hello") {
            live.tell("lessons\nx");
        }
    }
    assert!(heard.contains("text/event-stream"), "{heard}");
    assert!(!heard.contains("before anybody"), "{heard}");
}
