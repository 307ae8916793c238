//! A cloud of its own for one run of a script, behind a socket, which notes every request.
//!
//! The script lives in the cloud's time, as it does in the tab: `virtual_time.py` asks for it at
//! [`CLOCK`], and tells how long the script sleeps.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Sender, SyncSender, channel, sync_channel};
use std::thread;
use std::time::Duration;

use bytes::Bytes;
use cloudarium_cloud::{Caller, Cloud, Effect, Request};
use cloudarium_env::Timestamp;
use cloudarium_lesson::{Lab, Lesson, SetUpError};
use cloudarium_wire::http::{Headers, HttpRequest, HttpResponse};

use crate::http::answer::reason;

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
}

impl Stage {
    /// A fresh cloud, set up for `lesson`.
    pub(super) fn new(lesson: &Lesson) -> Result<Self, SetUpError> {
        let mut lab = Lab::new(lesson.clone(), LEARNER);
        let mut cloud = Cloud::new(lab.config());
        lab.set_up(&mut cloud)?;
        Ok(Self { lab, cloud, made: Vec::new() })
    }

    /// Answers a request: about the clock, or as the learner's.
    fn answer(&mut self, http: HttpRequest) -> HttpResponse {
        if http.target == CLOCK {
            return self.clock(&http);
        }
        let at = self.cloud.now().plus(A_REQUEST_LATER);
        self.again(Made::Call { http, at })
    }

    /// Does what a script did, and looks at what then holds.
    pub(super) fn again(&mut self, made: Made) -> HttpResponse {
        self.made.push(made.clone());
        let effects = match made {
            Made::Later(to) => self.cloud.advance(to),
            Made::Call { http, at } => {
                self.cloud.handle(Request { id: 0, at, wall: at, caller: Caller::Client, http })
            }
        };
        self.lab.observe(&mut self.cloud);
        let answer = effects.into_iter().find_map(|effect| match effect {
            Effect::Respond { response, .. } => Some(response),
            Effect::Work { .. } => None,
        });
        answer.unwrap_or(HttpResponse { status: 500, ..HttpResponse::default() })
    }

    /// Lets time pass by `by`.
    pub(super) fn later(&mut self, by: Duration) {
        self.again(Made::Later(self.cloud.now().plus(by)));
    }

    fn clock(&mut self, http: &HttpRequest) -> HttpResponse {
        let change: serde_json::Value = serde_json::from_slice(&http.body).unwrap_or_default();
        if let Some(ms) = change.get("advance_ms").and_then(serde_json::Value::as_u64) {
            self.later(Duration::from_millis(ms));
        }
        let body = format!("{{\"now_ms\":{}}}", self.cloud.now().as_ms());
        HttpResponse { status: 200, body: body.into(), ..HttpResponse::default() }
    }
}

/// A request that waits for its answer.
type Waiting = (HttpRequest, SyncSender<HttpResponse>);

/// How often the stage looks whether the script has ended.
const LOOK_EVERY: Duration = Duration::from_millis(5);

impl Stage {
    /// Opens the stage to scripts on this machine while `script` runs, which is told where it is.
    /// The cloud stays on this thread: it is not made to move.
    pub(super) fn play<R: Send>(
        &mut self,
        script: impl FnOnce(&str) -> R + Send,
    ) -> std::io::Result<R> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = listener.local_addr()?;
        let endpoint = format!("http://{address}");
        let (sender, requests) = channel::<Waiting>();
        let closing = Arc::new(AtomicBool::new(false));
        let closed = Arc::clone(&closing);
        let listening = thread::spawn(move || listen(&listener, &closed, &sender));
        let outcome = thread::scope(|scope| {
            let script = scope.spawn(|| script(&endpoint));
            while !script.is_finished() {
                if let Ok((http, reply)) = requests.recv_timeout(LOOK_EVERY) {
                    // A client that left in the meantime wants no answer.
                    let _ = reply.send(self.answer(http));
                }
            }
            script.join()
        });
        closing.store(true, Ordering::SeqCst);
        TcpStream::connect(address)?.shutdown(Shutdown::Both)?;
        let ended = listening.join().is_ok();
        match outcome {
            Ok(result) if ended => Ok(result),
            _ => Err(std::io::Error::other("a thread of the stage broke down")),
        }
    }
}

fn listen(listener: &TcpListener, closed: &AtomicBool, to: &Sender<Waiting>) {
    for stream in listener.incoming().flatten() {
        if closed.load(Ordering::SeqCst) {
            return;
        }
        let to = to.clone();
        // A client that leaves in the middle of a request is its own affair.
        thread::spawn(move || serve(&stream, &to).unwrap_or_default());
    }
}

fn serve(stream: &TcpStream, to: &Sender<Waiting>) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut reader = BufReader::new(stream);
    let mut writer = stream;
    while let Some(http) = read_request(&mut reader, &mut writer)? {
        let head = http.method == "HEAD";
        let (reply, answer) = sync_channel(1);
        to.send((http, reply)).map_err(|_| std::io::ErrorKind::ConnectionAborted)?;
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
