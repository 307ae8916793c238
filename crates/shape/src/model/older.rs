//! Services that spoke `query` before they spoke JSON, and are spoken to so still (`awsQueryCompatible`).
//!
//! <https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#aws-protocols-awsquerycompatible-trait>
//!
//! How their members are called in forms and in XML no model tells any more; botocore's did up to 1.34:
//! <https://github.com/boto/botocore/blob/1.34.0/botocore/data/sqs/2012-11-05/service-2.json>.

use super::{Kind, Protocol, Service, Shape};

/// What a model no longer tells.
struct Older {
    service: &'static str,
    xml_namespace: &'static str,
    path_member: &'static str,
    /// Members of these shapes: each item or entry is called so.
    items: &'static [(&'static str, &'static str)],
    /// Keys and values of these maps.
    entries: &'static [(&'static str, &'static str, &'static str)],
}

const ALL: &[Older] = &[Older {
    service: "sqs",
    xml_namespace: "http://queue.amazonaws.com/doc/2012-11-05/",
    path_member: "QueueUrl",
    items: &[
        ("AWSAccountIdList", "AWSAccountId"),
        ("ActionNameList", "ActionName"),
        ("AttributeNameList", "AttributeName"),
        ("BatchResultErrorEntryList", "BatchResultErrorEntry"),
        ("BinaryList", "BinaryListValue"),
        (
            "ChangeMessageVisibilityBatchRequestEntryList",
            "ChangeMessageVisibilityBatchRequestEntry",
        ),
        ("ChangeMessageVisibilityBatchResultEntryList", "ChangeMessageVisibilityBatchResultEntry"),
        ("DeleteMessageBatchRequestEntryList", "DeleteMessageBatchRequestEntry"),
        ("DeleteMessageBatchResultEntryList", "DeleteMessageBatchResultEntry"),
        ("ListMessageMoveTasksResultEntryList", "ListMessageMoveTasksResultEntry"),
        ("MessageAttributeNameList", "MessageAttributeName"),
        ("MessageBodyAttributeMap", "MessageAttribute"),
        ("MessageBodySystemAttributeMap", "MessageSystemAttribute"),
        ("MessageList", "Message"),
        // guess: it is younger than that model.
        ("MessageSystemAttributeList", "MessageSystemAttributeName"),
        ("MessageSystemAttributeMap", "Attribute"),
        ("QueueAttributeMap", "Attribute"),
        ("QueueUrlList", "QueueUrl"),
        ("SendMessageBatchRequestEntryList", "SendMessageBatchRequestEntry"),
        ("SendMessageBatchResultEntryList", "SendMessageBatchResultEntry"),
        ("StringList", "StringListValue"),
        ("TagKeyList", "TagKey"),
        ("TagMap", "Tag"),
    ],
    entries: &[
        ("MessageBodyAttributeMap", "Name", "Value"),
        ("MessageBodySystemAttributeMap", "Name", "Value"),
        ("MessageSystemAttributeMap", "Name", "Value"),
        ("QueueAttributeMap", "Name", "Value"),
        ("TagMap", "Key", "Value"),
    ],
}];

impl Service {
    /// The service as it is spoken to in `query`; `None`: it is not.
    pub(super) fn in_query(mut self) -> Option<Self> {
        let older = ALL.iter().find(|it| it.service == self.name && self.query_compatible)?;
        self.protocol = Protocol::Query;
        self.xml_namespace = Some(older.xml_namespace.to_owned());
        self.path_member = Some(older.path_member);
        let items: Vec<Option<&str>> =
            self.shapes.iter().map(|shape| older.item_name(&shape.name)).collect();
        for shape in &mut self.shapes {
            older.rename(shape, &items);
        }
        Some(self)
    }
}

impl Older {
    fn item_name(&self, shape: &str) -> Option<&'static str> {
        self.items.iter().find(|(name, _)| *name == shape).map(|(_, item)| *item)
    }

    /// Gives names to what a shape is made of; `items` are those of each shape's items.
    fn rename(&self, shape: &mut Shape, items: &[Option<&str>]) {
        match &mut shape.kind {
            Kind::Structure(members) => {
                for member in members {
                    let item = items.get(member.shape.0 as usize).copied().flatten();
                    member.location_name = item.map(str::to_owned);
                }
            }
            Kind::Map(key, value) => {
                if let Some((_, key_name, value_name)) =
                    self.entries.iter().find(|(name, ..)| *name == shape.name)
                {
                    key.location_name = Some((*key_name).to_owned());
                    value.location_name = Some((*value_name).to_owned());
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{in_query, service};
    use super::*;

    #[test]
    fn everything_of_many_has_a_name() {
        let sqs = in_query("sqs").expect("it was spoken to so");
        let service = service("sqs").expect("it is known");
        assert_eq!((service.protocol, sqs.protocol), (Protocol::Json, Protocol::Query));
        for shape in &sqs.shapes {
            for member in shape.members() {
                let of = sqs.shape(member.shape);
                let is_many = matches!(of.kind, Kind::List(_) | Kind::Map(..));
                assert_eq!(
                    member.location_name.is_some(),
                    is_many,
                    "{} {}",
                    shape.name,
                    member.name
                );
                assert!(!is_many || of.flattened || member.flattened, "{}", of.name);
            }
            if let Kind::Map(key, value) = &shape.kind {
                assert!(key.location_name.is_some() && value.location_name.is_some());
            }
        }
        assert!(in_query("sts").is_none() && in_query("dynamodb").is_none());
    }
}
