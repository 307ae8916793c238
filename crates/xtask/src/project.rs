//! Where things lie in the project, and the progress line of a step.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::Context as _;

/// The project's folders.
#[derive(Debug, Clone)]
pub struct Project {
    /// The folder of the workspace's Cargo.toml.
    pub root: PathBuf,
}

/// What came of a step.
pub enum Done {
    /// It was carried out.
    Now,
    /// Nothing had changed since it was last carried out.
    Before,
}

impl Project {
    /// The project that this tool was built from.
    pub fn find() -> anyhow::Result<Project> {
        let own = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = own.ancestors().nth(2).context("xtask lies in crates/xtask of its project")?;
        anyhow::ensure!(
            root.join("Cargo.toml").is_file(),
            "{} is gone: run `cargo xtask` inside the project",
            root.display()
        );
        Ok(Project { root: root.to_owned() })
    }

    /// A path inside the project.
    pub fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// The built site.
    pub fn dist(&self) -> PathBuf {
        self.path("dist")
    }

    /// Cargo's target folder.
    pub fn target(&self) -> PathBuf {
        std::env::var_os("CARGO_TARGET_DIR")
            .map_or_else(|| self.path("target"), |folder| self.root.join(folder))
    }
}

/// Carries out one step and prints its line: what it is, and how long it took.
pub fn step(name: &str, work: impl FnOnce() -> anyhow::Result<Done>) -> anyhow::Result<()> {
    print!("  {name:<44}");
    // A line that cannot be shown early is still shown in the end.
    drop(std::io::stdout().flush());
    let start = Instant::now();
    let outcome = work();
    let took = seconds(start.elapsed());
    match &outcome {
        Ok(Done::Now) => println!("{took:>9}"),
        Ok(Done::Before) => println!("{took:>9}  unchanged"),
        Err(_) => println!("{took:>9}  FAILED"),
    }
    outcome.map(drop).with_context(|| name.to_owned())
}

/// A duration as a reader wants it.
pub fn seconds(duration: Duration) -> String {
    format!("{:.1} s", duration.as_secs_f64())
}
