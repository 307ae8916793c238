//! The lines that Lambda writes: what they are, and the numbers in them.
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/python-logging.html>

use serde_json::Value;

/// The numbers of a `REPORT` line.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Report {
    pub request_id: String,
    pub duration_ms: f64,
    pub billed_ms: f64,
    pub memory_mb: f64,
    pub used_mb: f64,
    /// Set where the environment started cold.
    pub init_ms: Option<f64>,
    /// `timeout`, `error`; empty where all went well.
    pub status: String,
}

impl Report {
    /// Reads a line, of either format; none if it is another.
    pub fn parse(line: &str) -> Option<Self> {
        if let Some(rest) = line.strip_prefix("REPORT RequestId: ") {
            let mut report = Self::default();
            let mut parts = rest.trim_end().split('\t');
            parts.next()?.trim().clone_into(&mut report.request_id);
            for part in parts {
                let Some((name, value)) = part.trim().split_once(": ") else { continue };
                let number = || {
                    let digits = value.split(' ').next().unwrap_or_default();
                    digits.parse::<f64>().unwrap_or_default()
                };
                match name {
                    "Duration" => report.duration_ms = number(),
                    "Billed Duration" => report.billed_ms = number(),
                    "Memory Size" => report.memory_mb = number(),
                    "Max Memory Used" => report.used_mb = number(),
                    "Init Duration" => report.init_ms = Some(number()),
                    "Status" => value.clone_into(&mut report.status),
                    _ => {}
                }
            }
            return Some(report);
        }
        Self::of_json(line)
    }

    fn of_json(line: &str) -> Option<Self> {
        if !line.contains("platform.report") {
            return None;
        }
        let line: Value = serde_json::from_str(line).ok()?;
        if line.get("type")?.as_str()? != "platform.report" {
            return None;
        }
        let record = line.get("record")?;
        let metrics = record.get("metrics")?;
        let number = |name: &str| metrics.get(name).and_then(Value::as_f64);
        let text = |name: &str| record.get(name).and_then(Value::as_str).unwrap_or_default();
        Some(Self {
            request_id: text("requestId").to_owned(),
            duration_ms: number("durationMs").unwrap_or_default(),
            billed_ms: number("billedDurationMs").unwrap_or_default(),
            memory_mb: number("memorySizeMB").unwrap_or_default(),
            used_mb: number("maxMemoryUsedMB").unwrap_or_default(),
            init_ms: number("initDurationMs"),
            status: Some(text("status")).filter(|it| *it != "success").unwrap_or("").to_owned(),
        })
    }
}

/// What a line of a log is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Lambda's own: `START`, `REPORT`, ...
    Platform,
    Error,
    Warning,
    Plain,
}

/// The words that Lambda's own lines begin with.
const PLATFORM: [&str; 5] = ["INIT_START", "INIT_REPORT", "START", "END", "REPORT"];

/// What a line is, by how it begins.
pub fn kind(message: &str) -> Kind {
    let first = message.split([' ', '\t', '\n']).next().unwrap_or_default();
    let has = |word: &str| message.contains(word);
    if PLATFORM.contains(&first) || message.starts_with('{') && has("\"type\":\"platform.") {
        Kind::Platform
    } else if is_failure(message)
        || matches!(first, "[ERROR]" | "ERROR" | "[CRITICAL]")
        || has("\tERROR\t")
        || has("\"level\":\"ERROR\"")
    {
        Kind::Error
    } else if matches!(first, "[WARNING]" | "WARN") || has("\tWARN\t") {
        Kind::Warning
    } else {
        Kind::Plain
    }
}

/// Whether a line tells that an invocation failed, and not only that its code wrote of an error.
pub fn is_failure(message: &str) -> bool {
    message.starts_with("[ERROR] ")
        || message.contains("\tERROR\tInvoke Error")
        || message.contains("Task timed out after")
        || message.contains("Runtime exited")
        || message.contains("\"errorType\"") && message.contains("\"level\":\"ERROR\"")
}

/// The request that a line names, if it names one: 36 characters of an id.
pub fn request_of(message: &str) -> Option<&str> {
    let is_id = |word: &&str| {
        word.len() == 36
            && word.bytes().enumerate().all(|(at, byte)| match at {
                8 | 13 | 18 | 23 => byte == b'-',
                _ => byte.is_ascii_hexdigit(),
            })
    };
    message.split(|letter: char| !letter.is_ascii_hexdigit() && letter != '-').find(is_id)
}

/// The last line of the function's own code that a stack trace names: file and line.
pub fn place_of(trace: &str) -> Option<(String, u32)> {
    let python = || {
        let mut rest = trace;
        let mut found = None;
        while let Some((_, after)) = rest.split_once("File \"/var/task/") {
            rest = after;
            let (file, after) = rest.split_once("\", line ")?;
            let digits = after.split(|letter: char| !letter.is_ascii_digit()).next()?;
            found = digits.parse().ok().map(|line| (file.to_owned(), line));
        }
        found
    };
    let node = || {
        let (_, rest) = trace.split_once("/var/task/")?;
        let (file, rest) = rest.split_once(':')?;
        let digits = rest.split(|letter: char| !letter.is_ascii_digit()).next()?;
        Some((file.to_owned(), digits.parse().ok()?))
    };
    python().or_else(node)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "6f1c9a52-0000-4000-8000-0000000000b2";

    #[test]
    fn a_report_tells_its_numbers_in_both_formats() {
        let text = format!(
            "REPORT RequestId: {ID}\tDuration: 143.21 ms\tBilled Duration: 518 ms\tMemory Size: \
             128 MB\tMax Memory Used: 71 MB\tInit Duration: 374.50 ms\t\n"
        );
        let report = Report::parse(&text).unwrap();
        assert_eq!((report.duration_ms, report.billed_ms), (143.21, 518.0));
        assert_eq!((report.memory_mb, report.used_mb, report.init_ms), (128.0, 71.0, Some(374.5)));
        assert_eq!((report.request_id.as_str(), report.status.as_str()), (ID, ""));
        let late = Report::parse(
            "REPORT RequestId: x\tDuration: 3000.00 ms\tBilled Duration: 3000 ms\tStatus: timeout",
        );
        assert_eq!(late.unwrap().status, "timeout");
        let json = format!(
            r#"{{"time":"t","type":"platform.report","record":{{"requestId":"{ID}","metrics":{{"durationMs":1.5,"billedDurationMs":2,"memorySizeMB":128,"maxMemoryUsedMB":40}},"status":"success"}}}}"#
        );
        let report = Report::parse(&json).unwrap();
        assert_eq!((report.duration_ms, report.init_ms, report.status.as_str()), (1.5, None, ""));
        assert_eq!(Report::parse("REPORTED"), None);
    }

    #[test]
    fn lines_are_told_apart() {
        for (line, is) in [
            ("START RequestId: x Version: $LATEST\n", Kind::Platform),
            ("REPORT RequestId: x\tDuration: 1 ms", Kind::Platform),
            ("[ERROR] ValueError: no\nTraceback", Kind::Error),
            ("2026-01-05T09:00:00.000Z\tid\tERROR\tInvoke Error \t{}", Kind::Error),
            ("2026-01-05T09:00:00.000Z id Task timed out after 3.00 seconds", Kind::Error),
            ("[WARNING]\tslow", Kind::Warning),
            ("STARTED all", Kind::Plain),
        ] {
            assert_eq!(kind(line), is, "{line}");
        }
        assert!(!is_failure("[ERROR]\t2026-01-05T09:00:00.000Z\tid\tlogged only"));
    }

    #[test]
    fn a_trace_leads_to_the_code() {
        let python = "  File \"/var/task/handler.py\", line 3, in handler\n  File \"/var/task/lib/a.py\", line 13, in main\n";
        assert_eq!(place_of(python), Some(("lib/a.py".into(), 13)));
        let node = "Error: no\n    at handler (file:///var/task/index.mjs:4:11)";
        assert_eq!(place_of(node), Some(("index.mjs".into(), 4)));
        assert_eq!(place_of("nothing"), None);
        assert_eq!(request_of(&format!("RequestId: {ID} Error")), Some(ID));
        assert_eq!(request_of("RequestId: none"), None);
    }
}
