//! What a request claims of its signer.

use std::time::Duration;

use cloudarium_env::Timestamp;

use super::{ALGORITHM, AuthError, Carrier, Claim, Credential, EXPIRES_MAX_S};
use crate::http::HttpRequest;
use crate::query::Query;

/// The claim in `Authorization` or in the query; `None` if the request is anonymous
/// (or signed by [`crate::sigv2`]).
///
/// # Errors
/// [`AuthError::HeaderMalformed`], [`AuthError::QueryMalformed`],
/// [`AuthError::MechanismNotSupported`], [`AuthError::DateMissing`].
pub fn parse(request: &HttpRequest) -> Result<Option<Claim>, AuthError> {
    if let Some(header) = request.headers.get("authorization") {
        // Signature Version 2.
        if header.trim_start().starts_with("AWS ") {
            return Ok(None);
        }
        return from_header(request, header).map(Some);
    }
    let query = Query::of(&request.target);
    if query.get("X-Amz-Algorithm").is_some() || query.get("X-Amz-Signature").is_some() {
        return from_query(&query).map(Some);
    }
    Ok(None)
}

fn from_header(request: &HttpRequest, header: &str) -> Result<Claim, AuthError> {
    let header = header.trim();
    let (algorithm, fields) = header.split_once(char::is_whitespace).unwrap_or((header, ""));
    if algorithm != ALGORITHM {
        return Err(AuthError::MechanismNotSupported);
    }
    let field = |name: &str| {
        fields
            .split(',')
            .filter_map(|part| part.trim().split_once('='))
            .find(|(key, _)| *key == name)
            .map(|(_, value)| value.trim())
            .ok_or_else(|| {
                AuthError::HeaderMalformed(format!(
                    "the authorization header requires three components: Credential, \
                     SignedHeaders, and Signature. {name} is missing."
                ))
            })
    };
    let credential = credential(field("Credential")?).map_err(AuthError::HeaderMalformed)?;
    let signed_headers = names(field("SignedHeaders")?);
    let signature = field("Signature")?.to_owned();
    let (signed_at_text, signed_at) = signing_time(request)?;
    if !signed_at_text.starts_with(&credential.date) {
        return Err(AuthError::HeaderMalformed(format!(
            "Invalid credential date \"{}\". This date is not the same as X-Amz-Date: \"{}\".",
            credential.date,
            signed_at_text.get(..8).unwrap_or(&signed_at_text)
        )));
    }
    Ok(Claim {
        credential,
        signed_headers,
        signature,
        signed_at_text,
        signed_at,
        session_token: request.headers.get("x-amz-security-token").map(str::to_owned),
        carrier: Carrier::Header,
    })
}

/// `X-Amz-Date`, else `Date`.
fn signing_time(request: &HttpRequest) -> Result<(String, Timestamp), AuthError> {
    if let Some(text) = request.headers.get("x-amz-date") {
        let at = Timestamp::parse_amz_date(text.trim()).ok_or(AuthError::DateMissing)?;
        return Ok((text.trim().to_owned(), at));
    }
    let text = request.headers.get("date").ok_or(AuthError::DateMissing)?;
    let at = Timestamp::parse_http_date(text)
        .or_else(|| Timestamp::parse_amz_date(text))
        .ok_or(AuthError::DateMissing)?;
    Ok((at.amz_date(), at))
}

fn from_query(query: &Query) -> Result<Claim, AuthError> {
    let malformed = |why: &str| AuthError::QueryMalformed(why.to_owned());
    let [algorithm, scope, signature, date, headers, expires] = [
        "X-Amz-Algorithm",
        "X-Amz-Credential",
        "X-Amz-Signature",
        "X-Amz-Date",
        "X-Amz-SignedHeaders",
        "X-Amz-Expires",
    ]
    .map(|name| query.get(name).filter(|value| !value.is_empty()));
    let (Some(algorithm), Some(scope), Some(signature), Some(date), Some(headers), Some(expires)) =
        (algorithm, scope, signature, date, headers, expires)
    else {
        return Err(malformed(
            "Query-string authentication version 4 requires the X-Amz-Algorithm, \
             X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and \
             X-Amz-Expires parameters.",
        ));
    };
    if algorithm != ALGORITHM {
        return Err(malformed("X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256\""));
    }
    let credential = credential(scope).map_err(|why| {
        AuthError::QueryMalformed(format!("Error parsing the X-Amz-Credential parameter; {why}"))
    })?;
    let signed_at = Timestamp::parse_amz_date(date).ok_or_else(|| {
        malformed("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"")
    })?;
    if !date.starts_with(&credential.date) {
        return Err(AuthError::QueryMalformed(format!(
            "Invalid credential date \"{}\". This date is not the same as X-Amz-Date: \"{}\".",
            credential.date,
            date.get(..8).unwrap_or(date)
        )));
    }
    Ok(Claim {
        credential,
        signed_headers: names(headers),
        signature: signature.to_owned(),
        signed_at_text: date.to_owned(),
        signed_at,
        session_token: query.get("X-Amz-Security-Token").map(str::to_owned),
        carrier: Carrier::Query { expires: expiry(expires)? },
    })
}

fn expiry(text: &str) -> Result<Duration, AuthError> {
    let refused = |why: &str| Err(AuthError::QueryMalformed(why.to_owned()));
    match text.parse::<i64>() {
        Err(_) => refused("X-Amz-Expires should be a number"),
        Ok(seconds) => match u64::try_from(seconds) {
            Err(_) => refused("X-Amz-Expires must be non-negative"),
            Ok(seconds) if seconds > EXPIRES_MAX_S => refused(
                "X-Amz-Expires must be less than a week (in seconds); that is, the given \
                 X-Amz-Expires must be less than 604800 seconds",
            ),
            Ok(seconds) => Ok(Duration::from_secs(seconds)),
        },
    }
}

/// Reads `KEY/20260105/us-east-1/s3/aws4_request`; the key id itself may hold slashes.
pub(crate) fn credential(text: &str) -> Result<Credential, String> {
    let mut parts = text.rsplitn(5, '/');
    let (Some(terminator), Some(service), Some(region), Some(date), Some(key)) =
        (parts.next(), parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(
            "the Credential is mal-formed; expecting \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/\
             aws4_request\"."
                .to_owned(),
        );
    };
    if terminator != "aws4_request" {
        return Err(format!(
            "incorrect terminal \"{terminator}\". This endpoint uses \"aws4_request\"."
        ));
    }
    if date.len() != 8 || !date.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(format!(
            "incorrect date format \"{date}\". This date in the credential must \
                            be in the format \"yyyyMMdd\"."
        ));
    }
    if key.is_empty() || region.is_empty() || service.is_empty() {
        return Err("a non-empty Access Key (AKID), region and service must be provided in the \
                    credential."
            .to_owned());
    }
    Ok(Credential {
        access_key_id: key.to_owned(),
        date: date.to_owned(),
        region: region.to_owned(),
        service: service.to_owned(),
    })
}

fn names(list: &str) -> Vec<String> {
    list.split(';').filter(|name| !name.is_empty()).map(str::to_ascii_lowercase).collect()
}
