//! What S3's calls and its storage count as on the bill.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/aws-usage-report-understand.html>
//!
//! Differences from AWS: the least size and the least time that some classes are paid for, retrieval
//! and transitions are not counted.

use cloudarium_service::{Charge, Charged, Level};
use cloudarium_shape::Value;

use crate::model::{State, StorageClass};

/// Which price a request has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tier {
    /// PUT, COPY, POST, LIST.
    One,
    /// GET and all other.
    Two,
    /// DELETE, CANCEL.
    Free,
}

/// What a call counts as.
pub fn charges(call: &Charged<'_>) -> Vec<Charge> {
    let (tier, verb) = tier(call.operation);
    let class = match tier {
        Tier::One => member(call.input, "StorageClass"),
        Tier::Two => member(call.output, "StorageClass"),
        Tier::Free => None,
    };
    let class = class.and_then(StorageClass::parse).unwrap_or_default();
    let usage_type = request_type(tier, class);
    let mut charges = vec![Charge { usage_type, verb, quantity: 1 }];
    if call.to_internet && call.sent_bytes > 0 {
        let usage_type = "DataTransfer-Out-Bytes";
        charges.push(Charge { usage_type, verb, quantity: call.sent_bytes });
    }
    charges
}

fn member<'a>(of: Option<&'a Value>, name: &str) -> Option<&'a str> {
    of?.get(name)?.as_str()
}

/// <https://aws.amazon.com/s3/pricing/>: "DELETE and CANCEL requests are free", "LIST requests for
/// any storage class are charged at the rate of S3 Standard PUT, COPY, and POST requests".
fn tier(operation: &str) -> (Tier, &'static str) {
    match operation {
        "PutObject" | "CreateBucket" | "UploadPart" => (Tier::One, "PUT"),
        "CopyObject" | "UploadPartCopy" => (Tier::One, "COPY"),
        "CreateMultipartUpload" | "CompleteMultipartUpload" => (Tier::One, "POST"),
        "HeadObject" | "HeadBucket" => (Tier::Two, "HEAD"),
        "AbortMultipartUpload" => (Tier::Free, "CANCEL"),
        list if list.starts_with("List") => (Tier::One, "LIST"),
        delete if delete.starts_with("Delete") => (Tier::Free, "DELETE"),
        put if put.starts_with("Put") => (Tier::One, "PUT"),
        _ => (Tier::Two, "GET"),
    }
}

fn request_type(tier: Tier, class: StorageClass) -> &'static str {
    match (tier, class) {
        (Tier::Free, _) => "Requests-Free",
        (Tier::One, StorageClass::StandardIa) => "Requests-SIA-Tier1",
        (Tier::Two, StorageClass::StandardIa) => "Requests-SIA-Tier2",
        (Tier::One, StorageClass::OnezoneIa) => "Requests-ZIA-Tier1",
        (Tier::Two, StorageClass::OnezoneIa) => "Requests-ZIA-Tier2",
        (Tier::One, StorageClass::GlacierIr) => "Requests-GIR-Tier1",
        (Tier::Two, StorageClass::GlacierIr) => "Requests-GIR-Tier2",
        (Tier::One, StorageClass::Glacier) => "Requests-GLACIER-Tier1",
        (Tier::One, StorageClass::DeepArchive) => "Requests-GDA-Tier1",
        (Tier::One, _) => "Requests-Tier1",
        (Tier::Two, _) => "Requests-Tier2",
    }
}

/// Tells what lies stored: every version, and the parts of uploads that go on.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html#mpuploadpricing>
pub fn stored(state: &State, tell: &mut dyn FnMut(Level<'_>)) {
    for bucket in state.buckets.values() {
        let region = bucket.region.as_str();
        for (class, bytes) in &bucket.sums.class_bytes {
            tell(Level { region, usage_type: storage_type(*class), bytes: *bytes });
        }
    }
}

fn storage_type(class: StorageClass) -> &'static str {
    match class {
        StorageClass::ReducedRedundancy => "TimedStorage-RRS-ByteHrs",
        StorageClass::StandardIa => "TimedStorage-SIA-ByteHrs",
        StorageClass::OnezoneIa => "TimedStorage-ZIA-ByteHrs",
        StorageClass::IntelligentTiering => "TimedStorage-INT-FA-ByteHrs",
        StorageClass::Glacier => "TimedStorage-GlacierByteHrs",
        StorageClass::DeepArchive => "TimedStorage-GDA-ByteHrs",
        StorageClass::GlacierIr => "TimedStorage-GIR-ByteHrs",
        StorageClass::Standard => "TimedStorage-ByteHrs",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn charged<'a>(operation: &'a str, output: Option<&'a Value>) -> Charged<'a> {
        Charged { operation, input: None, output, sent_bytes: 0, to_internet: true }
    }

    #[test]
    fn requests_fall_into_the_classes_of_the_price_list() {
        let of = |operation| {
            let charges = charges(&charged(operation, None));
            charges.into_iter().map(|charge| (charge.usage_type, charge.verb)).collect::<Vec<_>>()
        };
        assert_eq!(of("PutObject"), [("Requests-Tier1", "PUT")]);
        assert_eq!(of("ListObjectsV2"), [("Requests-Tier1", "LIST")]);
        assert_eq!(of("ListBuckets"), [("Requests-Tier1", "LIST")]);
        assert_eq!(of("GetObject"), [("Requests-Tier2", "GET")]);
        assert_eq!(of("DeleteObjects"), [("Requests-Free", "DELETE")]);
    }

    #[test]
    fn a_class_of_its_own_has_prices_of_its_own() {
        let output = Value::Map([("StorageClass".to_owned(), "STANDARD_IA".into())].into());
        let charges = charges(&charged("GetObject", Some(&output)));
        assert_eq!(charges.first().map(|charge| charge.usage_type), Some("Requests-SIA-Tier2"));
    }
}
