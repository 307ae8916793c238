//! What was answered is there again: after `kill -9`, after a torn write, after a full disk.
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

use std::collections::BTreeMap;
use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use common::{BINARY, Client, Scratch, Server};

/// What a key must hold; `None` once its deletion was answered.
type Acknowledged = BTreeMap<String, Option<Vec<u8>>>;

/// A body that tells which key it belongs to.
fn body(key: &str, length: usize) -> Vec<u8> {
    key.bytes().cycle().take(length).collect()
}

/// Writes until the server is gone; gives what was answered, and what was left open.
fn write_until_killed(
    mut client: Client,
    prefix: &str,
    answered: &AtomicUsize,
) -> (Acknowledged, Option<String>) {
    let mut acknowledged = Acknowledged::new();
    for at in 0_usize.. {
        let key = format!("/kept/{prefix}-{at}");
        let long = if at % 7 == 0 { 200_000 } else { 1024 };
        match client.s3("PUT", &key, &body(&key, long)) {
            Ok(answer) if answer.status == 200 => {
                acknowledged.insert(key.clone(), Some(body(&key, long)));
                answered.fetch_add(1, Ordering::Relaxed);
            }
            Ok(answer) => panic!("{key}: {} {}", answer.status, answer.text()),
            Err(_) => return (acknowledged, Some(key)),
        }
        if at % 5 == 4 {
            match client.s3("DELETE", &key, b"") {
                Ok(answer) if answer.status == 204 => {
                    acknowledged.insert(key, None);
                }
                Ok(answer) => panic!("{key}: {} {}", answer.status, answer.text()),
                Err(_) => {
                    acknowledged.remove(&key);
                    return (acknowledged, Some(key));
                }
            }
        }
    }
    (acknowledged, None)
}

fn verify(client: &mut Client, acknowledged: &Acknowledged) {
    for (key, expected) in acknowledged {
        let answer = client.get(key);
        match expected {
            Some(expected) => {
                assert_eq!(answer.status, 200, "{key} is lost: {}", answer.text());
                assert!(answer.body == *expected, "{key} holds something else");
            }
            None => assert_eq!(answer.status, 404, "{key} is back"),
        }
    }
}

#[test]
fn twenty_kills_in_the_middle_of_writes_lose_nothing() {
    let scratch = Scratch::new("kills");
    let mut all = Acknowledged::new();
    let mut open = 0;
    for round in 0..20 {
        let server = Server::with_data(&scratch.0);
        if round == 0 {
            server.client().put("/kept", b"");
        }
        let answered = Arc::new(AtomicUsize::new(0));
        let writers: Vec<_> = (0..4)
            .map(|writer| {
                let (client, answered) = (server.client(), Arc::clone(&answered));
                let prefix = format!("{round}-{writer}");
                std::thread::spawn(move || write_until_killed(client, &prefix, &answered))
            })
            .collect();
        // At another point of the work each time, however fast this machine is.
        while answered.load(Ordering::Relaxed) < 10 + round * 37 % 110 {
            std::thread::sleep(Duration::from_micros(300));
        }
        server.kill();
        let mut round_acknowledged = Acknowledged::new();
        for writer in writers {
            let (acknowledged, unanswered) = writer.join().unwrap();
            open += usize::from(unanswered.is_some());
            round_acknowledged.extend(acknowledged);
        }
        assert!(!round_acknowledged.is_empty(), "round {round} wrote nothing");
        let server = Server::with_data(&scratch.0);
        verify(&mut server.client(), &round_acknowledged);
        server.kill();
        all.extend(round_acknowledged);
    }
    let server = Server::with_data(&scratch.0);
    verify(&mut server.client(), &all);
    println!("{} acknowledged writes in 20 kills, {open} cut off, 0 lost", all.len());
    assert!(open >= 20, "the kills came between writes: {open}");
}

/// The journal that grew last.
fn journal(folder: &Path) -> PathBuf {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let journals = files.filter(|path| path.to_string_lossy().contains("journal"));
    journals.max_by_key(|path| path.metadata().unwrap().modified().unwrap()).unwrap()
}

fn some_objects(folder: &Path, prefix: &str) -> Acknowledged {
    let server = Server::with_data(folder);
    let mut client = server.client();
    client.put("/kept", b"");
    let mut acknowledged = Acknowledged::new();
    for at in 0..10 {
        let key = format!("/kept/{prefix}-{at}");
        client.put(&key, &body(&key, 5000));
        acknowledged.insert(key.clone(), Some(body(&key, 5000)));
    }
    server.kill();
    acknowledged
}

#[test]
fn a_torn_record_at_the_end_is_dropped_and_nothing_else() {
    let scratch = Scratch::new("torn");
    let mut acknowledged = some_objects(&scratch.0, "before");
    let whole = std::fs::read(journal(&scratch.0)).unwrap();
    let torn: [&[u8]; 4] = [&[0], &[0xff; 300], &whole[..whole.len().min(700)], &[0; 4096]];
    for (at, tail) in torn.iter().enumerate() {
        let mut file = OpenOptions::new().append(true).open(journal(&scratch.0)).unwrap();
        file.write_all(tail).unwrap();
        drop(file);
        let server = Server::with_data(&scratch.0);
        verify(&mut server.client(), &acknowledged);
        server.kill();
        acknowledged.extend(some_objects(&scratch.0, &format!("after-{at}")));
    }
    let server = Server::with_data(&scratch.0);
    verify(&mut server.client(), &acknowledged);
}

#[test]
fn a_last_record_cut_short_costs_no_more_than_itself() {
    let scratch = Scratch::new("cut");
    let mut acknowledged = some_objects(&scratch.0, "o");
    let path = journal(&scratch.0);
    let file = OpenOptions::new().write(true).open(&path).unwrap();
    file.set_len(path.metadata().unwrap().len() - 7).unwrap();
    drop(file);
    acknowledged.insert("/kept/o-9".to_owned(), None);
    let server = Server::with_data(&scratch.0);
    verify(&mut server.client(), &acknowledged);
}

#[cfg(unix)]
#[test]
fn a_full_disk_refuses_writes_in_words_and_loses_nothing() {
    let scratch = Scratch::new("full");
    let server = Server::with_short_files(&scratch.0, 400);
    let mut client = server.client();
    client.put("/kept", b"");
    let mut acknowledged = Acknowledged::new();
    let refused = (0..2000).find_map(|at| {
        let key = format!("/kept/{at}");
        let answer = client.s3("PUT", &key, &body(&key, 4000)).unwrap();
        match answer.status {
            200 => {
                acknowledged.insert(key.clone(), Some(body(&key, 4000)));
                None
            }
            _ => Some(answer),
        }
    });
    let refused = refused.expect("200 KB files hold no 2,000 objects of 4 KB");
    assert_eq!((refused.status, &*refused.code()), (503, "ServiceUnavailable"));
    assert!(acknowledged.len() > 10, "only {} fitted", acknowledged.len());
    verify(&mut client, &acknowledged);
    let health = client.raw(b"GET /_cloudarium/health HTTP/1.1\r\nHost: h\r\n\r\n");
    assert_eq!(health.status, 503);
    assert!(health.text().contains("no space is left"), "{}", health.text());
    server.kill();
    let server = Server::with_data(&scratch.0);
    let mut client = server.client();
    verify(&mut client, &acknowledged);
    client.put("/kept/afterwards", b"there is room again");
    println!("{} writes fitted, 0 lost", acknowledged.len());
}

#[test]
fn a_folder_serves_one_process() {
    let scratch = Scratch::new("one");
    let server = Server::with_data(&scratch.0);
    let mut second = Command::new(BINARY);
    second.args(["endpoint", "--port", "0", "--data"]).arg(&scratch.0);
    let output = second.output().unwrap();
    assert!(!output.status.success());
    let said = String::from_utf8(output.stderr).unwrap();
    let expected = format!("is in use by another cloudarium (process {})", server.process.id());
    assert!(said.contains(&expected), "{said}");
}

#[test]
fn a_reset_empties_the_folder_too() {
    let scratch = Scratch::new("reset");
    some_objects(&scratch.0, "o");
    let server = Server::with_data(&scratch.0);
    let mut client = server.client();
    let reset = client.raw(b"POST /_cloudarium/reset HTTP/1.1\r\nHost: h\r\n\r\n");
    assert_eq!(reset.status, 200);
    assert_eq!(client.get("/kept/o-1").code(), "NoSuchBucket");
    server.kill();
    let server = Server::with_data(&scratch.0);
    assert_eq!(server.client().get("/kept/o-1").code(), "NoSuchBucket");
}
