//! The processes of a browser: started with a profile, and killed with all that they have started.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::{Value as Json, json};

use crate::webdriver::Kind;

/// No first pages, no updates, no telemetry, no looks at the network; the session is not brought back after a kill.
const FIREFOX_SETTINGS: &[(&str, &str)] = &[
    ("app.normandy.enabled", "false"),
    ("app.update.auto", "false"),
    ("app.update.enabled", "false"),
    ("browser.aboutwelcome.enabled", "false"),
    ("browser.sessionstore.resume_from_crash", "false"),
    ("browser.shell.checkDefaultBrowser", "false"),
    ("browser.startup.homepage", "\"about:blank\""),
    ("browser.startup.page", "0"),
    ("datareporting.policy.dataSubmissionEnabled", "false"),
    ("extensions.update.enabled", "false"),
    ("network.captive-portal-service.enabled", "false"),
    ("network.connectivity-service.enabled", "false"),
    ("startup.homepage_welcome_url", "\"\""),
    ("toolkit.startup.max_resumed_crashes", "-1"),
    ("toolkit.telemetry.reportingpolicy.firstRun", "false"),
];

/// Starts what listens at `port`: Chromium's driver, or Firefox itself with this profile.
pub fn start(kind: Kind, port: u16, profile: &Path) -> Child {
    let mut command = match kind {
        Kind::Chromium => {
            // What a killed browser has left behind would be taken for a running one.
            for name in
                ["DevToolsActivePort", "SingletonLock", "SingletonCookie", "SingletonSocket"]
            {
                drop(fs::remove_file(profile.join(name)));
            }
            let mut command =
                Command::new(needed(&["chromedriver"], "`apt install chromium-driver`"));
            command.arg(format!("--port={port}"));
            command
        }
        Kind::Firefox => {
            let mut settings = format!("user_pref(\"marionette.port\", {port});\n");
            for (name, value) in FIREFOX_SETTINGS {
                settings.push_str(&format!("user_pref(\"{name}\", {value});\n"));
            }
            fs::write(profile.join("user.js"), settings).unwrap();
            let program = needed(&["firefox-esr", "firefox"], "`apt install firefox-esr`");
            let mut command = Command::new(program);
            command.args(["--marionette", "--headless", "--no-remote", "--width=1280"]);
            command.args(["--height=900", "--profile"]).arg(profile);
            command.env("MOZ_CRASHREPORTER_DISABLE", "1");
            command
        }
    };
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().unwrap_or_else(|error| panic!("{kind:?} does not start: {error}"))
}

/// What Chromium's driver is asked for.
pub fn chromium_options(profile: &Path) -> Json {
    let mut flags: Vec<String> = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
        "--window-size=1280,900",
    ]
    .map(str::to_owned)
    .to_vec();
    flags.push(format!("--user-data-dir={}", profile.display()));
    let mut options = json!({ "args": flags });
    if let Some(binary) = on_path(&["chromium", "chromium-browser", "google-chrome"]) {
        options["binary"] = json!(binary);
    }
    options
}

fn needed(names: &[&str], how: &str) -> String {
    on_path(names).unwrap_or_else(|| panic!("{} is not installed: {how}", names.join(" or ")))
}

fn on_path(names: &[&str]) -> Option<String> {
    let path = std::env::var_os("PATH")?;
    let files = names
        .iter()
        .flat_map(|name| std::env::split_paths(&path).map(move |folder| folder.join(name)));
    files.into_iter().find(|file| file.is_file()).map(|file| file.display().to_string())
}

/// A port that nobody listens at.
pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// A new empty folder.
pub fn fresh_folder() -> PathBuf {
    let name = format!("cloudarium-browser-{}-{}", std::process::id(), free_port());
    let folder = std::env::temp_dir().join(name);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Kills a process with all that it has started, at once and without a word (`kill -9`).
pub fn kill_tree(root: u32) {
    let mut tree = vec![root];
    let mut at = 0;
    while let Some(parent) = tree.get(at).copied() {
        at += 1;
        let listed =
            Command::new("ps").args(["-o", "pid=", "--ppid", &parent.to_string()]).output();
        let listed = listed.map(|output| output.stdout).unwrap_or_default();
        let children = String::from_utf8_lossy(&listed).into_owned();
        tree.extend(children.split_whitespace().filter_map(|pid| pid.parse::<u32>().ok()));
    }
    let pids = tree.iter().map(u32::to_string);
    drop(Command::new("kill").arg("-9").args(pids).stderr(Stdio::null()).status());
}
