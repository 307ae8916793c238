//! The root elements of S3's answers, which the models do not tell.
//!
//! Each stands on the operation's page below
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html>,
//! section "Response Syntax".

use cloudarium_shape::model::Service;

/// Output shape, root element.
const ROOTS: &[(&str, &str)] = &[
    ("CompleteMultipartUploadOutput", "CompleteMultipartUploadResult"),
    ("CreateMultipartUploadOutput", "InitiateMultipartUploadResult"),
    ("CreateSessionOutput", "CreateSessionResult"),
    ("DeleteObjectsOutput", "DeleteResult"),
    ("GetBucketAccelerateConfigurationOutput", "AccelerateConfiguration"),
    ("GetBucketAclOutput", "AccessControlPolicy"),
    ("GetBucketCorsOutput", "CORSConfiguration"),
    ("GetBucketLifecycleConfigurationOutput", "LifecycleConfiguration"),
    ("GetBucketLifecycleOutput", "LifecycleConfiguration"),
    ("GetBucketLocationOutput", "LocationConstraint"),
    ("GetBucketLoggingOutput", "BucketLoggingStatus"),
    ("GetBucketNotificationConfigurationOutput", "NotificationConfiguration"),
    ("GetBucketRequestPaymentOutput", "RequestPaymentConfiguration"),
    ("GetBucketTaggingOutput", "Tagging"),
    ("GetBucketVersioningOutput", "VersioningConfiguration"),
    ("GetBucketWebsiteOutput", "WebsiteConfiguration"),
    ("GetObjectAclOutput", "AccessControlPolicy"),
    ("GetObjectAttributesOutput", "GetObjectAttributesResponse"),
    ("GetObjectTaggingOutput", "Tagging"),
    ("ListBucketAnalyticsConfigurationsOutput", "ListBucketAnalyticsConfigurationResult"),
    ("ListBucketInventoryConfigurationsOutput", "ListInventoryConfigurationsResult"),
    ("ListBucketMetricsConfigurationsOutput", "ListMetricsConfigurationsResult"),
    ("ListBucketsOutput", "ListAllMyBucketsResult"),
    ("ListDirectoryBucketsOutput", "ListAllMyDirectoryBucketsResult"),
    ("ListMultipartUploadsOutput", "ListMultipartUploadsResult"),
    ("ListObjectVersionsOutput", "ListVersionsResult"),
    ("ListObjectsOutput", "ListBucketResult"),
    ("ListObjectsV2Output", "ListBucketResult"),
    ("ListPartsOutput", "ListPartsResult"),
];

/// The namespace of all of S3's answers but its errors.
const NAMESPACE: &str = "http://s3.amazonaws.com/doc/2006-03-01/";

/// The namespace of the answers of `service`: the model of S3 does not tell it.
pub fn namespace(service: &Service) -> Option<String> {
    let own = service.s3_style.then(|| NAMESPACE.to_owned());
    service.xml_namespace.clone().or(own)
}

/// The root element of `output_shape`; its own name if none is known.
pub fn root(output_shape: &str) -> &str {
    ROOTS.iter().find(|(shape, _)| *shape == output_shape).map_or(output_shape, |(_, root)| root)
}

/// The status of S3's answers that is another than the models say.
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html#API_PutBucketPolicy_Examples>,
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_RestoreObject.html> ("Responses")
const STATUSES: &[(&str, u16)] = &[("PutBucketPolicy", 204), ("RestoreObject", 202)];

/// The status of a successful answer of S3, where its model does not tell it.
pub fn status(operation: &str) -> Option<u16> {
    STATUSES.iter().find(|(name, _)| *name == operation).map(|(_, status)| *status)
}

/// The member whose text is the root element itself: `GetBucketLocation`'s.
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html>
pub fn unwrapped(output_shape: &str) -> Option<&'static str> {
    (output_shape == "GetBucketLocationOutput").then_some("LocationConstraint")
}
