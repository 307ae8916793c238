//! A running interpreter, and what it writes: its log, and how invocations ended.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, Command, ExitStatus};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// What the bootstraps' own lines in the log begin with.
const OURS: &str = "\0cloudarium-";
/// Where an invocation's output ends in the log.
const MARK: &str = "\0cloudarium-end";
/// Before a record that is one event of the log although it has line ends (`framed` in function-handler.js).
const RECORD: &str = "\0cloudarium-log ";
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
    /// It could not be started, for this reason.
    Unrunnable(String),
}

impl End {
    /// Whether this is the outcome that was told.
    pub fn is(&self, outcome: &str) -> bool {
        matches!(self, Self::Told(it) if it.get("outcome").is_some_and(|told| told == outcome))
    }

    /// Whether the process goes on: it has told something, and no code that it ends with.
    pub fn goes_on(&self) -> bool {
        matches!(self, Self::Told(it) if it.get("code").is_none())
    }
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
            let mut is_record = false;
            while let Some(line) = read_line(&mut log) {
                for said in pieces(&line, &mut is_record) {
                    if say.send(said).is_err() {
                        return;
                    }
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

    /// Its number.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    fn kill(&mut self) {
        kill_group(self.child.id());
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Ends a process and its whole group, so that nothing that it started lives on.
pub fn kill_group(number: u32) {
    #[cfg(unix)]
    let _ = Command::new("kill")
        .args(["-KILL", "--", &format!("-{number}")])
        .stderr(std::process::Stdio::null())
        .status();
    #[cfg(not(unix))]
    let _ = number;
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

/// What a line of the log says: a line that the code has not ended stands before one of ours. `is_record` tells
/// whether the line goes on with a record that was too long for one.
fn pieces(line: &str, is_record: &mut bool) -> Vec<Said> {
    let now = Instant::now();
    let (before, ours) = match line.find(OURS) {
        Some(at) if !*is_record => line.split_at(at),
        _ => (line, ""),
    };
    let mut said = Vec::new();
    if *is_record {
        said.push(Said::Log(now, unframed(before.strip_suffix('\n').unwrap_or(before))));
        *is_record = !line.ends_with('\n');
    } else if !before.is_empty() {
        said.push(Said::Log(now, before.to_owned()));
    }
    if let Some(record) = ours.strip_prefix(RECORD) {
        said.push(Said::Log(now, unframed(record.strip_suffix('\n').unwrap_or(record))));
        *is_record = !line.ends_with('\n');
    } else if ours.trim_end() == MARK {
        said.push(Said::Mark);
    } else if !ours.is_empty() {
        said.push(Said::Log(now, ours.to_owned()));
    }
    said
}

/// A record as it was before it was framed.
fn unframed(record: &str) -> String {
    record.replace("\0n", "\n").replace("\x000", "\0")
}

/// The next line with its end, cut where it is too long.
fn read_line(from: &mut impl BufRead) -> Option<String> {
    let mut line = Vec::new();
    from.take(LINE_BYTES_MAX).read_until(b'\n', &mut line).ok().filter(|read| *read > 0)?;
    Some(String::from_utf8_lossy(&line).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(lines: &[&str]) -> Vec<String> {
        let mut is_record = false;
        let said = lines.iter().flat_map(|line| pieces(line, &mut is_record)).collect::<Vec<_>>();
        said.into_iter()
            .map(|said| match said {
                Said::Log(_, line) => line,
                Said::Mark => "(end)".to_owned(),
                _ => String::new(),
            })
            .collect()
    }

    #[test]
    fn records_keep_their_line_ends_and_lines_do_not() {
        assert_eq!(read(&["a\n", "b\n"]), ["a\n", "b\n"]);
        assert_eq!(read(&["\0cloudarium-log a\0nb\x000\0n\n"]), ["a\nb\0\n"]);
        assert_eq!(read(&["\0cloudarium-log a\0n", "b\0n\n", "c\n"]), ["a\n", "b\n", "c\n"]);
    }

    #[test]
    fn a_line_that_has_no_end_stands_before_the_mark() {
        assert_eq!(read(&["no end\0cloudarium-end\n"]), ["no end", "(end)"]);
        assert_eq!(read(&["a\0cloudarium-log b\0nc\n"]), ["a", "b\nc"]);
    }
}
