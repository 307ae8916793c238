//! One connection: requests in, answers out, one after the other.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use cloudarium_wire::http::{HttpRequest, HttpResponse};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::admin;
use crate::host::{Door, wall};
use crate::http::answer::{Frame, encode};
use crate::http::body::{Chunked, Sized};
use crate::http::{Framing, Head, Refusal, head};
use crate::shutdown::Shutdown;

/// How long a request may stand still on its way in.
const STALL_MAX: Duration = Duration::from_secs(30);

/// How long a connection may lie idle between requests.
const IDLE_MAX: Duration = Duration::from_mins(10);

/// After a refusal, how long and how much is still read, so that the answer reaches a client that
/// is busy sending. (Closing at once would reset the connection, and the answer with it.)
const LINGER_MAX: Duration = Duration::from_secs(2);
const LINGER_BYTES_MAX: usize = 64 << 20;

/// How much is read at a time.
const READ_BYTES: usize = 16 * 1024;

/// Why a connection ends.
enum End {
    /// The client went away, or the host is going.
    Quiet,
    /// It is told why.
    Refused(Refusal),
}

impl From<io::Error> for End {
    fn from(_: io::Error) -> Self {
        // Nothing can be said to a client that is not there.
        Self::Quiet
    }
}

impl From<Refusal> for End {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// What a connection works with.
pub struct Connection {
    stream: TcpStream,
    buffer: BytesMut,
    door: Door,
    shutdown: Arc<Shutdown>,
}

impl Connection {
    /// Takes over an accepted connection.
    pub fn new(stream: TcpStream, door: Door, shutdown: Arc<Shutdown>) -> Self {
        Self { stream, buffer: BytesMut::with_capacity(READ_BYTES), door, shutdown }
    }

    /// Answers requests until the client or the host has had enough.
    pub async fn run(mut self) {
        loop {
            match self.exchange().await {
                Ok(true) => {}
                Ok(false) => {
                    // What is not read by now is of no interest; the answer is on its way.
                    let _ = self.stream.shutdown().await;
                    return;
                }
                Err(End::Quiet) => return,
                Err(End::Refused(refusal)) => {
                    let _ = self.answer(&refusal.response(), false, true).await;
                    self.linger().await;
                    return;
                }
            }
        }
    }

    /// One request and its answer; `false` when it was the last.
    async fn exchange(&mut self) -> Result<bool, End> {
        let head = self.head().await?;
        let (head_only, keep_alive) = (head.method == "HEAD", head.keep_alive);
        if let Some(refusal) = self.refusal_ahead(&head).await {
            self.answer(&refusal, head_only, true).await?;
            return Ok(false);
        }
        let body = self.body(&head).await?;
        let request =
            HttpRequest { method: head.method, target: head.target, headers: head.headers, body };
        let response = self.dispatch(request).await;
        let close = !keep_alive || response.is_none() || self.shutdown.is_set();
        let response = response.unwrap_or_else(|| Refusal::ShuttingDown.response());
        self.answer(&response, head_only, close).await?;
        Ok(!close)
    }

    /// What a client that waits to be told to go on is told instead, if nobody signed: those who
    /// signed are judged when all has come.
    async fn refusal_ahead(&self, head: &Head) -> Option<HttpResponse> {
        let signs = |name: &str| name.eq_ignore_ascii_case("authorization");
        let signed =
            head.headers.iter().any(|(name, _)| signs(name)) || head.target.contains("Signature=");
        let waits = head.expects_continue && self.buffer.is_empty();
        if !waits || signed || head.target.starts_with(admin::PREFIX) {
            return None;
        }
        self.door
            .refusal_ahead(HttpRequest {
                method: head.method.clone(),
                target: head.target.clone(),
                headers: head.headers.clone(),
                body: Bytes::new(),
            })
            .await
    }

    async fn dispatch(&self, request: HttpRequest) -> Option<HttpResponse> {
        if !request.target.starts_with(admin::PREFIX) {
            return self.door.call(request).await;
        }
        match admin::parse(&request) {
            Ok(what) => self.door.admin(what).await,
            Err(response) => Some(response),
        }
    }

    async fn head(&mut self) -> Result<Head, End> {
        loop {
            // RFC 9112 2.2: empty lines before a request line are let go.
            while self.buffer.starts_with(b"\r\n") {
                let _ = self.buffer.split_to(2);
            }
            if !self.buffer.is_empty()
                && let Some(head) = head::take(&mut self.buffer)?
            {
                return Ok(head);
            }
            if self.buffer.is_empty() {
                self.first_bytes().await?;
            } else if self.read().await? == 0 {
                return Err(End::Refused(Refusal::Malformed));
            }
        }
    }

    /// Waits for a request to begin.
    async fn first_bytes(&mut self) -> Result<(), End> {
        self.buffer.reserve(READ_BYTES);
        let shutdown = Arc::clone(&self.shutdown);
        tokio::select! {
            biased;
            read = self.stream.read_buf(&mut self.buffer) => match read? {
                0 => Err(End::Quiet),
                _ => Ok(()),
            },
            () = shutdown.wait() => Err(End::Quiet),
            () = tokio::time::sleep(IDLE_MAX) => Err(End::Quiet),
        }
    }

    /// Reads more of a request that has begun; 0 when the client sends no more.
    async fn read(&mut self) -> Result<usize, End> {
        self.buffer.reserve(READ_BYTES);
        match timeout(STALL_MAX, self.stream.read_buf(&mut self.buffer)).await {
            Ok(read) => Ok(read?),
            Err(_) => Err(End::Refused(Refusal::TimedOut)),
        }
    }

    async fn body(&mut self, head: &Head) -> Result<Bytes, End> {
        match head.framing {
            Framing::Length(0) => Ok(Bytes::new()),
            Framing::Length(length) => {
                let body = Sized::new(length)?;
                self.go_on(head).await?;
                self.sized_body(body).await
            }
            Framing::Chunked => {
                self.go_on(head).await?;
                self.chunked_body().await
            }
        }
    }

    /// Tells a client that waits for it to send the body.
    async fn go_on(&mut self, head: &Head) -> Result<(), End> {
        if head.expects_continue && self.buffer.is_empty() {
            self.stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n").await?;
        }
        Ok(())
    }

    async fn sized_body(&mut self, mut body: Sized) -> Result<Bytes, End> {
        body.take(&mut self.buffer);
        while body.missing() > 0 {
            body.make_room();
            let missing = body.missing() as u64;
            let mut rest = (&mut self.stream).take(missing);
            match timeout(STALL_MAX, rest.read_buf(&mut body.bytes)).await {
                Ok(Ok(0)) => return Err(End::Refused(Refusal::BodyCutShort)),
                Ok(read) => {
                    read?;
                }
                Err(_) => return Err(End::Refused(Refusal::TimedOut)),
            }
        }
        Ok(body.finish())
    }

    async fn chunked_body(&mut self) -> Result<Bytes, End> {
        let mut body = Chunked::default();
        while !body.take(&mut self.buffer)? {
            if self.read().await? == 0 {
                return Err(End::Refused(Refusal::BodyCutShort));
            }
        }
        Ok(body.finish())
    }

    async fn answer(
        &mut self,
        response: &HttpResponse,
        head_only: bool,
        close: bool,
    ) -> Result<(), End> {
        let date = wall().http_date();
        let answer = encode(response, Frame { head_only, close, date: &date });
        self.stream.write_all(&answer.first).await?;
        if answer.body_follows {
            self.stream.write_all(&response.body).await?;
        }
        Ok(())
    }

    /// Reads on for a while, so that the client gets to read the refusal.
    async fn linger(&mut self) {
        if self.stream.shutdown().await.is_err() {
            return;
        }
        let mut left = LINGER_BYTES_MAX;
        let reading = async {
            while left > 0 {
                self.buffer.clear();
                self.buffer.reserve(READ_BYTES);
                match self.stream.read_buf(&mut self.buffer).await {
                    Ok(0) | Err(_) => return,
                    Ok(read) => left = left.saturating_sub(read),
                }
            }
        };
        // Time is up: the client had its chance.
        let _ = timeout(LINGER_MAX, reading).await;
    }
}
