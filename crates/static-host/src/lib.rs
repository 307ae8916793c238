//! Serves the built site from loopback: a plain static host, for `cargo xtask play` and for the browser tests.
//!
//! It must never know what it serves: no rule here may be needed by the site, which has to work on any other static
//! host, below any path. The cross-origin isolation headers are a convenience that [`Options::isolated`] turns off,
//! as most hosts do not send them (the site's service worker adds them there).
//!
//! Start at [`Server::start`].

mod live;
mod request;
mod response;

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

pub use live::Live;
use request::Request;

/// How long an idle connection is kept open.
const IDLE: Duration = Duration::from_mins(1);

/// What to serve, and how.
#[derive(Debug, Clone)]
pub struct Options {
    /// The folder that holds the site.
    pub root: PathBuf,
    /// The path it is served below: `/`, or for instance `/some/where/`.
    pub prefix: String,
    /// Whether to send the headers that make a page cross-origin isolated.
    pub isolated: bool,
    /// Offers events at `__live__`, for pages of an author; no other host has that.
    pub live: Option<Live>,
}

impl Options {
    /// The folder `root` at `/`, cross-origin isolated.
    pub fn new(root: impl Into<PathBuf>) -> Options {
        Options { root: root.into(), prefix: "/".to_owned(), isolated: true, live: None }
    }
}

/// A running server. It stops when it is dropped.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    prefix: String,
    stopped: Arc<AtomicBool>,
    listening: Option<thread::JoinHandle<()>>,
}

impl Server {
    /// Listens on loopback at `port` (0 picks a free one) and serves from threads of its own.
    pub fn start(options: Options, port: u16) -> io::Result<Server> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        let address = listener.local_addr()?;
        let stopped = Arc::new(AtomicBool::new(false));
        let prefix = options.prefix.clone();
        let options = Arc::new(Options { root: options.root.canonicalize()?, ..options });
        let stop = Arc::clone(&stopped);
        let listening = thread::spawn(move || {
            for stream in listener.incoming() {
                if stop.load(Ordering::Relaxed) {
                    return;
                }
                let Ok(stream) = stream else { continue };
                let options = Arc::clone(&options);
                thread::spawn(move || converse(&stream, &options));
            }
        });
        Ok(Server { address, prefix, stopped, listening: Some(listening) })
    }

    /// The address of the site, with a closing slash.
    pub fn url(&self) -> String {
        format!("http://{}{}", self.address, self.prefix)
    }

    /// Waits until the server is stopped: for ever, unless the process ends.
    pub fn wait(mut self) {
        if let Some(listening) = self.listening.take() {
            drop(listening.join());
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::Relaxed);
        // Wakes the listener, which then sees that it is stopped.
        drop(TcpStream::connect(self.address));
    }
}

/// Answers the requests of one connection until the client closes it or falls silent.
fn converse(stream: &TcpStream, options: &Options) {
    // Both can only fail on a connection that is already gone, which the first read then finds.
    drop(stream.set_read_timeout(Some(IDLE)));
    drop(stream.set_nodelay(true));
    let mut reader = io::BufReader::new(stream);
    loop {
        let outcome = match request::read(&mut reader) {
            Ok(Some(request)) => answer(stream, &request, options).map(|()| request.keep_alive),
            Ok(None) | Err(request::Error::Gone) => return,
            Err(request::Error::Malformed) => {
                response::plain(stream, 400, "this is no HTTP/1.1 request", false).map(|()| false)
            }
        };
        if !outcome.unwrap_or(false) {
            return;
        }
    }
}

fn answer(stream: &TcpStream, request: &Request, options: &Options) -> io::Result<()> {
    if request.method != "GET" && request.method != "HEAD" {
        return response::plain(stream, 405, "only GET and HEAD", request.keep_alive);
    }
    let live = options.live.as_ref().filter(|_| {
        request.path.strip_prefix(&options.prefix) == Some(live::PATH) && request.method == "GET"
    });
    if let Some(live) = live {
        return live.stream(stream);
    }
    let found = response::locate(&options.root, &options.prefix, &request.path);
    response::send(stream, request, found, options.isolated)
}

#[cfg(test)]
mod tests;
