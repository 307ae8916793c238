//! The attributes of a queue that a form sets, for a new queue and for one that is there.

use std::collections::BTreeMap;
use std::rc::Rc;

use serde_json::{Map, Value};
use yew::prelude::*;

use crate::parts::lambda::field::Field;
use crate::parts::sqs::fields::{choice, text};
use crate::words::sqs as said;

/// Attributes that are numbers, in the order of AWS's form, with the least and the most that AWS takes.
/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html>
const NUMBERS: [(&str, &str, &str, &str); 5] = [
    ("VisibilityTimeout", said::VISIBILITY, "0", "43200"),
    ("MessageRetentionPeriod", said::RETENTION, "60", "1209600"),
    ("DelaySeconds", said::DELAY, "0", "900"),
    ("MaximumMessageSize", said::SIZE, "1024", "1048576"),
    ("ReceiveMessageWaitTimeSeconds", said::WAIT, "0", "20"),
];
/// An attribute with its words and what it may be.
type Choice = (&'static str, &'static str, &'static [(&'static str, &'static str)]);
/// Those of a FIFO queue alone.
const OF_FIFO: [Choice; 3] = [
    ("ContentBasedDeduplication", said::CONTENT_BASED, &said::YES_NO),
    ("DeduplicationScope", said::SCOPE, &said::SCOPES),
    ("FifoThroughputLimit", said::THROUGHPUT, &said::THROUGHPUTS),
];
const ENCRYPTION: &str = "SqsManagedSseEnabled";

/// The fields, by attribute.
pub type Fields = Rc<BTreeMap<&'static str, NodeRef>>;

/// The fields of a form.
#[hook]
pub fn use_settings() -> Fields {
    use_memo((), |()| {
        let names = NUMBERS.iter().map(|row| row.0).chain(OF_FIFO.iter().map(|row| row.0));
        names.chain([ENCRYPTION]).map(|name| (name, NodeRef::default())).collect()
    })
}

/// What a queue has when nothing is said.
pub fn usual(fifo: bool) -> BTreeMap<String, String> {
    let mut all = vec![
        ("VisibilityTimeout", "30"),
        ("MessageRetentionPeriod", "345600"),
        ("DelaySeconds", "0"),
        ("MaximumMessageSize", "1048576"),
        ("ReceiveMessageWaitTimeSeconds", "0"),
        (ENCRYPTION, "true"),
    ];
    if fifo {
        all.extend([
            ("FifoQueue", "true"),
            ("ContentBasedDeduplication", "false"),
            ("DeduplicationScope", "queue"),
            ("FifoThroughputLimit", "perQueue"),
        ]);
    }
    all.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// What stands in the fields and is not what it was.
pub fn changed(fields: &Fields, was: &BTreeMap<String, String>) -> Map<String, Value> {
    let drawn =
        fields.iter().filter(|(name, field)| was.contains_key(**name) && field.get().is_some());
    let now = drawn.map(|(name, field)| ((*name).to_owned(), text(field)));
    let differs = now.filter(|(name, value)| was.get(name) != Some(value));
    differs.map(|(name, value)| (name, value.into())).collect()
}

#[derive(Properties, PartialEq)]
pub struct Props {
    /// What stands in the fields at first, by attribute; what is not there has no field.
    pub values: BTreeMap<String, String>,
    pub fields: Fields,
}

/// The fields, two in a row where there is room.
#[component]
pub fn Settings(props: &Props) -> Html {
    let Props { values, fields } = props;
    let node = |name: &str| fields.get(name).cloned().unwrap_or_default();
    let value = |name: &str| values.get(name).cloned();
    let number = |(name, label, min, max): &(
        &'static str,
        &'static str,
        &'static str,
        &'static str,
    )| {
        let value = value(name)?;
        Some(
            html! { <Field key={*name} node={node(name)} id={*name} label={*label} kind="number" min={*min} max={*max} {value} /> },
        )
    };
    let chosen = |(name, label, options): &Choice| {
        Some(choice((*name, *label), &node(name), options, &value(name)?))
    };
    html! {
        <div class="two">
            { for NUMBERS.iter().filter_map(number) }
            { for OF_FIFO.iter().filter_map(chosen) }
            { for chosen(&(ENCRYPTION, said::ENCRYPTION, &said::ENCRYPTIONS)) }
        </div>
    }
}
