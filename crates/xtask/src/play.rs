//! `cargo xtask play`: the site, built and served.

use std::time::Instant;

use anyhow::Context as _;
use cloudarium_static_host::{Live, Options, Server};

use crate::project::{Project, seconds};
use crate::{setup, site, watch};

/// Options of `cargo xtask play`.
#[derive(clap::Args)]
pub struct Args {
    /// The port on loopback; 0 picks a free one
    #[arg(long, default_value_t = 8000)]
    port: u16,
    /// Builds quickly: unoptimized wasm
    #[arg(long)]
    dev: bool,
    /// Leaves out the headers for cross-origin isolation, as most static hosts do
    #[arg(long)]
    plain_host: bool,
}

/// Sets all up, builds, and serves until it is ended.
pub fn run(project: &Project, args: &Args) -> anyhow::Result<()> {
    let start = Instant::now();
    setup::for_build(project)?;
    let build = site::Args { dev: args.dev, compress: false, live: true };
    site::build(project, &build)?;
    let live = Live::default();
    let isolated = !args.plain_host;
    let options = Options { isolated, live: Some(live.clone()), ..Options::new(project.dist()) };
    let server = Server::start(options, args.port).with_context(|| {
        format!("port {} is not free: `cargo xtask play --port 0` picks one that is", args.port)
    })?;
    println!(
        "\nready after {}: open {}\n(Ctrl+C ends it; what you save in lessons/ and web/ shows at once)",
        seconds(start.elapsed()),
        server.url()
    );
    watch::forever(project, &build, &live)
}
