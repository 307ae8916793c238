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

/// A running server.
pub struct Server {
    process: Child,
    address: SocketAddr,
}

/// Builds the endpoint as its users get it.
pub fn build(root: &Path) -> anyhow::Result<PathBuf> {
    println!("building the endpoint (--release)");
    let mut cargo = process::cargo(root);
    process::loud(cargo.args(["build", "--release", "--quiet", "--bin", "cloudarium"]))?;
    let project = crate::project::Project { root: root.to_owned() };
    Ok(project.target().join("release").join(format!("cloudarium{}", std::env::consts::EXE_SUFFIX)))
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
        Ok(Self { process, address })
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
        let server = Self { process, address: free };
        let start = Instant::now();
        while TcpStream::connect(free).is_err() {
            anyhow::ensure!(start.elapsed() < START_MAX, "moto did not listen within a minute");
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(server)
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
    }
}
