//! The forms of `query` and `ec2`: `Filter.1.Name=a&Filter.1.Value.1=b` to a value and back, by the
//! model.
//!
//! <https://smithy.io/2.0/aws/protocols/aws-query-protocol.html> and
//! <https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html>

use std::collections::BTreeMap;

use cloudarium_shape::model::{Kind, Member, Protocol, Service, Shape, TimestampFormat};
use cloudarium_shape::{Map, Value};

use super::scalar;
use crate::query::Query;

/// No input of AWS nests as deep.
const DEPTH_MAX: usize = 48;

/// Why a form is no input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormError {
    /// A value does not fit its member; says which and why.
    Malformed(String),
    /// No member is called so (EC2 says so; the others pass over it).
    Unknown(String),
}

/// Parameters as a tree, by the dots of their names.
#[derive(Debug, Default)]
struct Node {
    value: Option<String>,
    children: BTreeMap<String, Node>,
}

/// Reads the members of `shape` from `form`; `Action` and `Version` are passed over.
///
/// # Errors
/// [`FormError`].
pub fn read(service: &Service, shape: &Shape, form: &Query) -> Result<Value, FormError> {
    let mut root = Node::default();
    for (name, value) in form.iter().filter(|(name, _)| !matches!(*name, "Action" | "Version")) {
        let mut node = &mut root;
        for (depth, part) in name.split('.').enumerate() {
            if depth >= DEPTH_MAX {
                return Err(FormError::Malformed(format!("the parameter {name} nests too deep")));
            }
            node = node.children.entry(part.to_owned()).or_default();
        }
        node.value = Some(value.to_owned());
    }
    Reader { service }.structure(shape, &root, "")
}

struct Reader<'a> {
    service: &'a Service,
}

impl Reader<'_> {
    fn is_ec2(&self) -> bool {
        self.service.protocol == Protocol::Ec2
    }

    fn structure(&self, shape: &Shape, node: &Node, path: &str) -> Result<Value, FormError> {
        let mut out = Map::new();
        let mut taken: Vec<String> = Vec::new();
        for member in shape.members() {
            let names = names(self.service, member);
            if let Some((name, child)) = names
                .into_iter()
                .find_map(|name| node.children.get(&name).map(|child| (name, child)))
            {
                let value = self.member(member, child, &join(path, &name))?;
                taken.push(name);
                out.insert(member.name.clone(), value);
            }
        }
        if self.is_ec2() {
            let unknown = node.children.keys().find(|name| !taken.contains(name));
            if let Some(name) = unknown {
                return Err(FormError::Unknown(join(path, name)));
            }
        }
        Ok(Value::Map(out))
    }

    fn member(&self, member: &Member, node: &Node, path: &str) -> Result<Value, FormError> {
        let shape = self.service.shape(member.shape);
        let flattened = self.is_ec2() || shape.flattened || member.flattened;
        match &shape.kind {
            Kind::Structure(_) => self.structure(shape, node, path),
            Kind::List(item) => self.list(item, node, flattened, path),
            Kind::Map(key, value) => self.map((key, value), node, flattened, path),
            _ => read_scalar(member, shape, node, path),
        }
    }

    fn list(
        &self,
        item: &Member,
        node: &Node,
        flattened: bool,
        path: &str,
    ) -> Result<Value, FormError> {
        let items = if flattened { Some(node) } else { node.children.get(item_name(item)) };
        let mut out = Vec::new();
        for (number, child) in items.map(numbered).transpose()?.unwrap_or_default() {
            out.push(self.member(item, child, &join(path, &number.to_string()))?);
        }
        Ok(Value::List(out))
    }

    fn map(
        &self,
        (key, value): (&Member, &Member),
        node: &Node,
        flattened: bool,
        path: &str,
    ) -> Result<Value, FormError> {
        let entries = if flattened { Some(node) } else { node.children.get("entry") };
        let (key_name, value_name) = entry_names(key, value);
        let mut out = Map::new();
        for (number, entry) in entries.map(numbered).transpose()?.unwrap_or_default() {
            let path = join(path, &number.to_string());
            let name = entry.children.get(key_name).and_then(|node| node.value.clone());
            let name =
                name.ok_or_else(|| FormError::Malformed(format!("{path} has no {key_name}")))?;
            let value = match entry.children.get(value_name) {
                Some(node) => self.member(value, node, &join(&path, value_name))?,
                None => continue,
            };
            out.insert(name, value);
        }
        Ok(Value::Map(out))
    }
}

fn read_scalar(
    member: &Member,
    shape: &Shape,
    node: &Node,
    path: &str,
) -> Result<Value, FormError> {
    let Some(text) = &node.value else {
        return Err(FormError::Malformed(format!("the parameter {path} is no structure")));
    };
    scalar::read(shape, text, instant_format(member, shape))
        .map_err(|why| FormError::Malformed(format!("the parameter {path}: {why}")))
}

/// The children by their number, in its order.
fn numbered(node: &Node) -> Result<Vec<(u32, &Node)>, FormError> {
    let mut out = Vec::with_capacity(node.children.len());
    for (name, child) in &node.children {
        let number = name
            .parse()
            .map_err(|_| FormError::Malformed(format!("'{name}' is not a position in a list")))?;
        out.push((number, child));
    }
    out.sort_by_key(|(number, _)| *number);
    Ok(out)
}

/// The names that a member may have in a form, the right one first.
fn names(service: &Service, member: &Member) -> Vec<String> {
    let shape = service.shape(member.shape);
    if service.protocol == Protocol::Ec2 {
        let name = member.query_name.clone().unwrap_or_else(|| capitalized(member.wire_name()));
        return vec![name];
    }
    // A flattened list bears the name of its items, if they have one.
    let flattened = shape.flattened || member.flattened;
    if let (Kind::List(item), true) = (&shape.kind, flattened)
        && let Some(name) = &item.location_name
    {
        return vec![name.clone(), member.wire_name().to_owned()];
    }
    vec![member.wire_name().to_owned()]
}

fn capitalized(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn item_name(item: &Member) -> &str {
    item.location_name.as_deref().unwrap_or("member")
}

fn entry_names<'a>(key: &'a Member, value: &'a Member) -> (&'a str, &'a str) {
    let name =
        |member: &'a Member, default: &'a str| member.location_name.as_deref().unwrap_or(default);
    (name(key, "key"), name(value, "value"))
}

fn instant_format(member: &Member, shape: &Shape) -> TimestampFormat {
    member.timestamp_format.or(shape.timestamp_format).unwrap_or(TimestampFormat::Iso8601)
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

/// Writes `input` as parameters in the model's order.
pub fn write(service: &Service, shape: &Shape, input: &Value) -> Vec<(String, String)> {
    let mut writer = Writer { service, out: Vec::new() };
    writer.structure(shape, input, "");
    writer.out
}

struct Writer<'a> {
    service: &'a Service,
    out: Vec<(String, String)>,
}

impl Writer<'_> {
    fn structure(&mut self, shape: &Shape, value: &Value, path: &str) {
        for member in shape.members() {
            if let Some(value) = value.get(&member.name) {
                let name = names(self.service, member).swap_remove(0);
                self.member(member, value, &join(path, &name));
            }
        }
    }

    fn member(&mut self, member: &Member, value: &Value, path: &str) {
        let shape = self.service.shape(member.shape);
        let ec2 = self.service.protocol == Protocol::Ec2;
        let flattened = ec2 || shape.flattened || member.flattened;
        match (&shape.kind, value) {
            (Kind::Structure(_), _) => self.structure(shape, value, path),
            // An empty list is said by an empty parameter; EC2 has no way to say it.
            (Kind::List(_), Value::List(items)) if items.is_empty() => {
                if !ec2 {
                    self.out.push((path.to_owned(), String::new()));
                }
            }
            (Kind::List(item), Value::List(items)) => {
                let path = if flattened { path.to_owned() } else { join(path, item_name(item)) };
                for (index, value) in items.iter().enumerate() {
                    self.member(item, value, &join(&path, &(index + 1).to_string()));
                }
            }
            (Kind::Map(key, item), Value::Map(entries)) => {
                let path = if flattened { path.to_owned() } else { join(path, "entry") };
                let (key_name, value_name) = entry_names(key, item);
                for (index, (name, value)) in entries.iter().enumerate() {
                    let path = join(&path, &(index + 1).to_string());
                    self.out.push((join(&path, key_name), name.clone()));
                    self.member(item, value, &join(&path, value_name));
                }
            }
            _ => {
                if let Some(text) = scalar::write(value, instant_format(member, shape)) {
                    self.out.push((path.to_owned(), text));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use cloudarium_shape::model;

    use super::*;

    fn there_and_back(service: &str, operation: &str, form: &str) -> Value {
        let service = model::service(service).unwrap();
        let shape = service.input(service.operation(operation).unwrap());
        let value = read(service, shape, &Query::parse(form)).unwrap();
        let again = write(service, shape, &value);
        let text: Vec<String> =
            again.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let reread = read(service, shape, &Query::parse(&text.join("&"))).unwrap();
        assert_eq!(value, reread);
        value
    }

    #[test]
    fn lists_maps_and_structures() {
        let input = there_and_back(
            "sns",
            "Publish",
            "Action=Publish&TopicArn=t&Message=m&MessageAttributes.entry.1.Name=a\
             &MessageAttributes.entry.1.Value.DataType=String\
             &MessageAttributes.entry.1.Value.StringValue=x",
        );
        let attribute = input.get("MessageAttributes").and_then(|it| it.get("a")).unwrap();
        assert_eq!(attribute.get("StringValue"), Some(&Value::from("x")));
        let input = there_and_back(
            "iam",
            "CreateRole",
            "RoleName=r&AssumeRolePolicyDocument=%7B%7D&Tags.member.2.Key=b&Tags.member.2.Value=2\
             &Tags.member.1.Key=a&Tags.member.1.Value=1&Tags.member.10.Key=c&Tags.member.10.Value=3",
        );
        let Some(Value::List(tags)) = input.get("Tags") else { panic!("{input:?}") };
        let keys: Vec<_> = tags.iter().filter_map(|tag| tag.get("Key")?.as_str()).collect();
        assert_eq!(keys, ["a", "b", "c"]);
    }

    #[test]
    fn ec2_has_its_own_names_and_says_what_it_does_not_know() {
        let input = there_and_back(
            "ec2",
            "DescribeInstances",
            "InstanceId.1=i-1&InstanceId.2=i-2&Filter.1.Name=n&Filter.1.Value.1=v&MaxResults=5",
        );
        let ids = Value::List(vec![Value::from("i-1"), Value::from("i-2")]);
        assert_eq!(input.get("InstanceIds"), Some(&ids));
        assert_eq!(input.get("MaxResults"), Some(&Value::Int(5)));
        let service = model::service("ec2").unwrap();
        let shape = service.input(service.operation("DescribeInstances").unwrap());
        let unknown = read(service, shape, &Query::parse("Filter.1.Nam=n"));
        assert_eq!(unknown, Err(FormError::Unknown("Filter.1.Nam".into())));
    }

    #[test]
    fn what_does_not_fit_is_malformed() {
        let service = model::service("ec2").unwrap();
        let shape = service.input(service.operation("DescribeInstances").unwrap());
        let deep = vec!["a"; 100].join(".");
        for form in ["MaxResults=five", "InstanceId.x=i", "InstanceId.1.2=i", &deep] {
            let refused = read(service, shape, &Query::parse(form));
            assert!(matches!(refused, Err(FormError::Malformed(_))), "{form}: {refused:?}");
        }
    }
}
