//! The header of X-Ray: an invocation's answer, its variables and, where the function is traced, its log tell the same one.
//!
//! <https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader>
//!
//! Differences from AWS: no trace is kept anywhere. The numbers are made of the request's id and of the function's name.

use cloudarium_env::Timestamp;
use cloudarium_shape::Value;
use serde_json::{Value as Json, json};
use sha2::{Digest as _, Sha256};

use crate::model::{Invocation, InvocationOrigin, State, Version};
use crate::name::function_arn;

/// The header's name, as answers of functions' addresses have it.
pub const HEADER: &str = "x-amzn-trace-id";

/// The trace of an invocation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// `1-679509d4-75913e4734dcd90038c3c617`
    id: String,
    segment: String,
    lineage: String,
    sampled: bool,
}

impl Trace {
    /// That of an invocation.
    pub fn of(
        lambda: &State,
        invocation: &Invocation,
        started: Timestamp,
        version: &Version,
    ) -> Self {
        let accepted = match &invocation.origin {
            InvocationOrigin::Event(number) => lambda.events.get(number).map(|it| it.accepted),
            _ => None,
        };
        let arn = function_arn(&invocation.function);
        let made = Self::new(&invocation.request_id, &arn, accepted.unwrap_or(started));
        let sent = match &invocation.origin {
            InvocationOrigin::Url(_, headers) | InvocationOrigin::UrlStream(_, headers) => {
                let header = headers.iter().find(|(name, _)| name == HEADER);
                header.and_then(|(_, value)| id_of(value))
            }
            _ => None,
        };
        // guess: every invocation of a traced function; on AWS one a second, and 5% of the others.
        Self { sampled: version.tracing == "Active", id: sent.unwrap_or(made.id), ..made }
    }

    /// That of a request which does not wait for the function.
    pub fn new(request_id: &str, function_arn: &str, at: Timestamp) -> Self {
        let digits = hex::encode(Sha256::digest(request_id));
        let part = |from, to| digits.get(from..to).unwrap_or_default();
        let lineage = hex::encode(Sha256::digest(function_arn));
        Self {
            id: format!("1-{:08x}-{}", at.as_epoch_s().0, part(0, 24)),
            segment: part(24, 40).to_owned(),
            lineage: lineage.get(..8).unwrap_or_default().to_owned(),
            sampled: false,
        }
    }

    /// `Root=1-...;Parent=...;Sampled=0;Lineage=1:...:0`, as answers and variables are seen to have it since 2024.
    pub fn header(&self) -> String {
        let Self { id, segment, lineage, sampled } = self;
        format!("Root={id};Parent={segment};Sampled={};Lineage=1:{lineage}:0", u8::from(*sampled))
    }

    /// The header with its root alone, as the event of a function's address has it.
    pub fn root(&self) -> String {
        format!("Root={}", self.id)
    }

    /// What follows a report in a log of text, where it is sampled.
    pub fn line(&self) -> Option<String> {
        let Self { id, segment, sampled, .. } = self;
        sampled.then(|| format!("XRAY TraceId: {id}\tSegmentId: {segment}\tSampled: true\t\n"))
    }

    /// What is added to a record in a log of JSON, where it is sampled.
    /// <https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html#TraceContext>
    pub fn add_to(&self, record: &mut Json) {
        let members = record.as_object_mut().filter(|_| self.sampled);
        if let Some(members) = members {
            let tracing = json!({
                "spanId": self.segment,
                "type": "X-Amzn-Trace-Id",
                "value": self.header(),
            });
            members.insert("tracing".to_owned(), tracing);
        }
    }

    /// An operation's output with the header: no member of the model has it.
    pub fn add_to_output(&self, output: &mut Value) {
        if let Value::Map(members) = output {
            members.insert("XAmznTraceId".to_owned(), Value::String(self.header()));
        }
    }

    /// The headers that an address adds to its answers, with this one.
    pub fn add_to_headers(&self, headers: &mut Vec<(String, String)>) {
        headers.retain(|(name, _)| name != HEADER);
        headers.push((HEADER.to_owned(), self.header()));
    }
}

/// The id that a header has.
fn id_of(header: &str) -> Option<String> {
    let root = header.split(';').find_map(|part| part.trim().strip_prefix("Root="))?;
    Some(root.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_trace_in_its_forms() {
        let at = Timestamp::from_ms(1_733_356_363_000);
        let trace = Trace::new("53e018cf-051a-4193-b5a8-314e170c36c3", "arn:f", at);
        let header = trace.header();
        let lengths: Vec<usize> = header.split(';').map(str::len).collect();
        // As in `Root=1-6750eb4b-235335bc1a1bfcac4eeb4430;Parent=0988e1e6ebd26ab8;Sampled=0;Lineage=1:38a5ab94:0`.
        assert_eq!(lengths, [40, 23, 9, 20], "{header}");
        assert!(header.starts_with("Root=1-6750eb4b-"), "{header}");
        assert!(header.starts_with(&trace.root()), "{header}");
        assert_eq!(id_of(&header).as_deref(), Some(trace.id.as_str()));
        assert_eq!(trace.line(), None);
        let mut headers = vec![(HEADER.to_owned(), "Root=1-0-0".to_owned())];
        trace.add_to_headers(&mut headers);
        assert_eq!(headers, [(HEADER.to_owned(), header)]);
    }
}
