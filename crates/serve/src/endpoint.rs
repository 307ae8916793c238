//! `cloudarium endpoint`: binds, says where, and serves until it is told to stop.

use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use cloudarium_cloud::Config;
use cloudarium_env::Timestamp;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::accounts::{self, Mistake};
use crate::admin::{Admin, ClockChange};
use crate::connection::Connection;
use crate::folder::{Folder, FolderError, Sync};
use crate::functions::Settings;
use crate::host::{self, Door};
use crate::shutdown::Shutdown;

/// How many connections are open at once; more wait in the system's queue.
const CONNECTIONS_MAX: usize = 1024;

/// How long requests that have begun may take when the host is to end.
const GRACE: Duration = Duration::from_secs(5);

/// What an endpoint is made with.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where it listens: loopback, unless someone says otherwise.
    pub host: IpAddr,
    /// The port; 0 takes a free one.
    pub port: u16,
    /// Who there is; without it the key `test`, and anyone.
    pub accounts: Option<PathBuf>,
    /// Where the cloud is kept; without it, in memory only.
    pub data: Option<PathBuf>,
    /// What an answered write survives.
    pub sync: Sync,
    /// Where all ids come from.
    pub seed: u64,
    /// Whether S3 does what AWS has taken back since March 2023.
    pub s3_legacy: bool,
    /// What runs functions.
    pub functions: Settings,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            host: IpAddr::V4(Ipv4Addr::LOCALHOST),
            port: 0,
            accounts: None,
            data: None,
            sync: Sync::default(),
            seed: 0,
            s3_legacy: false,
            functions: Settings::default(),
        }
    }
}

/// Why an endpoint does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The accounts file is wrong.
    #[error(transparent)]
    Accounts(#[from] Mistake),
    /// The data folder cannot be used.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// The port cannot be had.
    #[error("{address} cannot be listened on: {error}; choose another --port, or 0 for any")]
    Listen {
        /// Where.
        address: SocketAddr,
        /// The system's words.
        error: io::Error,
    },
    /// The system gives no thread or no timer.
    #[error("the host cannot start: {0}")]
    Host(io::Error),
}

/// An endpoint that listens.
pub struct Endpoint {
    listener: TcpListener,
    address: SocketAddr,
    door: Door,
    cloud: JoinHandle<()>,
    shutdown: Arc<Shutdown>,
}

/// Ends an endpoint from another thread.
#[derive(Debug, Clone)]
pub struct Stop(Arc<Shutdown>);

impl Stop {
    /// Has it finish what has begun, and end.
    pub fn now(&self) {
        self.0.set();
    }
}

impl Endpoint {
    /// Reads the files, takes the folder, binds the port.
    pub async fn bind(options: &Options) -> Result<Self, StartError> {
        let mut config = Config {
            seed: options.seed,
            start: host::wall(),
            s3_legacy: options.s3_legacy,
            ..Config::default()
        };
        if let Some(path) = &options.accounts {
            config.users = accounts::read(path)?;
            config.accept_unknown_keys = false;
        }
        let folder = options.data.as_deref().map(|path| Folder::open(path, options.sync));
        let folder = folder.transpose()?;
        let wanted = SocketAddr::new(options.host, options.port);
        let listen = |error| StartError::Listen { address: wanted, error };
        let listener = TcpListener::bind(wanted).await.map_err(listen)?;
        let address = listener.local_addr().map_err(listen)?;
        let (door, cloud) = host::start(config, folder, (options.functions.clone(), address))
            .map_err(StartError::Host)?;
        Ok(Self { listener, address, door, cloud, shutdown: Arc::new(Shutdown::new()) })
    }

    /// Where it listens.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// What ends it.
    pub fn stop(&self) -> Stop {
        Stop(Arc::clone(&self.shutdown))
    }

    /// Serves until [`Stop::now`]. All that was answered is kept when this returns.
    pub async fn serve(self) {
        let mut connections = JoinSet::new();
        let room = Arc::new(Semaphore::new(CONNECTIONS_MAX));
        loop {
            let accepted = tokio::select! {
                accepted = accept(&self.listener, &room) => accepted,
                () = self.shutdown.wait() => break,
            };
            while connections.try_join_next().is_some() {}
            let Some((stream, permit)) = accepted else { continue };
            let connection = Connection::new(stream, self.door.clone(), Arc::clone(&self.shutdown));
            connections.spawn(async move {
                connection.run().await;
                drop(permit);
            });
        }
        drop(self.listener);
        let finish = async { while connections.join_next().await.is_some() {} };
        // Whoever is not done by then is cut off; what was answered is kept.
        let _ = tokio::time::timeout(GRACE, finish).await;
        self.door.stop();
        // A thread that panicked has said so itself.
        let _ = self.cloud.join();
    }
}

async fn accept(
    listener: &TcpListener,
    room: &Arc<Semaphore>,
) -> Option<(TcpStream, tokio::sync::OwnedSemaphorePermit)> {
    let permit = Arc::clone(room).acquire_owned().await.ok()?;
    if let Ok((stream, _)) = listener.accept().await {
        // An answer is written whole: it is not to wait for more.
        let _ = stream.set_nodelay(true);
        return Some((stream, permit));
    }
    // Out of file descriptors, or the client left already: both pass.
    tokio::time::sleep(Duration::from_millis(20)).await;
    None
}

/// An endpoint on a thread of its own, for tests and tools: ends when it is dropped.
pub struct Background {
    address: SocketAddr,
    door: Door,
    stop: Stop,
    thread: Option<JoinHandle<()>>,
}

impl Background {
    /// Starts it; it listens when this returns.
    pub fn start(options: Options) -> Result<Self, StartError> {
        let (told, started) = std::sync::mpsc::channel();
        let thread = std::thread::spawn(move || {
            let bound = runtime().map_err(StartError::Host).and_then(|runtime| {
                let endpoint = runtime.block_on(Endpoint::bind(&options))?;
                Ok((runtime, endpoint))
            });
            match bound {
                Ok((runtime, endpoint)) => {
                    let _ =
                        told.send(Ok((endpoint.address, endpoint.door.clone(), endpoint.stop())));
                    runtime.block_on(endpoint.serve());
                }
                Err(error) => {
                    let _ = told.send(Err(error));
                }
            }
        });
        let ended = || StartError::Host(io::Error::other("its thread ended"));
        let (address, door, stop) = started.recv().map_err(|_| ended())??;
        Ok(Self { address, door, stop, thread: Some(thread) })
    }

    /// Where it listens.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Empties the cloud, which then begins anew at `start` with its clock paused.
    pub fn renew(&self, start: Timestamp, seed: u64) -> io::Result<()> {
        self.ask(Admin::Renew { start, seed })
    }

    /// Moves virtual time ahead, and runs the timers that are due.
    pub fn advance(&self, by: Duration) -> io::Result<()> {
        self.ask(Admin::Clock(ClockChange::ahead(by)))
    }

    fn ask(&self, what: Admin) -> io::Result<()> {
        match self.door.admin_blocking(what) {
            Some(response) if response.status == 200 => Ok(()),
            Some(response) => Err(io::Error::other(String::from_utf8_lossy(&response.body))),
            None => Err(io::Error::other("the endpoint has ended")),
        }
    }

    /// `http://127.0.0.1:4566`
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        self.stop.now();
        if let Some(thread) = self.thread.take() {
            // A thread that panicked has said so itself.
            let _ = thread.join();
        }
    }
}

/// The runtime that sockets are served by: one thread, as the cloud has its own.
pub fn runtime() -> io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()
}
