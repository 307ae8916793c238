//! Bodies of REST answers.

use bytes::Bytes;
use cloudarium_shape::Value;
use cloudarium_shape::model::{Kind, Member, Protocol, Service, Shape, XmlNamespace};

use super::root_of;
use crate::protocol::{event_stream, json_value, rest, rest_xml, xml_value};
use crate::xml::Writer;

type Body = (Bytes, Option<String>);

/// The member that is the whole body.
pub fn payload(
    service: &Service,
    (member, shape): (&Member, &Shape),
    value: Option<&Value>,
) -> Body {
    match (value, &shape.kind) {
        (None, _) => (Bytes::new(), None),
        (Some(Value::Blob(bytes)), _) => {
            (bytes.clone(), Some(rest::payload_type(shape).to_owned()))
        }
        (Some(Value::String(text)), Kind::String) => {
            (Bytes::from(text.clone()), Some(rest::payload_type(shape).to_owned()))
        }
        (Some(Value::List(events)), _) if shape.event_stream => {
            let body = event_stream::write(service, shape, events);
            (body, Some(event_stream::CONTENT_TYPE.to_owned()))
        }
        (Some(value), _) if service.protocol == Protocol::RestXml => {
            // S3 names it by the member: `LegalHold`, whose shape is `ObjectLockLegalHold`.
            let said = |name: &&String| service.s3_style || **name != member.name;
            let own = member.location_name.as_ref().filter(said);
            let name = own.or(shape.location_name.as_ref()).unwrap_or(&shape.name);
            let namespace = member.xml_namespace.as_ref().or(shape.xml_namespace.as_ref());
            let namespace =
                namespace.cloned().or_else(|| of_uri(rest_xml::namespace(service).as_ref()));
            (xml(service, shape, (name, namespace.as_ref()), value), Some(xml_type()))
        }
        (Some(value), _) => {
            let json = json_value::write(service, shape, value, json_value::Style::Wire);
            (json.to_string().into(), Some("application/json".to_owned()))
        }
    }
}

/// All members that travel in the body, as a document.
pub fn document(service: &Service, shape: &Shape, output: &Value) -> Body {
    if service.protocol == Protocol::RestJson {
        let json = json_value::write_members(service, shape, output, json_value::Style::Wire);
        return (json.to_string().into(), Some("application/json".to_owned()));
    }
    let (name, namespace) = root_of(service, shape);
    if let Some(member) = rest_xml::unwrapped(&shape.name) {
        let text = output.get(member).and_then(Value::as_str).unwrap_or_default();
        let mut writer = Writer::document();
        writer.open(&name, &attributes(namespace.as_deref()));
        writer.text(text);
        writer.close(&name);
        return (writer.finish().into(), Some(xml_type()));
    }
    let namespace = of_uri(namespace.as_ref());
    (xml(service, shape, (&name, namespace.as_ref()), output), Some(xml_type()))
}

fn xml(
    service: &Service,
    shape: &Shape,
    element: (&str, Option<&XmlNamespace>),
    value: &Value,
) -> Bytes {
    let mut writer = Writer::document();
    xml_value::write_element(&mut writer, service, (shape, element.0, element.1), value);
    writer.finish().into()
}

fn of_uri(uri: Option<&String>) -> Option<XmlNamespace> {
    uri.map(|uri| XmlNamespace { uri: uri.clone(), prefix: None })
}

fn attributes(namespace: Option<&str>) -> Vec<(&'static str, &str)> {
    namespace.map(|uri| ("xmlns", uri)).into_iter().collect()
}

fn xml_type() -> String {
    "application/xml".to_owned()
}
