//! The servers that are measured: started, waited for, and ended when dropped.

use std::io::{BufRead as _, BufReader};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::Context as _;

use crate::process;

/// How long a server may take to start: moto imports a lot.
const START_MAX: Duration = Duration::from_mins(1);

/// The version of `s3s-fs` that is measured: an S3 server over a folder, in Rust.
const S3S_VERSION: &str = "0.13.0";

/// A running server.
pub struct Server {
    process: Child,
    address: SocketAddr,
    /// What it keeps its objects in, if it must have one: gone with it.
    folder: Option<PathBuf>,
}

/// Builds the endpoint as its users get it.
pub fn build(root: &Path) -> anyhow::Result<PathBuf> {
    println!("building the endpoint (--release)");
    let mut cargo = process::cargo(root);
    process::loud(cargo.args(["build", "--release", "--quiet", "--bin", "cloudarium"]))?;
    let project = crate::project::Project { root: root.to_owned() };
    Ok(project.target().join("release").join(format!("cloudarium{}", std::env::consts::EXE_SUFFIX)))
}

/// Installs `s3s-fs` under `.cache`, once.
pub fn install_s3s(root: &Path) -> anyhow::Result<PathBuf> {
    let folder = root.join(".cache").join(format!("s3s-fs-{S3S_VERSION}"));
    let binary = folder.join("bin").join(format!("s3s-fs{}", std::env::consts::EXE_SUFFIX));
    if !binary.is_file() {
        println!("installing s3s-fs {S3S_VERSION} (some minutes, once)");
        let mut cargo = process::cargo(root);
        cargo.args(["install", "--quiet", "--locked", "--features", "binary", "s3s-fs"]);
        cargo.args(["--version", S3S_VERSION]).arg("--root").arg(&folder);
        process::loud(&mut cargo)?;
    }
    Ok(binary)
}

impl Server {
    /// `cloudarium endpoint --port 0` with `extra` options.
    pub fn cloudarium(binary: &Path, extra: &[&str]) -> anyhow::Result<Self> {
        let mut process = Command::new(binary)
            .args(["endpoint", "--port", "0"])
            .args(extra)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .context("the endpoint does not start")?;
        let mut line = String::new();
        let stdout = process.stdout.take().context("the endpoint has no output")?;
        BufReader::new(stdout).read_line(&mut line)?;
        let address = line
            .trim()
            .strip_prefix("listening on http://")
            .and_then(|address| address.parse().ok())
            .with_context(|| format!("the endpoint said {line:?}"))?;
        Ok(Self { process, address, folder: None })
    }

    /// moto's server, as `moto_server` starts it.
    pub fn moto(python: &Path) -> anyhow::Result<Self> {
        let free = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let process = Command::new(python)
            .args(["-c", "from moto.server import main; main()"])
            .args(["-H", "127.0.0.1", "-p", &free.port().to_string()])
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .context("moto does not start")?;
        Self { process, address: free, folder: None }.listening("moto")
    }

    /// `s3s-fs` over a folder of its own.
    pub fn s3s(binary: &Path) -> anyhow::Result<Self> {
        let free = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let folder = std::env::temp_dir().join(format!("s3s-bench-{}", std::process::id()));
        std::fs::create_dir_all(&folder)?;
        let process = Command::new(binary)
            .args(["--host", "127.0.0.1", "--port", &free.port().to_string()])
            .args(["--access-key", "test", "--secret-key", "test"])
            .arg(&folder)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .context("s3s-fs does not start")?;
        Self { process, address: free, folder: Some(folder) }.listening("s3s-fs")
    }

    /// Waits until it takes connections.
    fn listening(self, name: &str) -> anyhow::Result<Self> {
        let start = Instant::now();
        while TcpStream::connect(self.address).is_err() {
            anyhow::ensure!(start.elapsed() < START_MAX, "{name} did not listen within a minute");
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(self)
    }

    /// Bytes of memory that it has now, where the system tells.
    pub fn memory(&self) -> Option<u64> {
        let file = format!("/proc/{}/status", self.process.id());
        let status = std::fs::read_to_string(file).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        let kib: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
        Some(kib * 1024)
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It holds nothing worth an orderly end.
        drop(self.process.kill());
        drop(self.process.wait());
        if let Some(folder) = &self.folder {
            // What is left behind lies in the system's folder for such things.
            drop(std::fs::remove_dir_all(folder));
        }
    }
}
