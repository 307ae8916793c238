//! Regions: where a bucket may be, and what a request to another Region is told.

use cloudarium_service::Ctx;

use crate::error::Error;

/// The Region that is never named in a location constraint.
pub const HOME: &str = "us-east-1";

/// Location constraints that S3 takes.
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucketConfiguration.html>
const CONSTRAINTS: [&str; 34] = [
    "EU",
    "af-south-1",
    "ap-east-1",
    "ap-east-2",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-south-1",
    "ap-south-2",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-southeast-3",
    "ap-southeast-4",
    "ap-southeast-5",
    "ap-southeast-6",
    "ap-southeast-7",
    "ca-central-1",
    "ca-west-1",
    "eu-central-1",
    "eu-central-2",
    "eu-north-1",
    "eu-south-1",
    "eu-south-2",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "il-central-1",
    "me-central-1",
    "me-south-1",
    "mx-central-1",
    "sa-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
];

/// Regions that AWS opened before 2014: only they take Signature Version 2.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingAWSSDK.html#specify-signature-version>
const TAKE_V2: [&str; 9] = [
    "ap-northeast-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "eu-west-1",
    "sa-east-1",
    HOME,
    "us-gov-west-1",
    "us-west-1",
    "us-west-2",
];

/// Whether requests that are signed by Signature Version 2 are taken in a Region.
pub fn takes_v2(region: &str) -> bool {
    TAKE_V2.contains(&region)
}

/// Whether AWS has a Region of that name.
pub fn is_known(name: &str) -> bool {
    name == HOME || name != "EU" && CONSTRAINTS.contains(&name)
}

/// The Region of a new bucket: what the request names, judged by where it was sent.
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html>
pub fn of_new_bucket(endpoint: &str, constraint: Option<&str>) -> Result<String, Error> {
    let illegal = |constraint: &str| Error::IllegalLocationConstraintException {
        constraint: constraint.to_owned(),
    };
    match constraint {
        None if endpoint == HOME => Ok(HOME.to_owned()),
        None => Err(illegal("unspecified")),
        Some(named) if !CONSTRAINTS.contains(&named) => {
            if named == HOME && endpoint != HOME {
                return Err(illegal(named));
            }
            Err(Error::InvalidLocationConstraint { constraint: named.to_owned() })
        }
        Some(named) => {
            let region = if named == "EU" { "eu-west-1" } else { named };
            if endpoint == HOME || endpoint == region {
                Ok(region.to_owned())
            } else {
                Err(illegal(named))
            }
        }
    }
}

/// What a request to the wrong Region is told. A client of us-east-1 speaks to the global
/// endpoint, where DNS leads to the bucket and only the signature is wrong; a client of another
/// Region speaks to that Region's endpoint, which redirects.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html>
pub fn wrong(cx: &Ctx<'_>, bucket: &str, region: &str) -> Error {
    if cx.region == HOME {
        return Error::AuthorizationHeaderMalformed {
            sent: cx.region.to_owned(),
            region: region.to_owned(),
        };
    }
    let host = if region == HOME { "s3" } else { &format!("s3-{region}") };
    Error::PermanentRedirect {
        endpoint: format!("{bucket}.{host}.amazonaws.com"),
        bucket: bucket.to_owned(),
        region: region.to_owned(),
    }
}
