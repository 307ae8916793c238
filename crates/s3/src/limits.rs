//! Every quota of S3: a name, a unit, a link.

/// Buckets that an account may have.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/BucketRestrictions.html>
pub const BUCKETS_MAX: usize = 10_000;
/// Characters of a bucket's name, at least.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html>
pub const BUCKET_NAME_CHARS_MIN: usize = 3;
/// Characters of a bucket's name, at most. Same page.
pub const BUCKET_NAME_CHARS_MAX: usize = 63;
/// Bytes of a key in UTF-8.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html>
pub const KEY_BYTES_MAX: usize = 1024;
/// Bytes of user-defined metadata, names and values together.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html>
pub const METADATA_BYTES_MAX: usize = 2048;
/// Bytes of one PUT, one part, and one copy.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/upload-objects.html>
pub const PUT_BYTES_MAX: u64 = 5 * 1024 * 1024 * 1024;
/// Bytes of a part that is not the last.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html>
pub const PART_BYTES_MIN: u64 = 5 * 1024 * 1024;
/// Part numbers run from 1 to this. Same page.
pub const PART_NUMBER_MAX: i64 = 10_000;
/// Keys, and common prefixes, of a page.
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html>
pub const LIST_KEYS_MAX: usize = 1000;
/// Buckets of a page.
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html>
pub const LIST_BUCKETS_MAX: usize = 10_000;
/// Parts of a page. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListParts.html>
pub const LIST_PARTS_MAX: usize = 1000;
/// Objects of one `DeleteObjects`.
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html>
pub const DELETE_OBJECTS_MAX: usize = 1000;
/// Days of a default retention.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html>
pub const LOCK_DAYS_MAX: u32 = 36_500;
/// Years of a default retention. Same page.
pub const LOCK_YEARS_MAX: u32 = 100;
/// Uploads of a page.
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListMultipartUploads.html>
pub const LIST_UPLOADS_MAX: usize = 1000;
/// Tags of a bucket.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/CostAllocTagging.html>
pub const BUCKET_TAGS_MAX: usize = 50;
/// Tags of an object.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html>
pub const OBJECT_TAGS_MAX: usize = 10;
/// UTF-16 code units of a tag's key. Same page.
pub const TAG_KEY_CHARS_MAX: usize = 128;
/// UTF-16 code units of a tag's value. Same page.
pub const TAG_VALUE_CHARS_MAX: usize = 256;
/// Cross-origin rules of a bucket.
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_CORSConfiguration.html>
pub const CORS_RULES_MAX: usize = 100;
/// Characters of a rule's id.
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_LifecycleRule.html>
pub const CONFIGURATION_ID_CHARS_MAX: usize = 255;
/// Routing rules of a website.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/how-to-page-redirect.html>
pub const ROUTING_RULES_MAX: usize = 50;
/// Configurations of one kind of a bucket (metrics, inventories, ...).
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketMetricsConfiguration.html>
pub const CONFIGURATIONS_MAX: usize = 1000;
/// Configurations of a page. Same page.
pub const LIST_CONFIGURATIONS_MAX: usize = 100;
/// Rules of a replication.
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_ReplicationConfiguration.html>
pub const REPLICATION_RULES_MAX: usize = 1000;
/// Rules of a lifecycle.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html>
pub const LIFECYCLE_RULES_MAX: usize = 1000;
/// Bytes that a lifecycle rule's filter may name; the number is the one in S3's refusal.
pub const LIFECYCLE_SIZE_BYTES_MAX: i64 = 1_099_511_627_776_000;
/// Noncurrent versions that a rule may keep.
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_NoncurrentVersionExpiration.html>
pub const NEWER_NONCURRENT_VERSIONS_MAX: i64 = 100;
/// Characters of the id of an analysis, an inventory, a metric or a tiering.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/metrics-configurations.html>
pub const KEPT_ID_CHARS_MAX: usize = 64;
/// Days before a transition to infrequent access.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html>
pub const INFREQUENT_DAYS_MIN: i64 = 30;
/// Bytes below which an object is not transitioned, unless a rule says so. Same page.
pub const TRANSITION_BYTES_MIN: u64 = 128 * 1024;
/// Bytes of a bucket policy, without the space between its words.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/add-bucket-policy.html>
pub const POLICY_BYTES_MAX: usize = 20 * 1024;
/// Grants of an ACL. <https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html>
pub const ACL_GRANTS_MAX: usize = 100;
