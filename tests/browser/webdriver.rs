//! A browser and what a test does in it, by WebDriver: as much of it as these tests speak, each call waited for. A
//! blocking client of a page keeps the tests in reading order and costs no async stack to build.

use std::cell::RefCell;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Child;
use std::thread::sleep;
use std::time::{Duration, Instant};

use base64::Engine as _;
use serde_json::{Value as Json, json};

use crate::process::{chromium_options, free_port, fresh_folder, kill_tree, start};
use crate::wire::{self, Marionette};

/// The key that WebDriver names an element by.
pub const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";
/// How long a browser may take to start.
const START: Duration = Duration::from_secs(120);
/// How long an element may take to appear, or to be fit to be clicked. None of these times is ever slept through: they
/// are long since the machine may be busy with other things.
const ELEMENT_WITHIN: Duration = Duration::from_secs(60);
/// How long a script in the page may take.
const SCRIPT_MS: u64 = 240_000;

/// Which browser to drive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Chromium,
    Firefox,
}

impl Kind {
    /// As the names of the tests have it.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Chromium => "chromium",
            Kind::Firefox => "firefox",
        }
    }
}

/// How the browser is spoken to.
#[derive(Debug)]
enum Link {
    /// The session's path at Chromium's driver.
    Http {
        port: u16,
        session: String,
    },
    Socket(RefCell<Marionette>),
}

/// A running browser. It ends when it is dropped.
#[derive(Debug)]
pub struct Browser {
    /// Which one it is.
    pub kind: Kind,
    process: Child,
    link: Link,
    profile: PathBuf,
    keeps_profile: bool,
}

impl Browser {
    /// Starts a browser of this kind with an empty profile. What is missing is named with the command that installs it.
    pub fn start(kind: Kind) -> Browser {
        Browser::launch(kind, fresh_folder(), false)
    }

    /// Starts a browser with a profile of an earlier one, which is kept afterwards.
    pub fn start_on(kind: Kind, profile: &Path) -> Browser {
        Browser::launch(kind, profile.to_owned(), true)
    }

    fn launch(kind: Kind, profile: PathBuf, keeps_profile: bool) -> Browser {
        let port = free_port();
        let mut process = start(kind, port, &profile);
        match link(kind, port, &profile) {
            Ok(link) => {
                let browser = Browser { kind, process, link, profile, keeps_profile };
                let timeouts = json!({ "script": SCRIPT_MS, "pageLoad": SCRIPT_MS, "implicit": 0 });
                browser.ask("POST", "timeouts", &timeouts);
                browser
            }
            Err(words) => {
                kill_tree(process.id());
                drop(process.wait());
                panic!("{kind:?} does not start: {words}");
            }
        }
    }

    /// Ends the browser as a power cut would: `kill -9` of all its processes.
    pub fn kill(mut self) {
        kill_tree(self.process.id());
        drop(self.process.wait());
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
        if let Some(words) = answer["error"].as_str() {
            panic!("{:?}: {words}\nin: {body}", self.kind);
        }
        answer["value"].clone()
    }

    /// A picture of the page, as PNG.
    pub fn picture(&self) -> Vec<u8> {
        let picture = self.ask("GET", "screenshot", &Json::Null);
        base64::engine::general_purpose::STANDARD.decode(picture.as_str().unwrap()).unwrap()
    }

    /// The first element that a CSS selector finds, if there is one.
    pub fn find(&self, selector: &str) -> Option<String> {
        let wanted = json!({ "using": "css selector", "value": selector });
        let answer = self.command("POST", "element", &wanted).ok()?;
        Some(answer[ELEMENT].as_str()?.to_owned())
    }

    /// Clicks the element as a hand does: it must be there, and in sight.
    pub fn click(&self, selector: &str) {
        let start = Instant::now();
        // What has just been drawn may still be moving, lie under a message that is going, or be drawn anew.
        let click =
            |element: String| self.command("POST", &format!("element/{element}/click"), &json!({}));
        while let Err(words) = click(self.wait_for_element(selector)) {
            if start.elapsed() > ELEMENT_WITHIN {
                self.fail(&format!("{selector} cannot be clicked: {words}"));
            }
            sleep(Duration::from_millis(100));
        }
    }

    /// Types in place of what stands in a field.
    pub fn type_over(&self, selector: &str, text: &str) {
        self.wait_for_element(selector);
        self.run("document.querySelector(arguments[0]).select(); return true", &json!([selector]));
        self.type_into(selector, text);
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

    /// Shows the tab that a page has opened, once it is there; returns the handle of the one that was shown before.
    pub fn opened_tab(&self) -> String {
        let before = self.ask("GET", "window", &Json::Null).as_str().unwrap().to_owned();
        let start = Instant::now();
        loop {
            let handles = self.ask("GET", "window/handles", &Json::Null);
            if let Some([_, .., last]) = handles.as_array().map(Vec::as_slice) {
                let opened = if last == &json!(before) { &handles[0] } else { last };
                self.ask("POST", "window", &json!({ "handle": opened }));
                return before;
            }
            if start.elapsed() > ELEMENT_WITHIN {
                self.fail("no tab was opened");
            }
            sleep(Duration::from_millis(50));
        }
    }

    /// Shows the tab with this handle; returns that of the one that was shown before.
    pub fn show_tab(&self, handle: &str) -> String {
        let before = self.ask("GET", "window", &Json::Null).as_str().unwrap().to_owned();
        self.ask("POST", "window", &json!({ "handle": handle }));
        before
    }

    /// Everything that follows is done within this frame; gives what the script returns there, or nothing if the frame
    /// has made room for another meanwhile.
    pub fn enter_frame(&self, selector: &str, script: &str) -> Option<Json> {
        let id = json!({ ELEMENT: self.wait_for_element(selector) });
        self.command("POST", "frame", &json!({ "id": id })).ok()?;
        let script = json!({ "script": script, "args": [] });
        self.command("POST", "execute/sync", &script).ok()
    }

    /// Everything that follows is done within the page itself.
    pub fn leave_frame(&self) {
        self.ask("POST", "frame", &json!({ "id": null }));
    }

    /// Closes the tab that is shown, and shows the one with this handle.
    pub fn close_tab_for(&self, handle: &str) {
        self.ask("DELETE", "window", &Json::Null);
        self.ask("POST", "window", &json!({ "handle": handle }));
    }

    /// Closes every tab but one, and leaves that one empty: the next test finds nothing of this one.
    pub fn clear(&self) {
        let handles = self.ask("GET", "window/handles", &Json::Null);
        let handles = handles.as_array().cloned().unwrap_or_default();
        for (at, handle) in handles.iter().enumerate().rev() {
            self.ask("POST", "window", &json!({ "handle": handle }));
            if at > 0 {
                self.ask("DELETE", "window", &Json::Null);
            }
        }
        self.go("about:blank");
        self.console_errors();
    }

    /// Presses a key (by WebDriver's code for it, or a character) and lets it go, wherever the focus is.
    pub fn press_key(&self, key: &str) {
        self.press_keys(&[key]);
    }

    /// Presses keys together: all but the last are held meanwhile.
    pub fn press_keys(&self, keys: &[&str]) {
        let down = keys.iter().map(|key| json!({ "type": "keyDown", "value": key }));
        let up = keys.iter().rev().map(|key| json!({ "type": "keyUp", "value": key }));
        let actions: Vec<Json> = down.chain(up).collect();
        let keyboard = json!([{ "type": "key", "id": "keyboard", "actions": actions }]);
        self.ask("POST", "actions", &json!({ "actions": keyboard }));
    }

    /// Types characters, wherever the focus is.
    pub fn type_keys(&self, text: &str) {
        let keys = text.chars().flat_map(|key| {
            ["keyDown", "keyUp"].map(|kind| json!({ "type": kind, "value": key.to_string() }))
        });
        let actions: Vec<Json> = keys.collect();
        let keyboard = json!([{ "type": "key", "id": "keyboard", "actions": actions }]);
        self.ask("POST", "actions", &json!({ "actions": keyboard }));
    }

    /// The page in a window of this size; `None` as it was (Chromium alone can be made as narrow as a phone).
    pub fn resize(&self, size: Option<(u32, u32)>) {
        let (cmd, params) = match size {
            Some((width, height)) => (
                "Emulation.setDeviceMetricsOverride",
                json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false }),
            ),
            None => ("Emulation.clearDeviceMetricsOverride", json!({})),
        };
        self.devtools(cmd, &params);
    }

    /// A command of Chromium's developer tools.
    pub fn devtools(&self, command: &str, parameters: &Json) {
        self.ask("POST", "goog/cdp/execute", &json!({ "cmd": command, "params": parameters }));
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

    /// Waits until the body of an async function gives `wanted`; what it gives before says what is still to come.
    pub fn wait_async(&self, wanted: &str, within: Duration, body: &str) {
        let start = Instant::now();
        loop {
            let told = self.run_async(body, &json!([]));
            if told == wanted {
                return;
            }
            if start.elapsed() > within {
                self.fail(&format!("not {wanted} within {} s: {told}", within.as_secs()));
            }
            sleep(Duration::from_millis(100));
        }
    }

    fn wait_for_element(&self, selector: &str) -> String {
        let start = Instant::now();
        loop {
            if let Some(element) = self.find(selector) {
                return element;
            }
            if start.elapsed() > ELEMENT_WITHIN {
                self.fail(&format!("there is no {selector}"));
            }
            sleep(Duration::from_millis(50));
        }
    }

    /// Fails the test, with a picture and the text of the page.
    pub fn fail(&self, words: &str) -> ! {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/browser-failures");
        let test = crate::current().replace("::", "-").replace('/', "-");
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
            Err(words) => {
                let body: String = body.to_string().chars().take(300).collect();
                panic!("{:?}: {method} {path} {body}: {words}", self.kind)
            }
        }
    }

    fn command(&self, method: &str, path: &str, body: &Json) -> Result<Json, String> {
        match &self.link {
            Link::Http { port, session } => {
                wire::http(*port, method, &format!("/session/{session}/{path}"), body)
            }
            Link::Socket(marionette) => marionette.borrow_mut().command(method, path, body),
        }
    }

    fn end(&mut self) {
        if let Link::Http { port, session } = &self.link {
            drop(wire::http(*port, "DELETE", &format!("/session/{session}"), &Json::Null));
        }
        kill_tree(self.process.id());
        drop(self.process.wait());
    }
}

/// Waits until the browser can be spoken to, and begins a session.
fn link(kind: Kind, port: u16, profile: &Path) -> Result<Link, String> {
    let begun = Instant::now();
    loop {
        let attempt = match kind {
            Kind::Chromium => wire::http(port, "GET", "/status", &Json::Null).map(|_| None),
            Kind::Firefox => Marionette::connect(port).map(Some),
        };
        match attempt {
            Ok(Some(mut marionette)) => {
                marionette.begin()?;
                return Ok(Link::Socket(RefCell::new(marionette)));
            }
            Ok(None) => break,
            Err(words) if begun.elapsed() > START => return Err(words),
            Err(_) => sleep(Duration::from_millis(50)),
        }
    }
    let wanted = json!({ "browserName": "chrome", "goog:chromeOptions": chromium_options(profile),
        "goog:loggingPrefs": { "browser": "ALL" } });
    let wanted = json!({ "capabilities": { "alwaysMatch": wanted } });
    let answer = wire::http(port, "POST", "/session", &wanted)?;
    let session = answer["sessionId"].as_str().ok_or("the driver begins no session")?.to_owned();
    Ok(Link::Http { port, session })
}

impl Drop for Browser {
    fn drop(&mut self) {
        let is_gone = !matches!(self.process.try_wait(), Ok(None));
        if !is_gone {
            self.end();
        }
        if !self.keeps_profile {
            drop(fs::remove_dir_all(&self.profile));
        }
    }
}
