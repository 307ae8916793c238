//! A form with a file, by which a page lets its visitors upload.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTForms.html>,
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html>

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cloudarium_env::Timestamp;
use cloudarium_shape::{Map, Value};
use serde_json::Value as Json;

use super::{Beside, multipart, text};
use crate::error::ErrorParts;
use crate::http::HttpRequest;
use crate::sigv2;
use crate::sigv4::{self, AuthError, Credential};
use crate::xml::{self, Writer};

/// Bytes of all fields before the file.
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html>
const FIELDS_BYTES_MAX: usize = 20_000;

/// Who signed a form's policy; not yet verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormClaim {
    /// What it claims.
    by: By,
    /// The policy as it was sent, in base64: that is what is signed.
    policy: String,
    /// The signature.
    signature: String,
    /// The session token, if temporary credentials signed.
    pub session_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum By {
    V2(String),
    V4(Credential, Option<Timestamp>),
}

/// Reads the form: `Fields` (names in lower case), `File`, `FileName`, and `Tagging` as tags.
pub fn read(beside: &Beside, request: &HttpRequest) -> Result<Map, ErrorParts> {
    let boundary = multipart::boundary(request).unwrap_or_default();
    let parts = multipart::read(&request.body, &boundary).ok_or_else(malformed)?;
    let mut fields = Map::new();
    let mut size = 0;
    let mut file = None;
    for part in parts {
        let name = part.name.to_ascii_lowercase();
        if name == "file" {
            file = Some(part);
            // What follows the file is not looked at.
            break;
        }
        size += name.len() + part.body.len();
        if size > FIELDS_BYTES_MAX {
            return Err(ErrorParts::new(
                "MaxPostPreDataLengthExceededError",
                400,
                "Your POST request fields preceding the upload file were too large.",
            ));
        }
        fields.insert(name, Value::String(text(&part.body)));
    }
    let Some(file) = file else {
        return Err(ErrorParts::new(
            "InvalidArgument",
            400,
            "POST requires exactly one file upload per request.",
        )
        .with("ArgumentName", "file")
        .with("ArgumentValue", "0"));
    };
    let mut input = Map::new();
    if let Some(tags) = fields.get("tagging").and_then(Value::as_str).filter(|it| !it.is_empty()) {
        input.insert("TagSet".to_owned(), tag_set(tags)?);
    }
    // The path that old browsers send before a file's name is none of it.
    let name = file.file_name.unwrap_or_default();
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    input.insert("FileName".to_owned(), Value::from(name));
    input.insert("File".to_owned(), Value::Blob(file.body));
    input.insert("Fields".to_owned(), Value::Map(fields));
    let host = request.headers.get("host").unwrap_or_default();
    let in_host = crate::route::bucket_of_host(host).is_some();
    let place = if in_host { String::new() } else { format!("/{}", beside.bucket) };
    input.insert("Place".to_owned(), Value::String(format!("{host}{place}")));
    Ok(input)
}

fn malformed() -> ErrorParts {
    ErrorParts::new(
        "MalformedPOSTRequest",
        400,
        "The body of your POST request is not well-formed multipart/form-data.",
    )
}

fn tag_set(text: &str) -> Result<Value, ErrorParts> {
    let root = xml::parse(text.as_bytes()).map_err(|why| ErrorParts::malformed_xml(why.0))?;
    let set = root.child("TagSet").filter(|_| root.name == "Tagging");
    let set = set.ok_or_else(|| ErrorParts::malformed_xml("tagging has no TagSet."))?;
    let member = |tag: &xml::Element, name: &str| {
        let child = tag.child(name).ok_or_else(|| {
            ErrorParts::malformed_xml(format!("a tag of the field tagging has no {name}."))
        })?;
        Ok::<_, ErrorParts>((name.to_owned(), Value::String(child.text.clone())))
    };
    let tags: Result<Vec<Value>, ErrorParts> = set
        .all("Tag")
        .map(|tag| Ok(Value::Map([member(tag, "Key")?, member(tag, "Value")?].into())))
        .collect();
    tags.map(Value::List)
}

/// Who signed: a form without a policy is nobody's.
pub fn claim(input: &Value) -> Result<Option<FormClaim>, ErrorParts> {
    let Some(Value::Map(fields)) = input.get("Fields") else { return Ok(None) };
    let field = |name: &str| fields.get(name).and_then(Value::as_str).map(str::to_owned);
    let need = |name: &str, shown: &str| field(name).ok_or_else(|| missing(shown));
    let v4 = field("x-amz-algorithm").is_some() || field("x-amz-signature").is_some();
    let v2 = field("awsaccesskeyid").is_some() || field("signature").is_some();
    if !v4 && !v2 && field("policy").is_none() {
        return Ok(None);
    }
    let policy = need("policy", "policy")?;
    let session_token = field("x-amz-security-token");
    if !v4 {
        let key = need("awsaccesskeyid", "AWSAccessKeyId")?;
        let signature = need("signature", "Signature")?;
        return Ok(Some(FormClaim { by: By::V2(key), policy, signature, session_token }));
    }
    if need("x-amz-algorithm", "X-Amz-Algorithm")? != sigv4::ALGORITHM {
        let words = "X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256\"";
        return Err(ErrorParts::new("InvalidArgument", 400, words));
    }
    let credential = need("x-amz-credential", "X-Amz-Credential")?;
    let credential = sigv4::credential(&credential)
        .map_err(|why| ErrorParts::new("InvalidArgument", 400, why))?;
    let date = Timestamp::parse_amz_date(need("x-amz-date", "X-Amz-Date")?.trim());
    let signature = need("x-amz-signature", "X-Amz-Signature")?;
    Ok(Some(FormClaim { by: By::V4(credential, date), policy, signature, session_token }))
}

fn missing(name: &str) -> ErrorParts {
    let words = format!(
        "Bucket POST must contain a field named '{name}'.  If it is specified, please check the \
         order of the fields."
    );
    ErrorParts::new("InvalidArgument", 400, words)
        .with("ArgumentName", name)
        .with("ArgumentValue", "")
}

impl FormClaim {
    /// Names the key pair.
    pub fn access_key_id(&self) -> &str {
        match &self.by {
            By::V2(key) => key,
            By::V4(credential, _) => &credential.access_key_id,
        }
    }

    /// The Region that the signature names.
    pub fn region(&self) -> Option<&str> {
        match &self.by {
            By::V2(_) => None,
            By::V4(credential, _) => Some(&credential.region),
        }
    }

    /// When it was signed, if it tells, and by which version.
    pub fn signed(&self) -> (&'static str, Option<Timestamp>) {
        match &self.by {
            By::V2(_) => ("AWS", None),
            By::V4(_, date) => (sigv4::ALGORITHM, *date),
        }
    }

    /// Until when the policy holds; `None` if it does not tell, or is none.
    pub fn expiration(&self) -> Option<Timestamp> {
        let text: String = self.policy.split_whitespace().collect();
        let policy: Json = serde_json::from_slice(&STANDARD.decode(text).ok()?).ok()?;
        Timestamp::parse_iso(policy.get("expiration")?.as_str()?)
    }

    /// Whether the policy was signed by this key.
    ///
    /// # Errors
    /// [`AuthError::Mismatch`]
    pub fn verify(&self, secret_access_key: &str) -> Result<(), AuthError> {
        let expected = match &self.by {
            By::V2(_) => sigv2::sign(secret_access_key, &self.policy),
            By::V4(credential, _) => sigv4::sign_text(secret_access_key, credential, &self.policy),
        };
        if sigv4::same(&expected, &self.signature) {
            return Ok(());
        }
        Err(AuthError::Mismatch {
            access_key_id: self.access_key_id().to_owned(),
            provided: self.signature.clone(),
            string_to_sign: self.policy.clone(),
            canonical_request: String::new(),
        })
    }
}

/// What `success_action_status=201` is answered with.
pub fn answer(output: &Value) -> bytes::Bytes {
    let mut writer = Writer::document();
    writer.open("PostResponse", &[]);
    for name in ["Location", "Bucket", "Key", "ETag"] {
        writer.leaf(name, output.get(name).and_then(Value::as_str).unwrap_or_default());
    }
    writer.close("PostResponse");
    writer.finish().into()
}
