//! Runs functions of the simulated Lambda on this machine: `CPython` and Node.js, each execution environment a
//! process of its own with a folder of its own, kept while it is warm.
//!
//! Differences from AWS: a process is not frozen between invocations (one of Node.js waits with all its work, one of
//! Python with its main thread alone), shares this machine's `/tmp`, and is kept from nothing that its user may do. Its
//! files lie in a folder of its own: `LAMBDA_TASK_ROOT` names that, so that they are found by it, and what the code
//! answers or logs has AWS's paths in place of these. Time is the machine's own, whatever the virtual clock does.

mod boot;
mod environment;
mod home;
mod process;
mod unpack;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::Instant;

use bytes::Bytes;
use cloudarium_cloud::{HostWork, Ticket, unrunnable};
use cloudarium_shape::Value;

use environment::{Environment, Job};

/// More processes are not kept: those that waited longest go.
const ENVIRONMENTS_MAX: usize = 24;

/// How functions run.
#[derive(Debug, Clone)]
pub struct Settings {
    /// A Python 3, with or without boto3.
    pub python: PathBuf,
    /// A Node.js.
    pub node: PathBuf,
}

impl Default for Settings {
    fn default() -> Self {
        Self { python: "python3".into(), node: "node".into() }
    }
}

/// How an invocation ended, on its way back to the cloud.
pub struct Done {
    /// Tells clouds apart: what an earlier one asked for is of no interest to the next.
    pub epoch: u64,
    /// Names the work.
    pub ticket: Ticket,
    /// `cloudarium_lambda::finish::Ended`, as a value.
    pub result: Value,
}

/// All processes that run functions.
pub struct Functions {
    settings: Settings,
    address: SocketAddr,
    environments: BTreeMap<i64, (Environment, Instant)>,
    epoch: u64,
    done: Arc<dyn Fn(Done) + Send + Sync>,
}

impl Functions {
    /// None yet. `address` is where their code finds the cloud; `done` takes what ended.
    pub fn new(
        settings: Settings,
        address: SocketAddr,
        done: impl Fn(Done) + Send + Sync + 'static,
    ) -> Self {
        home::sweep();
        Self { settings, address, environments: BTreeMap::new(), epoch: 0, done: Arc::new(done) }
    }

    /// Whether an end is one of this cloud's.
    pub const fn is_current(&self, done: &Done) -> bool {
        done.epoch == self.epoch
    }

    /// Ends all: the cloud begins anew.
    pub fn reset(&mut self) {
        self.environments.clear();
        self.epoch += 1;
    }

    /// Runs an invocation; its end comes later. `read` gives a package by its digest.
    pub fn start(
        &mut self,
        ticket: Ticket,
        work: &HostWork,
        read: &dyn Fn(&str, u64) -> Option<Bytes>,
    ) {
        let Some(Value::Int(number)) = work.input.get("Environment") else {
            return self.refuse(ticket, "The work names no environment.");
        };
        let known = self.environments.remove(number).filter(|(it, _)| it.is_alive());
        let environment = match known {
            Some((environment, _)) => environment,
            None => match self.make(&work.input, read) {
                Ok(environment) => environment,
                Err(words) => return self.refuse(ticket, &words),
            },
        };
        let (done, epoch) = (Arc::clone(&self.done), self.epoch);
        let tell = move |result| done(Done { epoch, ticket, result });
        environment.send(Job { input: work.input.clone(), tell: Box::new(tell) });
        self.environments.insert(*number, (environment, Instant::now()));
        self.make_room();
    }

    fn make(
        &self,
        input: &Value,
        read: &dyn Fn(&str, u64) -> Option<Bytes>,
    ) -> Result<Environment, String> {
        let Some(Value::List(codes)) = input.get("Code") else {
            return Err("The work names no code.".to_owned());
        };
        let mut packages = Vec::new();
        for code in codes {
            let digest = code.get("Digest").and_then(Value::as_str).unwrap_or_default();
            let length = match code.get("Length") {
                Some(Value::Int(length)) => u64::try_from(*length).unwrap_or(0),
                _ => 0,
            };
            packages.push(read(digest, length).ok_or("A package is lost.")?);
        }
        Environment::start(self.settings.clone(), self.address, packages)
            .map_err(|error| format!("This machine gives no thread: {error}"))
    }

    /// The environments that waited longest go, if there are too many.
    fn make_room(&mut self) {
        while self.environments.len() > ENVIRONMENTS_MAX {
            let idle = self.environments.iter().filter(|(_, (it, _))| !it.is_busy());
            let Some(oldest) = idle.min_by_key(|(_, (_, used))| *used).map(|(n, _)| *n) else {
                return;
            };
            self.environments.remove(&oldest);
        }
    }

    fn refuse(&self, ticket: Ticket, words: &str) {
        let result = unrunnable(words);
        (self.done)(Done { epoch: self.epoch, ticket, result });
    }
}

impl Drop for Functions {
    /// Ends all, and waits until what they had on this machine is gone.
    fn drop(&mut self) {
        let environments = std::mem::take(&mut self.environments);
        // First all of them: they end side by side.
        let threads: Vec<_> =
            environments.into_values().filter_map(|(mut it, _)| it.end()).collect();
        for thread in threads {
            // A thread that panicked has said so itself.
            let _ = thread.join();
        }
    }
}

/// A way to send ends to a thread that takes messages.
pub fn to<T: From<Done> + Send + 'static>(sender: Sender<T>) -> impl Fn(Done) + Send + Sync {
    // A thread that has ended needs no telling.
    move |done| drop(sender.send(T::from(done)))
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;
    use std::sync::mpsc::channel;
    use std::time::Duration;

    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;
    use cloudarium_shape::Map;

    use super::*;

    /// A zip of one file, as it is.
    fn zip(name: &str, content: &str) -> Bytes {
        let size = |bytes: &str, length| {
            let number = bytes.len().to_le_bytes();
            number.get(..length).expect("a number").to_vec()
        };
        let (long, short) = (size(content, 4), size(name, 2));
        let local = [b"PK\x03\x04", &[0; 14][..], &long, &long, &short, &[0; 2]].concat();
        let local = [&local, name.as_bytes(), content.as_bytes()].concat();
        let entry = [b"PK\x01\x02", &[0; 16][..], &long, &long, &short, &[0; 16]].concat();
        let entry = [&entry, name.as_bytes()].concat();
        let at = u32::try_from(local.len()).expect("it is small").to_le_bytes();
        let end = [b"PK\x05\x06", &[0; 4][..], &[1, 0, 1, 0], &[0; 4], &at, &[0; 2]].concat();
        [local, entry, end].concat().into()
    }

    fn work(environment: i64, payload: &str) -> HostWork {
        let code = Map::from([
            ("Digest".to_owned(), Value::from("d")),
            ("Length".to_owned(), Value::Int(1)),
        ]);
        let texts = [
            ("Runtime", "python3.13"),
            ("Handler", "main.handler"),
            ("RequestId", "8f5a1c6e-0000-4000-8000-000000000000"),
        ];
        let mut input: Map =
            texts.into_iter().map(|(name, text)| (name.to_owned(), Value::from(text))).collect();
        for (name, number) in
            [("Environment", environment), ("TimeoutMs", 60_000), ("MemoryMb", 512)]
        {
            input.insert(name.to_owned(), Value::Int(number));
        }
        input.insert("Code".to_owned(), Value::List(vec![Value::Map(code)]));
        input.insert("Payload".to_owned(), Value::Blob(payload.to_owned().into()));
        HostWork { kind: "lambda.invoke".to_owned(), input: Value::Map(input) }
    }

    /// Where it lies, in a form that the host does not take for a path.
    const CODE: &str = "import base64, os, time\ndef handler(event, context):\n    if event: time.sleep(50)\n    \
                        return base64.b64encode(os.getcwd().encode()).decode()\n";

    /// A start has ten seconds. The second one finds what the first has left behind.
    #[test]
    fn a_start_that_takes_too_long_is_tried_once_more() {
        let (tell, told) = channel();
        let address = "127.0.0.1:1".parse().expect("an address");
        let mut functions = Functions::new(Settings::default(), address, move |done: Done| {
            let _ = tell.send(done);
        });
        let mark = std::env::temp_dir().join(format!("cloudarium-start-{}", std::process::id()));
        let code = format!(
            "import os, time\nif not os.path.exists({mark:?}):\n    open({mark:?}, 'w').close()\n    \
             time.sleep(50)\ndef handler(event, context):\n    return event\n"
        );
        let package = zip("main.py", &code);
        functions.start(Ticket(1), &work(1, "1"), &|_, _| Some(package.clone()));
        let done = told.recv_timeout(Duration::from_secs(40)).expect("it ends");
        let _ = std::fs::remove_file(&mark);
        let number = |name: &str| match done.result.get(name) {
            Some(Value::Float(number)) => *number,
            other => panic!("{name}: {other:?}"),
        };
        assert_eq!(done.result.get("Outcome").and_then(Value::as_str), Some("Returned"));
        assert!((10_000.0..15_000.0).contains(&number("InitMs")), "{:?}", done.result);
        assert!((0.0..20_000.0).contains(&number("AgainMs")), "{:?}", done.result);
        assert!(number("DurationMs") >= number("AgainMs"), "{:?}", done.result);
    }

    #[test]
    fn nothing_is_left_of_them_when_they_end() {
        let (tell, told) = channel();
        let address = "127.0.0.1:1".parse().expect("an address");
        let mut functions = Functions::new(Settings::default(), address, move |done: Done| {
            let _ = tell.send(done);
        });
        let package = zip("main.py", CODE);
        let read = |_: &str, _: u64| Some(package.clone());
        functions.start(Ticket(1), &work(1, "0"), &read);
        let done = told.recv_timeout(Duration::from_secs(30)).expect("it ends");
        let Some(Value::Blob(payload)) = done.result.get("Payload") else {
            panic!("{:?}", done.result);
        };
        let answer: String = serde_json::from_slice(payload).expect("a text");
        let task = String::from_utf8(STANDARD.decode(answer).expect("bytes")).expect("a path");
        let home = PathBuf::from(task).parent().expect("a folder").to_owned();
        assert!(home.join("task/main.py").exists());
        // One that waits, and one that runs.
        functions.start(Ticket(2), &work(2, "1"), &read);
        std::thread::sleep(Duration::from_millis(500));
        let began = Instant::now();
        drop(functions);
        assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
        assert!(!home.exists());
        let ended = told.recv_timeout(Duration::from_secs(1)).expect("the other ended, too");
        assert_eq!(ended.result.get("Outcome").and_then(Value::as_str), Some("Exited"));
    }
}
