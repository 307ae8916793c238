//! The constraints of the models, in the words in which AWS refuses what breaks them.
//!
//! The words are those of AWS's service framework, as its services answer them, e.g.
//! <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html> and
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html>.

use cloudarium_shape::Value;
use cloudarium_shape::model::{Kind, Member, Operation, Protocol, Service, Shape};

/// AWS lists no more than this many in one answer (guess: the longest lists seen have ten).
const LISTED_MAX: usize = 10;
/// A value is shown up to here.
const SHOWN_MAX: usize = 256;

/// Members of an enum that the service checks itself, in words of its own: the service, and the member.
const IN_OWN_WORDS: [(&str, &str); 1] = [("lambda", "runtime")];

/// Members that the model calls sensitive, whose values no refusal shows: the service, and the member.
const SENSITIVE: [(&str, &str); 1] = [("lambda", "environment.variables")];

/// Why an input is refused: AWS's code and message. The status is 400.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// `ValidationException`, or what this service says in its place.
    pub code: &'static str,
    /// `1 validation error detected: Value 'a' at 'name' failed to satisfy constraint: ...`
    pub message: String,
}

/// Checks `input` against every constraint that the model puts on it. S3 (`rest-xml`) words each of
/// its refusals itself, so of its inputs nothing is checked here.
///
/// # Errors
/// All that is broken, in one refusal.
pub fn validate(service: &Service, operation: &Operation, input: &Value) -> Result<(), Refusal> {
    if service.protocol == Protocol::RestXml {
        return Ok(());
    }
    let mut check = Check { service, broken: Vec::new() };
    check.structure(service.input(operation), input, "");
    if check.broken.is_empty() {
        return Ok(());
    }
    if service.query_compatible {
        return compatible_refusal(&check.broken).map_or(Ok(()), Err);
    }
    Err(match service.protocol {
        Protocol::Ec2 => ec2_refusal(&check.broken),
        protocol => Refusal { code: code(service, operation, protocol), message: check.message() },
    })
}

/// What the operation itself declares for bad input, else what its protocol says in common.
fn code(service: &Service, operation: &Operation, protocol: Protocol) -> &'static str {
    const DECLARED: [&str; 2] = ["ValidationException", "InvalidParameterException"];
    if protocol == Protocol::Query {
        return "ValidationError";
    }
    let declares =
        |code: &str| operation.errors.iter().any(|id| service.shape(*id).error_code() == code);
    DECLARED.into_iter().find(|code| declares(code)).unwrap_or("ValidationException")
}

/// <https://docs.aws.amazon.com/ec2/latest/devguide/ec2-error-codes.html>
fn ec2_refusal(broken: &[Broken]) -> Refusal {
    match broken.first() {
        Some(Broken { path, constraint: Constraint::NotNull, .. }) => Refusal {
            code: "MissingParameter",
            message: format!("The request must contain the parameter {path}"),
        },
        Some(Broken { path, value, .. }) => Refusal {
            code: "InvalidParameterValue",
            message: format!("Value ({value}) for parameter {path} is invalid."),
        },
        None => Refusal { code: "InvalidParameterValue", message: String::new() },
    }
}

/// A service that kept the refusals it had before it spoke JSON (SQS) words those of values itself.
/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/CommonErrors.html>
fn compatible_refusal(broken: &[Broken]) -> Option<Refusal> {
    let missing = broken.iter().find(|it| matches!(it.constraint, Constraint::NotNull))?;
    Some(Refusal {
        code: "MissingParameter",
        message: format!("The request must contain the parameter {}.", missing.path),
    })
}

struct Broken {
    path: String,
    value: String,
    constraint: Constraint,
}

enum Constraint {
    NotNull,
    /// What the value must do.
    Words(String),
    /// Whose: `Member`, `Map keys`, `Map value`. All that a list's or a map's plain values must do, as one constraint on the
    /// whole of it.
    Each(&'static str, String),
}

struct Check<'a> {
    service: &'a Service,
    broken: Vec<Broken>,
}

impl Check<'_> {
    fn message(&self) -> String {
        let count = self.broken.len();
        let plural = if count == 1 { "" } else { "s" };
        let listed = self.broken.iter().take(LISTED_MAX);
        let list: Vec<String> = listed.map(|it| it.words(&self.service.name)).collect();
        format!("{count} validation error{plural} detected: {}", list.join("; "))
    }

    fn structure(&mut self, shape: &Shape, value: &Value, path: &str) {
        for member in shape.members() {
            let path = joined(path, &self.shown_name(member));
            match value.get(&member.name) {
                Some(value) => self.value(self.service.shape(member.shape), value, &path),
                None if member.required => self.broken.push(Broken {
                    path,
                    value: "null".to_owned(),
                    constraint: Constraint::NotNull,
                }),
                None => {}
            }
        }
    }

    /// AWS's framework shows members in camelCase; EC2 in their own case.
    fn shown_name(&self, member: &Member) -> String {
        if self.service.protocol == Protocol::Ec2 || self.service.query_compatible {
            return member.name.clone();
        }
        let mut letters = member.name.chars();
        letters
            .next()
            .map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
    }

    fn value(&mut self, shape: &Shape, value: &Value, path: &str) {
        match (&shape.kind, value) {
            (Kind::Structure(_), Value::Map(_)) => self.structure(shape, value, path),
            (Kind::List(item), Value::List(items)) => {
                self.length(shape, items.len(), value, path);
                let item = self.service.shape(item.shape);
                if is_plain(item) {
                    self.each(("Member", item), items.iter(), (value, path));
                    return;
                }
                for (index, value) in items.iter().enumerate() {
                    self.value(item, value, &format!("{path}.{}.member", index + 1));
                }
            }
            (Kind::Map(key, item), Value::Map(entries)) => {
                self.length(shape, entries.len(), value, path);
                let (key, item) = (self.service.shape(key.shape), self.service.shape(item.shape));
                let names: Vec<Value> = entries.keys().cloned().map(Value::String).collect();
                self.each(("Map keys", key), names.iter(), (value, path));
                if is_plain(item) {
                    self.each(("Map value", item), entries.values(), (value, path));
                    return;
                }
                for (name, value) in entries {
                    self.value(item, value, &format!("{path}.{name}.member"));
                }
            }
            (Kind::String, Value::String(text)) => self.text(shape, text, value, path),
            (Kind::Blob, Value::Blob(bytes)) => self.length(shape, bytes.len(), value, path),
            // A double holds every bound of the models to the digit.
            #[allow(clippy::cast_precision_loss)]
            (_, Value::Int(number)) => self.range(shape, *number as f64, value, path),
            (_, Value::Float(number)) => self.range(shape, *number, value, path),
            _ => {}
        }
    }

    /// However many values break a constraint, it is told once, and with it all others.
    fn each<'v>(
        &mut self,
        (whose, shape): (&'static str, &Shape),
        mut values: impl Iterator<Item = &'v Value>,
        (all, path): (&Value, &str),
    ) {
        let mut inner = Check { service: self.service, broken: Vec::new() };
        if !values.any(|value| {
            inner.value(shape, value, path);
            !inner.broken.is_empty()
        }) {
            return;
        }
        let mut rules = constraints(shape);
        if whose == "Member" || whose == "Map value" && self.service.protocol == Protocol::RestJson
        {
            rules.push("Member must not be null".to_owned());
        }
        let constraint = Constraint::Each(whose, rules.join(", "));
        self.broken.push(Broken { path: path.to_owned(), value: cut(shown(all)), constraint });
    }

    fn text(&mut self, shape: &Shape, text: &str, value: &Value, path: &str) {
        self.length(shape, text.chars().count(), value, path);
        if let Some(pattern) = shape.pattern.as_ref().filter(|pattern| !pattern.fits(text)) {
            let words = format!("satisfy regular expression pattern: {}", pattern.as_str());
            self.push(words, value, path);
        }
        let is_checked =
            !shape.enumeration.is_empty() && !IN_OWN_WORDS.contains(&(&self.service.name, path));
        if is_checked && !shape.enumeration.iter().any(|one| one == text) {
            let words = format!("satisfy enum value set: [{}]", shape.enumeration.join(", "));
            self.push(words, value, path);
        }
    }

    fn length(&mut self, shape: &Shape, length: usize, value: &Value, path: &str) {
        // Lengths are far below the 2^52 that a double holds to the digit.
        #[allow(clippy::cast_precision_loss)]
        let length = length as f64;
        if let Some(max) = shape.max.filter(|max| length > *max) {
            self.push(format!("have length less than or equal to {max}"), value, path);
        }
        if let Some(min) = shape.min.filter(|min| length < *min) {
            self.push(format!("have length greater than or equal to {min}"), value, path);
        }
    }

    fn range(&mut self, shape: &Shape, number: f64, value: &Value, path: &str) {
        if let Some(max) = shape.max.filter(|max| number > *max) {
            self.push(format!("have value less than or equal to {max}"), value, path);
        }
        if let Some(min) = shape.min.filter(|min| number < *min) {
            self.push(format!("have value greater than or equal to {min}"), value, path);
        }
    }

    fn push(&mut self, words: String, value: &Value, path: &str) {
        let constraint = Constraint::Words(words);
        self.broken.push(Broken { path: path.to_owned(), value: cut(shown(value)), constraint });
    }
}

/// A value that has no members of its own: where it is one of many, the constraint is told of all of them.
const fn is_plain(shape: &Shape) -> bool {
    !matches!(shape.kind, Kind::Structure(_) | Kind::List(_) | Kind::Map(..))
}

/// Everything that the model says of a plain value.
fn constraints(shape: &Shape) -> Vec<String> {
    let what = match shape.kind {
        Kind::String | Kind::Blob => "length",
        _ => "value",
    };
    // guess: bounds of numbers with a point are told with one.
    let number = |bound: f64| match shape.kind {
        Kind::Float | Kind::Double => format!("{bound:?}"),
        _ => bound.to_string(),
    };
    let bound = |bound: Option<f64>, than: &str| {
        bound.map(|bound| {
            format!("Member must have {what} {than} than or equal to {}", number(bound))
        })
    };
    let pattern = shape
        .pattern
        .as_ref()
        .map(|it| format!("Member must satisfy regular expression pattern: {}", it.as_str()));
    let values = (!shape.enumeration.is_empty())
        .then(|| format!("Member must satisfy enum value set: [{}]", shape.enumeration.join(", ")));
    [bound(shape.max, "less"), bound(shape.min, "greater"), pattern, values]
        .into_iter()
        .flatten()
        .collect()
}

fn cut(mut text: String) -> String {
    if let Some((cut, _)) = text.char_indices().nth(SHOWN_MAX) {
        text.truncate(cut);
        text.push_str("...");
    }
    text
}

impl Broken {
    fn words(&self, service: &str) -> String {
        let Self { path, value, constraint } = self;
        let value = if SENSITIVE.contains(&(service, path)) {
            String::new()
        } else {
            format!("'{value}' ")
        };
        match constraint {
            Constraint::NotNull => format!(
                "Value null at '{path}' failed to satisfy constraint: Member must not be null"
            ),
            Constraint::Words(words) => format!(
                "Value {value}at '{path}' failed to satisfy constraint: Member must {words}"
            ),
            // Seen: `Value '[GET, POST]' at 'cors.allowMethods' failed to satisfy constraint: Member must satisfy
            // constraint: [Member must have length less than or equal to 6, ..., Member must not be null]`.
            Constraint::Each(whose, all) => format!(
                "Value {value}at '{path}' failed to satisfy constraint: {whose} must satisfy constraint: [{all}]"
            ),
        }
    }
}

fn joined(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

/// A value as the framework shows it: `[a, b]`, `{k=v}`.
fn shown(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(truth) => truth.to_string(),
        Value::Int(number) => number.to_string(),
        Value::Float(number) => number.to_string(),
        Value::String(text) => text.clone(),
        Value::Blob(bytes) => {
            format!("java.nio.HeapByteBuffer[pos=0 lim={0} cap={0}]", bytes.len())
        }
        Value::Timestamp(at) => at.iso_ms(),
        Value::List(items) => {
            format!("[{}]", items.iter().map(shown).collect::<Vec<_>>().join(", "))
        }
        Value::Map(entries) => {
            let entries: Vec<String> =
                entries.iter().map(|(name, value)| format!("{name}={}", shown(value))).collect();
            format!("{{{}}}", entries.join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use cloudarium_shape::{Map, model};

    use super::*;

    fn refused(service: &str, operation: &str, members: &[(&str, Value)]) -> (String, String) {
        let service = model::service(service).unwrap();
        let operation = service.operation(operation).unwrap();
        let input: Map =
            members.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        validate(service, operation, &Value::Map(input))
            .err()
            .map(|it| (it.code.to_owned(), it.message))
            .unwrap_or_default()
    }

    #[test]
    fn missing_members_are_listed() {
        let (code, message) = refused("sts", "AssumeRole", &[]);
        assert_eq!(code, "ValidationError");
        assert_eq!(
            message,
            "2 validation errors detected: Value null at 'roleArn' failed to satisfy constraint: \
             Member must not be null; Value null at 'roleSessionName' failed to satisfy \
             constraint: Member must not be null"
        );
    }

    #[test]
    fn length_pattern_enum_and_range_have_aws_words() {
        let name = |text: &str| ("logGroupName", Value::from(text));
        let (code, message) = refused("logs", "CreateLogGroup", &[name("a b")]);
        assert_eq!(code, "InvalidParameterException");
        assert_eq!(
            message,
            r"1 validation error detected: Value 'a b' at 'logGroupName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\.\-_/#A-Za-z0-9]+"
        );
        let (_, message) = refused("logs", "CreateLogGroup", &[name(&"a".repeat(513))]);
        assert!(message.contains("Member must have length less than or equal to 512"), "{message}");
        let (_, message) =
            refused("stepfunctions", "ListStateMachines", &[("maxResults", Value::Int(1001))]);
        assert!(
            message.ends_with("Member must have value less than or equal to 1000"),
            "{message}"
        );
    }

    #[test]
    fn paths_go_through_lists() {
        let definition = Value::Map(Map::from([
            ("AttributeName".to_owned(), Value::from("id")),
            ("AttributeType".to_owned(), Value::from("X")),
        ]));
        let (_, message) = refused(
            "dynamodb",
            "CreateTable",
            &[
                ("TableName", Value::from("table")),
                ("AttributeDefinitions", Value::List(vec![definition])),
            ],
        );
        assert!(
            message.contains(
                "Value 'X' at 'attributeDefinitions.1.member.attributeType' failed to satisfy \
                 constraint: Member must satisfy enum value set: ["
            ),
            "{message}"
        );
    }

    // As AWS answered a function's address with three methods, one of them too long.
    #[test]
    fn plain_values_of_a_list_are_refused_as_one() {
        let methods = ["GET", "POST", "OPTIONS"].map(Value::from).to_vec();
        let cors = Map::from([("AllowMethods".to_owned(), Value::List(methods))]);
        let members = [
            ("FunctionName", Value::from("f")),
            ("AuthType", Value::from("NONE")),
            ("Cors", Value::Map(cors)),
        ];
        let (code, message) = refused("lambda", "CreateFunctionUrlConfig", &members);
        assert_eq!(code, "ValidationException");
        assert_eq!(
            message,
            "1 validation error detected: Value '[GET, POST, OPTIONS]' at 'cors.allowMethods' failed to satisfy \
             constraint: Member must satisfy constraint: [Member must have length less than or equal to 6, \
             Member must have length greater than or equal to 0, Member must satisfy regular expression pattern: .*, \
             Member must not be null]"
        );
    }

    #[test]
    fn what_is_sensitive_is_not_shown() {
        let variables = Map::from([("1A".to_owned(), Value::from("secret"))]);
        let environment = Map::from([("Variables".to_owned(), Value::Map(variables))]);
        let members =
            [("FunctionName", Value::from("f")), ("Environment", Value::Map(environment))];
        let (_, message) = refused("lambda", "UpdateFunctionConfiguration", &members);
        assert_eq!(
            message,
            "1 validation error detected: Value at 'environment.variables' failed to satisfy constraint: Map keys must \
             satisfy constraint: [Member must satisfy regular expression pattern: [a-zA-Z]([a-zA-Z0-9_])+]"
        );
    }

    #[test]
    fn ec2_has_words_of_its_own() {
        let (code, message) = refused("ec2", "TerminateInstances", &[]);
        assert_eq!(code, "MissingParameter");
        assert_eq!(message, "The request must contain the parameter InstanceIds");
    }

    #[test]
    fn what_fits_is_let_through() {
        assert_eq!(refused("sts", "GetCallerIdentity", &[]).0, "");
        assert_eq!(refused("s3", "PutObject", &[]).0, "");
    }
}
