//! Values as XML, by the model: bodies of `rest-xml`, answers of `query` and `ec2`.
//!
//! <https://smithy.io/2.0/spec/protocol-traits.html#xml-bindings>

use cloudarium_shape::model::{
    Kind, Location, Member, Service, Shape, TimestampFormat, XmlNamespace,
};
use cloudarium_shape::{Map, Value};

use super::scalar;
use crate::xml::{Element, Writer};

/// Reads `element` as a value of `shape`; elements that the model does not name are passed over,
/// as AWS does.
///
/// # Errors
/// Which element does not fit, and why.
pub fn read(service: &Service, shape: &Shape, element: &Element) -> Result<Value, String> {
    let format = shape.timestamp_format.unwrap_or(TimestampFormat::Iso8601);
    read_as(service, shape, element, format)
}

fn read_as(
    service: &Service,
    shape: &Shape,
    element: &Element,
    format: TimestampFormat,
) -> Result<Value, String> {
    match &shape.kind {
        Kind::Structure(_) => read_members(service, shape, element).map(Value::Map),
        Kind::List(item) => {
            let name = item.location_name.as_deref().unwrap_or("member");
            read_items(service, item, element.all(name)).map(Value::List)
        }
        Kind::Map(key, value) => {
            read_entries(service, (key, value), element.all("entry")).map(Value::Map)
        }
        _ => scalar::read(shape, &element.text, format)
            .map_err(|why| format!("{}: {why}", element.name)),
    }
}

/// Reads the members of `shape` that travel in the body out of the children of `element`.
///
/// # Errors
/// Which element does not fit, and why.
pub fn read_members(service: &Service, shape: &Shape, element: &Element) -> Result<Map, String> {
    let mut out = Map::new();
    for member in shape.members().iter().filter(|member| member.location == Location::Body) {
        if let Some(value) = read_member(service, member, element)? {
            out.insert(member.name.clone(), value);
        }
    }
    Ok(out)
}

fn read_member(
    service: &Service,
    member: &Member,
    parent: &Element,
) -> Result<Option<Value>, String> {
    let shape = service.shape(member.shape);
    let format = instant_format(member, shape);
    let name = element_name(member);
    if member.xml_attribute {
        let text = parent.attribute(name);
        return text.map(|text| scalar::read(shape, text, format)).transpose();
    }
    let flattened = shape.flattened || member.flattened;
    let found: Vec<&Element> = parent.all(local(name)).collect();
    match (&shape.kind, found.first()) {
        (_, None) => Ok(None),
        (Kind::List(item), _) if flattened => {
            read_items(service, item, found.into_iter()).map(Value::List).map(Some)
        }
        (Kind::Map(key, value), _) if flattened => {
            read_entries(service, (key, value), found.into_iter()).map(Value::Map).map(Some)
        }
        (_, Some(element)) => read_as(service, shape, element, format).map(Some),
    }
}

fn read_items<'a>(
    service: &Service,
    item: &Member,
    elements: impl Iterator<Item = &'a Element>,
) -> Result<Vec<Value>, String> {
    let shape = service.shape(item.shape);
    let format = instant_format(item, shape);
    elements.map(|element| read_as(service, shape, element, format)).collect()
}

fn read_entries<'a>(
    service: &Service,
    (key, value): (&Member, &Member),
    elements: impl Iterator<Item = &'a Element>,
) -> Result<Map, String> {
    let (key_name, value_name) = entry_names(key, value);
    let shape = service.shape(value.shape);
    let format = instant_format(value, shape);
    let mut out = Map::new();
    for element in elements {
        let name = element.child(key_name).map(|it| it.text.clone());
        let name = name.ok_or_else(|| format!("{}: it has no {key_name}", element.name))?;
        if let Some(element) = element.child(value_name) {
            out.insert(name, read_as(service, shape, element, format)?);
        }
    }
    Ok(out)
}

/// Writes the members of `shape` that travel in the body as children of the open element.
pub fn write_members(writer: &mut Writer, service: &Service, shape: &Shape, value: &Value) {
    for member in shape.members() {
        if member.location != Location::Body || member.xml_attribute {
            continue;
        }
        if let Some(value) = value.get(&member.name) {
            let name = element_name(member);
            write_member(writer, service, (member, name), value);
        }
    }
}

/// Writes `value` as the element `name`.
pub fn write_member(
    writer: &mut Writer,
    service: &Service,
    (member, name): (&Member, &str),
    value: &Value,
) {
    let shape = service.shape(member.shape);
    let flattened = shape.flattened || member.flattened;
    let namespace = member.xml_namespace.as_ref().or(shape.xml_namespace.as_ref());
    match (&shape.kind, value) {
        (Kind::List(item), Value::List(items)) if flattened => {
            for value in items {
                write_member(writer, service, (item, name), value);
            }
        }
        (Kind::Map(key, item), Value::Map(entries)) if flattened => {
            write_entries(writer, service, (key, item, name), entries);
        }
        (Kind::Structure(_), _) => {
            write_element(writer, service, (shape, name, namespace), value);
        }
        (Kind::List(item), Value::List(items)) => {
            open(writer, name, namespace, &[]);
            let item_name = item.location_name.as_deref().unwrap_or("member");
            for value in items {
                write_member(writer, service, (item, item_name), value);
            }
            writer.close(name);
        }
        (Kind::Map(key, item), Value::Map(entries)) => {
            open(writer, name, namespace, &[]);
            write_entries(writer, service, (key, item, "entry"), entries);
            writer.close(name);
        }
        _ => {
            if let Some(text) = leaf_text(service, value, instant_format(member, shape)) {
                open(writer, name, namespace, &[]);
                writer.text(&text);
                writer.close(name);
            }
        }
    }
}

/// A single value as text. S3 tells the milliseconds of every instant, though they are none.
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html#API_ListObjectsV2_Examples>
fn leaf_text(service: &Service, value: &Value, format: TimestampFormat) -> Option<String> {
    match value {
        Value::Timestamp(at) if service.s3_style && format == TimestampFormat::Iso8601 => {
            Some(at.iso_ms())
        }
        _ => scalar::write(value, format),
    }
}

/// Writes a structure as the element `name`: attributes first, then the members within.
pub fn write_element(
    writer: &mut Writer,
    service: &Service,
    (shape, name, namespace): (&Shape, &str, Option<&XmlNamespace>),
    value: &Value,
) {
    let mut attributes = Vec::new();
    for member in shape.members().iter().filter(|member| member.xml_attribute) {
        let format = instant_format(member, service.shape(member.shape));
        if let Some(text) = value.get(&member.name).and_then(|it| scalar::write(it, format)) {
            attributes.push((element_name(member), text));
        }
    }
    let attributes: Vec<(&str, &str)> =
        attributes.iter().map(|(name, value)| (*name, value.as_str())).collect();
    open(writer, name, namespace, &attributes);
    write_members(writer, service, shape, value);
    writer.close(name);
}

fn write_entries(
    writer: &mut Writer,
    service: &Service,
    (key, item, name): (&Member, &Member, &str),
    entries: &Map,
) {
    let (key_name, value_name) = entry_names(key, item);
    for (entry, value) in entries {
        writer.open(name, &[]);
        write_member(writer, service, (key, key_name), &Value::String(entry.clone()));
        write_member(writer, service, (item, value_name), value);
        writer.close(name);
    }
}

fn open(
    writer: &mut Writer,
    name: &str,
    namespace: Option<&XmlNamespace>,
    attributes: &[(&str, &str)],
) {
    let declared = namespace.map(|it| {
        let key = it.prefix.as_ref().map_or_else(|| "xmlns".to_owned(), |it| format!("xmlns:{it}"));
        (key, it.uri.as_str())
    });
    let mut all: Vec<(&str, &str)> = Vec::with_capacity(attributes.len() + 1);
    all.extend(declared.iter().map(|(key, uri)| (key.as_str(), *uri)));
    all.extend_from_slice(attributes);
    writer.open(name, &all);
}

/// The element of a member; a flattened list has no other.
fn element_name(member: &Member) -> &str {
    member.wire_name()
}

/// `type` of `xsi:type`: names are read without their prefix.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

fn entry_names<'a>(key: &'a Member, value: &'a Member) -> (&'a str, &'a str) {
    let name =
        |member: &'a Member, default: &'a str| member.location_name.as_deref().unwrap_or(default);
    (name(key, "key"), name(value, "value"))
}

fn instant_format(member: &Member, shape: &Shape) -> TimestampFormat {
    member.timestamp_format.or(shape.timestamp_format).unwrap_or(TimestampFormat::Iso8601)
}

#[cfg(test)]
mod tests {
    use cloudarium_shape::model;

    use super::*;
    use crate::xml;

    #[test]
    fn a_grant_has_an_attribute_of_another_namespace() {
        let s3 = model::service("s3").unwrap();
        let shape = s3.shape_named("Grant").unwrap();
        let text = "<Grant><Grantee xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
                    xsi:type=\"CanonicalUser\"><ID>id</ID></Grantee>\
                    <Permission>READ</Permission></Grant>";
        let value = read(s3, shape, &xml::parse(text.as_bytes()).unwrap()).unwrap();
        let grantee = value.get("Grantee").unwrap();
        assert_eq!(grantee.get("Type"), Some(&Value::from("CanonicalUser")));
        let mut writer = Writer::default();
        write_element(&mut writer, s3, (shape, "Grant", None), &value);
        assert_eq!(writer.finish(), text);
    }

    #[test]
    fn flattened_lists_stand_in_their_parent() {
        let s3 = model::service("s3").unwrap();
        let shape = s3.output(s3.operation("ListObjectsV2").unwrap());
        let text = "<R><IsTruncated>false</IsTruncated><Contents><Key>a</Key><Size>1</Size>\
                    </Contents><Contents><Key>b</Key><Size>2</Size></Contents></R>";
        let value = read(s3, shape, &xml::parse(text.as_bytes()).unwrap()).unwrap();
        let Some(Value::List(contents)) = value.get("Contents") else { panic!("{value:?}") };
        assert_eq!(contents.len(), 2);
        let mut writer = Writer::default();
        write_element(&mut writer, s3, (shape, "R", None), &value);
        assert_eq!(writer.finish(), text);
    }

    #[test]
    fn instants_have_milliseconds() {
        let s3 = model::service("s3").unwrap();
        let shape = s3.shape_named("Bucket").unwrap();
        let text = "<B><Name>b</Name><CreationDate>2006-02-03T16:45:09.000Z</CreationDate></B>";
        let value = read(s3, shape, &xml::parse(text.as_bytes()).unwrap()).unwrap();
        let mut writer = Writer::default();
        write_element(&mut writer, s3, (shape, "B", None), &value);
        assert_eq!(writer.finish(), text);
    }

    #[test]
    fn an_element_that_does_not_fit_is_named() {
        let s3 = model::service("s3").unwrap();
        let shape = s3.shape_named("Delete").unwrap();
        let document = xml::parse(b"<Delete><Quiet>maybe</Quiet></Delete>").unwrap();
        let refused = read(s3, shape, &document);
        assert_eq!(refused, Err("Quiet: 'maybe' is not a valid boolean".to_owned()));
    }
}
