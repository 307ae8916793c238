//! Sample data for free play, made as anybody would: by calls of the API.

use serde_json::{Value, json};

use crate::state::cloud::{self, ApiCall, Refusal};

/// A bucket name is unique in the whole cloud; these are nobody's.
const PHOTOS: &str = "sample-photos";
const ORDERS: &str = "sample-orders";

/// An object: bucket, key, content type, what it holds.
type Sample = (&'static str, &'static str, &'static str, &'static str);

const OBJECTS: [Sample; 9] = [
    (
        PHOTOS,
        "readme.txt",
        "text/plain",
        "Two buckets to play with: change them, break them, empty them.\n",
    ),
    (PHOTOS, "2026/01/harbour.svg", "image/svg+xml", include_str!("sample/harbour.svg")),
    (
        PHOTOS,
        "2026/01/harbour.json",
        "application/json",
        "{\"title\": \"Harbour\", \"taken\": \"2026-01-03T07:42:00Z\", \"camera\": \"phone\"}\n",
    ),
    (
        PHOTOS,
        "2026/02/notes.md",
        "text/markdown",
        "# February\n\n- harbour at dawn\n- the old lighthouse\n",
    ),
    (
        ORDERS,
        "incoming/2026-01-05.csv",
        "text/csv",
        "order,customer,product,quantity,price\n1001,Ada,telescope,1,249.00\n1002,Grace,star map,3,12.50\n1003,Linus,red torch,2,9.90\n",
    ),
    (
        ORDERS,
        "incoming/2026-01-06.csv",
        "text/csv",
        "order,customer,product,quantity,price\n1004,Ada,star map,1,12.50\n1005,Margaret,telescope,2,249.00\n",
    ),
    (
        ORDERS,
        "customers.json",
        "application/json",
        "[{\"name\": \"Ada\", \"city\": \"London\"}, {\"name\": \"Grace\", \"city\": \"New York\"}, {\"name\": \"Linus\", \"city\": \"Helsinki\"}, {\"name\": \"Margaret\", \"city\": \"Paoli\"}]\n",
    ),
    (
        ORDERS,
        "logs/2026-01-05.log",
        "text/plain",
        "09:00:01 INFO  received order 1001\n09:00:04 INFO  received order 1002\n09:00:09 WARN  product not in stock: red torch\n",
    ),
    (
        ORDERS,
        "logs/2026-01-06.log",
        "text/plain",
        "09:00:02 INFO  received order 1004\n09:00:03 ERROR payment refused for order 1005\n",
    ),
];

/// Makes the buckets and puts the objects. What is there already under such a name is written over.
pub async fn make(region: &str) -> Result<(), Refusal> {
    for bucket in [PHOTOS, ORDERS] {
        let made = cloud::call(ApiCall::s3("CreateBucket", create(bucket, region), region)).await;
        match made {
            Err(Refusal::Fault(fault)) if fault.code == "BucketAlreadyOwnedByYou" => {}
            made => drop(made?),
        }
    }
    for (bucket, key, media_type, text) in OBJECTS {
        let input = json!({ "Bucket": bucket, "Key": key, "ContentType": media_type });
        let call = ApiCall::s3("PutObject", input, region).with_body(text.as_bytes().to_vec());
        cloud::call(call).await?;
    }
    Ok(())
}

/// Outside of us-east-1 a bucket says where it is to live.
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html>
fn create(bucket: &str, region: &str) -> Value {
    if region == crate::words::HOME_REGION {
        return json!({ "Bucket": bucket });
    }
    json!({ "Bucket": bucket, "CreateBucketConfiguration": { "LocationConstraint": region } })
}
