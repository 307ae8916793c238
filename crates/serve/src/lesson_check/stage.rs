//! A cloud of its own for one run of a script, behind a socket, which notes every request.
//!
//! The script lives in the cloud's time, as it does in the tab: `virtual_time.py` asks for it at
//! [`CLOCK`], and tells how long the script sleeps.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Sender, channel, sync_channel};
use std::thread;
use std::time::Duration;

use bytes::Bytes;
use cloudarium_cloud::Cloud;
use cloudarium_env::Timestamp;
use cloudarium_lesson::{Lab, Lesson, SetUpError};
use cloudarium_wire::http::{Headers, HttpRequest, HttpResponse, reason};

use super::acts::{Act, Memory};
use super::hall::{Hall, Message};
use crate::functions::Settings;

/// Who the learner of all proofs is.
const LEARNER: &str = "proof";

/// How far virtual time moves on with each request.
const A_REQUEST_LATER: Duration = Duration::from_millis(100);

/// Where a script asks for the time: `GET` tells it, `POST` lets `{"advance_ms": 1000}` pass first.
/// The native endpoint has the same (docs/ENDPOINT.md).
const CLOCK: &str = "/_cloudarium/clock";

/// What a script did: called, or slept.
#[derive(Debug, Clone)]
pub(super) enum Made {
    /// A request, and when it was made.
    Call {
        /// The request.
        http: HttpRequest,
        /// Virtual time, by which it was signed, too.
        at: Timestamp,
    },
    /// Time passed until then.
    Later(Timestamp),
}

impl Made {
    /// The first line of a request, for words about it; `None` for what is no call.
    pub(super) fn line(&self) -> Option<String> {
        match self {
            Made::Call { http, .. } => Some(format!("{} {}", http.method, http.target)),
            Made::Later(_) => None,
        }
    }
}

/// A lesson with a cloud of its own.
pub(super) struct Stage {
    pub(super) lab: Lab,
    pub(super) cloud: Cloud,
    pub(super) made: Vec<Made>,
    /// What functions did.
    pub(super) acts: Vec<Act>,
    /// What functions did in the run that is replayed.
    pub(super) score: Option<Vec<Act>>,
    /// What functions did in the whole proof, as far as it does not hang on the cloud.
    pub(super) memory: Memory,
}

impl Stage {
    /// A fresh cloud, set up for `lesson`.
    pub(super) fn new(lesson: &Lesson) -> Result<Self, SetUpError> {
        let mut lab = Lab::new(lesson.clone(), LEARNER);
        let mut cloud = Cloud::new(lab.config());
        lab.set_up(&mut cloud)?;
        let (made, acts) = (Vec::new(), Vec::new());
        Ok(Self { lab, cloud, made, acts, score: None, memory: Memory::new() })
    }

    /// A request of the script's, as it is made now.
    pub(super) fn call(&self, http: HttpRequest) -> Made {
        Made::Call { http, at: self.cloud.now().plus(A_REQUEST_LATER) }
    }

    /// What the clock shows.
    pub(super) fn clock(&self) -> HttpResponse {
        let body = format!("{{\"now_ms\":{}}}", self.cloud.now().as_ms());
        HttpResponse { status: 200, body: body.into(), ..HttpResponse::default() }
    }
}

/// How much time a request at the clock lets pass; `None`: the request is for the cloud.
pub(super) fn time_asked(http: &HttpRequest) -> Option<Duration> {
    let change: serde_json::Value = serde_json::from_slice(&http.body).unwrap_or_default();
    let ms = change.get("advance_ms").and_then(serde_json::Value::as_u64).unwrap_or(0);
    (http.target == CLOCK).then(|| Duration::from_millis(ms))
}

/// How often the stage looks whether the script has ended.
const LOOK_EVERY: Duration = Duration::from_millis(5);

impl Stage {
    /// Opens the stage to this machine while `script` plays on it, which is told where it is, and may
    /// send what a run did. The cloud stays on this thread: it is not made to move.
    pub(super) fn play<R: Send>(
        &mut self,
        functions: Settings,
        script: impl FnOnce(&str, Sender<Message>) -> R + Send,
    ) -> std::io::Result<R> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = listener.local_addr()?;
        let endpoint = format!("http://{address}");
        let (sender, messages) = channel::<Message>();
        let closing = Arc::new(AtomicBool::new(false));
        let closed = Arc::clone(&closing);
        let heard = sender.clone();
        let listening = thread::spawn(move || listen(&listener, &closed, &heard));
        let mut hall = Hall::new(self, functions, (address, sender.clone(), messages));
        let outcome = thread::scope(|scope| {
            let script = scope.spawn(|| script(&endpoint, sender));
            while !script.is_finished() {
                hall.attend(LOOK_EVERY);
            }
            hall.close();
            script.join()
        });
        drop(hall);
        closing.store(true, Ordering::SeqCst);
        TcpStream::connect(address)?.shutdown(Shutdown::Both)?;
        let ended = listening.join().is_ok();
        match outcome {
            Ok(result) if ended => Ok(result),
            _ => Err(std::io::Error::other("a thread of the stage broke down")),
        }
    }
}

fn listen(listener: &TcpListener, closed: &AtomicBool, to: &Sender<Message>) {
    for stream in listener.incoming().flatten() {
        if closed.load(Ordering::SeqCst) {
            return;
        }
        let to = to.clone();
        // A client that leaves in the middle of a request is its own affair.
        thread::spawn(move || serve(&stream, &to).unwrap_or_default());
    }
}

fn serve(stream: &TcpStream, to: &Sender<Message>) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut reader = BufReader::new(stream);
    let mut writer = stream;
    while let Some(http) = read_request(&mut reader, &mut writer)? {
        let head = http.method == "HEAD";
        let (reply, answer) = sync_channel(1);
        to.send(Message::Asked(http, reply)).map_err(|_| std::io::ErrorKind::ConnectionAborted)?;
        let response = answer.recv().map_err(std::io::Error::other)?;
        write_response(&mut writer, &response, head)?;
    }
    Ok(())
}

/// The next request; `None` when the client has gone. Only boto3 on this machine talks to us: what
/// it never sends is refused by closing.
fn read_request(
    reader: &mut BufReader<&TcpStream>,
    writer: &mut &TcpStream,
) -> std::io::Result<Option<HttpRequest>> {
    let mut line = String::new();
    if reader.read_line(&mut line)? == 0 {
        return Ok(None);
    }
    let mut words = line.split_whitespace().map(str::to_owned);
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let mut headers = Headers::default();
    loop {
        let mut field = String::new();
        reader.read_line(&mut field)?;
        match field.trim_end().split_once(':') {
            Some((name, value)) => headers.append(name, value.trim()),
            None => break,
        }
    }
    if headers.get("expect").is_some() {
        writer.write_all(b"HTTP/1.1 100 Continue\r\n\r\n")?;
    }
    let chunked = headers.get("transfer-encoding").is_some();
    let body = if chunked {
        read_chunks(reader)?
    } else {
        let length = headers.get("content-length").and_then(|length| length.parse().ok());
        let mut body = vec![0; length.unwrap_or(0)];
        reader.read_exact(&mut body)?;
        body
    };
    Ok(Some(HttpRequest { method, target, headers, body: Bytes::from(body) }))
}

fn read_chunks(reader: &mut BufReader<&TcpStream>) -> std::io::Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let length = usize::from_str_radix(line.trim(), 16)
            .map_err(|error| std::io::Error::new(std::io::ErrorKind::InvalidData, error))?;
        let mut chunk = vec![0; length + 2];
        reader.read_exact(&mut chunk)?;
        if length == 0 {
            return Ok(body);
        }
        chunk.truncate(length);
        body.extend(chunk);
    }
}

fn write_response(
    writer: &mut &TcpStream,
    response: &HttpResponse,
    head: bool,
) -> std::io::Result<()> {
    let reason = reason(response.status);
    let mut out = format!("HTTP/1.1 {} {reason}\r\n", response.status).into_bytes();
    for (name, value) in response.headers.iter() {
        out.extend(format!("{name}: {value}\r\n").bytes());
    }
    if response.headers.get("content-length").is_none() && response.status != 204 {
        out.extend(format!("Content-Length: {}\r\n", response.body.len()).bytes());
    }
    out.extend(b"\r\n");
    if !head {
        out.extend(&response.body);
    }
    writer.write_all(&out)
}
