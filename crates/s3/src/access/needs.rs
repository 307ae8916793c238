//! Which IAM actions an operation needs, and on what.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html>,
//! <https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html>

use cloudarium_shape::Value;

/// What an action is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum On {
    /// No bucket in particular.
    Account,
    /// The bucket.
    Bucket,
    /// The object that the request names, or its key.
    Object,
    /// The object that a copy reads.
    Source,
    /// Each of the objects that the request lists.
    EachObject,
}

/// An action that an operation needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Need {
    /// `s3:GetObject`
    pub action: &'static str,
    /// On what.
    pub on: On,
    /// Whether it is needed for what the request sets beside the object: ACL, tags, lock.
    pub beside: bool,
}

/// A row: the operation, its action, the action when the request names a version (if that is
/// another), and on what.
type Row = (&'static str, &'static str, &'static str, On);

#[rustfmt::skip]
const ROWS: &[Row] = &[
    ("AbortMultipartUpload", "s3:AbortMultipartUpload", "", On::Object),
    ("CompleteMultipartUpload", "s3:PutObject", "", On::Object),
    ("CopyObject", "s3:PutObject", "", On::Object),
    ("CreateBucket", "s3:CreateBucket", "", On::Account),
    ("CreateMultipartUpload", "s3:PutObject", "", On::Object),
    ("DeleteBucket", "s3:DeleteBucket", "", On::Bucket),
    ("DeleteBucketAnalyticsConfiguration", "s3:PutAnalyticsConfiguration", "", On::Bucket),
    ("DeleteBucketCors", "s3:PutBucketCORS", "", On::Bucket),
    ("DeleteBucketEncryption", "s3:PutEncryptionConfiguration", "", On::Bucket),
    ("DeleteBucketIntelligentTieringConfiguration", "s3:PutIntelligentTieringConfiguration", "", On::Bucket),
    ("DeleteBucketInventoryConfiguration", "s3:PutInventoryConfiguration", "", On::Bucket),
    ("DeleteBucketLifecycle", "s3:PutLifecycleConfiguration", "", On::Bucket),
    ("DeleteBucketMetricsConfiguration", "s3:PutMetricsConfiguration", "", On::Bucket),
    ("DeleteBucketOwnershipControls", "s3:PutBucketOwnershipControls", "", On::Bucket),
    ("DeleteBucketPolicy", "s3:DeleteBucketPolicy", "", On::Bucket),
    ("DeleteBucketReplication", "s3:PutReplicationConfiguration", "", On::Bucket),
    ("DeleteBucketTagging", "s3:PutBucketTagging", "", On::Bucket),
    ("DeleteBucketWebsite", "s3:DeleteBucketWebsite", "", On::Bucket),
    ("DeleteObject", "s3:DeleteObject", "s3:DeleteObjectVersion", On::Object),
    ("DeleteObjectTagging", "s3:DeleteObjectTagging", "s3:DeleteObjectVersionTagging", On::Object),
    ("DeleteObjects", "s3:DeleteObject", "s3:DeleteObjectVersion", On::EachObject),
    ("DeletePublicAccessBlock", "s3:PutBucketPublicAccessBlock", "", On::Bucket),
    ("GetBucketAbac", "s3:GetBucketAbac", "", On::Bucket),
    ("GetBucketAccelerateConfiguration", "s3:GetAccelerateConfiguration", "", On::Bucket),
    ("GetBucketAcl", "s3:GetBucketAcl", "", On::Bucket),
    ("GetBucketAnalyticsConfiguration", "s3:GetAnalyticsConfiguration", "", On::Bucket),
    ("GetBucketCors", "s3:GetBucketCORS", "", On::Bucket),
    ("GetBucketEncryption", "s3:GetEncryptionConfiguration", "", On::Bucket),
    ("GetBucketIntelligentTieringConfiguration", "s3:GetIntelligentTieringConfiguration", "", On::Bucket),
    ("GetBucketInventoryConfiguration", "s3:GetInventoryConfiguration", "", On::Bucket),
    ("GetBucketLifecycle", "s3:GetLifecycleConfiguration", "", On::Bucket),
    ("GetBucketLifecycleConfiguration", "s3:GetLifecycleConfiguration", "", On::Bucket),
    ("GetBucketLocation", "s3:GetBucketLocation", "", On::Bucket),
    ("GetBucketLogging", "s3:GetBucketLogging", "", On::Bucket),
    ("GetBucketMetricsConfiguration", "s3:GetMetricsConfiguration", "", On::Bucket),
    ("GetBucketNotification", "s3:GetBucketNotification", "", On::Bucket),
    ("GetBucketNotificationConfiguration", "s3:GetBucketNotification", "", On::Bucket),
    ("GetBucketOwnershipControls", "s3:GetBucketOwnershipControls", "", On::Bucket),
    ("GetBucketPolicy", "s3:GetBucketPolicy", "", On::Bucket),
    ("GetBucketPolicyStatus", "s3:GetBucketPolicyStatus", "", On::Bucket),
    ("GetBucketReplication", "s3:GetReplicationConfiguration", "", On::Bucket),
    ("GetBucketRequestPayment", "s3:GetBucketRequestPayment", "", On::Bucket),
    ("GetBucketTagging", "s3:GetBucketTagging", "", On::Bucket),
    ("GetBucketVersioning", "s3:GetBucketVersioning", "", On::Bucket),
    ("GetBucketWebsite", "s3:GetBucketWebsite", "", On::Bucket),
    ("GetObject", "s3:GetObject", "s3:GetObjectVersion", On::Object),
    ("GetObjectAcl", "s3:GetObjectAcl", "s3:GetObjectVersionAcl", On::Object),
    ("GetObjectAttributes", "s3:GetObjectAttributes", "s3:GetObjectVersionAttributes", On::Object),
    ("GetObjectLegalHold", "s3:GetObjectLegalHold", "", On::Object),
    ("GetObjectLockConfiguration", "s3:GetBucketObjectLockConfiguration", "", On::Bucket),
    ("GetObjectRetention", "s3:GetObjectRetention", "", On::Object),
    ("GetObjectTagging", "s3:GetObjectTagging", "s3:GetObjectVersionTagging", On::Object),
    ("GetObjectTorrent", "s3:GetObjectTorrent", "", On::Object),
    ("GetPublicAccessBlock", "s3:GetBucketPublicAccessBlock", "", On::Bucket),
    ("HeadBucket", "s3:ListBucket", "", On::Bucket),
    ("HeadObject", "s3:GetObject", "s3:GetObjectVersion", On::Object),
    ("ListBucketAnalyticsConfigurations", "s3:GetAnalyticsConfiguration", "", On::Bucket),
    ("ListBucketIntelligentTieringConfigurations", "s3:GetIntelligentTieringConfiguration", "", On::Bucket),
    ("ListBucketInventoryConfigurations", "s3:GetInventoryConfiguration", "", On::Bucket),
    ("ListBucketMetricsConfigurations", "s3:GetMetricsConfiguration", "", On::Bucket),
    ("ListBuckets", "s3:ListAllMyBuckets", "", On::Account),
    ("ListMultipartUploads", "s3:ListBucketMultipartUploads", "", On::Bucket),
    ("ListObjectVersions", "s3:ListBucketVersions", "", On::Bucket),
    ("ListObjects", "s3:ListBucket", "", On::Bucket),
    ("ListObjectsV2", "s3:ListBucket", "", On::Bucket),
    ("ListParts", "s3:ListMultipartUploadParts", "", On::Object),
    ("PutBucketAccelerateConfiguration", "s3:PutAccelerateConfiguration", "", On::Bucket),
    ("PutBucketAcl", "s3:PutBucketAcl", "", On::Bucket),
    ("PutBucketAnalyticsConfiguration", "s3:PutAnalyticsConfiguration", "", On::Bucket),
    ("PutBucketCors", "s3:PutBucketCORS", "", On::Bucket),
    ("PutBucketEncryption", "s3:PutEncryptionConfiguration", "", On::Bucket),
    ("PutBucketIntelligentTieringConfiguration", "s3:PutIntelligentTieringConfiguration", "", On::Bucket),
    ("PutBucketInventoryConfiguration", "s3:PutInventoryConfiguration", "", On::Bucket),
    ("PutBucketLifecycle", "s3:PutLifecycleConfiguration", "", On::Bucket),
    ("PutBucketLifecycleConfiguration", "s3:PutLifecycleConfiguration", "", On::Bucket),
    ("PutBucketLogging", "s3:PutBucketLogging", "", On::Bucket),
    ("PutBucketMetricsConfiguration", "s3:PutMetricsConfiguration", "", On::Bucket),
    ("PutBucketNotification", "s3:PutBucketNotification", "", On::Bucket),
    ("PutBucketNotificationConfiguration", "s3:PutBucketNotification", "", On::Bucket),
    ("PutBucketOwnershipControls", "s3:PutBucketOwnershipControls", "", On::Bucket),
    ("PutBucketPolicy", "s3:PutBucketPolicy", "", On::Bucket),
    ("PutBucketReplication", "s3:PutReplicationConfiguration", "", On::Bucket),
    ("PutBucketRequestPayment", "s3:PutBucketRequestPayment", "", On::Bucket),
    ("PutBucketTagging", "s3:PutBucketTagging", "", On::Bucket),
    ("PutBucketVersioning", "s3:PutBucketVersioning", "", On::Bucket),
    ("PutBucketWebsite", "s3:PutBucketWebsite", "", On::Bucket),
    ("PutObject", "s3:PutObject", "", On::Object),
    ("PutObjectAcl", "s3:PutObjectAcl", "s3:PutObjectVersionAcl", On::Object),
    ("PutObjectLegalHold", "s3:PutObjectLegalHold", "", On::Object),
    ("PutObjectLockConfiguration", "s3:PutBucketObjectLockConfiguration", "", On::Bucket),
    ("PutObjectRetention", "s3:PutObjectRetention", "", On::Object),
    ("PutObjectTagging", "s3:PutObjectTagging", "s3:PutObjectVersionTagging", On::Object),
    ("PutPublicAccessBlock", "s3:PutBucketPublicAccessBlock", "", On::Bucket),
    ("RestoreObject", "s3:RestoreObject", "", On::Object),
    ("SelectObjectContent", "s3:GetObject", "", On::Object),
    ("UploadPart", "s3:PutObject", "", On::Object),
    ("UploadPartCopy", "s3:PutObject", "", On::Object),
];

/// Operations that write an object, and may set its ACL, tags and lock with it.
const UPLOADS: [&str; 3] = ["PutObject", "CopyObject", "CreateMultipartUpload"];

/// What browsers ask beside S3's operations: it asks the gate itself once it knows for what
/// operation, or tells nothing that is anybody's.
const ASK_THEMSELVES: [&str; 3] = ["GetWebsitePage", "PostObject", "PreflightRequest"];

/// What `operation` needs; `None`: there is no such operation, or it is not known what it needs.
pub fn of(operation: &str, input: &Value) -> Option<Vec<Need>> {
    if ASK_THEMSELVES.contains(&operation) {
        return Some(Vec::new());
    }
    let (_, plain, versioned, on) = *ROWS.iter().find(|row| row.0 == operation)?;
    let need = |action, on| Need { action, on, beside: false };
    let text = |member: &str| input.get(member).and_then(Value::as_str);
    let names_version = !versioned.is_empty() && text("VersionId").is_some();
    let mut needs = vec![need(if names_version { versioned } else { plain }, on)];
    if operation == "GetObjectAttributes" {
        let read = if names_version { "s3:GetObjectVersion" } else { "s3:GetObject" };
        needs.push(need(read, On::Object));
    }
    if let Some(source) = text("CopySource") {
        let versioned = source.contains("?versionId=");
        let read = if versioned { "s3:GetObjectVersion" } else { "s3:GetObject" };
        needs.push(need(read, On::Source));
        // Tags that are copied are read.
        // <https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html#API_CopyObject_Permissions>
        if operation == "CopyObject" && text("TaggingDirective") != Some("REPLACE") {
            let read = if versioned { "s3:GetObjectVersionTagging" } else { "s3:GetObjectTagging" };
            needs.push(need(read, On::Source));
        }
    }
    if UPLOADS.contains(&operation) {
        needs.extend(beside(input));
    }
    if input.get("BypassGovernanceRetention") == Some(&Value::Bool(true)) {
        needs.push(need("s3:BypassGovernanceRetention", on));
    }
    Some(needs)
}

/// What an upload sets beside its object.
fn beside(input: &Value) -> Vec<Need> {
    let has = |members: &[&str]| members.iter().any(|member| input.get(member).is_some());
    let grants = ["ACL", "GrantFullControl", "GrantRead", "GrantReadACP", "GrantWriteACP"];
    let wanted = [
        (has(&grants), "s3:PutObjectAcl"),
        (has(&["Tagging"]), "s3:PutObjectTagging"),
        (has(&["ObjectLockMode", "ObjectLockRetainUntilDate"]), "s3:PutObjectRetention"),
        (has(&["ObjectLockLegalHoldStatus"]), "s3:PutObjectLegalHold"),
    ];
    let wanted = wanted.into_iter().filter(|(sent, _)| *sent);
    wanted.map(|(_, action)| Need { action, on: On::Object, beside: true }).collect()
}

/// Actions that belong to whoever owns the object, which need not be the bucket's owner. All others
/// the bucket's owner may allow, its tags among them
/// (<https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectTagging.html>).
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-auth-workflow-object-operation.html>
pub fn is_the_objects(action: &str) -> bool {
    matches!(
        action,
        "s3:GetObject"
            | "s3:GetObjectVersion"
            | "s3:GetObjectAcl"
            | "s3:GetObjectVersionAcl"
            | "s3:PutObjectAcl"
            | "s3:PutObjectVersionAcl"
            | "s3:GetObjectAttributes"
            | "s3:GetObjectVersionAttributes"
            | "s3:GetObjectTorrent"
    )
}

/// Every action that S3 has, with whether it is on objects: what a policy may name.
pub fn known_actions() -> impl Iterator<Item = (&'static str, bool)> {
    let rows = ROWS.iter().flat_map(|(_, plain, versioned, on)| {
        let on_object = matches!(on, On::Object | On::EachObject);
        [(*plain, on_object), (*versioned, on_object)]
    });
    rows.filter(|(action, _)| !action.is_empty()).chain(OTHER_ACTIONS.iter().copied())
}

/// Actions that no operation here needs as its own.
const OTHER_ACTIONS: &[(&str, bool)] = &[
    ("s3:BypassGovernanceRetention", true),
    ("s3:GetObjectVersionForReplication", true),
    ("s3:GetObjectVersionTorrent", true),
    ("s3:InitiateReplication", true),
    ("s3:ObjectOwnerOverrideToBucketOwner", true),
    ("s3:ReplicateDelete", true),
    ("s3:ReplicateObject", true),
    ("s3:ReplicateTags", true),
    ("s3:UpdateObjectEncryption", true),
    ("s3:PutBucketAbac", false),
    ("s3:ListTagsForResource", false),
    ("s3:TagResource", false),
    ("s3:UntagResource", false),
    ("s3:CreateBucketMetadataTableConfiguration", false),
    ("s3:GetBucketMetadataTableConfiguration", false),
    ("s3:DeleteBucketMetadataTableConfiguration", false),
];
