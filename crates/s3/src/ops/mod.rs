//! The operation table: one row an operation, one file each.

mod abort_multipart_upload;
mod complete_multipart_upload;
mod copy_object;
mod create_bucket;
mod create_multipart_upload;
mod delete_bucket;
mod delete_bucket_analytics_configuration;
mod delete_bucket_cors;
mod delete_bucket_encryption;
mod delete_bucket_intelligent_tiering_configuration;
mod delete_bucket_inventory_configuration;
mod delete_bucket_lifecycle;
mod delete_bucket_metrics_configuration;
mod delete_bucket_ownership_controls;
mod delete_bucket_policy;
mod delete_bucket_replication;
mod delete_bucket_tagging;
mod delete_bucket_website;
mod delete_object;
mod delete_object_tagging;
mod delete_objects;
mod delete_public_access_block;
mod get_bucket_accelerate_configuration;
mod get_bucket_acl;
mod get_bucket_analytics_configuration;
mod get_bucket_cors;
mod get_bucket_encryption;
mod get_bucket_intelligent_tiering_configuration;
mod get_bucket_inventory_configuration;
mod get_bucket_lifecycle_configuration;
mod get_bucket_location;
mod get_bucket_logging;
mod get_bucket_metrics_configuration;
mod get_bucket_notification_configuration;
mod get_bucket_ownership_controls;
mod get_bucket_policy;
mod get_bucket_policy_status;
mod get_bucket_replication;
mod get_bucket_request_payment;
mod get_bucket_tagging;
mod get_bucket_versioning;
mod get_bucket_website;
mod get_object;
mod get_object_acl;
mod get_object_attributes;
mod get_object_legal_hold;
mod get_object_lock_configuration;
mod get_object_retention;
mod get_object_tagging;
mod get_public_access_block;
mod get_website_page;
mod head_bucket;
mod head_object;
mod list_bucket_analytics_configurations;
mod list_bucket_intelligent_tiering_configurations;
mod list_bucket_inventory_configurations;
mod list_bucket_metrics_configurations;
mod list_buckets;
mod list_multipart_uploads;
mod list_object_versions;
mod list_objects;
mod list_objects_v2;
mod list_parts;
mod post_object;
mod preflight_request;
mod put_bucket_accelerate_configuration;
mod put_bucket_acl;
mod put_bucket_analytics_configuration;
mod put_bucket_cors;
mod put_bucket_encryption;
mod put_bucket_intelligent_tiering_configuration;
mod put_bucket_inventory_configuration;
mod put_bucket_lifecycle_configuration;
mod put_bucket_logging;
mod put_bucket_metrics_configuration;
mod put_bucket_notification_configuration;
mod put_bucket_ownership_controls;
mod put_bucket_policy;
mod put_bucket_replication;
mod put_bucket_request_payment;
mod put_bucket_tagging;
mod put_bucket_versioning;
mod put_bucket_website;
mod put_object;
mod put_object_acl;
mod put_object_legal_hold;
mod put_object_lock_configuration;
mod put_object_retention;
mod put_object_tagging;
mod put_public_access_block;
mod restore_object;
mod select_object_content;
mod upload_part;
mod upload_part_copy;

pub use list_object_versions::after as versions_after;

use cloudarium_service::{Operation, operation};
use cloudarium_shape::Value;

use crate::config::BucketInput;
use crate::config::input::{IdInput, ListInput};
use crate::model::State;
use crate::read::ReadInput;

/// Every operation that is simulated, in the order of their names.
#[rustfmt::skip]
pub static OPERATIONS: &[Operation<State>] = &[
    operation!(Write, AbortMultipartUpload, abort_multipart_upload::abort_multipart_upload, abort_multipart_upload::AbortMultipartUploadInput),
    operation!(Write, CompleteMultipartUpload, complete_multipart_upload::complete_multipart_upload, complete_multipart_upload::CompleteMultipartUploadInput),
    operation!(Write, CopyObject, copy_object::copy_object, copy_object::CopyObjectInput),
    operation!(Write, CreateBucket, create_bucket::create_bucket, create_bucket::CreateBucketInput),
    operation!(Write, CreateMultipartUpload, create_multipart_upload::create_multipart_upload, create_multipart_upload::CreateMultipartUploadInput),
    operation!(Write, DeleteBucket, delete_bucket::delete_bucket, delete_bucket::DeleteBucketInput),
    operation!(Write, DeleteBucketAnalyticsConfiguration, delete_bucket_analytics_configuration::delete_bucket_analytics_configuration, IdInput),
    operation!(Write, DeleteBucketCors, delete_bucket_cors::delete_bucket_cors, BucketInput),
    operation!(Write, DeleteBucketEncryption, delete_bucket_encryption::delete_bucket_encryption, BucketInput),
    operation!(Write, DeleteBucketIntelligentTieringConfiguration, delete_bucket_intelligent_tiering_configuration::delete_bucket_intelligent_tiering_configuration, IdInput),
    operation!(Write, DeleteBucketInventoryConfiguration, delete_bucket_inventory_configuration::delete_bucket_inventory_configuration, IdInput),
    operation!(Write, DeleteBucketLifecycle, delete_bucket_lifecycle::delete_bucket_lifecycle, BucketInput),
    operation!(Write, DeleteBucketMetricsConfiguration, delete_bucket_metrics_configuration::delete_bucket_metrics_configuration, IdInput),
    operation!(Write, DeleteBucketOwnershipControls, delete_bucket_ownership_controls::delete_bucket_ownership_controls, BucketInput),
    operation!(Write, DeleteBucketPolicy, delete_bucket_policy::delete_bucket_policy, BucketInput),
    operation!(Write, DeleteBucketReplication, delete_bucket_replication::delete_bucket_replication, BucketInput),
    operation!(Write, DeleteBucketTagging, delete_bucket_tagging::delete_bucket_tagging, BucketInput),
    operation!(Write, DeleteBucketWebsite, delete_bucket_website::delete_bucket_website, BucketInput),
    operation!(Write, DeleteObject, delete_object::delete_object, delete_object::DeleteObjectInput),
    operation!(Write, DeleteObjectTagging, delete_object_tagging::delete_object_tagging, delete_object_tagging::DeleteObjectTaggingInput),
    operation!(Write, DeleteObjects, delete_objects::delete_objects, delete_objects::DeleteObjectsInput),
    operation!(Write, DeletePublicAccessBlock, delete_public_access_block::delete_public_access_block, BucketInput),
    operation!(Read, GetBucketAccelerateConfiguration, get_bucket_accelerate_configuration::get_bucket_accelerate_configuration, get_bucket_accelerate_configuration::GetBucketAccelerateConfigurationInput),
    operation!(Read, GetBucketAcl, get_bucket_acl::get_bucket_acl, BucketInput),
    operation!(Read, GetBucketAnalyticsConfiguration, get_bucket_analytics_configuration::get_bucket_analytics_configuration, IdInput),
    operation!(Read, GetBucketCors, get_bucket_cors::get_bucket_cors, BucketInput),
    operation!(Read, GetBucketEncryption, get_bucket_encryption::get_bucket_encryption, BucketInput),
    operation!(Read, GetBucketIntelligentTieringConfiguration, get_bucket_intelligent_tiering_configuration::get_bucket_intelligent_tiering_configuration, IdInput),
    operation!(Read, GetBucketInventoryConfiguration, get_bucket_inventory_configuration::get_bucket_inventory_configuration, IdInput),
    operation!(Read, GetBucketLifecycle, get_bucket_lifecycle_configuration::get_bucket_lifecycle_configuration, BucketInput),
    operation!(Read, GetBucketLifecycleConfiguration, get_bucket_lifecycle_configuration::get_bucket_lifecycle_configuration, BucketInput),
    operation!(Read, GetBucketLocation, get_bucket_location::get_bucket_location, get_bucket_location::GetBucketLocationInput),
    operation!(Read, GetBucketLogging, get_bucket_logging::get_bucket_logging, BucketInput),
    operation!(Read, GetBucketMetricsConfiguration, get_bucket_metrics_configuration::get_bucket_metrics_configuration, IdInput),
    operation!(Read, GetBucketNotification, get_bucket_notification_configuration::get_bucket_notification_configuration, BucketInput),
    operation!(Read, GetBucketNotificationConfiguration, get_bucket_notification_configuration::get_bucket_notification_configuration, BucketInput),
    operation!(Read, GetBucketOwnershipControls, get_bucket_ownership_controls::get_bucket_ownership_controls, BucketInput),
    operation!(Read, GetBucketPolicy, get_bucket_policy::get_bucket_policy, BucketInput),
    operation!(Read, GetBucketPolicyStatus, get_bucket_policy_status::get_bucket_policy_status, BucketInput),
    operation!(Read, GetBucketReplication, get_bucket_replication::get_bucket_replication, BucketInput),
    operation!(Read, GetBucketRequestPayment, get_bucket_request_payment::get_bucket_request_payment, BucketInput),
    operation!(Read, GetBucketTagging, get_bucket_tagging::get_bucket_tagging, BucketInput),
    operation!(Read, GetBucketVersioning, get_bucket_versioning::get_bucket_versioning, get_bucket_versioning::GetBucketVersioningInput),
    operation!(Read, GetBucketWebsite, get_bucket_website::get_bucket_website, BucketInput),
    operation!(Read, GetObject, get_object::get_object, ReadInput),
    operation!(Read, GetObjectAcl, get_object_acl::get_object_acl, get_object_acl::GetObjectAclInput),
    operation!(Read, GetPublicAccessBlock, get_public_access_block::get_public_access_block, BucketInput),
    operation!(Read, GetWebsitePage, get_website_page::get_website_page, get_website_page::GetWebsitePageInput),
    operation!(Read, GetObjectAttributes, get_object_attributes::get_object_attributes, get_object_attributes::GetObjectAttributesInput),
    operation!(Read, GetObjectLegalHold, get_object_legal_hold::get_object_legal_hold, get_object_legal_hold::GetObjectLegalHoldInput),
    operation!(Read, GetObjectLockConfiguration, get_object_lock_configuration::get_object_lock_configuration, get_object_lock_configuration::GetObjectLockConfigurationInput),
    operation!(Read, GetObjectRetention, get_object_retention::get_object_retention, get_object_retention::GetObjectRetentionInput),
    operation!(Read, GetObjectTagging, get_object_tagging::get_object_tagging, get_object_tagging::GetObjectTaggingInput),
    operation!(Read, HeadBucket, head_bucket::head_bucket, head_bucket::HeadBucketInput),
    operation!(Read, HeadObject, head_object::head_object, ReadInput),
    operation!(Read, ListBucketAnalyticsConfigurations, list_bucket_analytics_configurations::list_bucket_analytics_configurations, ListInput),
    operation!(Read, ListBucketIntelligentTieringConfigurations, list_bucket_intelligent_tiering_configurations::list_bucket_intelligent_tiering_configurations, ListInput),
    operation!(Read, ListBucketInventoryConfigurations, list_bucket_inventory_configurations::list_bucket_inventory_configurations, ListInput),
    operation!(Read, ListBucketMetricsConfigurations, list_bucket_metrics_configurations::list_bucket_metrics_configurations, ListInput),
    operation!(Read, ListBuckets, list_buckets::list_buckets, list_buckets::ListBucketsInput),
    operation!(Read, ListMultipartUploads, list_multipart_uploads::list_multipart_uploads, list_multipart_uploads::ListMultipartUploadsInput),
    operation!(Read, ListObjectVersions, list_object_versions::list_object_versions, list_object_versions::ListObjectVersionsInput),
    operation!(Read, ListObjects, list_objects::list_objects, list_objects::ListObjectsInput),
    operation!(Read, ListObjectsV2, list_objects_v2::list_objects_v2, list_objects_v2::ListObjectsV2Input),
    operation!(Read, ListParts, list_parts::list_parts, list_parts::ListPartsInput),
    operation!(Write, PostObject, post_object::post_object, post_object::PostObjectInput),
    operation!(Read, PreflightRequest, preflight_request::preflight_request, preflight_request::PreflightRequestInput),
    operation!(Write stored, PutBucketAccelerateConfiguration, put_bucket_accelerate_configuration::put_bucket_accelerate_configuration, put_bucket_accelerate_configuration::PutBucketAccelerateConfigurationInput),
    operation!(Write, PutBucketAcl, put_bucket_acl::put_bucket_acl, put_bucket_acl::PutBucketAclInput),
    operation!(Write stored, PutBucketAnalyticsConfiguration, put_bucket_analytics_configuration::put_bucket_analytics_configuration, put_bucket_analytics_configuration::PutBucketAnalyticsConfigurationInput),
    operation!(Write, PutBucketCors, put_bucket_cors::put_bucket_cors, put_bucket_cors::PutBucketCorsInput),
    operation!(Write, PutBucketEncryption, put_bucket_encryption::put_bucket_encryption, put_bucket_encryption::PutBucketEncryptionInput),
    operation!(Write stored, PutBucketIntelligentTieringConfiguration, put_bucket_intelligent_tiering_configuration::put_bucket_intelligent_tiering_configuration, put_bucket_intelligent_tiering_configuration::PutBucketIntelligentTieringConfigurationInput),
    operation!(Write stored, PutBucketInventoryConfiguration, put_bucket_inventory_configuration::put_bucket_inventory_configuration, put_bucket_inventory_configuration::PutBucketInventoryConfigurationInput),
    operation!(Write, PutBucketLifecycle, put_bucket_lifecycle_configuration::put_bucket_lifecycle_configuration, put_bucket_lifecycle_configuration::PutBucketLifecycleConfigurationInput),
    operation!(Write, PutBucketLifecycleConfiguration, put_bucket_lifecycle_configuration::put_bucket_lifecycle_configuration, put_bucket_lifecycle_configuration::PutBucketLifecycleConfigurationInput),
    operation!(Write stored, PutBucketLogging, put_bucket_logging::put_bucket_logging, put_bucket_logging::PutBucketLoggingInput),
    operation!(Write stored, PutBucketMetricsConfiguration, put_bucket_metrics_configuration::put_bucket_metrics_configuration, put_bucket_metrics_configuration::PutBucketMetricsConfigurationInput),
    operation!(Write, PutBucketOwnershipControls, put_bucket_ownership_controls::put_bucket_ownership_controls, put_bucket_ownership_controls::PutBucketOwnershipControlsInput),
    operation!(Write, PutBucketPolicy, put_bucket_policy::put_bucket_policy, put_bucket_policy::PutBucketPolicyInput),
    operation!(Write stored, PutBucketReplication, put_bucket_replication::put_bucket_replication, put_bucket_replication::PutBucketReplicationInput),
    operation!(Write stored, PutBucketRequestPayment, put_bucket_request_payment::put_bucket_request_payment, put_bucket_request_payment::PutBucketRequestPaymentInput),
    operation!(Write, PutBucketTagging, put_bucket_tagging::put_bucket_tagging, put_bucket_tagging::PutBucketTaggingInput),
    operation!(Write, PutBucketVersioning, put_bucket_versioning::put_bucket_versioning, put_bucket_versioning::PutBucketVersioningInput),
    operation!(Write, PutBucketWebsite, put_bucket_website::put_bucket_website, put_bucket_website::PutBucketWebsiteInput),
    operation!(Write, PutObject, put_object::put_object, put_object::PutObjectInput),
    operation!(Write, PutObjectAcl, put_object_acl::put_object_acl, put_object_acl::PutObjectAclInput),
    operation!(Write, PutPublicAccessBlock, put_public_access_block::put_public_access_block, put_public_access_block::PutPublicAccessBlockInput),
    operation!(Write, PutObjectLegalHold, put_object_legal_hold::put_object_legal_hold, put_object_legal_hold::PutObjectLegalHoldInput),
    operation!(Write, PutObjectLockConfiguration, put_object_lock_configuration::put_object_lock_configuration, put_object_lock_configuration::PutObjectLockConfigurationInput),
    operation!(Write, PutObjectRetention, put_object_retention::put_object_retention, put_object_retention::PutObjectRetentionInput),
    operation!(Write, PutObjectTagging, put_object_tagging::put_object_tagging, put_object_tagging::PutObjectTaggingInput),
    operation!(Write, RestoreObject, restore_object::restore_object, restore_object::RestoreObjectInput),
    operation!(Read, SelectObjectContent, select_object_content::select_object_content, Value),
    operation!(Write, UploadPart, upload_part::upload_part, upload_part::UploadPartInput),
    operation!(Write, UploadPartCopy, upload_part_copy::upload_part_copy, upload_part_copy::UploadPartCopyInput),
    put_bucket_notification_configuration::OLDER_ROW,
    put_bucket_notification_configuration::ROW,
    // What browsers ask, and no operation of the model stands for.
];
