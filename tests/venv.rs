//! A Python with pinned packages, made once under `.cache/`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The Python of the environment `name`, which holds exactly what `requirements` (a path from the
/// project's root) lists. Made when it is missing or the list has changed; the error says what is
/// missing on this machine and how to get it.
pub fn python(root: &Path, name: &str, requirements: &str) -> Result<PathBuf, String> {
    let folder = root.join(".cache").join(name);
    let list = root.join(requirements);
    let wanted = fs::read_to_string(&list).map_err(|error| format!("{requirements}: {error}"))?;
    let python = folder.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    let stamp = folder.join("requirements.stamp");
    if python.is_file() && fs::read_to_string(&stamp).is_ok_and(|had| had == wanted) {
        return Ok(python);
    }
    let _lock = lock(&root.join(".cache"), name)?;
    if python.is_file() && fs::read_to_string(&stamp).is_ok_and(|had| had == wanted) {
        return Ok(python);
    }
    run(
        Command::new("python3").args(["-m", "venv", "--clear"]).arg(&folder),
        "Python 3.10 or later with its venv module is needed: `apt install python3 python3-venv`",
    )?;
    run(
        Command::new(&python)
            .args(["-m", "pip", "install", "--quiet", "--no-deps", "--disable-pip-version-check"])
            .arg("-r")
            .arg(&list),
        "pip could not install the pinned packages; is there a network?",
    )?;
    fs::write(&stamp, wanted).map_err(|error| format!("{}: {error}", stamp.display()))?;
    Ok(python)
}

/// Two test processes that start at once make the environment once.
fn lock(cache: &Path, name: &str) -> Result<fs::File, String> {
    let words = |error: std::io::Error| format!("{}: {error}", cache.display());
    fs::create_dir_all(cache).map_err(words)?;
    let file = fs::File::create(cache.join(format!("{name}.lock"))).map_err(words)?;
    file.lock().map_err(words)?;
    Ok(file)
}

fn run(command: &mut Command, advice: &str) -> Result<(), String> {
    let output = command.output().map_err(|error| format!("{advice} ({error})"))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(format!("{advice}\n{command:?} said:\n{said}"))
}
