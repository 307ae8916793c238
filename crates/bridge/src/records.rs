//! The list of calls as the page reads it.

use cloudarium_cloud::CallRecord;
use cloudarium_wire::http::Headers;
use serde_json::{Value as Json, json};

use crate::call::to_json;

/// One line of the list.
pub fn summary(record: &CallRecord) -> Json {
    json!({
        "seq": record.seq,
        "time": record.time.iso_ms(),
        "who": record.who,
        "source": record.source,
        "service": record.service,
        "operation": record.operation,
        "region": record.region,
        "status": record.status,
        "error": record.error,
        "changed": record.changed,
        "read_only": record.read_only,
    })
}

/// One call in full, with what went over the wire.
pub fn detail(record: &CallRecord) -> Json {
    let mut detail = summary(record);
    let more = json!({
        "account": record.account,
        "arn": record.arn,
        "access_key_id": record.access_key_id,
        "request_id": record.request_id,
        "input": record.input.as_ref().map(to_json),
        "output": record.output.as_ref().map(to_json),
        "request": {
            "method": record.request.method,
            "target": record.request.target,
            "headers": fields(&record.request.headers),
            "body": String::from_utf8_lossy(&record.request.body),
            "body_bytes": record.request.body_bytes,
        },
        "response": {
            "status": record.status,
            "headers": fields(&record.response.headers),
            "body": String::from_utf8_lossy(&record.response.body),
            "body_bytes": record.response.body_bytes,
        },
    });
    if let (Json::Object(detail), Json::Object(more)) = (&mut detail, more) {
        detail.extend(more);
    }
    detail
}

fn fields(headers: &Headers) -> Json {
    headers.iter().map(|(name, value)| json!([name, value])).collect()
}
