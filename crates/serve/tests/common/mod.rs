//! A `cloudarium endpoint` in a process of its own, and a client that sends what it is told.
#![allow(dead_code, missing_docs, reason = "each test file uses its part of this")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, SystemTime};

use cloudarium_env::Timestamp;
use cloudarium_wire::http::HttpRequest;
use cloudarium_wire::sigv4::{Dialect, Secret, sign_request};

pub const BINARY: &str = env!("CARGO_BIN_EXE_cloudarium");

/// A folder that is gone when the test ends.
pub struct Scratch(pub PathBuf);

impl Scratch {
    pub fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("cloudarium-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A running endpoint; killed (-9) when dropped.
pub struct Server {
    pub process: Child,
    pub address: SocketAddr,
}

impl Server {
    pub fn start(arguments: &[&str]) -> Self {
        let mut command = Command::new(BINARY);
        command.args(["endpoint", "--port", "0"]).args(arguments);
        Self::from(command)
    }

    pub fn with_data(folder: &Path) -> Self {
        Self::start(&["--data", folder.to_str().unwrap()])
    }

    /// With no file longer than `blocks` of 512 bytes.
    pub fn with_short_files(folder: &Path, blocks: u32) -> Self {
        let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$@\"");
        let mut command = Command::new("sh");
        command
            .args(["-c", &script, "sh", BINARY, "endpoint", "--port", "0", "--data"])
            .arg(folder);
        Self::from(command)
    }

    fn from(mut command: Command) -> Self {
        let mut process = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.strip_prefix("listening on http://").unwrap().trim_end();
        let address = address.parse().unwrap();
        Self { process, address }
    }

    pub fn kill(mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    pub fn client(&self) -> Client {
        Client::new(self.address)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// What a server answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The code of an AWS error in XML.
    pub fn code(&self) -> String {
        let text = self.text();
        let after = text.split_once("<Code>").map_or("", |(_, after)| after);
        after.split_once("</Code>").map_or("", |(code, _)| code).to_owned()
    }

    pub fn header(&self, name: &str) -> Option<String> {
        let mut fields = self.head.lines().filter_map(|line| line.split_once(':'));
        let (_, value) = fields.find(|(field, _)| field.eq_ignore_ascii_case(name))?;
        Some(value.trim().to_owned())
    }
}

/// One connection, and the keys it signs with.
pub struct Client {
    pub stream: TcpStream,
    address: SocketAddr,
    keys: (String, String),
    buffer: Vec<u8>,
}

impl Client {
    pub fn new(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_nodelay(true).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        Self { stream, address, keys: ("test".to_owned(), "test".to_owned()), buffer: Vec::new() }
    }

    pub fn with_keys(mut self, id: &str, secret: &str) -> Self {
        self.keys = (id.to_owned(), secret.to_owned());
        self
    }

    /// A signed S3 request.
    pub fn s3(&mut self, method: &str, target: &str, body: &[u8]) -> std::io::Result<Answer> {
        self.s3_with(&[], method, target, body)
    }

    /// The same with further headers.
    pub fn s3_with(
        &mut self,
        headers: &[(&str, &str)],
        method: &str,
        target: &str,
        body: &[u8],
    ) -> std::io::Result<Answer> {
        let bytes = signed(self.address, &self.keys, headers, (method, target, body));
        self.stream.write_all(&bytes)?;
        self.answer(method == "HEAD")
    }

    pub fn put(&mut self, target: &str, body: &[u8]) {
        let answer = self.s3("PUT", target, body).unwrap();
        assert_eq!(answer.status, 200, "{target}: {}", answer.text());
    }

    pub fn get(&mut self, target: &str) -> Answer {
        self.s3("GET", target, b"").unwrap()
    }

    /// Bytes as they are, and what came back.
    pub fn raw(&mut self, bytes: &[u8]) -> Answer {
        // A server that refuses early may close while this is still sending.
        let _ = self.stream.write_all(bytes);
        self.answer(false).unwrap()
    }

    pub fn answer(&mut self, head_only: bool) -> std::io::Result<Answer> {
        let head_end = loop {
            if let Some(end) = self.buffer.windows(4).position(|window| window == b"\r\n\r\n") {
                break end + 4;
            }
            self.more()?;
        };
        let head = String::from_utf8_lossy(&self.buffer[..head_end]).into_owned();
        let status = head[9..12].parse().unwrap();
        let mut answer = Answer { status, head, body: Vec::new() };
        let told = answer.header("content-length").map_or(0, |length| length.parse().unwrap());
        let length = if head_only { 0 } else { told };
        while self.buffer.len() < head_end + length {
            self.more()?;
        }
        answer.body = self.buffer[head_end..head_end + length].to_vec();
        self.buffer.drain(..head_end + length);
        Ok(answer)
    }

    /// Whether the server has closed the connection.
    pub fn is_closed(&mut self) -> bool {
        self.buffer.is_empty() && matches!(self.stream.read(&mut [0; 1]), Ok(0) | Err(_))
    }

    fn more(&mut self) -> std::io::Result<()> {
        let mut part = [0; 16 * 1024];
        match self.stream.read(&mut part)? {
            0 => Err(std::io::ErrorKind::UnexpectedEof.into()),
            read => {
                self.buffer.extend_from_slice(&part[..read]);
                Ok(())
            }
        }
    }
}

fn signed(
    address: SocketAddr,
    (id, secret): &(String, String),
    headers: &[(&str, &str)],
    (method, target, body): (&str, &str, &[u8]),
) -> Vec<u8> {
    let mut request = HttpRequest {
        method: method.to_owned(),
        target: target.to_owned(),
        body: body.to_vec().into(),
        ..HttpRequest::default()
    };
    request.headers.append("Host", address.to_string());
    request.headers.append("Content-Length", body.len().to_string());
    headers.iter().for_each(|(name, value)| request.headers.append(*name, *value));
    let secret = Secret {
        access_key_id: id.clone(),
        secret_access_key: secret.clone(),
        session_token: None,
    };
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
    let now = Timestamp::from_ms(i64::try_from(since.as_millis()).unwrap());
    sign_request(&mut request, &secret, ("us-east-1", "s3"), Dialect::S3, now);
    let mut text = format!("{method} {target} HTTP/1.1\r\n");
    for (name, value) in request.headers.iter() {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    let mut bytes = format!("{text}\r\n").into_bytes();
    bytes.extend_from_slice(body);
    bytes
}
