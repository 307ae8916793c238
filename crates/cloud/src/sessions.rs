//! Temporary credentials of a role's session. Nothing is kept: the token says whose it is, and a seal
//! over it, and the secret half of the key, follow from the cloud's seed.
//!
//! Differences from AWS: they do not expire. A seal of a seed that anyone may know keeps apart those
//! who play by the rules; nothing here is worth more.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cloudarium_env::{Rng, ids};
use cloudarium_service::RoleCredentials;
use sha2::{Digest, Sha256};

/// What an access key id begins with that is only good with a token.
pub const PREFIX: &str = "ASIA";

/// Whose session a token stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// `arn:aws:iam::123456789012:role/f`
    pub role_arn: String,
    /// The last part of the caller's ARN.
    pub name: String,
    /// The secret half of the key that signs.
    pub secret_access_key: String,
}

/// New credentials; `number` tells them from all others.
pub fn issue(seed: u64, number: u64, role_arn: &str, name: &str) -> RoleCredentials {
    let mut rng = Rng::new(seed, &format!("session/{number}"));
    let mut access_key_id = ids::iam_id(&mut rng, PREFIX);
    access_key_id.truncate(20);
    let seal = sealed(seed, &["token", &access_key_id, role_arn, name]);
    let session_token = STANDARD.encode(format!("{role_arn}\n{name}\n{seal}"));
    let secret_access_key = secret(seed, &access_key_id, &session_token);
    RoleCredentials { access_key_id, secret_access_key, session_token }
}

/// Whose session a key and a token stand for; `None`: they were not issued here.
pub fn read(seed: u64, access_key_id: &str, session_token: &str) -> Option<Session> {
    let token = String::from_utf8(STANDARD.decode(session_token).ok()?).ok()?;
    let mut parts = token.split('\n');
    let (role_arn, name, seal) = (parts.next()?, parts.next()?, parts.next()?);
    let whole = sealed(seed, &["token", access_key_id, role_arn, name]) == seal;
    whole.then(|| Session {
        role_arn: role_arn.to_owned(),
        name: name.to_owned(),
        secret_access_key: secret(seed, access_key_id, session_token),
    })
}

fn secret(seed: u64, access_key_id: &str, session_token: &str) -> String {
    let mut secret = sealed(seed, &["secret", access_key_id, session_token]);
    secret.truncate(40);
    secret
}

fn sealed(seed: u64, parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    hash.update(seed.to_le_bytes());
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part.as_bytes());
    }
    hex::encode(hash.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROLE: &str = "arn:aws:iam::123456789012:role/f";

    #[test]
    fn what_was_issued_is_read_and_nothing_else() {
        let one = issue(7, 1, ROLE, "f");
        let session = read(7, &one.access_key_id, &one.session_token).expect("a session");
        assert_eq!((session.role_arn.as_str(), session.name.as_str()), (ROLE, "f"));
        assert_eq!(session.secret_access_key, one.secret_access_key);
        assert_eq!(one.access_key_id.len(), 20);
        assert_ne!(issue(7, 2, ROLE, "f"), one);
        assert_eq!(read(8, &one.access_key_id, &one.session_token), None);
        assert_eq!(read(7, "ASIAOTHER", &one.session_token), None);
        assert_eq!(read(7, &one.access_key_id, "no token"), None);
    }
}
