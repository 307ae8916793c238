//! Who asks: the credentials of a request, and the refusals of those that do not hold.

use std::collections::BTreeMap;

use cloudarium_env::{Rng, Timestamp, ids, place};
use cloudarium_service::{Accounts, Fault, Principal, Signature};
use cloudarium_wire::beside::FormClaim;
use cloudarium_wire::http::HttpRequest;
use cloudarium_wire::sigv2;
use cloudarium_wire::sigv4::{self, AuthError, Carrier, Claim, Dialect, Proof};

use crate::config::DEFAULT_ACCOUNT;
use crate::sessions::{self, Session};
use crate::{Caller, Config, User, facts};

/// Everyone whom the cloud knows.
pub struct Identities {
    by_key: BTreeMap<String, (User, Principal)>,
    guest: Principal,
    accept_unknown_keys: bool,
    seed: u64,
    accounts: Accounts,
}

/// Who asks, and what their signature proves.
#[derive(Debug, Clone)]
pub struct Identity {
    /// Who.
    pub principal: Principal,
    /// The Region that the signature names.
    pub region: Option<String>,
    /// What verifies signed chunks; `None` for those whose signature is not verified.
    pub proof: Option<Proof>,
    /// How the request was signed; `None` if it was not.
    pub signature: Option<Signature>,
}

impl Identity {
    /// Someone whose signature need not be looked at.
    pub(crate) fn unsigned(principal: Principal) -> Self {
        Self { principal, region: None, proof: None, signature: None }
    }
}

/// A request, as far as it matters for who asks.
#[derive(Debug, Clone, Copy)]
pub struct Ask<'a> {
    /// What the host says.
    pub caller: &'a Caller,
    /// The request.
    pub http: &'a HttpRequest,
    /// The bucket, if the host name holds it: links of Signature Version 2 sign it.
    pub host_bucket: Option<&'a str>,
    /// The clock by which clients sign.
    pub wall: Timestamp,
    /// Whose words a refusal has.
    pub words: Words,
}

/// How a service words its refusals: more ways than signatures have dialects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Words {
    /// S3's XML.
    S3,
    /// The query protocols: `SignatureDoesNotMatch`.
    Query,
    /// EC2's own: `AuthFailure`.
    Ec2,
    /// The JSON protocols: `InvalidSignatureException`, status 400.
    Json,
    /// REST with JSON: the same, status 403.
    RestJson,
}

impl Identities {
    /// Those of `config`.
    pub fn new(config: &Config) -> Self {
        let seat = |user: &User| {
            let principal = user_principal(config.seed, user);
            (user.access_key_id.clone(), (user.clone(), principal))
        };
        let guest = config
            .users
            .first()
            .map_or_else(|| root(DEFAULT_ACCOUNT), |user| user_principal(config.seed, user));
        Self {
            by_key: config.users.iter().map(seat).collect(),
            guest,
            accept_unknown_keys: config.accept_unknown_keys,
            seed: config.seed,
            accounts: accounts(config),
        }
    }

    /// What services must know of the accounts.
    pub fn accounts(&self) -> &Accounts {
        &self.accounts
    }

    /// Whom a key that is accepted unverified stands for: the first user.
    pub fn guest(&self) -> &Principal {
        &self.guest
    }

    /// Who asks.
    pub fn identify(&self, ask: &Ask<'_>) -> Result<Identity, Fault> {
        if let Caller::Trusted { account, .. } = ask.caller {
            return Ok(Identity::unsigned(self.trusted(account)));
        }
        if let Caller::Role { role_arn, session, .. } = ask.caller {
            return Ok(Identity::unsigned(assumed(role_arn, session)));
        }
        let refused = |error: AuthError| refuse(&error, ask.words);
        if let Some(claim) = sigv4::parse(ask.http).map_err(refused)? {
            return self.client(claim, ask);
        }
        // Only S3 takes links of Signature Version 2.
        let link = if ask.words == Words::S3 { sigv2::parse(ask.http) } else { Ok(None) };
        match link.map_err(refused)? {
            Some(claim) => self.link(claim, ask),
            // S3 alone lets everyone in, and asks policies and ACLs what they may.
            None if ask.words == Words::S3 => Ok(Identity::unsigned(Principal::anonymous())),
            None => Err(anonymous(ask.words)),
        }
    }

    /// Who asks by a form, or by another request that is signed in no header: nobody, unless the
    /// form's policy is signed.
    pub fn identify_form(
        &self,
        claim: Option<&FormClaim>,
        ask: &Ask<'_>,
    ) -> Result<Identity, Fault> {
        if !ask.caller.is_unvouched() {
            return self.identify(ask);
        }
        let Some(claim) = claim else { return Ok(Identity::unsigned(Principal::anonymous())) };
        let refused = |error: AuthError| refuse(&error, ask.words);
        let key = claim.access_key_id();
        let principal = match self.by_key.get(key) {
            Some((user, principal)) => {
                if claim.session_token.is_some() {
                    return Err(token_refused(ask.words));
                }
                claim.verify(&user.secret_access_key).map_err(refused)?;
                principal.clone()
            }
            None if self.accept_unknown_keys => {
                Principal { access_key_id: key.to_owned(), ..self.guest.clone() }
            }
            None => return Err(refused(AuthError::UnknownKey(key.to_owned()))),
        };
        // By the clock that clients sign by, as for links.
        if claim.expiration().is_some_and(|end| end <= ask.wall) {
            let words = "Invalid according to Policy: Policy expired.";
            return Err(Fault::new("AccessDenied", 403, words));
        }
        let signature = Some(facts::signed_by_form(claim, ask.wall));
        let region = claim.region().map(str::to_owned);
        Ok(Identity { region, signature, ..Identity::unsigned(principal) })
    }

    /// Who comes to an address that may be open to everyone: nobody if the request is not signed, and nobody if it is
    /// and its signature does not hold, with the refusal for those who want to know who comes.
    pub fn identify_visitor(&self, ask: &Ask<'_>) -> (Identity, Option<Fault>) {
        let nobody = || Identity::unsigned(Principal::anonymous());
        let is_unsigned = matches!(sigv4::parse(ask.http), Ok(None));
        if ask.caller.is_unvouched() && is_unsigned {
            return (nobody(), None);
        }
        match self.identify(ask) {
            Ok(identity) => (identity, None),
            Err(refused) => (nobody(), Some(refused)),
        }
    }

    /// A link that Signature Version 2 presigned.
    fn link(&self, claim: sigv2::Claim, ask: &Ask<'_>) -> Result<Identity, Fault> {
        let refused = |error: AuthError| refuse(&error, ask.words);
        let signature = facts::signed_by_v2(&claim, ask.wall);
        let principal = match self.by_key.get(&claim.access_key_id) {
            Some((user, principal)) => {
                if claim.session_token.is_some() {
                    return Err(token_refused(ask.words));
                }
                let secret = &user.secret_access_key;
                sigv2::verify(&claim, ask.http, ask.host_bucket, secret, ask.wall)
                    .map_err(refused)?;
                principal.clone()
            }
            None if self.accept_unknown_keys => {
                sigv2::check_time(&claim, ask.wall).map_err(refused)?;
                Principal { access_key_id: claim.access_key_id, ..self.guest.clone() }
            }
            None => return Err(refused(AuthError::UnknownKey(claim.access_key_id))),
        };
        Ok(Identity { signature: Some(signature), ..Identity::unsigned(principal) })
    }

    fn client(&self, claim: Claim, ask: &Ask<'_>) -> Result<Identity, Fault> {
        let Ask { http, wall, words, .. } = *ask;
        let key = &claim.credential.access_key_id;
        let Some((user, principal)) = self.by_key.get(key) else {
            return match self.session(&claim) {
                Some(session) => session_identity(claim, &session, ask),
                None => self.stranger(claim, wall, words),
            };
        };
        if claim.session_token.is_some() {
            return Err(token_refused(words));
        }
        let proof = sigv4::verify(&claim, http, &user.secret_access_key, dialect(words), wall)
            .map_err(|error| refuse(&error, words))?;
        let signature = Some(facts::signed_by_v4(&claim, wall));
        let region = Some(claim.credential.region);
        Ok(Identity { principal: principal.clone(), region, proof: Some(proof), signature })
    }

    /// The session of a role that a key and its token stand for.
    fn session(&self, claim: &Claim) -> Option<Session> {
        sessions::read(self.seed, &claim.credential.access_key_id, claim.session_token.as_deref()?)
    }

    /// Someone whose key is not known: let in as the guest, or not at all. The expiry of a
    /// presigned link holds all the same.
    fn stranger(&self, claim: Claim, wall: Timestamp, words: Words) -> Result<Identity, Fault> {
        let credential = claim.credential.clone();
        if !self.accept_unknown_keys {
            return Err(refuse(&AuthError::UnknownKey(credential.access_key_id), words));
        }
        if claim.carrier != Carrier::Header {
            sigv4::check_time(&claim, wall).map_err(|error| refuse(&error, words))?;
        }
        let signature = Some(facts::signed_by_v4(&claim, wall));
        let access_key_id = credential.access_key_id;
        let principal = Principal { access_key_id, ..self.guest.clone() };
        Ok(Identity { principal, region: Some(credential.region), proof: None, signature })
    }

    /// Whom the host speaks for: the first user of the account, or its root; without an account,
    /// nobody.
    fn trusted(&self, account: &str) -> Principal {
        if account.is_empty() {
            return Principal::anonymous();
        }
        if self.guest.account == account {
            return self.guest.clone();
        }
        let user = self.by_key.values().find(|(user, _)| user.account == account);
        user.map_or_else(|| root(account), |(_, principal)| principal.clone())
    }
}

/// Who signs with temporary credentials of a role.
fn session_identity(claim: Claim, session: &Session, ask: &Ask<'_>) -> Result<Identity, Fault> {
    let secret = &session.secret_access_key;
    let proof = sigv4::verify(&claim, ask.http, secret, dialect(ask.words), ask.wall)
        .map_err(|error| refuse(&error, ask.words))?;
    let signature = Some(facts::signed_by_v4(&claim, ask.wall));
    let credential = claim.credential;
    let principal = Principal {
        access_key_id: credential.access_key_id,
        ..assumed(&session.role_arn, &session.name)
    };
    Ok(Identity { principal, region: Some(credential.region), proof: Some(proof), signature })
}

fn accounts(config: &Config) -> Accounts {
    let mut names = BTreeMap::new();
    for user in &config.users {
        names.entry(user.account.clone()).or_insert_with(|| user.name.clone());
    }
    Accounts { s3_legacy: config.s3_legacy, names }
}

fn user_principal(seed: u64, user: &User) -> Principal {
    if user.root {
        return Principal { access_key_id: user.access_key_id.clone(), ..root(&user.account) };
    }
    let mut rng = Rng::new(seed, &format!("user/{}/{}", user.account, user.name));
    Principal {
        account: user.account.clone(),
        arn: place::arn("iam", "", &user.account, &format!("user/{}", user.name)),
        user_id: ids::iam_id(&mut rng, "AIDA"),
        access_key_id: user.access_key_id.clone(),
    }
}

/// The root user of an account: its id is the account's number.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>
fn root(account: &str) -> Principal {
    Principal {
        account: account.to_owned(),
        arn: place::arn("iam", "", account, "root"),
        user_id: account.to_owned(),
        access_key_id: String::new(),
    }
}

/// Who acts with a role: its session. The id before the colon stands for the role, and is the same
/// for the same role.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>
fn assumed(role_arn: &str, session: &str) -> Principal {
    let account = role_arn.split(':').nth(4).unwrap_or_default().to_owned();
    let role = role_arn.rsplit('/').next().unwrap_or_default();
    let id = ids::iam_id(&mut Rng::new(0, &format!("role/{role_arn}")), "AROA");
    Principal {
        arn: place::arn("sts", "", &account, &format!("assumed-role/{role}/{session}")),
        account,
        user_id: format!("{id}:{session}"),
        access_key_id: String::new(),
    }
}

fn dialect(words: Words) -> Dialect {
    if words == Words::S3 { Dialect::S3 } else { Dialect::General }
}

/// A refusal as the service of `words` answers it.
pub fn refuse(error: &AuthError, words: Words) -> Fault {
    let refusal = error.refusal(dialect(words));
    let (code, status) = match words {
        Words::S3 | Words::Query => (refusal.code, refusal.status),
        Words::Ec2 => ec2_code(refusal.code, refusal.status),
        Words::Json => (json_code(refusal.code), 400),
        Words::RestJson => (json_code(refusal.code), 403),
    };
    let mut fault = Fault::new(code, status, refusal.message);
    for (member, value) in refusal.members {
        fault = fault.with(member, value);
    }
    match hint(error) {
        Some(hint) => fault.hint(hint),
        None => fault,
    }
}

/// <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html>,
/// <https://docs.aws.amazon.com/lambda/latest/api/CommonErrors.html>
fn json_code(code: &str) -> &'static str {
    match code {
        "InvalidClientTokenId" => "UnrecognizedClientException",
        "IncompleteSignature" => "IncompleteSignatureException",
        _ => "InvalidSignatureException",
    }
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html>
fn ec2_code(code: &'static str, status: u16) -> (&'static str, u16) {
    match code {
        "InvalidClientTokenId" | "SignatureDoesNotMatch" => ("AuthFailure", 401),
        _ => (code, status),
    }
}

fn hint(error: &AuthError) -> Option<&'static str> {
    match error {
        AuthError::UnknownKey(_) => {
            Some("This cloud was started with named accounts, and none of them has this key.")
        }
        AuthError::Mismatch { .. } => {
            Some("The access key id is known, and the secret key is another one.")
        }
        AuthError::Skewed { .. } => {
            Some("Signatures hold for 15 minutes: the clock of the client is off by more.")
        }
        AuthError::Expired { .. } => Some("A presigned link ends when its time is over."),
        _ => None,
    }
}

/// What a request without credentials gets of all services but S3.
fn anonymous(words: Words) -> Fault {
    let fault = match words {
        Words::S3 => Fault::new("AccessDenied", 403, "Access Denied"),
        Words::Query => {
            Fault::new("MissingAuthenticationToken", 403, "Request is missing Authentication Token")
        }
        Words::Ec2 => Fault::new(
            "MissingParameter",
            400,
            "The request must contain the parameter AWSAccessKeyId",
        ),
        Words::Json => {
            let words = "Request is missing Authentication Token";
            Fault::new("MissingAuthenticationTokenException", 400, words)
        }
        Words::RestJson => {
            Fault::new("MissingAuthenticationTokenException", 403, "Missing Authentication Token")
        }
    };
    fault.hint("The request is not signed: give the client an access key id and a secret key.")
}

/// A long-lived key does not come with a session token.
fn token_refused(words: Words) -> Fault {
    let invalid = "The security token included in the request is invalid.";
    let fault = match words {
        Words::S3 => {
            Fault::new("InvalidToken", 400, "The provided token is malformed or otherwise invalid.")
        }
        Words::Query => Fault::new("InvalidClientTokenId", 403, invalid),
        Words::Ec2 => Fault::new(
            "AuthFailure",
            401,
            "AWS was not able to validate the provided access credentials",
        ),
        Words::Json => Fault::new("UnrecognizedClientException", 400, invalid),
        Words::RestJson => Fault::new("UnrecognizedClientException", 403, invalid),
    };
    fault.hint("This access key belongs to a user, and is used without a session token.")
}
