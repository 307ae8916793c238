//! Brotli at its highest level, as a good static host sends files. Slow, so every result is kept by its content; Node's
//! own compressor does it, which is several times as fast as one in Rust built for development.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::Context as _;

use crate::process;
use crate::project::{Done, Project};
use crate::stamp::{files_below, hash, write};

/// What Node runs.
const SCRIPT: &str = "crates/xtask/src/compress.mjs";

/// A file of the site.
struct Entry {
    path: PathBuf,
    name: String,
    bytes: u64,
    /// Where its compressed form is kept; nothing for what does not get smaller.
    kept: Option<PathBuf>,
}

/// Whether compressing a file of this name is worth the while.
fn is_compressible(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    !matches!(ending, "br" | "gz" | "woff2" | "png")
}

/// The bytes on the wire of each file below `folder` that `wanted` names: its name, its own size, its compressed size.
pub fn sizes(
    project: &Project,
    folder: &Path,
    wanted: fn(&str) -> bool,
) -> anyhow::Result<Vec<(String, u64, u64)>> {
    let mut rows = Vec::new();
    for entry in compressed(project, folder, wanted)? {
        let small = entry
            .kept
            .as_ref()
            .map_or(Ok(entry.bytes), |kept| fs::metadata(kept).map(|data| data.len()));
        rows.push((entry.name, entry.bytes, small.context("what was compressed")?));
    }
    Ok(rows)
}

/// Writes the compressed form of every file beside it.
pub fn beside(project: &Project, folder: &Path) -> anyhow::Result<Done> {
    for entry in compressed(project, folder, |_| true)? {
        if let Some(kept) = entry.kept {
            let mut name = entry.path.into_os_string();
            name.push(".br");
            write(Path::new(&name), &fs::read(kept)?)?;
        }
    }
    Ok(Done::Now)
}

/// Sees that every file has its compressed form in the cache.
fn compressed(
    project: &Project,
    folder: &Path,
    wanted: fn(&str) -> bool,
) -> anyhow::Result<Vec<Entry>> {
    let cache = project.target().join("brotli");
    fs::create_dir_all(&cache)?;
    let mut entries = Vec::new();
    for path in files_below(folder)? {
        let name = crate::site::relative(folder, &path);
        if path.extension().is_some_and(|ending| ending == "br") || !wanted(&name) {
            continue;
        }
        let content = fs::read(&path).with_context(|| format!("read {}", path.display()))?;
        let kept = is_compressible(&path).then(|| cache.join(hash(&content)));
        entries.push(Entry { path, name, bytes: content.len() as u64, kept });
    }
    let is_missing = |entry: &&Entry| entry.kept.as_ref().is_some_and(|kept| !kept.is_file());
    let mut missing: Vec<&Entry> = entries.iter().filter(is_missing).collect();
    // The largest first, so that none is left for the end alone.
    missing.sort_by_key(|entry| std::cmp::Reverse(entry.bytes));
    compress(project, &missing)?;
    Ok(entries)
}

fn compress(project: &Project, missing: &[&Entry]) -> anyhow::Result<()> {
    if missing.is_empty() {
        return Ok(());
    }
    let mut list = String::new();
    for Entry { path, kept, .. } in missing {
        let Some(kept) = kept else { continue };
        list.extend([path.to_string_lossy().as_ref(), "\t", &kept.to_string_lossy(), "\n"]);
    }
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let mut node = process::command("node", &project.root)?;
    node.arg(project.path(SCRIPT)).env("UV_THREADPOOL_SIZE", threads.to_string());
    let mut child = node.stdin(Stdio::piped()).spawn().context("`node` did not start")?;
    let mut stdin = child.stdin.take().context("node has an input")?;
    stdin.write_all(list.as_bytes()).context("tell node what to compress")?;
    drop(stdin);
    anyhow::ensure!(child.wait()?.success(), "compressing failed");
    Ok(())
}
