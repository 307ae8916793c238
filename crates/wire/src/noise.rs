//! Doors for noise: any bytes at all go in, and nothing may panic. For the fuzz targets (fuzz/) and
//! for a quick variant among the ordinary tests.

use bytes::Bytes;
use cloudarium_env::Timestamp;

use crate::http::{Headers, HttpRequest, HttpResponse};
use crate::server::{self, ResponseIds};
use crate::sigv4::{self, Dialect};
use crate::{client, xml};

/// Reads `data` as an HTTP request, sends it through routing and reading, and writes what came of
/// it, as a server and as a client.
pub fn wire(data: &[u8]) {
    let request = request(data);
    let ids = ResponseIds { request_id: "id".to_owned(), host_id: "host".to_owned() };
    match server::route(&request) {
        Err(rejected) => {
            let _ = server::reject(&rejected, &ids);
        }
        Ok(route) => {
            match server::decode(&route, &request, None) {
                Ok(input) => {
                    let _ = client::encode_for(route.service, route.operation, &input, "us-east-1");
                    let _ = server::encode(&route, &input, &ids);
                }
                Err(error) => {
                    let _ = server::encode_error(route.form, &error, &ids);
                }
            }
            let response =
                HttpResponse { status: 200, headers: request.headers, body: request.body.clone() };
            let _ = client::decode_for(route.service, route.operation, &response);
            let _ = client::decode_for(
                route.service,
                route.operation,
                &HttpResponse { status: 400, ..response },
            );
        }
    }
    let _ = xml::parse(&request.body);
}

/// Reads `data` as a signed HTTP request and verifies it.
pub fn sigv4(data: &[u8]) {
    let request = request(data);
    if let Ok(Some(claim)) = sigv4::parse(&request) {
        for dialect in [Dialect::S3, Dialect::General] {
            let now = claim.signed_at;
            if let Err(error) = sigv4::verify(&claim, &request, "secret", dialect, now) {
                let _ = error.refusal(dialect);
            }
            let later = Timestamp::from_ms(i64::MAX);
            if let Err(error) = sigv4::verify(&claim, &request, "secret", dialect, later) {
                let _ = error.refusal(dialect);
            }
        }
    }
}

/// Method and target in the first line, fields up to an empty line, and the body.
fn request(data: &[u8]) -> HttpRequest {
    let end = data.windows(2).position(|pair| pair == b"\n\n").unwrap_or(data.len());
    let (head, body) = data.split_at_checked(end).unwrap_or((data, &[]));
    let head = String::from_utf8_lossy(head);
    let mut lines = head.split('\n');
    let (method, target) = lines.next().and_then(|it| it.split_once(' ')).unwrap_or(("GET", "/"));
    let headers: Headers = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()))
        .collect();
    HttpRequest {
        method: method.to_owned(),
        target: target.to_owned(),
        headers,
        body: Bytes::copy_from_slice(body.get(2..).unwrap_or_default()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    const STARTS: &[&str] = &[
        "PUT /b/k?uploadId=u&partNumber=1\nHost: s3.us-east-1.amazonaws.com\n",
        "POST /b?delete\nHost: b.s3.amazonaws.com\nContent-MD5: x\n",
        "POST /\nX-Amz-Target: DynamoDB_20120810.PutItem\n",
        "POST /\nHost: ec2.us-east-1.amazonaws.com\nContent-Type: application/x-www-form-urlencoded\n",
        "POST /2015-03-31/functions\nHost: lambda.us-east-1.amazonaws.com\n",
        "GET /b/k?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=test%2F20260105%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20260105T090000Z&X-Amz-Expires=60&X-Amz-SignedHeaders=host&X-Amz-Signature=00\nHost: localhost\n",
        "GET /\nAuthorization: AWS4-HMAC-SHA256 Credential=test/20260105/us-east-1/sts/aws4_request, SignedHeaders=host, Signature=00\nX-Amz-Date: 20260105T090000Z\n",
        "",
    ];
    const PIECES: &[&str] = &[
        "\n\n",
        "\n",
        ":",
        "?",
        "&",
        "=",
        "%",
        "%2F",
        "Action=RunInstances",
        "&Version=2016-11-15",
        "&Filter.1.Value.1=",
        "<Delete>",
        "<Object>",
        "</Object>",
        "<Key>",
        "{\"TableName\":",
        "[",
        "{",
        "}",
        "\"",
        "null",
        "1e400",
        "x-amz-content-sha256: STREAMING-UNSIGNED-PAYLOAD-TRAILER",
        "x-amz-trailer: x-amz-checksum-crc32",
        "5\r\nhello\r\n0\r\n",
        "X-Amz-Signature=",
        "Credential=a/b/c/d/aws4_request",
        "\u{fffd}",
        "é",
        "\0",
    ];

    fn noise() -> impl Strategy<Value = Vec<u8>> {
        let piece = prop_oneof![
            3 => prop::sample::select(PIECES).prop_map(|it| it.as_bytes().to_vec()),
            1 => prop::collection::vec(any::<u8>(), 0..12),
        ];
        let pieces = prop::collection::vec(piece, 0..24);
        (prop::sample::select(STARTS), pieces)
            .prop_map(|(start, pieces)| [start.as_bytes().to_vec(), pieces.concat()].concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2_000) })]

        #[test]
        fn no_request_panics(data in noise()) {
            super::wire(&data);
        }

        #[test]
        fn no_signature_panics(data in noise()) {
            super::sigv4(&data);
        }
    }
}
