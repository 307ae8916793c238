//! WebDriver (<https://www.w3.org/TR/webdriver2/>): as much of its protocol as these tests speak, over plain HTTP, each
//! call waited for. A blocking client of a page keeps the tests in reading order and costs no async stack to build.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use base64::Engine as _;
use serde_json::{Value as Json, json};

/// The key that WebDriver names an element by.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";
/// How long a single command may take, scripts included.
const COMMAND: Duration = Duration::from_secs(90);
/// How long a driver may take to start.
const START: Duration = Duration::from_secs(30);

/// Which browser to drive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// By chromedriver.
    Chromium,
    /// By geckodriver.
    Firefox,
}

/// A running browser with an empty profile. It ends, with its driver, when it is dropped.
#[derive(Debug)]
pub struct Browser {
    /// Which one it is.
    pub kind: Kind,
    driver: Child,
    port: u16,
    session: String,
    profile: PathBuf,
}

impl Browser {
    /// Starts a browser of this kind. What is missing is named with the command that installs it.
    pub fn start(kind: Kind) -> Browser {
        let port = free_port();
        let profile = fresh_folder();
        let driver = driver(kind, port, &profile);
        let mut browser = Browser { kind, driver, port, session: String::new(), profile };
        let start = Instant::now();
        while browser.call("GET", "/status", &Json::Null).is_err() {
            assert!(start.elapsed() < START, "the driver of {kind:?} does not answer");
            sleep(Duration::from_millis(50));
        }
        let wanted = json!({ "capabilities": { "alwaysMatch": browser.capabilities() } });
        let answer = browser.call("POST", "/session", &wanted);
        let answer = answer.unwrap_or_else(|words| panic!("{kind:?} does not start: {words}"));
        browser.session = answer["sessionId"].as_str().unwrap().to_owned();
        browser
    }

    fn capabilities(&self) -> Json {
        let timeouts = json!({ "script": 80_000, "pageLoad": 60_000, "implicit": 0 });
        match self.kind {
            Kind::Chromium => {
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
                flags.push(format!("--user-data-dir={}", self.profile.display()));
                let mut options = json!({ "args": flags });
                if let Some(binary) = on_path(&["chromium", "chromium-browser", "google-chrome"]) {
                    options["binary"] = json!(binary);
                }
                json!({ "browserName": "chrome", "timeouts": timeouts, "goog:chromeOptions": options,
                        "goog:loggingPrefs": { "browser": "ALL" } })
            }
            Kind::Firefox => {
                let size = ["-headless", "--width=1280", "--height=900"];
                let mut options = json!({ "args": size, "prefs": {
                    "app.update.auto": false, "datareporting.policy.dataSubmissionEnabled": false } });
                if let Some(binary) = on_path(&["firefox-esr", "firefox"]) {
                    options["binary"] = json!(binary);
                }
                json!({ "browserName": "firefox", "timeouts": timeouts, "moz:firefoxOptions": options })
            }
        }
    }

    /// Opens an address and waits until it is loaded.
    pub fn go(&self, url: &str) {
        self.ask("POST", "url", &json!({ "url": url }));
    }

    /// Reloads the page.
    pub fn reload(&self) {
        self.ask("POST", "refresh", &json!({}));
    }

    /// Runs a script in the page; its `arguments` are `with`, and what it returns comes back.
    pub fn run(&self, script: &str, with: &Json) -> Json {
        self.ask("POST", "execute/sync", &json!({ "script": script, "args": with }))
    }

    /// Runs the body of an async function in the page, and waits for what it returns.
    pub fn run_async(&self, body: &str, with: &Json) -> Json {
        let script = format!(
            "const done = arguments[arguments.length - 1];
             (async (...args) => {{ {body} }})(...[...arguments].slice(0, -1))
                .then((value) => done({{ value }}), (error) => done({{ error: `${{error}}` }}));"
        );
        let answer = self.ask("POST", "execute/async", &json!({ "script": script, "args": with }));
        assert!(answer["error"].is_null(), "{:?}: {body}: {}", self.kind, answer["error"]);
        answer["value"].clone()
    }

    /// The first element that a CSS selector finds, if there is one.
    pub fn find(&self, selector: &str) -> Option<String> {
        let wanted = json!({ "using": "css selector", "value": selector });
        let answer = self.command("POST", "element", &wanted).ok()?;
        Some(answer[ELEMENT].as_str()?.to_owned())
    }

    /// Clicks the element as a hand does: it must be there, and in sight.
    pub fn click(&self, selector: &str) {
        let element = self.wait_for_element(selector);
        let start = Instant::now();
        // What has just been drawn may still be moving, or lie under a message that is going.
        while let Err(words) = self.command("POST", &format!("element/{element}/click"), &json!({}))
        {
            if start.elapsed() > Duration::from_secs(10) {
                self.fail(&format!("{selector} cannot be clicked: {words}"));
            }
            sleep(Duration::from_millis(100));
        }
    }

    /// Types into an element.
    pub fn type_into(&self, selector: &str, text: &str) {
        let element = self.wait_for_element(selector);
        self.ask("POST", &format!("element/{element}/value"), &json!({ "text": text }));
    }

    /// Opens a second tab and goes there; returns the handle of the tab that was shown before.
    pub fn new_tab(&self) -> String {
        let before = self.ask("GET", "window", &Json::Null).as_str().unwrap().to_owned();
        let made = self.ask("POST", "window/new", &json!({ "type": "tab" }));
        self.ask("POST", "window", &json!({ "handle": made["handle"] }));
        before
    }

    /// Closes the tab that is shown, and shows the one with this handle.
    pub fn close_tab_for(&self, handle: &str) {
        self.ask("DELETE", "window", &Json::Null);
        self.ask("POST", "window", &json!({ "handle": handle }));
    }

    /// What the page wrote to its console as errors (Chromium alone keeps it).
    pub fn console_errors(&self) -> Vec<String> {
        if self.kind != Kind::Chromium {
            return Vec::new();
        }
        let log = self.ask("POST", "se/log", &json!({ "type": "browser" }));
        let entries = log.as_array().cloned().unwrap_or_default();
        let severe = entries.iter().filter(|entry| entry["level"] == "SEVERE");
        severe.map(|entry| entry["message"].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// Waits until the script returns something true, and returns it.
    pub fn wait(&self, what: &str, within: Duration, script: &str, with: &Json) -> Json {
        let start = Instant::now();
        loop {
            let value = self.run(script, with);
            if !(value.is_null() || value == json!(false) || value == json!("")) {
                return value;
            }
            if start.elapsed() > within {
                self.fail(&format!("waited {} s for: {what}", within.as_secs()));
            }
            sleep(Duration::from_millis(50));
        }
    }

    fn wait_for_element(&self, selector: &str) -> String {
        let start = Instant::now();
        loop {
            if let Some(element) = self.find(selector) {
                return element;
            }
            if start.elapsed() > Duration::from_secs(20) {
                self.fail(&format!("there is no {selector}"));
            }
            sleep(Duration::from_millis(50));
        }
    }

    /// Fails the test, with a picture and the text of the page.
    pub fn fail(&self, words: &str) -> ! {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/browser-failures");
        let test = std::thread::current().name().unwrap_or("test").replace("::", "-");
        let file = folder.join(format!("{test}.png"));
        if let Ok(Json::String(picture)) = self.command("GET", "screenshot", &Json::Null) {
            let picture = base64::engine::general_purpose::STANDARD.decode(picture);
            drop(fs::create_dir_all(&folder));
            drop(fs::write(&file, picture.unwrap_or_default()));
        }
        let text = self.command(
            "POST",
            "execute/sync",
            &json!({ "script": "return document.body.innerText", "args": [] }),
        );
        let text = text.ok().and_then(|text| text.as_str().map(str::to_owned)).unwrap_or_default();
        panic!("{:?}: {words}\npicture: {}\nthe page says:\n{text}", self.kind, file.display());
    }

    fn ask(&self, method: &str, path: &str, body: &Json) -> Json {
        match self.command(method, path, body) {
            Ok(value) => value,
            Err(words) => panic!("{:?}: {method} {path} {body}: {words}", self.kind),
        }
    }

    fn command(&self, method: &str, path: &str, body: &Json) -> Result<Json, String> {
        self.call(method, &format!("/session/{}/{path}", self.session), body)
    }

    /// One request to the driver, on a connection of its own.
    fn call(&self, method: &str, path: &str, body: &Json) -> Result<Json, String> {
        let failed = |error: std::io::Error| error.to_string();
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).map_err(failed)?;
        stream.set_read_timeout(Some(COMMAND)).map_err(failed)?;
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
            self.port,
            body.len()
        );
        stream.write_all(head.as_bytes()).map_err(failed)?;
        let answer = read_answer(stream).map_err(failed)?;
        let answer: Json = serde_json::from_slice(&answer).map_err(|error| error.to_string())?;
        let value = answer["value"].clone();
        match value["error"].as_str() {
            Some(code) => Err(format!("{code}: {}", value["message"].as_str().unwrap_or_default())),
            None => Ok(value),
        }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if !self.session.is_empty() {
            drop(self.call("DELETE", &format!("/session/{}", self.session), &Json::Null));
        }
        kill_tree(self.driver.id());
        drop(self.driver.wait());
        drop(fs::remove_dir_all(&self.profile));
    }
}

/// Reads the body of an answer: of the length it says, or to the end.
fn read_answer(stream: TcpStream) -> std::io::Result<Vec<u8>> {
    let mut reader = BufReader::new(stream);
    let mut length = None;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let line = line.trim_end().to_ascii_lowercase();
        if line.is_empty() {
            break;
        }
        if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse::<usize>().ok();
        }
    }
    let mut body = Vec::new();
    match length {
        Some(length) => {
            body.resize(length, 0);
            reader.read_exact(&mut body)?;
        }
        None => {
            reader.read_to_end(&mut body)?;
        }
    }
    Ok(body)
}

fn driver(kind: Kind, port: u16, profile: &Path) -> Child {
    let mut command = match kind {
        Kind::Chromium => {
            let mut command =
                Command::new(needed(&["chromedriver"], "`apt install chromium-driver`"));
            command.arg(format!("--port={port}"));
            command
        }
        Kind::Firefox => {
            let ours =
                concat!(env!("CARGO_MANIFEST_DIR"), "/../.cache/geckodriver/bin/geckodriver");
            let program = if Path::new(ours).is_file() {
                ours.to_owned()
            } else {
                needed(&["geckodriver"], "`cargo xtask setup --browsers`")
            };
            let mut command = Command::new(program);
            command.args([
                "--port",
                &port.to_string(),
                "--websocket-port",
                &free_port().to_string(),
            ]);
            command.arg("--profile-root").arg(profile);
            command
        }
    };
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().unwrap_or_else(|error| panic!("the driver of {kind:?}: {error}"))
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

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

fn fresh_folder() -> PathBuf {
    let name = format!("cloudarium-browser-{}-{}", std::process::id(), free_port());
    let folder = std::env::temp_dir().join(name);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Kills a process with all that it has started, the children first found and last killed.
fn kill_tree(root: u32) {
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
