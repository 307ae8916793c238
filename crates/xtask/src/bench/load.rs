//! What is sent: requests signed beforehand, so that signing is not measured but verifying is.

use std::fmt::Write as _;
use std::net::SocketAddr;
use std::time::{Duration, Instant, SystemTime};

use anyhow::Context as _;
use cloudarium_env::Timestamp;
use cloudarium_wire::http::HttpRequest;
use cloudarium_wire::sigv4::{Dialect, Secret, sign_request};

use super::client::Client;

/// How many different objects are put and got.
const OBJECTS: usize = 1000;

/// How many listings each bucket is measured by.
const LISTINGS: usize = 300;

/// How long a part of a multipart upload is, in bytes.
const PART_BYTES: usize = 8 << 20;

/// How many parts an upload has: 64 MiB in all.
const PARTS: usize = 8;

/// How many uploads are measured.
const UPLOADS: usize = 5;

/// How hard a server is pressed.
#[derive(Debug, Clone, Copy)]
pub struct Load {
    /// For how long.
    pub seconds: u64,
    /// By how many requests at once.
    pub in_flight: usize,
}

/// What a server does of each kind.
#[derive(Debug, Clone, Copy)]
pub struct Rates {
    /// Objects of 1 KB put.
    pub put: Rate,
    /// Objects of 1 KB got.
    pub get: Rate,
    /// Listings of 1,000 keys.
    pub list: Rate,
    /// MiB a second of 64 MiB in parts, from the first part to the answer that completes them.
    pub multipart: f64,
}

/// What came of it.
#[derive(Debug, Clone, Copy)]
pub struct Rate {
    requests: u32,
    took: Duration,
    /// Of a hundred requests, 99 were answered within this time.
    pub p99: Duration,
}

impl Rate {
    /// Requests a second.
    pub fn per_second(self) -> f64 {
        f64::from(self.requests) / self.took.as_secs_f64()
    }
}

impl Load {
    /// All that servers are compared by.
    pub fn all(&self, address: SocketAddr) -> anyhow::Result<Rates> {
        let (put, get) = self.put_and_get(address)?;
        let list = signed(address, "GET", "/bench?list-type=2&max-keys=1000", b"");
        let list = self.press(address, &[list], None)?;
        Ok(Rates { put, get, list, multipart: multipart(address)? })
    }

    /// Puts and gets objects of 1 KB.
    pub fn put_and_get(&self, address: SocketAddr) -> anyhow::Result<(Rate, Rate)> {
        let mut client = Client::new(address);
        client.expect(&signed(address, "PUT", "/bench", b""), 200)?;
        let body = [b'x'; 1024];
        let requests = |method: &str, body: &[u8]| -> Vec<Vec<u8>> {
            (0..OBJECTS)
                .map(|at| signed(address, method, &format!("/bench/object-{at:04}"), body))
                .collect()
        };
        let puts = requests("PUT", &body);
        for put in &puts {
            client.expect(put, 200)?;
        }
        let put = self.press(address, &puts, Some(0))?;
        let get = self.press(address, &requests("GET", b""), Some(body.len()))?;
        Ok((put, get))
    }

    /// Keeps requests in flight on as many connections; each must succeed, with so long a body if
    /// that is known.
    fn press(
        &self,
        address: SocketAddr,
        requests: &[Vec<u8>],
        body: Option<usize>,
    ) -> anyhow::Result<Rate> {
        let mut clients: Vec<(Client, Instant)> =
            (0..self.in_flight).map(|_| (Client::new(address), Instant::now())).collect();
        let mut next = requests.iter().cycle();
        let mut times = Vec::new();
        let (start, end) = (Instant::now(), Duration::from_secs(self.seconds));
        for (client, sent) in &mut clients {
            *sent = Instant::now();
            client.send(next.next().context("nothing to send")?)?;
        }
        while start.elapsed() < end {
            for (client, sent) in &mut clients {
                check(client.receive()?, body)?;
                times.push(sent.elapsed());
                *sent = Instant::now();
                client.send(next.next().context("nothing to send")?)?;
            }
        }
        let took = start.elapsed();
        for (client, _) in &mut clients {
            check(client.receive()?, body)?;
        }
        times.sort_unstable();
        let p99 = times.get(times.len() * 99 / 100).copied().unwrap_or_default();
        Ok(Rate { requests: u32::try_from(times.len())?, took, p99 })
    }
}

fn check((status, length): (u16, usize), body: Option<usize>) -> anyhow::Result<()> {
    anyhow::ensure!(
        status == 200 && body.is_none_or(|body| body == length),
        "answered {status} with {length} bytes"
    );
    Ok(())
}

/// Uploads 64 MiB in parts, one after the other on one connection; the median, in MiB a second.
/// Requests are signed before the clock runs, so the parts' hashes are not measured but verifying
/// them is.
fn multipart(address: SocketAddr) -> anyhow::Result<f64> {
    let mut client = Client::new(address);
    let part = vec![b'p'; PART_BYTES];
    let mut times = Vec::new();
    for upload in 0..UPLOADS {
        let path = format!("/bench/large-{upload}");
        client.expect(&signed(address, "POST", &format!("{path}?uploads="), b""), 200)?;
        let id = between(&client.body(), "<UploadId>", "</UploadId>")?;
        let target = |number| format!("{path}?partNumber={number}&uploadId={id}");
        let parts: Vec<_> =
            (1..=PARTS).map(|number| signed(address, "PUT", &target(number), &part)).collect();
        let start = Instant::now();
        let mut manifest = String::from("<CompleteMultipartUpload>");
        for (request, number) in parts.iter().zip(1..) {
            client.expect(request, 200)?;
            let etag = client.header("etag").context("a part without an ETag")?;
            write!(manifest, "<Part><PartNumber>{number}</PartNumber><ETag>{etag}</ETag></Part>")?;
        }
        manifest.push_str("</CompleteMultipartUpload>");
        let target = format!("{path}?uploadId={id}");
        client.expect(&signed(address, "POST", &target, manifest.as_bytes()), 200)?;
        times.push(start.elapsed());
    }
    let mib = f64::from(u32::try_from(PARTS * (PART_BYTES >> 20))?);
    Ok(mib / median(times).as_secs_f64())
}

fn between(text: &str, start: &str, end: &str) -> anyhow::Result<String> {
    let found = text.split_once(start).and_then(|(_, rest)| rest.split_once(end));
    let (found, _) = found.with_context(|| format!("no {start} in {text:?}"))?;
    Ok(found.to_owned())
}

/// The median time of a listing of 1,000 keys in the bucket `small`, which has so many, and in
/// `large`, which has `keys`.
pub fn listings(address: SocketAddr, keys: usize) -> anyhow::Result<(Duration, Duration)> {
    let mut client = Client::new(address);
    let small = signed(address, "GET", "/small?list-type=2&max-keys=1000", b"");
    // From the middle, where a scan from the start would be seen.
    let middle = keys.saturating_sub(1000) / 2;
    let after =
        middle.checked_sub(1).map_or(String::new(), |at| format!("&start-after=key-{at:08}"));
    let large = format!("/large?list-type=2&max-keys=1000{after}");
    let large = signed(address, "GET", &large, b"");
    let mut times = (Vec::new(), Vec::new());
    // In turn, so that whatever else the machine does hits both alike.
    for _ in 0..LISTINGS {
        for (request, times) in [(&small, &mut times.0), (&large, &mut times.1)] {
            let start = Instant::now();
            let length = client.expect(request, 200)?;
            times.push(start.elapsed());
            anyhow::ensure!(length > 100_000, "a listing of only {length} bytes");
        }
    }
    Ok((median(times.0), median(times.1)))
}

/// Makes a bucket of `keys` objects of 100 bytes, each with bytes of its own.
pub fn fill(address: SocketAddr, bucket: &str, keys: usize) -> anyhow::Result<()> {
    let mut clients: Vec<Client> = (0..16).map(|_| Client::new(address)).collect();
    let [first, ..] = clients.as_mut_slice() else { return Ok(()) };
    first.expect(&signed(address, "PUT", &format!("/{bucket}"), b""), 200)?;
    let start = Instant::now();
    for batch in (0..keys).collect::<Vec<_>>().chunks(16) {
        for (at, client) in batch.iter().zip(&mut clients) {
            let target = format!("/{bucket}/key-{at:08}");
            client.send(&signed(address, "PUT", &target, format!("{at:0100}").as_bytes()))?;
        }
        for (_, client) in batch.iter().zip(&mut clients) {
            check(client.receive()?, Some(0))?;
        }
    }
    println!("  {bucket}: {keys} keys put in {:.1} s", start.elapsed().as_secs_f64());
    Ok(())
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

/// A request as bytes, signed by `test`/`test`.
fn signed(address: SocketAddr, method: &str, target: &str, body: &[u8]) -> Vec<u8> {
    let mut request = HttpRequest {
        method: method.to_owned(),
        target: target.to_owned(),
        body: body.to_vec().into(),
        ..HttpRequest::default()
    };
    request.headers.append("Host", address.to_string());
    request.headers.append("Content-Length", body.len().to_string());
    let secret = Secret {
        access_key_id: "test".to_owned(),
        secret_access_key: "test".to_owned(),
        session_token: None,
    };
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let now = Timestamp::from_ms(i64::try_from(since.as_millis()).unwrap_or(i64::MAX));
    sign_request(&mut request, &secret, ("us-east-1", "s3"), Dialect::S3, now);
    let mut text = format!("{method} {target} HTTP/1.1\r\n");
    for (name, value) in request.headers.iter() {
        text.push_str(name);
        text.push_str(": ");
        text.push_str(value);
        text.push_str("\r\n");
    }
    text.push_str("\r\n");
    let mut bytes = text.into_bytes();
    bytes.extend_from_slice(body);
    bytes
}
