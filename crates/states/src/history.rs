//! History events as answers have them.

use cloudarium_asl::Event;
use cloudarium_asl::event::{Detail, EventKind, Field};
use cloudarium_env::Timestamp;
use cloudarium_shape::{Map, Value};

/// Details that a request may ask to leave out.
pub fn is_data(detail: Detail) -> bool {
    matches!(
        detail,
        Detail::Input | Detail::Output | Detail::Parameters | Detail::AssignedVariables
    )
}

/// An event; `whole`: with inputs and outputs.
pub fn value(event: &Event, whole: bool) -> Value {
    let mut members = Map::from([
        ("timestamp".to_owned(), Value::Timestamp(Timestamp::from_ms(event.at_ms))),
        ("type".to_owned(), Value::from(event.kind.name())),
        ("id".to_owned(), Value::Int(event.id.cast_signed())),
        ("previousEventId".to_owned(), Value::Int(event.previous.cast_signed())),
    ]);
    if !event.kind.member().is_empty() {
        members.insert(event.kind.member().to_owned(), Value::Map(details(event, whole)));
    }
    Value::Map(members)
}

fn details(event: &Event, whole: bool) -> Map {
    let mut details = Map::new();
    for (detail, field) in &event.details {
        // `parameters` has no companion that tells whether it was cut.
        if is_data(*detail)
            && *detail != Detail::Parameters
            && event.kind != EventKind::EvaluationFailed
        {
            let cut = Map::from([("truncated".to_owned(), Value::Bool(false))]);
            details.insert(format!("{}Details", detail.name()), Value::Map(cut));
        }
        if whole || !is_data(*detail) {
            details.insert(detail.name().to_owned(), shown(field));
        }
    }
    details
}

fn shown(field: &Field) -> Value {
    match field {
        Field::Text(text) => Value::from(text.as_ref()),
        Field::Int(number) => Value::Int(*number),
        Field::Texts(map) => Value::Map(
            map.iter().map(|(key, text)| (key.clone(), Value::from(text.as_ref()))).collect(),
        ),
    }
}
