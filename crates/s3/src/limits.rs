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
/// Uploads of a page.
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListMultipartUploads.html>
pub const LIST_UPLOADS_MAX: usize = 1000;
