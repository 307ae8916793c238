//! Who is told of what happens in a bucket, and what S3 takes of that.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventNotifications.html>,
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-filtering.html>

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::limits::KEY_BYTES_MAX;

/// Every event that a configuration may name.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-event-types-and-destinations.html>
const EVENTS: [&str; 30] = [
    "s3:ReducedRedundancyLostObject",
    "s3:ObjectCreated:*",
    "s3:ObjectCreated:Put",
    "s3:ObjectCreated:Post",
    "s3:ObjectCreated:Copy",
    "s3:ObjectCreated:CompleteMultipartUpload",
    "s3:ObjectRemoved:*",
    "s3:ObjectRemoved:Delete",
    "s3:ObjectRemoved:DeleteMarkerCreated",
    "s3:ObjectRestore:*",
    "s3:ObjectRestore:Post",
    "s3:ObjectRestore:Completed",
    "s3:ObjectRestore:Delete",
    "s3:Replication:*",
    "s3:Replication:OperationFailedReplication",
    "s3:Replication:OperationNotTracked",
    "s3:Replication:OperationMissedThreshold",
    "s3:Replication:OperationReplicatedAfterThreshold",
    "s3:LifecycleTransition",
    "s3:IntelligentTiering",
    "s3:ObjectAcl:Put",
    "s3:LifecycleExpiration:*",
    "s3:LifecycleExpiration:Delete",
    "s3:LifecycleExpiration:DeleteMarkerCreated",
    "s3:ObjectTagging:*",
    "s3:ObjectTagging:Put",
    "s3:ObjectTagging:Delete",
    "s3:ObjectAnnotation:*",
    "s3:ObjectAnnotation:Put",
    "s3:ObjectAnnotation:Delete",
];

/// The configuration.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Notification {
    /// Topics of SNS.
    pub topic_configurations: Option<Vec<TopicConfiguration>>,
    /// Queues of SQS.
    pub queue_configurations: Option<Vec<QueueConfiguration>>,
    /// Functions of Lambda.
    pub lambda_function_configurations: Option<Vec<LambdaFunctionConfiguration>>,
    /// `EventBridge`, which is told of everything.
    pub event_bridge_configuration: Option<EventBridgeConfiguration>,
}

/// It has no members: that it is there says all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventBridgeConfiguration {}

macro_rules! told {
    ($(#[$doc:meta])* $name:ident, $member:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(rename_all = "PascalCase", deny_unknown_fields)]
        pub struct $name {
            /// Its name; S3 gives one to those that have none.
            pub id: Option<String>,
            /// Who is told.
            #[serde(rename = $member)]
            pub arn: String,
            /// Of what.
            pub events: Vec<String>,
            /// Of which keys.
            pub filter: Option<Filter>,
        }

        impl<'a> From<&'a $name> for Told<'a> {
            fn from(of: &'a $name) -> Self {
                let (id, filter) = (of.id.as_deref().unwrap_or_default(), of.filter.as_ref());
                Self { id, arn: &of.arn, argument: $member, events: &of.events, filter }
            }
        }
    };
}

told! {
    /// A topic that is told.
    TopicConfiguration, "TopicArn"
}
told! {
    /// A queue that is told.
    QueueConfiguration, "QueueArn"
}
told! {
    /// A function that is told.
    LambdaFunctionConfiguration, "LambdaFunctionArn"
}

/// Which keys.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Filter {
    /// By how they begin and end.
    pub key: Option<KeyFilter>,
}

/// By how keys begin and end.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct KeyFilter {
    /// One of each at most.
    pub filter_rules: Option<Vec<FilterRule>>,
}

/// How keys begin, or end.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct FilterRule {
    /// `Prefix` or `Suffix`.
    #[serde(default)]
    pub name: String,
    /// The text.
    #[serde(default)]
    pub value: String,
}

/// One of those who are told, whatever it is.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    /// The configuration's name.
    pub id: &'a str,
    /// Who.
    pub arn: &'a str,
    /// The member that names it.
    argument: &'static str,
    events: &'a [String],
    filter: Option<&'a Filter>,
}

impl Notification {
    /// All who are told.
    pub fn told(&self) -> impl Iterator<Item = Told<'_>> {
        let topics = self.topic_configurations.iter().flatten().map(Told::from);
        let queues = self.queue_configurations.iter().flatten().map(Told::from);
        let functions = self.lambda_function_configurations.iter().flatten().map(Told::from);
        topics.chain(queues).chain(functions)
    }

    /// Whether S3 takes it for a bucket in `region`, as far as it itself tells.
    pub fn check(&self, region: &str) -> Result<(), Error> {
        let told: Vec<Told<'_>> = self.told().collect();
        for one in &told {
            one.check(region)?;
        }
        let mut ids = BTreeSet::new();
        let named = told.iter().filter(|one| !one.id.is_empty());
        for Told { id, .. } in named {
            if !ids.insert(*id) {
                let words = "Same ID used for multiple configurations. IDs must be unique";
                return Err(Error::argument(words, "Id", *id));
            }
        }
        for (at, one) in told.iter().enumerate() {
            if let Some(other) = told.iter().skip(at + 1).find(|other| one.overlaps(other)) {
                return Err(Error::argument(
                    "Configuration is ambiguously defined. Cannot have overlapping suffixes in \
                     two rules if the prefixes are overlapping for the same event type.",
                    "Event",
                    format!("{}, {}", one.events.join(", "), other.events.join(", ")),
                ));
            }
        }
        Ok(())
    }

    /// Gives ids to those that have none, and writes filters as S3 shows them.
    pub fn complete(&mut self, mut id: impl FnMut() -> String) {
        let topics = self.topic_configurations.iter_mut().flatten();
        let queues = self.queue_configurations.iter_mut().flatten();
        let functions = self.lambda_function_configurations.iter_mut().flatten();
        let all = topics
            .map(|it| (&mut it.id, &mut it.filter))
            .chain(queues.map(|it| (&mut it.id, &mut it.filter)))
            .chain(functions.map(|it| (&mut it.id, &mut it.filter)));
        for (name, filter) in all {
            name.get_or_insert_with(&mut id);
            let rules = filter.iter_mut().filter_map(|it| it.key.as_mut());
            for rule in rules.flat_map(|it| it.filter_rules.iter_mut().flatten()) {
                let prefix = rule.name.eq_ignore_ascii_case("prefix");
                if prefix { "Prefix" } else { "Suffix" }.clone_into(&mut rule.name);
            }
        }
    }
}

impl Told<'_> {
    fn check(&self, region: &str) -> Result<(), Error> {
        if self.events.is_empty() {
            return Err(Error::MalformedXML {});
        }
        if let Some(event) = self.events.iter().find(|it| !EVENTS.contains(&it.as_str())) {
            let words = format!("The event '{event}' is not supported for notifications");
            return Err(Error::argument(&words, "Event", event.clone()));
        }
        self.check_arn(region)?;
        self.check_filter()
    }

    fn check_arn(&self, region: &str) -> Result<(), Error> {
        let service = match self.argument {
            "TopicArn" => "sns",
            "QueueArn" => "sqs",
            _ => "lambda",
        };
        let parts: Vec<&str> = self.arn.splitn(6, ':').collect();
        let ["arn", partition, named, place, account, resource] = parts.as_slice() else {
            return Err(self.malformed());
        };
        let formed = partition.starts_with("aws")
            && *named == service
            && account.len() == 12
            && account.bytes().all(|it| it.is_ascii_digit())
            && !resource.is_empty()
            && (service != "lambda" || resource.starts_with("function:"));
        if !formed {
            return Err(self.malformed());
        }
        if *place != region {
            return Err(Error::argument(
                "The notification destination service region is not valid for the bucket \
                 location constraint",
                self.argument,
                self.arn,
            ));
        }
        Ok(())
    }

    fn malformed(&self) -> Error {
        Error::argument("The ARN is not well formed", self.argument, self.arn)
    }

    fn rules(&self) -> &[FilterRule] {
        let key = self.filter.and_then(|filter| filter.key.as_ref());
        key.and_then(|key| key.filter_rules.as_deref()).unwrap_or_default()
    }

    fn check_filter(&self) -> Result<(), Error> {
        let mut seen = BTreeSet::new();
        for FilterRule { name, value } in self.rules() {
            let kind = name.to_ascii_lowercase();
            if !matches!(kind.as_str(), "prefix" | "suffix") {
                let words = "filter rule name must be either prefix or suffix";
                return Err(Error::argument(words, "FilterRule.Name", name.clone()));
            }
            if !seen.insert(kind.clone()) {
                let words = format!("Cannot specify more than one {kind} rule in a filter.");
                return Err(Error::argument(&words, "FilterRule.Name", kind));
            }
            if value.len() > KEY_BYTES_MAX {
                let words = "Size of filter rule value cannot exceed 1024 bytes in UTF-8 \
                             representation";
                return Err(Error::argument(words, "FilterRule.Value", value.clone()));
            }
        }
        Ok(())
    }

    fn rule(&self, kind: &str) -> &str {
        let found = self.rules().iter().find(|rule| rule.name.eq_ignore_ascii_case(kind));
        found.map_or("", |rule| rule.value.as_str())
    }

    /// Whether one event could be told to both.
    fn overlaps(&self, other: &Told<'_>) -> bool {
        let shared = self
            .events
            .iter()
            .any(|one| other.events.iter().any(|two| is_of(one, two) || is_of(two, one)));
        let (begin, begins) = (self.rule("prefix"), other.rule("prefix"));
        let (end, ends) = (self.rule("suffix"), other.rule("suffix"));
        shared
            && (begin.starts_with(begins) || begins.starts_with(begin))
            && (end.ends_with(ends) || ends.ends_with(end))
    }

    /// Whether it is told of `event`, `s3:ObjectCreated:Put`, of `key`.
    pub fn wants(&self, event: &str, key: &str) -> bool {
        self.events.iter().any(|pattern| is_of(event, pattern))
            && key.starts_with(self.rule("prefix"))
            && key.ends_with(self.rule("suffix"))
    }
}

/// Whether `event` is one of those that `pattern` stands for.
fn is_of(event: &str, pattern: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(begin) => event.starts_with(begin),
        None => event == pattern,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn queue(events: &[&str], prefix: &str, suffix: &str) -> QueueConfiguration {
        let rule =
            |name: &str, value: &str| FilterRule { name: name.to_owned(), value: value.to_owned() };
        let rules = vec![rule("prefix", prefix), rule("Suffix", suffix)];
        QueueConfiguration {
            arn: "arn:aws:sqs:us-east-1:123456789012:queue".to_owned(),
            events: events.iter().map(|it| (*it).to_owned()).collect(),
            filter: Some(Filter { key: Some(KeyFilter { filter_rules: Some(rules) }) }),
            id: None,
        }
    }

    fn fits(queues: [QueueConfiguration; 2]) -> bool {
        let queue_configurations = Some(queues.to_vec());
        Notification { queue_configurations, ..Notification::default() }.check("us-east-1").is_ok()
    }

    #[test]
    fn what_overlaps() {
        let (put, all) = (["s3:ObjectCreated:Put"], ["s3:ObjectCreated:*"]);
        let removed = ["s3:ObjectRemoved:*"];
        assert!(fits([queue(&put, "a", ""), queue(&put, "b", "")]));
        assert!(fits([queue(&all, "a", ".jpg"), queue(&all, "a", ".png")]));
        assert!(fits([queue(&all, "", ""), queue(&removed, "", "")]));
        assert!(!fits([queue(&put, "a", ""), queue(&put, "ab", "")]));
        assert!(!fits([queue(&all, "", "jpg"), queue(&put, "a", "pg")]));
        assert!(!fits([queue(&all, "", ""), queue(&all, "", "")]));
    }

    #[test]
    fn who_is_told() {
        let queue = queue(&["s3:ObjectCreated:*"], "in/", ".jpg");
        let told = Told::from(&queue);
        assert!(told.wants("s3:ObjectCreated:Copy", "in/a.jpg"));
        assert!(!told.wants("s3:ObjectRemoved:Delete", "in/a.jpg"));
        assert!(!told.wants("s3:ObjectCreated:Copy", "a.jpg"));
        assert!(!told.wants("s3:ObjectCreated:Copy", "in/a.png"));
    }
}
