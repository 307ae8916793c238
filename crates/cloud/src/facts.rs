//! How a request came, as policies ask for it.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/bucket-policy-s3-sigv4-conditions.html>

use cloudarium_env::Timestamp;
use cloudarium_service::{Facts, Signature};
use cloudarium_wire::beside::FormClaim;
use cloudarium_wire::http::HttpRequest;
use cloudarium_wire::sigv2::{self, Life};
use cloudarium_wire::sigv4::{ALGORITHM, Carrier, Claim};

use crate::Caller;

/// Where all clients are: on the machine that the cloud runs on.
const SOURCE_IP: &str = "127.0.0.1";

/// Marks a call of a service's that stands.
pub const STANDING: &str = "x-cloudarium-standing";

/// How `http` came.
pub fn of(caller: &Caller, http: &HttpRequest, signature: Option<Signature>) -> Facts {
    let header = |name: &str| http.headers.get(name).map(str::to_owned);
    Facts {
        source_ip: Some(SOURCE_IP.to_owned()),
        secure_transport: *caller != Caller::Client || is_secure(http),
        user_agent: header("user-agent"),
        referer: header("referer"),
        signature,
        content_sha256: header("x-amz-content-sha256"),
        // Nobody but a service is taken at its word.
        standing: matches!(caller, Caller::Role { .. }) && header(STANDING).is_some(),
    }
}

/// Clients in the tab call AWS by its own names, and would there do so by TLS; those of the native
/// endpoint call it by the machine's, in the clear.
fn is_secure(http: &HttpRequest) -> bool {
    let host = http.headers.get("host").unwrap_or_default();
    let name = host.split(':').next().unwrap_or_default();
    [".amazonaws.com", ".amazonaws.com.cn", ".on.aws"].iter().any(|end| name.ends_with(end))
}

/// A signature of version 4.
pub fn signed_by_v4(claim: &Claim, wall: Timestamp) -> Signature {
    let carrier = match claim.carrier {
        Carrier::Header => "REST-HEADER",
        Carrier::Query { .. } => "REST-QUERY-STRING",
    };
    let age_ms = wall.as_ms().saturating_sub(claim.signed_at.as_ms()).max(0);
    Signature { version: ALGORITHM, carrier, age_ms: Some(age_ms) }
}

/// A signature of version 2. A link tells until when it holds, not since when.
pub fn signed_by_v2(claim: &sigv2::Claim, wall: Timestamp) -> Signature {
    match &claim.life {
        Life::Until(_) => Signature { version: "AWS", carrier: "REST-QUERY-STRING", age_ms: None },
        Life::Around { date, .. } => {
            let age_ms = wall.as_ms().saturating_sub(date.as_ms()).max(0);
            Signature { version: "AWS", carrier: "REST-HEADER", age_ms: Some(age_ms) }
        }
    }
}

/// A form whose policy is signed.
pub fn signed_by_form(claim: &FormClaim, wall: Timestamp) -> Signature {
    let (version, signed_at) = claim.signed();
    let age_ms = signed_at.map(|at| wall.as_ms().saturating_sub(at.as_ms()).max(0));
    Signature { version, carrier: "POST", age_ms }
}
