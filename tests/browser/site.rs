//! The site as a learner meets it: served by a static host, opened in a browser, used by what it shows.

use std::collections::BTreeMap;
use std::ops::Deref;
use std::path::Path;
use std::sync::Mutex;
use std::time::Duration;

use cloudarium_static_host::{Options, Server};
use serde_json::{Value as Json, json};

use crate::webdriver::{Browser, Kind};
use crate::{give_back, held, take_browser};

/// How long Python may take to come and start on a busy machine.
pub const PYTHON: Duration = Duration::from_secs(180);
/// How long the page may take for anything else.
pub const SOON: Duration = Duration::from_secs(60);

/// A browser, and the site in it.
pub struct Site {
    pub browser: Held,
    /// A host of its own, unless it is at [`HOSTS`].
    server: Option<Server>,
    address: String,
}

/// The hosts of the scenarios for which a browser may have been here before: what it keeps of the site's files, and
/// what it has compiled of them, is most of what opening a page costs.
static HOSTS: Mutex<BTreeMap<Kind, Server>> = Mutex::new(BTreeMap::new());

/// A page of the book, where no cloud starts.
const STILL_PAGE: &str = "docs/teachers.html";
/// How long the workers of a page that was left may hold on to their files.
const ENDED_WITHIN: Duration = Duration::from_secs(20);

/// Throws away what a learner has made here; stays: the site's files, and the memory of a Python that has started.
const EMPTY: &str = "
    localStorage.clear();
    sessionStorage.clear();
    for (const { name } of await indexedDB.databases()) {
        await new Promise((done, failed) => {
            const request = indexedDB.deleteDatabase(name);
            request.onsuccess = done;
            request.onerror = failed;
        });
    }
    const root = await navigator.storage.getDirectory();
    for await (const name of root.keys()) {
        try {
            if (name !== 'python') await root.removeEntry(name, { recursive: true });
        } catch (error) {
            return `${name}: ${error}`;
        }
    }
    return 'empty';";

/// A browser that goes on to the next scenario, unless this one failed or has spoilt it.
pub struct Held {
    browser: Option<Browser>,
    is_shared: bool,
}

impl Deref for Held {
    type Target = Browser;

    fn deref(&self) -> &Browser {
        self.browser.as_ref().unwrap()
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let usable = self.is_shared && !std::thread::panicking();
        if let Some(browser) = self.browser.take().filter(|_| usable) {
            give_back(browser);
        }
    }
}

fn serve(change: impl FnOnce(Options) -> Options) -> Server {
    let dist = Path::new(env!("CARGO_MANIFEST_DIR")).join("../dist");
    assert!(dist.join("web_bg.wasm").is_file(), "the site is not built: cargo xtask build");
    Server::start(change(Options::new(dist)), 0).unwrap()
}

impl Site {
    /// The built site in a browser that may have its files, and has nothing of a learner's.
    pub fn open(kind: Kind) -> Site {
        let mut hosts = held(&HOSTS);
        let address = hosts.entry(kind).or_insert_with(|| serve(|options| options)).url();
        let browser = Held { browser: Some(take_browser(kind)), is_shared: true };
        let site = Site { browser, address, server: None };
        site.empty();
        site
    }

    fn empty(&self) {
        self.browser.go(&self.url(STILL_PAGE));
        self.browser.wait_async("empty", ENDED_WITHIN, EMPTY);
    }

    /// The built site in a browser that has kept nothing of it.
    pub fn open_anew(kind: Kind) -> Site {
        Site::open_with(kind, |options| options)
    }

    /// As [`Site::open_anew`], on a host with other options.
    pub fn open_with(kind: Kind, change: impl FnOnce(Options) -> Options) -> Site {
        let browser = Held { browser: Some(take_browser(kind)), is_shared: true };
        Site::of(browser, serve(change))
    }

    /// The built site in a browser of its own, with a profile that is kept.
    pub fn open_on(kind: Kind, profile: &Path) -> Site {
        let browser = Some(Browser::start_on(kind, profile));
        Site::of(Held { browser, is_shared: false }, serve(|options| options))
    }

    fn of(browser: Held, server: Server) -> Site {
        Site { browser, address: server.url(), server: Some(server) }
    }

    /// Cuts the network: from here on nobody answers at the site's address.
    pub fn cut_network(&mut self) {
        self.server = None;
    }

    /// Kills that browser, and opens another on the same profile.
    pub fn kill_and_open(&mut self, profile: &Path) {
        let browser = self.browser.browser.take().unwrap();
        let kind = browser.kind;
        browser.kill();
        self.browser.browser = Some(Browser::start_on(kind, profile));
    }

    /// The address of a page of the site, `#/play` say.
    pub fn url(&self, place: &str) -> String {
        format!("{}{place}", self.address)
    }

    /// Opens a page of the site and waits until the cloud answers there.
    pub fn go(&self, place: &str) {
        self.browser.go(&self.url(place));
        self.settle();
        self.wait_for_cloud();
    }

    /// Waits until the cloud of the page, if it shows one, is open and ours.
    pub fn wait_for_cloud(&self) {
        let open = "return [...document.querySelectorAll('.bench')].every((bench) => bench.dataset.cloud === 'ready')";
        self.browser.wait("the cloud to be open", SOON, open, &json!([]));
    }

    /// Waits until the page has been loaded a second time, by its service worker, on a host without our headers.
    pub fn wait_for_isolation(&self) {
        let isolated = "return crossOriginIsolated && navigator.serviceWorker.controller !== null";
        self.browser.wait("the page to be isolated", SOON, isolated, &json!([]));
        self.settle();
    }

    /// Waits until the page has been drawn, and nothing that is to be seen is still coming.
    pub fn settle(&self) {
        let settled = "return document.readyState === 'complete' && document.querySelector('#app h1, #app h2') !== null && document.querySelector('.first') === null
            && ![...document.querySelectorAll('[aria-busy=true]')].some((coming) => coming.checkVisibility())";
        self.browser.wait("the page to be drawn", SOON, settled, &json!([]));
    }

    /// Waits until the editor takes what is typed.
    pub fn wait_for_editor(&self) {
        let ready = "return document.querySelector('.editor[data-ready=true]') !== null";
        self.browser.wait("the editor to be ready", SOON, ready, &json!([]));
    }

    /// Puts a script into the editor, in place of what stands there.
    pub fn write(&self, code: &str) {
        self.wait_for_editor();
        self.browser.wait(
            "the editor",
            SOON,
            "const content = document.querySelector('.cm-content');
             const view = (content?.cmTile ?? content?.cmView)?.view ?? content?.cmTile?.root?.view;
             if (!view) return false;
             view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: arguments[0] } });
             return true;",
            &json!([code]),
        );
    }

    /// Presses Run and waits for the run's end. Returns what stands in the output.
    pub fn run_script(&self, code: &str) -> String {
        self.write(code);
        self.browser.click("#run");
        self.wait_for_run();
        self.output()
    }

    /// Waits until a script has begun and ended.
    pub fn wait_for_run(&self) {
        let ended = "const status = document.querySelector('.run-status.pill, .run-status .pill');
            return status !== null && !status.classList.contains('now') && status.textContent";
        self.browser.wait("the script to end", PYTHON, ended, &json!([]));
    }

    /// The text of the output.
    pub fn output(&self) -> String {
        let text =
            self.browser.run("return document.querySelector('#output').innerText", &json!([]));
        text.as_str().unwrap().to_owned()
    }

    /// Waits until the output holds these words.
    pub fn wait_for_output(&self, words: &str) {
        let there = "return document.querySelector('#output')?.innerText.includes(arguments[0])";
        self.browser.wait(&format!("the output: {words}"), PYTHON, there, &json!([words]));
    }

    /// Waits until the page shows these words somewhere.
    pub fn wait_for_words(&self, words: &str) {
        let there = "return document.body.innerText.includes(arguments[0])";
        self.browser.wait(&format!("the words: {words}"), SOON, there, &json!([words]));
    }

    /// Clicks the first button or link whose name or text is, or begins with, `name`.
    pub fn press(&self, name: &str) {
        self.browser.wait(
            &format!("the button {name}"),
            SOON,
            "for (const one of document.querySelectorAll('button, a, [role=tab], summary')) {
                const said = (one.getAttribute('aria-label') ?? one.innerText).trim();
                const usable = one.offsetParent !== null && !one.disabled;
                if (usable && (said === arguments[0] || said.startsWith(arguments[0]))) {
                    document.querySelectorAll('[data-found]').forEach((old) => delete old.dataset.found);
                    one.dataset.found = 'yes';
                    return true;
                }
            }
            return false;",
            &json!([name]),
        );
        self.browser.click("[data-found=yes]");
    }

    /// Answers the first lesson's question: where boto3 found the Region.
    pub fn answer_from_where(&self) {
        self.browser.click("[data-check='from-where'] label:nth-of-type(2)");
        self.wait_for_check("from-where", "pass");
    }

    /// How a check of the lesson stands: `pass`, `fail` or `wait`.
    pub fn wait_for_check(&self, id: &str, state: &str) {
        let there = "return document.querySelector(`[data-check='${arguments[0]}']`)?.classList.contains(arguments[1])";
        self.browser.wait(&format!("the check {id} to {state}"), SOON, there, &json!([id, state]));
    }

    /// Asks the cloud of the page by the worker's own messages.
    pub fn ask(&self, message: &Json) -> Json {
        let send = "const { cloud } = globalThis.cloudarium;
            return await cloud.send(args[0]);";
        self.browser.run_async(send, &json!([message]))
    }

    /// Calls an operation of S3 as the console does, and returns its output.
    pub fn call(&self, operation: &str, input: &Json) -> Json {
        self.call_of("s3", operation, input)
    }

    /// The same of any service.
    pub fn call_of(&self, service: &str, operation: &str, input: &Json) -> Json {
        let answer = self.ask(&json!({
            "kind": "call", "service": service, "operation": operation, "input": input.to_string(),
            "region": "us-east-1", "caller": "console" }));
        let output =
            answer["ok"]["output"].as_str().unwrap_or_else(|| panic!("{operation}: {answer}"));
        serde_json::from_str(output).unwrap()
    }

    /// The names of the cloud's buckets.
    pub fn buckets(&self) -> Vec<String> {
        let output = self.call("ListBuckets", &json!({}));
        let buckets = output["Buckets"].as_array().cloned().unwrap_or_default();
        buckets.iter().map(|bucket| bucket["Name"].as_str().unwrap().to_owned()).collect()
    }
}
