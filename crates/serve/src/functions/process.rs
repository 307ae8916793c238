//! A running interpreter, and what it writes: its log, and how invocations ended.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, Command, ExitStatus};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// Where an invocation's output ends in the log.
const MARK: &str = "\0cloudarium-end";
/// A line of the log is cut here: AWS's events hold no more.
const LINE_BYTES_MAX: u64 = 256 * 1024;
/// So much log is kept of one invocation.
const LOG_BYTES_MAX: usize = 8 * 1024 * 1024;
/// How often it is looked whether too much memory is used.
const LOOK_EVERY: Duration = Duration::from_millis(25);
/// How long the log may come after the end of what wrote it.
const DRAIN: Duration = Duration::from_millis(500);

/// What comes from the process.
enum Said {
    Log(Instant, String),
    Mark,
    Control(serde_json::Value),
    LogEnd,
    ControlEnd,
}

/// A running interpreter. Ends, with all that it started, when it is dropped.
pub struct Process {
    child: Child,
    to: ChildStdin,
    said: Receiver<Said>,
}

/// How one exchange ended.
pub enum End {
    /// It told this.
    Told(serde_json::Value),
    /// It was too late.
    Late,
    /// It used too much memory.
    TooBig,
    /// It ended.
    Exited(Option<ExitStatus>),
}

/// How one exchange went.
pub struct Exchange {
    /// How it ended.
    pub end: End,
    /// What was written, and when, since it began.
    pub lines: Vec<(Duration, String)>,
    /// How long it took.
    pub took: Duration,
}

impl Process {
    /// Starts one.
    pub fn start(command: &mut Command) -> std::io::Result<Self> {
        let mut child = command.spawn()?;
        let missing = || std::io::Error::other("the process has no pipes");
        let to = child.stdin.take().ok_or_else(missing)?;
        let control = child.stdout.take().ok_or_else(missing)?;
        let log = child.stderr.take().ok_or_else(missing)?;
        let (say, said) = channel();
        let also = say.clone();
        std::thread::Builder::new().name("function-log".to_owned()).spawn(move || {
            let mut log = BufReader::new(log);
            while let Some(line) = read_line(&mut log) {
                let mark = line.trim_end() == MARK;
                let said = if mark { Said::Mark } else { Said::Log(Instant::now(), line) };
                if say.send(said).is_err() {
                    return;
                }
            }
            let _ = say.send(Said::LogEnd);
        })?;
        std::thread::Builder::new().name("function-control".to_owned()).spawn(move || {
            for line in BufReader::new(control).lines().map_while(Result::ok) {
                let Ok(message) = serde_json::from_str(&line) else { continue };
                if also.send(Said::Control(message)).is_err() {
                    return;
                }
            }
            let _ = also.send(Said::ControlEnd);
        })?;
        Ok(Self { child, to, said })
    }

    /// Hands it a line.
    pub fn write(&mut self, line: &str) -> std::io::Result<()> {
        self.to.write_all(line.as_bytes())?;
        self.to.write_all(b"\n")?;
        self.to.flush()
    }

    /// Waits until it tells something, at most until `deadline`.
    pub fn wait(&mut self, deadline: Instant, memory_max_mb: u64) -> Exchange {
        let began = Instant::now();
        let mut lines = Vec::new();
        let (mut bytes, mut told, mut marked, mut log_over) = (0, None, false, false);
        let end = loop {
            if let Some(message) = told.take_if(|_| marked || log_over) {
                break End::Told(message);
            }
            let now = Instant::now();
            if now >= deadline {
                break End::Late;
            }
            match self.said.recv_timeout(LOOK_EVERY.min(deadline - now)) {
                Ok(Said::Log(at, line)) => keep(&mut lines, &mut bytes, (at - began, line)),
                Ok(Said::Mark) => marked = true,
                Ok(Said::Control(message)) => told = Some(message),
                Ok(Said::LogEnd) => log_over = true,
                Ok(Said::ControlEnd) if told.is_none() => break self.ended(),
                Ok(Said::ControlEnd) => {}
                Err(RecvTimeoutError::Timeout) => {
                    if self.memory_mb() > memory_max_mb {
                        break End::TooBig;
                    }
                }
                Err(RecvTimeoutError::Disconnected) => break self.ended(),
            }
        };
        let took = began.elapsed();
        if !matches!(end, End::Told(_)) {
            self.kill();
            self.drain(&mut lines, &mut bytes, began);
        }
        Exchange { end, lines, took }
    }

    fn ended(&mut self) -> End {
        // It closed its pipe; if it does not end, it is ended.
        let until = Instant::now() + DRAIN;
        while Instant::now() < until {
            if let Ok(Some(status)) = self.child.try_wait() {
                return End::Exited(Some(status));
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        End::Exited(None)
    }

    fn drain(&mut self, lines: &mut Vec<(Duration, String)>, bytes: &mut usize, began: Instant) {
        let until = Instant::now() + DRAIN;
        while let Ok(said) = self.said.recv_timeout(until.saturating_duration_since(Instant::now()))
        {
            match said {
                Said::Log(at, line) => keep(lines, bytes, (at - began, line)),
                Said::LogEnd => return,
                _ => {}
            }
        }
    }

    /// The memory that it uses now; 0 where this machine does not tell.
    pub fn memory_mb(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()));
        let line = status.ok().and_then(|text| {
            text.lines().find_map(|line| line.strip_prefix("VmHWM:").map(str::to_owned))
        });
        let kilobytes = line.and_then(|line| line.trim().split(' ').next()?.parse::<u64>().ok());
        kilobytes.unwrap_or(0) / 1_024
    }

    fn kill(&mut self) {
        // Its whole group, so that nothing that it started lives on.
        #[cfg(unix)]
        let _ = Command::new("kill")
            .args(["-KILL", "--", &format!("-{}", self.child.id())])
            .stderr(std::process::Stdio::null())
            .status();
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Keeps a line, unless there are too many already, which is told once.
fn keep(lines: &mut Vec<(Duration, String)>, bytes: &mut usize, (at, line): (Duration, String)) {
    if *bytes >= LOG_BYTES_MAX {
        return;
    }
    *bytes += line.len() + 26;
    lines.push((at, line));
    if *bytes >= LOG_BYTES_MAX {
        let words = format!("[Cloudarium keeps no more than {LOG_BYTES_MAX} bytes of one log]\n");
        lines.push((at, words));
    }
}

/// The next line with its end, cut where it is too long.
fn read_line(from: &mut impl BufRead) -> Option<String> {
    let mut line = Vec::new();
    from.take(LINE_BYTES_MAX).read_until(b'\n', &mut line).ok().filter(|read| *read > 0)?;
    Some(String::from_utf8_lossy(&line).into_owned())
}
