//! Running other programs, and naming the ones that are missing with the command that installs them.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use anyhow::{Context as _, bail};

/// How to get a program that is not on PATH.
pub const INSTALL: &[(&str, &str)] = &[
    ("node", "Node.js 20 or later: https://nodejs.org, or `apt install nodejs npm`"),
    ("npm", "npm comes with Node.js: https://nodejs.org, or `apt install nodejs npm`"),
    ("python3", "Python 3.10 or later: https://python.org, or `apt install python3 python3-pip`"),
    ("rustup", "https://rustup.rs"),
    ("chromium", "`apt install chromium chromium-driver`"),
    ("chromedriver", "`apt install chromium chromium-driver`"),
    ("firefox", "`apt install firefox-esr`"),
    ("wasm-opt", "`apt install binaryen`"),
];

/// The file that `name` starts, if it is on PATH.
pub fn find(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .flat_map(|folder| {
            [
                folder.join(name),
                folder.join(format!("{name}.exe")),
                folder.join(format!("{name}.cmd")),
            ]
        })
        .find(|file| file.is_file())
}

/// The file that `name` starts, or an error that says how to install it.
pub fn need(name: &str) -> anyhow::Result<PathBuf> {
    find(name).with_context(|| match INSTALL.iter().find(|(program, _)| *program == name) {
        Some((_, how)) => format!("`{name}` is not installed. Install it: {how}"),
        None => format!("`{name}` is not installed"),
    })
}

/// A command to run in `folder`, by a program that is known to exist.
pub fn command(name: &str, folder: &Path) -> anyhow::Result<Command> {
    let mut command = Command::new(need(name)?);
    command.current_dir(folder).stdin(Stdio::null());
    Ok(command)
}

/// Cargo, as it was called. Its compiler's wrapper settings do not reach what it builds.
pub fn cargo(root: &Path) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root).stdin(Stdio::null());
    // Set by the `cargo xtask` around us for this package; they would rebuild others that look at them.
    for (name, _) in std::env::vars_os() {
        let inherited = name.to_str().is_some_and(|name| {
            name.starts_with("CARGO_PKG_")
                || name.starts_with("CARGO_MANIFEST_")
                || name == "CARGO_BIN_NAME"
        });
        if inherited {
            command.env_remove(name);
        }
    }
    command
}

/// Runs `command` to its end and keeps quiet about what it says, unless it fails.
pub fn quiet(command: &mut Command) -> anyhow::Result<Output> {
    let output = command.output().with_context(|| format!("`{}` did not start", words(command)))?;
    if !output.status.success() {
        bail!(
            "`{}` failed ({}):\n{}{}",
            words(command),
            output.status,
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
    }
    Ok(output)
}

/// Runs `command` to its end; what it says goes to the terminal.
pub fn loud(command: &mut Command) -> anyhow::Result<()> {
    let status = command.status().with_context(|| format!("`{}` did not start", words(command)))?;
    if !status.success() {
        bail!("`{}` failed ({status})", words(command));
    }
    Ok(())
}

/// The command as it would be typed.
pub fn words(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    let mut words = program.to_string_lossy().into_owned();
    for argument in command.get_args() {
        words.push(' ');
        words.push_str(&argument.to_string_lossy());
    }
    words
}
