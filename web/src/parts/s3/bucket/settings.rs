//! The settings of a bucket that are documents: what reads one, what writes it, what removes it. The documents are those
//! that the AWS CLI takes, so that what is learned here holds there.

use serde_json::{Value, json};

/// One setting.
#[derive(Clone, Copy, PartialEq)]
pub struct Setting {
    /// In the ids of its parts.
    pub id: &'static str,
    pub title: &'static str,
    pub about: &'static str,
    /// The operation that reads it.
    pub get: &'static str,
    /// The operation that writes it, and the member of its input that is the document.
    pub put: (&'static str, &'static str),
    pub remove: Remove,
    /// The member of the answer that is the document; without one the whole answer is.
    pub within: Option<&'static str>,
    /// A document to start from; `BUCKET` stands for the bucket's name.
    pub example: &'static str,
}

/// How a setting is taken away.
#[derive(Clone, Copy, PartialEq)]
pub enum Remove {
    /// By this operation.
    By(&'static str),
    /// By an empty document in its place.
    ByNothing,
    /// It stays, and can be another.
    Never,
}

impl Setting {
    /// The document that `answer` holds; nothing if it holds none.
    pub fn document(&self, answer: &Value) -> Option<Value> {
        let found = match self.within {
            Some(member) => answer.get(member)?.clone(),
            None => answer.clone(),
        };
        // A policy is a text that holds a document.
        let found = match &found {
            Value::String(text) => serde_json::from_str(text).ok()?,
            _ => found,
        };
        let empty = match &found {
            Value::Object(members) => {
                members.values().all(|value| value.as_array().is_some_and(Vec::is_empty))
            }
            other => other.is_null(),
        };
        (!empty).then_some(found)
    }

    /// The call that takes it away; nothing if it stays.
    pub fn removal(&self, bucket: &str) -> Option<(&'static str, Value)> {
        match self.remove {
            Remove::By(operation) => Some((operation, json!({ "Bucket": bucket }))),
            Remove::ByNothing => Some((self.put.0, self.input(bucket, &json!({})))),
            Remove::Never => None,
        }
    }

    /// The input that writes `document`.
    pub fn input(&self, bucket: &str, document: &Value) -> Value {
        let (_, member) = self.put;
        let document = match member {
            "Policy" => Value::String(document.to_string()),
            _ => document.clone(),
        };
        json!({ "Bucket": bucket, member: document })
    }

    /// Whether its documents are long, and so want room.
    pub fn is_long(&self) -> bool {
        matches!(self.id, "policy" | "lifecycle")
    }

    /// The example for a bucket.
    pub fn example_for(&self, bucket: &str) -> String {
        self.example.replace("BUCKET", bucket)
    }
}

/// What the page "Properties" shows.
pub const PROPERTIES: &[Setting] = &[
    Setting {
        id: "tags",
        title: "Tags",
        about: "Names and values by which costs are sorted and rules are made.",
        get: "GetBucketTagging",
        put: ("PutBucketTagging", "Tagging"),
        remove: Remove::By("DeleteBucketTagging"),
        within: None,
        example: r#"{ "TagSet": [{ "Key": "project", "Value": "garden" }] }"#,
    },
    Setting {
        id: "encryption",
        title: "Default encryption",
        about: "How objects are encrypted that say nothing of it themselves. S3 encrypts them all; here it is only told so.",
        get: "GetBucketEncryption",
        put: ("PutBucketEncryption", "ServerSideEncryptionConfiguration"),
        remove: Remove::By("DeleteBucketEncryption"),
        within: Some("ServerSideEncryptionConfiguration"),
        example: r#"{ "Rules": [{ "ApplyServerSideEncryptionByDefault": { "SSEAlgorithm": "aws:kms" }, "BucketKeyEnabled": true }] }"#,
    },
    Setting {
        id: "website",
        title: "Static website",
        about: "Serves the bucket as pages: / answers with the index document.",
        get: "GetBucketWebsite",
        put: ("PutBucketWebsite", "WebsiteConfiguration"),
        remove: Remove::By("DeleteBucketWebsite"),
        within: None,
        example: r#"{ "IndexDocument": { "Suffix": "index.html" }, "ErrorDocument": { "Key": "error.html" } }"#,
    },
    Setting {
        id: "notification",
        title: "Event notifications",
        about: "Who is told when objects come and go: a queue, a topic, a function, or EventBridge.",
        get: "GetBucketNotificationConfiguration",
        put: ("PutBucketNotificationConfiguration", "NotificationConfiguration"),
        remove: Remove::ByNothing,
        within: None,
        example: r#"{ "EventBridgeConfiguration": {} }"#,
    },
    Setting {
        id: "lock",
        title: "Object lock",
        about: "How long new versions cannot be deleted. It needs versioning.",
        get: "GetObjectLockConfiguration",
        put: ("PutObjectLockConfiguration", "ObjectLockConfiguration"),
        remove: Remove::Never,
        within: Some("ObjectLockConfiguration"),
        example: r#"{ "ObjectLockEnabled": "Enabled", "Rule": { "DefaultRetention": { "Mode": "GOVERNANCE", "Days": 30 } } }"#,
    },
    Setting {
        id: "logging",
        title: "Server access logging",
        about: "The bucket to which a log of all requests goes. It is stored; no log is written here.",
        get: "GetBucketLogging",
        put: ("PutBucketLogging", "BucketLoggingStatus"),
        remove: Remove::ByNothing,
        within: None,
        example: r#"{ "LoggingEnabled": { "TargetBucket": "BUCKET", "TargetPrefix": "logs/" } }"#,
    },
];

/// What the page "Permissions" shows as documents.
pub const PERMISSIONS: &[Setting] = &[
    Setting {
        id: "policy",
        title: "Bucket policy",
        about: "Who may do what with the bucket and its objects, in statements. A Deny always wins.",
        get: "GetBucketPolicy",
        put: ("PutBucketPolicy", "Policy"),
        remove: Remove::By("DeleteBucketPolicy"),
        within: Some("Policy"),
        example: r#"{ "Version": "2012-10-17", "Statement": [{ "Sid": "EveryoneReads", "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::BUCKET/*" }] }"#,
    },
    Setting {
        id: "ownership",
        title: "Object ownership",
        about: "Whether ACLs count. BucketOwnerEnforced turns them off: policies alone decide.",
        get: "GetBucketOwnershipControls",
        put: ("PutBucketOwnershipControls", "OwnershipControls"),
        remove: Remove::By("DeleteBucketOwnershipControls"),
        within: Some("OwnershipControls"),
        example: r#"{ "Rules": [{ "ObjectOwnership": "BucketOwnerPreferred" }] }"#,
    },
    Setting {
        id: "acl",
        title: "Access control list",
        about: "Grants from before there were policies. They count only while ownership lets them.",
        get: "GetBucketAcl",
        put: ("PutBucketAcl", "AccessControlPolicy"),
        remove: Remove::Never,
        within: None,
        example: "",
    },
    Setting {
        id: "cors",
        title: "Cross-origin sharing (CORS)",
        about: "Which pages of other sites may read answers of this bucket in a browser.",
        get: "GetBucketCors",
        put: ("PutBucketCors", "CORSConfiguration"),
        remove: Remove::By("DeleteBucketCors"),
        within: None,
        example: r#"{ "CORSRules": [{ "AllowedOrigins": ["https://example.com"], "AllowedMethods": ["GET"], "AllowedHeaders": ["*"], "MaxAgeSeconds": 3000 }] }"#,
    },
];

/// What moves objects and ends them.
pub const LIFECYCLE: Setting = Setting {
    id: "lifecycle",
    title: "Lifecycle rules",
    about: "Objects move to cheaper classes and end by themselves, by the simulated clock.",
    get: "GetBucketLifecycleConfiguration",
    put: ("PutBucketLifecycleConfiguration", "LifecycleConfiguration"),
    remove: Remove::By("DeleteBucketLifecycle"),
    within: None,
    example: r#"{ "Rules": [{ "ID": "Cool down", "Status": "Enabled", "Filter": { "Prefix": "" }, "Transitions": [{ "Days": 30, "StorageClass": "STANDARD_IA" }, { "Days": 90, "StorageClass": "GLACIER" }], "Expiration": { "Days": 365 } }] }"#,
};

/// Copies of objects in another bucket.
pub const REPLICATION: Setting = Setting {
    id: "replication",
    title: "Replication",
    about: "Copies of new objects in another bucket. It is stored; nothing is copied here.",
    get: "GetBucketReplication",
    put: ("PutBucketReplication", "ReplicationConfiguration"),
    remove: Remove::By("DeleteBucketReplication"),
    within: Some("ReplicationConfiguration"),
    example: "",
};

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> impl Iterator<Item = &'static Setting> {
        PROPERTIES.iter().chain(PERMISSIONS).chain([&LIFECYCLE, &REPLICATION])
    }

    #[test]
    fn every_example_is_a_document_that_reads_back() {
        for setting in all().filter(|setting| !setting.example.is_empty()) {
            let example: Value =
                serde_json::from_str(&setting.example_for("photos")).expect(setting.id);
            let input = setting.input("photos", &example);
            let answer = input.get(setting.put.1).expect(setting.id);
            let answer = match setting.within {
                Some(member) => json!({ member: answer }),
                None => answer.clone(),
            };
            assert_eq!(setting.document(&answer), Some(example), "{}", setting.id);
        }
    }

    #[test]
    fn what_is_not_set_is_none() {
        assert_eq!(LIFECYCLE.document(&json!({ "Rules": [] })), None);
        assert_eq!(PROPERTIES[3].document(&json!({})), None);
        assert_eq!(PERMISSIONS[0].document(&json!({})), None);
    }
}
