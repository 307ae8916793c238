//! Every AWS error code that S3 answers here: one row each, with its status, its message and the
//! further members of its body.
//!
//! Codes and statuses: <https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html>

use cloudarium_service::Fault;
use cloudarium_shape::{Map, Value};

/// Makes the enum, and what a client sees of each variant. A row reads
/// `Code(status, "message with {fields}") { field => "MemberOfTheBody" }`; a field whose member is
/// `""` appears in the message only.
macro_rules! errors {
    ($($(#[$doc:meta])* $name:ident($status:literal, $message:literal) {
        $($field:ident => $member:literal),*
    })*) => {
        /// A refusal by S3.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Error {
            $(
                $(#[$doc])*
                $name {
                    $(
                        #[doc = concat!("Member `", $member, "` of the error's body.")]
                        $field: String
                    ),*
                },
            )*
            /// A method, or an operation, that the resource does not take.
            NotAllowedHere {
                /// `PUT`
                method: String,
                /// `OBJECT`
                resource: String
            },
            /// An error of a website whose error document could not be had either.
            WithoutDocument {
                /// The error.
                first: Box<Error>,
                /// That of the document.
                second: Box<Error>,
                /// The document's key.
                document: String
            },
            /// An `AccessDenied` that says why.
            Denied {
                /// In AWS's words.
                message: String
            },
            /// AWS has it, this cloud does not.
            NotSimulated {
                /// What is missing.
                what: String
            },
        }

        impl Error {
            /// Status, code, message and members.
            fn parts(&self) -> (u16, &'static str, String, Vec<(&'static str, &str)>) {
                match self {
                    $(
                        Self::$name { $($field),* } => (
                            $status,
                            stringify!($name),
                            format!($message),
                            vec![$(($member, $field.as_str())),*],
                        ),
                    )*
                    Self::NotAllowedHere { method, resource } => (
                        405,
                        "MethodNotAllowed",
                        "The specified method is not allowed against this resource.".to_owned(),
                        vec![("Method", method.as_str()), ("ResourceType", resource.as_str())],
                    ),
                    Self::WithoutDocument { first, .. } => first.parts(),
                    Self::Denied { message } => (403, "AccessDenied", message.clone(), vec![]),
                    Self::NotSimulated { what } => (501, "NotImplemented", what.clone(), vec![]),
                }
            }
        }
    };
}

errors! {
    /// A request by someone who may not make it.
    AccessDenied(403, "Access Denied") {}
    /// A cross-origin request that no rule allows.
    AccessForbidden(403, "{message}") {
        message => "", method => "Method", resource => "ResourceType"
    }
    /// A canned ACL or grant, where ACLs are off (as in every new bucket).
    AccessControlListNotSupported(400, "The bucket does not allow ACLs") {}
    /// Signed for another Region than the bucket's.
    AuthorizationHeaderMalformed(
        400,
        "The authorization header is malformed; the region '{sent}' is wrong; expecting '{region}'"
    ) { sent => "", region => "Region" }
    /// A checksum or digest that does not fit the body.
    BadDigest(400, "{message}") { message => "" }
    /// A request that says too much.
    BadRequest(400, "{message}") { message => "" }
    /// The bucket's name is taken by another account.
    BucketAlreadyExists(
        409,
        "The requested bucket name is not available. The bucket namespace is shared by all users \
         of the system. Please select a different name and try again."
    ) { bucket => "BucketName" }
    /// The bucket's name is taken by the same account.
    BucketAlreadyOwnedByYou(
        409,
        "Your previous request to create the named bucket succeeded and you already own it."
    ) { bucket => "BucketName" }
    /// The bucket still holds objects.
    BucketNotEmpty(409, "The bucket you tried to delete is not empty{which}") {
        which => "", bucket => "BucketName"
    }
    /// Logs may not leave the Region. The typing mistake is AWS's.
    CrossLocationLoggingProhibitted(403, "Cross S3 location logging not allowed.") {
        source => "SourceBucketLocation", target => "TargetBucketLocation"
    }
    /// A bucket policy that S3 does not take.
    MalformedPolicy(400, "{message}") { message => "" }
    /// An ACL that is none.
    MalformedACLError(
        400,
        "The XML you provided was not well-formed or did not validate against our published schema"
    ) {}
    /// A request that sets nothing.
    MissingSecurityHeader(400, "Your request was missing a required header") {
        header => "MissingHeaderName"
    }
    /// An ACL in headers and in the body.
    UnexpectedContent(400, "This request contains unsupported content.") {}
    /// A bucket without a policy.
    NoSuchBucketPolicy(404, "The bucket policy does not exist") { bucket => "BucketName" }
    /// A bucket whose public access block was deleted.
    NoSuchPublicAccessBlockConfiguration(
        404,
        "The public access block configuration was not found"
    ) { bucket => "BucketName" }
    /// A bucket whose ownership controls were deleted.
    OwnershipControlsNotFoundError(404, "The bucket ownership controls were not found") {
        bucket => "BucketName"
    }
    /// A public ACL for a new bucket, which keeps the public out.
    InvalidBucketAclWithBlockPublicAccessError(
        400,
        "Bucket cannot have public ACLs set with BlockPublicAccess enabled"
    ) {}
    /// More bytes than one upload, or one object, may have.
    EntityTooLarge(400, "Your proposed upload exceeds the maximum allowed size") {
        proposed => "ProposedSize", maximum => "MaxSizeAllowed"
    }
    /// A part, not the last, of less than 5 MiB.
    EntityTooSmall(400, "Your proposed upload is smaller than the minimum allowed size") {
        proposed => "ProposedSize", minimum => "MinSizeAllowed",
        part_number => "PartNumber", etag => "ETag"
    }
    /// A versioning configuration that says nothing, or what is not done here.
    IllegalVersioningConfigurationException(400, "{message}") { message => "" }
    /// The bucket's Region and the endpoint's do not go together.
    IllegalLocationConstraintException(
        400,
        "The {constraint} location constraint is incompatible for the region specific endpoint \
         this request was sent to."
    ) { constraint => "" }
    /// A bug, or a body that is lost.
    InternalError(500, "We encountered an internal error. Please try again.") {}
    /// A value that S3 does not take.
    InvalidArgument(400, "{message}") {
        message => "", name => "ArgumentName", value => "ArgumentValue"
    }
    /// A name of an account's own namespace that names another account or Region.
    InvalidBucketNamespace(400, "{message}") { message => "", bucket => "BucketNamespace" }
    /// A namespace that does not go with the name.
    InvalidNamespaceHeader(400, "{message}") { message => "" }
    /// A name of an account's own namespace where the request names no namespace.
    MissingNamespaceHeader(
        400,
        "The requested bucket is an account-regional namespace bucket, but the request is missing the \
         x-amz-bucket-namespace header."
    ) {}
    /// A public ACL on a bucket whose ACLs are off.
    InvalidBucketAclWithObjectOwnership(
        400,
        "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting"
    ) {}
    /// A name that no bucket may have.
    InvalidBucketName(400, "The specified bucket is not valid.") { bucket => "BucketName" }
    /// `x-amz-expected-bucket-owner` that is no account.
    InvalidBucketOwnerAWSAccountID(
        400,
        "The value of the expected bucket owner parameter must be an AWS account ID"
    ) { value => "ExpectedBucketOwner" }
    /// A Content-MD5 that is no MD5.
    InvalidDigest(400, "The Content-MD5 you specified was invalid.") { digest => "Content-MD5" }
    /// Server-side encryption by a method that there is not.
    InvalidEncryptionAlgorithmError(
        400,
        "The Encryption request you specified is not valid. Supported value: AES256."
    ) { method => "ArgumentValue" }
    /// A state of the bucket that does not go with the request.
    InvalidBucketState(409, "{message}") { message => "" }
    /// A Region that there is not.
    InvalidLocationConstraint(400, "The specified location-constraint is not valid") {
        constraint => "LocationConstraint"
    }
    /// An archived object, which must be restored first.
    InvalidObjectState(403, "{message}") { message => "", storage_class => "StorageClass" }
    /// A part that was not uploaded, or has another ETag.
    InvalidPart(
        400,
        "One or more of the specified parts could not be found.  The part may not have been \
         uploaded, or the specified entity tag may not match the part's entity tag."
    ) { upload_id => "UploadId", part_number => "PartNumber", etag => "ETag" }
    /// Parts that are not in ascending order.
    InvalidPartOrder(
        400,
        "The list of parts was not in ascending order. Parts must be ordered by part number."
    ) { upload_id => "UploadId" }
    /// A part number that the object does not have.
    InvalidPartNumber(416, "The requested partnumber is not satisfiable") {
        requested => "PartNumberRequested", actual => "ActualPartCount"
    }
    /// A form's policy that is none.
    InvalidPolicyDocument(400, "{message}") { message => "" }
    /// A range outside the object.
    InvalidRange(416, "The requested range is not satisfiable") {
        range => "RangeRequested", size => "ActualObjectSize"
    }
    /// A website redirect that is no address.
    InvalidRedirectLocation(
        400,
        "The website redirect location must have a prefix of 'http://' or 'https://' or '/'."
    ) {}
    /// A request whose parts do not go together.
    InvalidRequest(400, "{message}") { message => "" }
    /// A storage class that there is not, or that this kind of bucket does not have.
    InvalidStorageClass(400, "The storage class you specified is not valid") {
        storage_class => "StorageClassRequested"
    }
    /// A tag that S3 does not take.
    InvalidTag(400, "{message}") { message => "", key => "TagKey", value => "TagValue" }
    /// A bucket that logs cannot go to.
    InvalidTargetBucketForLogging(400, "{message}") { message => "", target => "TargetBucket" }
    /// A key of more than 1,024 bytes.
    KeyTooLongError(400, "Your key is too long") { size => "Size", maximum => "MaxSizeAllowed" }
    /// XML that does not fit the schema.
    MalformedXML(
        400,
        "The XML you provided was not well-formed or did not validate against our published schema"
    ) {}
    /// A request for what the resource does not allow: a delete marker has no content.
    MethodNotAllowed(405, "The specified method is not allowed against this resource.") {
        method => "Method", resource => "ResourceType", marker => "", modified => ""
    }
    /// User metadata of more than 2 KB.
    MetadataTooLarge(
        400,
        "Your metadata headers exceed the maximum allowed metadata size"
    ) { size => "Size", maximum => "MaxSizeAllowed" }
    /// No such bucket.
    NoSuchBucket(404, "The specified bucket does not exist") { bucket => "BucketName" }
    /// A bucket without cross-origin rules.
    NoSuchCORSConfiguration(404, "The CORS configuration does not exist") {
        bucket => "BucketName"
    }
    /// A bucket that is no website.
    NoSuchWebsiteConfiguration(
        404,
        "The specified bucket does not have a website configuration"
    ) { bucket => "BucketName" }
    /// A bucket without tags.
    NoSuchTagSet(404, "The TagSet does not exist") { bucket => "BucketName" }
    /// No configuration of that id.
    NoSuchConfiguration(404, "The specified configuration does not exist.") {}
    /// A bucket without lifecycle rules.
    NoSuchLifecycleConfiguration(404, "The lifecycle configuration does not exist") {
        bucket => "BucketName"
    }
    /// No such key, or one whose current version is a delete marker, which is then named.
    NoSuchKey(404, "The specified key does not exist.") { key => "Key", marker => "" }
    /// A version without retention, or legal hold.
    NoSuchObjectLockConfiguration(
        404,
        "The specified object does not have a ObjectLock configuration"
    ) {}
    /// A bucket without object lock.
    ObjectLockConfigurationNotFoundError(
        404,
        "Object Lock configuration does not exist for this bucket"
    ) { bucket => "BucketName" }
    /// An archived object that is being restored.
    RestoreAlreadyInProgress(409, "Object restore is already in progress") {}
    /// No such multipart upload.
    NoSuchUpload(
        404,
        "The specified upload does not exist. The upload ID may be invalid, or the upload may \
         have been aborted or completed."
    ) { upload_id => "UploadId" }
    /// No such version.
    NoSuchVersion(404, "The specified version does not exist.") {
        key => "Key", version => "VersionId"
    }
    /// What S3 itself does not do.
    NotImplemented(501, "A header you provided implies functionality that is not implemented") {
        header => "Header", why => "additionalMessage"
    }
    /// The object is as the client already has it.
    NotModified(304, "Not Modified") { etag => "", modified => "" }
    /// The bucket is in another Region.
    PermanentRedirect(
        301,
        "The bucket you are attempting to access must be addressed using the specified endpoint. \
         Please send all future requests to this endpoint."
    ) { endpoint => "Endpoint", bucket => "Bucket", region => "" }
    /// A condition that does not hold.
    PreconditionFailed(
        412,
        "At least one of the pre-conditions you specified did not hold"
    ) { condition => "Condition" }
    /// A bucket that is not replicated.
    ReplicationConfigurationNotFoundError(
        404,
        "The replication configuration was not found"
    ) { bucket => "BucketName" }
    /// As many buckets as an account may have.
    TooManyBuckets(400, "You have attempted to create more buckets than allowed") {}
    /// As many configurations of one kind as a bucket may have.
    TooManyConfigurations(
        400,
        "You are attempting to create a new configuration but have already reached the \
         1,000-configuration limit."
    ) {}
}

impl Error {
    /// An [`Error::InvalidArgument`] about the parameter `name`.
    pub fn argument(message: &str, name: &str, value: impl Into<String>) -> Self {
        Self::InvalidArgument { message: message.into(), name: name.into(), value: value.into() }
    }

    /// An [`Error::InvalidRequest`].
    pub fn request(message: impl Into<String>) -> Self {
        Self::InvalidRequest { message: message.into() }
    }

    /// An [`Error::NoSuchKey`] without a delete marker.
    pub fn no_such_key(key: &str) -> Self {
        Self::NoSuchKey { key: key.to_owned(), marker: String::new() }
    }

    /// An [`Error::NotImplemented`]: S3 itself does not take `header` here.
    pub fn no_such_header(header: &str, why: &str) -> Self {
        Self::NotImplemented { header: header.to_owned(), why: why.to_owned() }
    }

    /// An `AccessDenied` that says why.
    pub fn denied(message: &str) -> Self {
        Self::Denied { message: message.to_owned() }
    }

    /// AWS takes `value` for `member`, this cloud does not yet.
    pub fn not_simulated(member: &str, value: &str) -> Self {
        Self::NotSimulated { what: format!("the value {value} of {member}") }
    }

    /// The HTTP status.
    pub fn status(&self) -> u16 {
        self.parts().0
    }

    /// Whether the request is at fault: what a website shows its own page for.
    pub fn is_refusal(&self) -> bool {
        (400..500).contains(&self.status()) && !matches!(self.status(), 412 | 416)
    }

    /// AWS's code.
    pub fn code(&self) -> &'static str {
        self.parts().1
    }

    /// AWS's message.
    pub fn message(&self) -> String {
        self.parts().2
    }

    /// What to do about it, for the page.
    fn hint(&self) -> Option<&'static str> {
        Some(match self {
            Self::NoSuchBucket { .. } => {
                "Create the bucket first, or look at its name: list_buckets shows those that you own."
            }
            Self::NoSuchKey { .. } => {
                "Keys are compared byte by byte, upper and lower case matter, and there is no \
                 leading slash: list_objects_v2 shows the keys that exist."
            }
            Self::BucketNotEmpty { .. } => {
                "Delete the objects in it first; of a bucket with versioning, every version and delete \
                 marker: list_object_versions shows them."
            }
            Self::BucketAlreadyExists { .. } => {
                "Bucket names are global: another account has this one. Choose another."
            }
            Self::IllegalLocationConstraintException { .. } => {
                "Outside us-east-1, name the client's own Region in \
                 CreateBucketConfiguration={'LocationConstraint': region}."
            }
            Self::InvalidLocationConstraint { .. } => {
                "us-east-1 is the one Region that is not named: leave CreateBucketConfiguration out."
            }
            Self::InvalidBucketName { .. } => {
                "3 to 63 of a-z, 0-9, dot and hyphen; it begins and ends with a letter or digit."
            }
            Self::AccessControlListNotSupported {} => {
                "New buckets have ACLs turned off (BucketOwnerEnforced): leave ACL out."
            }
            Self::PermanentRedirect { .. } | Self::AuthorizationHeaderMalformed { .. } => {
                "The bucket is in another Region than the client: make the client with its region_name."
            }
            _ => return None,
        })
    }

    /// Headers beside the body.
    fn headers(&self) -> Vec<(String, String)> {
        let pairs: Vec<(&str, &str)> = match self {
            Self::PermanentRedirect { region, .. }
            | Self::AuthorizationHeaderMalformed { region, .. } => {
                vec![("x-amz-bucket-region", region)]
            }
            Self::NotModified { etag, modified } => {
                vec![("ETag", etag), ("Last-Modified", modified)]
            }
            Self::NoSuchKey { marker, .. } if !marker.is_empty() => marker_headers(marker),
            Self::MethodNotAllowed { marker, modified, .. } if !marker.is_empty() => {
                let mut headers = marker_headers(marker);
                headers.extend([("Allow", "DELETE"), ("Last-Modified", modified)]);
                headers
            }
            _ => Vec::new(),
        };
        pairs.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
    }
}

/// What an answer about a delete marker tells.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/DeleteMarker.html>
fn marker_headers(marker: &str) -> Vec<(&'static str, &str)> {
    vec![("x-amz-delete-marker", "true"), ("x-amz-version-id", marker)]
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        if let Error::NotSimulated { what } = &error {
            return Self::not_implemented(what);
        }
        let (status, code, message, members) = error.parts();
        let mut members: Map = members
            .into_iter()
            .filter(|(member, value)| {
                let unsaid = ["ETag", "PartNumber"].contains(member) && code == "EntityTooSmall"
                    || ["TagKey", "TagValue", "additionalMessage"].contains(member);
                !(member.is_empty() || unsaid && value.is_empty())
            })
            .map(|(member, value)| (member.to_owned(), Value::from(value)))
            .collect();
        if let Error::WithoutDocument { second, document, .. } = &error {
            let about =
                [("Code", second.code()), ("Message", &second.message()), ("Key", document)]
                    .map(|(name, value)| (format!("ErrorDocument.{name}"), Value::from(value)));
            members.extend(about);
        }
        Self {
            code: code.to_owned(),
            status,
            message,
            hint: error.hint().map(str::to_owned),
            members,
            headers: error.headers(),
        }
    }
}
