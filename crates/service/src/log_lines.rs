//! How a service writes to a log: a function its lines, a state machine its history. It travels by
//! the bus, so that no service knows the one that keeps logs.

use cloudarium_env::Timestamp;
use cloudarium_shape::{Map, Value};

use crate::BusEvent;

/// The source of such events. It is none of AWS's, so that no rule of a learner's can match it.
const SOURCE: &str = "cloudarium.logs";

/// Lines for one log stream. Group and stream are made if they are not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogLines {
    /// `/aws/lambda/resize`
    pub group: String,
    /// `2026/01/05/[$LATEST]4f0e...`
    pub stream: String,
    /// When each was written, in order, and what it says.
    pub lines: Vec<(Timestamp, String)>,
}

impl LogLines {
    /// The event that carries them.
    pub fn event(self, account: &str, region: &str) -> BusEvent {
        let line = |(at, text): (Timestamp, String)| {
            Value::List(vec![Value::Timestamp(at), Value::String(text)])
        };
        let lines = self.lines.into_iter().map(line).collect();
        let detail = Map::from([
            ("group".to_owned(), Value::String(self.group)),
            ("stream".to_owned(), Value::String(self.stream)),
            ("lines".to_owned(), Value::List(lines)),
        ]);
        BusEvent {
            source: SOURCE,
            detail_type: "Log Lines",
            account: account.to_owned(),
            region: region.to_owned(),
            resources: Vec::new(),
            detail: Value::Map(detail),
        }
    }

    /// What an event carries; `None`: something else.
    pub fn of(event: &BusEvent) -> Option<Self> {
        if event.source != SOURCE {
            return None;
        }
        let Some(Value::List(lines)) = event.detail.get("lines") else { return None };
        let line = |line: &Value| match line {
            Value::List(pair) => match pair.as_slice() {
                [Value::Timestamp(at), Value::String(text)] => Some((*at, text.clone())),
                _ => None,
            },
            _ => None,
        };
        Some(Self {
            group: event.detail.get("group")?.as_str()?.to_owned(),
            stream: event.detail.get("stream")?.as_str()?.to_owned(),
            lines: lines.iter().filter_map(line).collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_arrive_as_they_were_sent() {
        let lines = LogLines {
            group: "/aws/lambda/f".to_owned(),
            stream: "s".to_owned(),
            lines: vec![(Timestamp::from_ms(5), "hello".to_owned())],
        };
        let event = lines.clone().event("123456789012", "us-east-1");
        assert_eq!(LogLines::of(&event), Some(lines));
        assert_eq!(LogLines::of(&BusEvent { source: "aws.s3", ..event }), None);
    }
}
