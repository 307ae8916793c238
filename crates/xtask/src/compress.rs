//! Brotli at its highest level, as a good static host sends files. Slow, so every result is kept by its content.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::sync::Mutex;

use anyhow::Context as _;

use crate::project::{Done, Project};
use crate::stamp::{files_below, hash, write};

/// Whether compressing a file of this name is worth the while.
fn is_compressible(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    !matches!(ending, "br" | "gz" | "woff2" | "png")
}

/// The bytes of each file below `folder` on the wire: its name, its own size, its compressed size.
pub fn sizes(project: &Project, folder: &Path) -> anyhow::Result<Vec<(String, u64, u64)>> {
    let files: Vec<_> = files_below(folder)?
        .into_iter()
        .filter(|path| path.extension().is_none_or(|ending| ending != "br"))
        .collect();
    let next = Mutex::new(files.iter());
    let found = Mutex::new(Vec::new());
    let work = || -> anyhow::Result<()> {
        loop {
            let path = next.lock().ok().and_then(|mut files| files.next());
            let Some(path) = path else { return Ok(()) };
            let content = fs::read(path).with_context(|| format!("read {}", path.display()))?;
            let small = if is_compressible(path) {
                compressed(project, &content)?.len()
            } else {
                content.len()
            };
            let row = (crate::site::relative(folder, path), content.len() as u64, small as u64);
            if let Ok(mut found) = found.lock() {
                found.push(row);
            }
        }
    };
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    std::thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        running.into_iter().try_for_each(|thread| match thread.join() {
            Ok(outcome) => outcome,
            Err(_) => anyhow::bail!("compressing broke off"),
        })
    })?;
    let mut found = found.into_inner().unwrap_or_default();
    found.sort();
    Ok(found)
}

/// Writes the compressed form of every file beside it.
pub fn beside(project: &Project, folder: &Path) -> anyhow::Result<Done> {
    sizes(project, folder)?;
    for path in files_below(folder)? {
        if is_compressible(&path) {
            let content = fs::read(&path)?;
            let mut name = path.into_os_string();
            name.push(".br");
            write(Path::new(&name), &compressed(project, &content)?)?;
        }
    }
    Ok(Done::Now)
}

/// The compressed form of `content`, from the cache if it was made before.
fn compressed(project: &Project, content: &[u8]) -> anyhow::Result<Vec<u8>> {
    let kept = project.target().join("brotli").join(hash(content));
    if let Ok(small) = fs::read(&kept) {
        return Ok(small);
    }
    let mut small = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut small, 1 << 16, 11, 24);
    writer.write_all(content).context("compress")?;
    writer.flush().context("compress")?;
    drop(writer);
    write(&kept, &small)?;
    Ok(small)
}
