//! A small HTTP/1.1 client: keeps connections alive where the server does, and is quick enough not
//! to be what is measured.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use anyhow::{Context as _, bail};

/// How long an answer may take.
const ANSWER_MAX: Duration = Duration::from_mins(1);

/// One connection, made anew when the server closes it.
pub struct Client {
    address: SocketAddr,
    stream: Option<TcpStream>,
    buffer: Vec<u8>,
    head: usize,
}

impl Client {
    /// Connects with the first request.
    pub fn new(address: SocketAddr) -> Self {
        Self { address, stream: None, buffer: Vec::with_capacity(64 * 1024), head: 0 }
    }

    /// Sends a whole request.
    pub fn send(&mut self, request: &[u8]) -> anyhow::Result<()> {
        let stream = match &mut self.stream {
            Some(stream) => stream,
            none => {
                let stream = TcpStream::connect(self.address)?;
                stream.set_nodelay(true)?;
                stream.set_read_timeout(Some(ANSWER_MAX))?;
                none.insert(stream)
            }
        };
        Ok(stream.write_all(request)?)
    }

    /// Reads the answer to what was sent: its status, and how long its body was.
    pub fn receive(&mut self) -> anyhow::Result<(u16, usize)> {
        let stream = self.stream.as_mut().context("nothing was sent")?;
        self.buffer.clear();
        let mut part = [0; 16 * 1024];
        let head = loop {
            if let Some(end) = find(&self.buffer, b"\r\n\r\n") {
                break end + 4;
            }
            match stream.read(&mut part)? {
                0 => bail!("the server closed the connection"),
                read => self.buffer.extend_from_slice(part.get(..read).unwrap_or_default()),
            }
        };
        self.head = head;
        let told = Told::read(self.buffer.get(..head).unwrap_or_default())?;
        while self.buffer.len() < head + told.length {
            match stream.read(&mut part)? {
                0 => bail!("the server closed the connection within an answer"),
                read => self.buffer.extend_from_slice(part.get(..read).unwrap_or_default()),
            }
        }
        if told.closes {
            self.stream = None;
        }
        Ok((told.status, told.length))
    }

    /// The body of the last answer.
    pub fn body(&self) -> std::borrow::Cow<'_, str> {
        String::from_utf8_lossy(self.buffer.get(self.head..).unwrap_or_default())
    }

    /// A header of the last answer.
    pub fn header(&self, wanted: &str) -> Option<String> {
        let head = String::from_utf8_lossy(self.buffer.get(..self.head).unwrap_or_default());
        let mut headers = head.split("\r\n").filter_map(|line| line.split_once(':'));
        let found = headers.find(|(name, _)| name.eq_ignore_ascii_case(wanted));
        found.map(|(_, value)| value.trim().to_owned())
    }

    /// Sends, and waits for an answer of this status.
    pub fn expect(&mut self, request: &[u8], status: u16) -> anyhow::Result<usize> {
        self.send(request)?;
        let (answered, length) = self.receive()?;
        if answered != status {
            let said = String::from_utf8_lossy(&self.buffer);
            bail!("the server answered {answered} instead of {status}:\n{said}");
        }
        Ok(length)
    }
}

/// What an answer's head tells.
struct Told {
    status: u16,
    length: usize,
    closes: bool,
}

impl Told {
    fn read(head: &[u8]) -> anyhow::Result<Self> {
        let text = String::from_utf8_lossy(head);
        let mut lines = text.split("\r\n");
        let first = lines.next().unwrap_or_default();
        let status = first.get(9..12).and_then(|status| status.parse().ok());
        let status = status.with_context(|| format!("no HTTP answer: {first:?}"))?;
        let mut told = Self { status, length: 0, closes: first.starts_with("HTTP/1.0") };
        for (name, value) in lines.filter_map(|line| line.split_once(':')) {
            if name.eq_ignore_ascii_case("content-length") {
                told.length = value.trim().parse().context("a length that is no number")?;
            } else if name.eq_ignore_ascii_case("connection") {
                told.closes = value.trim().eq_ignore_ascii_case("close");
            }
        }
        Ok(told)
    }
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}
