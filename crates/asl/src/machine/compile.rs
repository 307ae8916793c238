//! JSON to [`Machine`].

use std::collections::BTreeMap;
use std::rc::Rc;

use serde_json::{Map, Value};

use super::{
    Batcher, Catcher, Kind, Machine, MapState, Moment, Number, Reader, Retrier, Scope, State, Task,
    Until, Writer,
};
use crate::choice;
use crate::doc::Doc;
use crate::jsonata::{self, Expression};
use crate::path::{self, Path};
use crate::template::{Language, Template};
use crate::time;

type Fields = Map<String, Value>;

/// See [`Machine::compile`].
pub fn machine(definition: &Value) -> Machine {
    let mut machine = Machine {
        // guess: 0, which is accepted, is no limit.
        timeout_s: definition
            .get("TimeoutSeconds")
            .and_then(Value::as_i64)
            .filter(|seconds| *seconds > 0),
        ..Machine::default()
    };
    scope(&mut machine, definition, language_of(definition, Language::JsonPath));
    machine
}

fn language_of(value: &Value, outer: Language) -> Language {
    match value.get("QueryLanguage").and_then(Value::as_str) {
        Some("JSONata") => Language::Jsonata,
        Some("JSONPath") => Language::JsonPath,
        _ => outer,
    }
}

/// Compiles a `States` map and all below; gives its place. Names come first, since states name
/// those that follow.
fn scope(machine: &mut Machine, definition: &Value, language: Language) -> usize {
    let at = machine.scopes.len();
    machine.scopes.push(Scope::default());
    let empty = Fields::new();
    let states = definition.get("States").and_then(Value::as_object).unwrap_or(&empty);
    let first = machine.states.len();
    let names: BTreeMap<String, usize> =
        states.keys().enumerate().map(|(offset, name)| (name.clone(), first + offset)).collect();
    for name in states.keys() {
        machine.states.push(blank(name));
    }
    let start = definition.get("StartAt").and_then(Value::as_str).unwrap_or_default();
    let scope = Scope { start: names.get(start).copied().unwrap_or(usize::MAX), names };
    if let Some(place) = machine.scopes.get_mut(at) {
        *place = scope.clone();
    }
    for (offset, (name, value)) in states.iter().enumerate() {
        if let Some(fields) = value.as_object() {
            let read = Read {
                fields,
                language: language_of(value, language),
                outer: language,
                scope: &scope,
            };
            let compiled = state(machine, name, &read);
            if let Some(place) = machine.states.get_mut(first + offset) {
                *place = compiled;
            }
        }
    }
    at
}

fn blank(name: &str) -> State {
    State {
        name: name.into(),
        language: Language::JsonPath,
        kind: Kind::Succeed,
        next: None,
        input_path: None,
        arguments: None,
        result_selector: None,
        result_path: None,
        output_path: None,
        output: None,
        assign: Vec::new(),
        retry: Vec::new(),
        catch: Vec::new(),
    }
}

fn state(machine: &mut Machine, name: &str, read: &Read<'_>) -> State {
    let kind = kind(machine, read);
    let is_map = matches!(kind, Kind::Map(_));
    let arguments =
        if is_map { None } else { read.template("Parameters").or(read.template("Arguments")) };
    State {
        name: name.into(),
        language: read.language,
        kind,
        next: read.next(read.fields.get("Next")),
        input_path: read.whole_path("InputPath"),
        arguments,
        result_selector: read.template("ResultSelector"),
        result_path: read.reference("ResultPath"),
        output_path: read.whole_path("OutputPath"),
        output: read.template("Output"),
        assign: read.assign(),
        retry: read.list("Retry").iter().filter_map(Value::as_object).map(retrier).collect(),
        catch: read
            .list("Catch")
            .iter()
            .filter_map(Value::as_object)
            .map(|fields| catcher(&Read { fields, ..*read }))
            .collect(),
    }
}

/// The fields of a state, or of a part of one.
#[derive(Clone, Copy)]
struct Read<'a> {
    fields: &'a Fields,
    language: Language,
    /// The machine's own language: that of states within this one that say nothing.
    outer: Language,
    scope: &'a Scope,
}

impl Read<'_> {
    fn text(&self, field: &str) -> Option<&str> {
        self.fields.get(field).and_then(Value::as_str)
    }

    fn list(&self, field: &str) -> &[Value] {
        self.fields.get(field).and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }

    fn template(&self, field: &str) -> Option<Template> {
        self.fields.get(field).map(|value| Template::compile(value, self.language))
    }

    fn next(&self, value: Option<&Value>) -> Option<usize> {
        value.and_then(Value::as_str).and_then(|name| self.scope.state(name))
    }

    /// A path that is `$` where nothing is said.
    fn whole_path(&self, field: &str) -> Option<Template> {
        match self.fields.get(field) {
            Some(Value::Null) => None,
            Some(Value::String(text)) => Template::query(text),
            _ => Template::query("$"),
        }
    }

    fn reference(&self, field: &str) -> Option<Path> {
        match self.fields.get(field) {
            Some(Value::Null) => None,
            Some(Value::String(text)) => path::parse(text),
            _ => path::parse("$"),
        }
    }

    fn assign(&self) -> Vec<(String, Template)> {
        match self.template("Assign") {
            Some(Template::Object(members)) => members,
            Some(Template::Literal(Value::Object(map))) => {
                map.into_iter().map(|(name, value)| (name, Template::Literal(value))).collect()
            }
            _ => Vec::new(),
        }
    }

    /// A number in `field`, in `path_field`, or none.
    fn number(&self, field: &'static str, path_field: &'static str) -> Number {
        if let Some(query) = self.text(path_field).and_then(Template::query) {
            return Number::Path(query, path_field);
        }
        match self.fields.get(field) {
            Some(Value::String(text)) => jsonata::inner(text)
                .and_then(|inner| Expression::compile(inner).ok())
                .map_or(Number::Absent, |inner| Number::Expression(Rc::new(inner), field)),
            Some(value) => value.as_f64().map_or(Number::Absent, Number::Given),
            None => Number::Absent,
        }
    }
}

fn kind(machine: &mut Machine, read: &Read<'_>) -> Kind {
    match read.text("Type").unwrap_or_default() {
        "Pass" => Kind::Pass(read.fields.get("Result").cloned().map(Doc::new)),
        "Task" => Kind::Task(Box::new(Task {
            resource: read.text("Resource").unwrap_or_default().into(),
            timeout: read.number("TimeoutSeconds", "TimeoutSecondsPath"),
            heartbeat: read.number("HeartbeatSeconds", "HeartbeatSecondsPath"),
            credentials: read.template("Credentials"),
        })),
        "Choice" => choices(read),
        "Wait" => Kind::Wait(until(read)),
        "Fail" => {
            Kind::Fail(either(read, "Error", "ErrorPath"), either(read, "Cause", "CausePath"))
        }
        "Parallel" => {
            let branches = read.list("Branches").iter();
            Kind::Parallel(branches.map(|branch| scope(machine, branch, read.outer)).collect())
        }
        "Map" => map(machine, read),
        _ => Kind::Succeed,
    }
}

fn choices(read: &Read<'_>) -> Kind {
    let rules = read.list("Choices").iter().filter_map(Value::as_object);
    let rules = rules.filter_map(|fields| {
        let inner = Read { fields, ..*read };
        let test = choice::compile(fields, read.language)?;
        Some(choice::Rule {
            test,
            next: inner.next(fields.get("Next")),
            assign: inner.assign(),
            output: inner.template("Output"),
        })
    });
    Kind::Choice(rules.collect(), read.next(read.fields.get("Default")))
}

fn until(read: &Read<'_>) -> Until {
    if let Some(path) = read.text("TimestampPath").and_then(path::parse) {
        return Until::Timestamp(Moment::Path(path));
    }
    match read.text("Timestamp") {
        Some(text) if read.language == Language::JsonPath => {
            Until::Timestamp(Moment::Given(time::parse(text).unwrap_or(0)))
        }
        Some(_) => {
            let template = read.template("Timestamp").unwrap_or(Template::Literal(Value::Null));
            Until::Timestamp(Moment::Template(template))
        }
        None => Until::Seconds(read.number("Seconds", "SecondsPath")),
    }
}

fn either(read: &Read<'_>, field: &str, path_field: &str) -> Option<Template> {
    read.text(path_field).and_then(Template::query).or_else(|| read.template(field))
}

fn map(machine: &mut Machine, read: &Read<'_>) -> Kind {
    let empty = Value::Null;
    let processor =
        read.fields.get("ItemProcessor").or_else(|| read.fields.get("Iterator")).unwrap_or(&empty);
    let config = processor.get("ProcessorConfig").unwrap_or(&empty);
    let says = |field: &str, value: &str| config.get(field).and_then(Value::as_str) == Some(value);
    let items = match read.language {
        Language::JsonPath => read.text("ItemsPath").and_then(Template::query),
        Language::Jsonata => read.template("Items"),
    };
    let inner = |field: &str| read.fields.get(field).and_then(Value::as_object);
    let part = |fields| Read { fields, ..*read };
    Kind::Map(Box::new(MapState {
        scope: scope(machine, processor, read.outer),
        items,
        selector: read.template("ItemSelector").or_else(|| read.template("Parameters")),
        concurrency: read.number("MaxConcurrency", "MaxConcurrencyPath"),
        tolerated_count: read.number("ToleratedFailureCount", "ToleratedFailureCountPath"),
        tolerated_percentage: read
            .number("ToleratedFailurePercentage", "ToleratedFailurePercentagePath"),
        distributed: says("Mode", "DISTRIBUTED"),
        express: says("ExecutionType", "EXPRESS"),
        label: read.text("Label").map(str::to_owned),
        reader: inner("ItemReader").map(|fields| reader(&part(fields))),
        batcher: inner("ItemBatcher").map(|fields| batcher(&part(fields))),
        writer: inner("ResultWriter").map(|fields| writer(&part(fields))),
    }))
}

fn reader(read: &Read<'_>) -> Reader {
    let config = read.fields.get("ReaderConfig").cloned().unwrap_or(Value::Null);
    let max_items = config.as_object().map_or(Number::Absent, |fields| {
        Read { fields, ..*read }.number("MaxItems", "MaxItemsPath")
    });
    Reader {
        resource: read.text("Resource").unwrap_or_default().into(),
        arguments: read.template("Parameters").or_else(|| read.template("Arguments")),
        config,
        max_items,
    }
}

fn batcher(read: &Read<'_>) -> Batcher {
    Batcher {
        max_items: read.number("MaxItemsPerBatch", "MaxItemsPerBatchPath"),
        max_bytes: read.number("MaxInputBytesPerBatch", "MaxInputBytesPerBatchPath"),
        input: read.template("BatchInput"),
    }
}

fn writer(read: &Read<'_>) -> Writer {
    Writer {
        resource: read.text("Resource").map(Into::into),
        arguments: read.template("Parameters").or_else(|| read.template("Arguments")),
        config: read.fields.get("WriterConfig").cloned().unwrap_or(Value::Null),
    }
}

fn errors(fields: &Fields) -> Vec<String> {
    let list = fields.get("ErrorEquals").and_then(Value::as_array);
    let names = list.into_iter().flatten().filter_map(Value::as_str);
    names.map(str::to_owned).collect()
}

fn retrier(fields: &Fields) -> Retrier {
    let number = |field: &str| fields.get(field).and_then(Value::as_f64);
    let attempts = fields.get("MaxAttempts").and_then(Value::as_u64).unwrap_or(3);
    Retrier {
        errors: errors(fields),
        interval_s: number("IntervalSeconds").unwrap_or(1.0),
        max_attempts: u32::try_from(attempts).unwrap_or(u32::MAX),
        backoff_rate: number("BackoffRate").unwrap_or(2.0),
        max_delay_s: number("MaxDelaySeconds"),
        jitter: fields.get("JitterStrategy").and_then(Value::as_str) == Some("FULL"),
    }
}

fn catcher(read: &Read<'_>) -> Catcher {
    Catcher {
        errors: errors(read.fields),
        next: read.next(read.fields.get("Next")),
        result_path: read.reference("ResultPath"),
        output: read.template("Output"),
        assign: read.assign(),
    }
}
