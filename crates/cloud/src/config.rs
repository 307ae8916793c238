//! What a cloud is made with.

use cloudarium_env::Timestamp;
use serde::{Deserialize, Serialize};

/// What a cloud is made with. The same configuration and the same inputs give the same bytes out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Config {
    /// Where all randomness comes from.
    pub seed: u64,
    /// The virtual instant at which the cloud begins.
    pub start: Timestamp,
    /// Those whose signatures are verified.
    pub users: Vec<User>,
    /// Whether an access key id that no user has is let in, unverified, as the first user's
    /// account.
    pub accept_unknown_keys: bool,
    /// Whether S3 does what AWS has taken back since March 2023
    /// ([`cloudarium_service::Accounts`]).
    pub s3_legacy: bool,
}

/// One user with one access key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// Twelve digits.
    pub account: String,
    /// The user's name in IAM; of a root user, the account's.
    pub name: String,
    /// Whether this is the account's root user.
    pub root: bool,
    /// The public half of the key.
    pub access_key_id: String,
    /// The secret half of the key.
    pub secret_access_key: String,
}

/// The account of a cloud that nothing else is said about.
pub const DEFAULT_ACCOUNT: &str = "123456789012";

impl Default for Config {
    /// One user, `test`/`test` in account 123456789012; other keys are accepted unverified; starts
    /// at 2026-01-01T00:00:00Z with seed 0.
    fn default() -> Self {
        Self {
            seed: 0,
            start: Timestamp::from_ms(1_767_225_600_000),
            users: vec![User {
                account: DEFAULT_ACCOUNT.to_owned(),
                name: "test".to_owned(),
                root: false,
                access_key_id: "test".to_owned(),
                secret_access_key: "test".to_owned(),
            }],
            accept_unknown_keys: true,
            s3_legacy: false,
        }
    }
}
