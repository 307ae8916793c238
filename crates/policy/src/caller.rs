//! Who asks.

use crate::context::Context;

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// What kind of principal it is.
    pub identity: Identity,
    /// S3's name for the account: 64 hexadecimal digits. Empty where nobody asks for it.
    pub canonical_user: String,
}

/// A principal.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Identity {
    /// Nobody: the request is not signed.
    Anonymous,
    /// The root user of an account.
    Root {
        /// Twelve digits.
        account: String,
    },
    /// A user.
    User {
        /// Twelve digits.
        account: String,
        /// `arn:aws:iam::123456789012:user/path/name`
        arn: String,
        /// `AIDA...`
        id: String,
    },
    /// A role that someone took.
    RoleSession {
        /// Twelve digits.
        account: String,
        /// `arn:aws:sts::123456789012:assumed-role/role/session`
        arn: String,
        /// `arn:aws:iam::123456789012:role/path/role`
        role_arn: String,
        /// `AROA...:session`
        id: String,
        /// The identity provider that vouched for it.
        provider: Option<String>,
    },
    /// A session of `GetFederationToken`.
    FederatedUser {
        /// Twelve digits.
        account: String,
        /// `arn:aws:sts::123456789012:federated-user/name`
        arn: String,
        /// `123456789012:name`
        id: String,
    },
    /// An AWS service, on its own behalf.
    Service {
        /// `lambda.amazonaws.com`
        name: String,
    },
}

impl Caller {
    /// Nobody.
    pub fn anonymous() -> Self {
        Self { identity: Identity::Anonymous, canonical_user: String::new() }
    }

    /// The principal of an ARN as `GetCallerIdentity` shows it, with the id that it shows; without
    /// an ARN, nobody. Of a role's session the ARN does not tell the role's path.
    pub fn from_arn(account: &str, arn: &str, id: &str) -> Self {
        let resource = arn.splitn(6, ':').nth(5).unwrap_or_default();
        let (account, id) = (account.to_owned(), id.to_owned());
        let identity = if arn.is_empty() {
            Identity::Anonymous
        } else if resource == "root" {
            Identity::Root { account }
        } else if let Some(session) = resource.strip_prefix("assumed-role/") {
            let role = session.split('/').next().unwrap_or_default();
            let role_arn = format!("arn:aws:iam::{account}:role/{role}");
            Identity::RoleSession { account, arn: arn.to_owned(), role_arn, id, provider: None }
        } else if resource.starts_with("federated-user/") {
            Identity::FederatedUser { account, arn: arn.to_owned(), id }
        } else {
            Identity::User { account, arn: arn.to_owned(), id }
        };
        Self { identity, canonical_user: String::new() }
    }

    /// The same, known to S3 by this name.
    #[must_use]
    pub fn with_canonical_user(self, canonical_user: impl Into<String>) -> Self {
        Self { canonical_user: canonical_user.into(), ..self }
    }

    /// Its account; `None` for nobody, and for services.
    pub fn account(&self) -> Option<&str> {
        match &self.identity {
            Identity::Anonymous | Identity::Service { .. } => None,
            Identity::Root { account }
            | Identity::User { account, .. }
            | Identity::RoleSession { account, .. }
            | Identity::FederatedUser { account, .. } => Some(account),
        }
    }

    /// Whether the request is not signed.
    pub fn is_anonymous(&self) -> bool {
        self.identity == Identity::Anonymous
    }

    /// Its ARN, or what stands for one: `*` for nobody, its name for a service.
    pub fn shown(&self) -> String {
        match &self.identity {
            Identity::Anonymous => "*".to_owned(),
            Identity::Root { account } => format!("arn:aws:iam::{account}:root"),
            Identity::User { arn, .. }
            | Identity::RoleSession { arn, .. }
            | Identity::FederatedUser { arn, .. } => arn.clone(),
            Identity::Service { name } => name.clone(),
        }
    }

    /// Puts into `context` what is known of every caller.
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principal-properties>,
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#principaltable>
    pub fn tell(&self, context: &mut Context) {
        let kind = match &self.identity {
            Identity::Anonymous => "Anonymous",
            Identity::Root { .. } => "Account",
            Identity::User { .. } => "User",
            Identity::RoleSession { .. } => "AssumedRole",
            Identity::FederatedUser { .. } => "FederatedUser",
            Identity::Service { .. } => "Service",
        };
        context.set("aws:PrincipalType", kind);
        if self.is_anonymous() {
            // guess: both keys are documented to be there, their value only for the second.
            context.set("aws:PrincipalAccount", "anonymous");
            context.set("aws:userid", "anonymous");
        }
        if let Some(account) = self.account() {
            context.set("aws:PrincipalAccount", account);
            context.set("aws:PrincipalArn", self.principal_arn());
            context.set("aws:PrincipalIsAWSService", "false");
            context.set("aws:userid", self.user_id());
        }
        match &self.identity {
            Identity::User { arn, .. } => {
                context.set("aws:username", arn.rsplit('/').next().unwrap_or_default());
            }
            Identity::Service { name } => {
                context.set("aws:PrincipalIsAWSService", "true");
                context.set("aws:PrincipalServiceName", name.as_str());
            }
            Identity::RoleSession { provider: Some(provider), .. } => {
                context.set("aws:FederatedProvider", provider.as_str());
            }
            _ => {}
        }
    }

    /// `aws:PrincipalArn`: of a session, the ARN of its role.
    fn principal_arn(&self) -> String {
        match &self.identity {
            Identity::RoleSession { role_arn, .. } => role_arn.clone(),
            _ => self.shown(),
        }
    }

    fn user_id(&self) -> &str {
        match &self.identity {
            Identity::Root { account } => account,
            Identity::User { id, .. }
            | Identity::RoleSession { id, .. }
            | Identity::FederatedUser { id, .. } => id,
            Identity::Anonymous | Identity::Service { .. } => "",
        }
    }
}
