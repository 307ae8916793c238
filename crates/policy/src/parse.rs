//! Reads a policy out of its text.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html>

use crate::arn::is_arn;
use crate::document::{
    Actions, Condition, Effect, Lines, Policy, PrincipalId, Principals, Resources, Statement,
    Version,
};
use crate::error::PolicyError;
use crate::json::{Fields, Node, statement_lines};
use crate::operator::Operator;
use crate::pattern::Template;

/// What a policy belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A user, a group or a role: it says nothing of whom it is about.
    Identity,
    /// A resource: every statement says whom it is about.
    Resource,
}

/// Of a statement that is none, which is refused.
const NOWHERE: Lines = Lines { first: 0, last: 0 };

/// Reads a policy. How long it may be is for whoever keeps it to say.
pub fn parse(source: &str, kind: Kind) -> Result<Policy, PolicyError> {
    if !source.starts_with('{') {
        return Err(PolicyError::NotAnObject);
    }
    let whole: Node = serde_json::from_str(source).map_err(|_| PolicyError::InvalidJson)?;
    let mut fields = Fields::of(whole)?;
    let version = match fields.take("Version")? {
        None => Version::V2008,
        Some(node) => match node.text().map_err(|_| PolicyError::Version)?.as_str() {
            "2008-10-17" => Version::V2008,
            "2012-10-17" => Version::V2012,
            _ => return Err(PolicyError::Version),
        },
    };
    let id = match kind {
        Kind::Resource => fields.take("Id")?.map(Node::text).transpose()?,
        Kind::Identity => None,
    };
    let statements = fields.take("Statement")?.ok_or(PolicyError::Missing("Statement"))?;
    fields.end()?;
    let statements = statements.items();
    if statements.is_empty() {
        return Err(PolicyError::NoStatements);
    }
    let reader = Reader { kind, version };
    let lines = statement_lines(source).into_iter().chain(std::iter::repeat(NOWHERE));
    let statements: Vec<Statement> = statements
        .into_iter()
        .zip(lines)
        .map(|(node, lines)| reader.statement(node, lines))
        .collect::<Result<_, _>>()?;
    if kind == Kind::Identity {
        check_sids(&statements)?;
    }
    Ok(Policy { version, id, statements })
}

/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html>
fn check_sids(statements: &[Statement]) -> Result<(), PolicyError> {
    let mut sids: Vec<&str> = statements.iter().filter_map(|it| it.sid.as_deref()).collect();
    if sids.iter().any(|sid| !sid.bytes().all(|b| b.is_ascii_alphanumeric())) {
        return Err(PolicyError::SidForm);
    }
    sids.sort_unstable();
    let twice = sids.windows(2).any(|pair| matches!(pair, [one, other] if one == other));
    if twice { Err(PolicyError::SidTwice) } else { Ok(()) }
}

/// What all statements of one policy are read by.
struct Reader {
    kind: Kind,
    version: Version,
}

impl Reader {
    fn statement(&self, node: Node, lines: Lines) -> Result<Statement, PolicyError> {
        let mut fields = Fields::of(node)?;
        let sid = fields.take("Sid")?.map(Node::text).transpose()?;
        let effect = fields.take("Effect")?.ok_or(PolicyError::Missing("Effect"))?;
        let effect = match effect.text()?.as_str() {
            "Allow" => Effect::Allow,
            "Deny" => Effect::Deny,
            other => return Err(PolicyError::Effect(other.to_owned())),
        };
        let principal = self.principal(&mut fields, effect)?;
        let (not, named) = either(&mut fields, "Action", "NotAction")?;
        let action = Actions { not, patterns: actions(named)? };
        let (not, named) = either(&mut fields, "Resource", "NotResource")?;
        let resource = Resources { not, patterns: self.resources(named)? };
        let conditions = match fields.take("Condition")? {
            Some(node) => self.conditions(node)?,
            None => Vec::new(),
        };
        fields.end()?;
        Ok(Statement { sid, lines, effect, principal, action, resource, conditions })
    }

    fn principal(
        &self,
        fields: &mut Fields,
        effect: Effect,
    ) -> Result<Option<Principals>, PolicyError> {
        if self.kind == Kind::Identity {
            let named = fields.take("Principal")?.or(fields.take("NotPrincipal")?);
            return if named.is_some() { Err(PolicyError::PrincipalOfIdentity) } else { Ok(None) };
        }
        let (not, named) = either(fields, "Principal", "NotPrincipal")?;
        if not && effect == Effect::Allow {
            return Err(PolicyError::NotPrincipalAllows);
        }
        principals(named).map(|entries| Some(Principals { not, entries }))
    }

    fn resources(&self, node: Node) -> Result<Vec<Template>, PolicyError> {
        let patterns = node.texts().map_err(|_| PolicyError::Resource)?;
        if patterns.is_empty() || !patterns.iter().all(|it| it == "*" || is_arn(it)) {
            return Err(PolicyError::Resource);
        }
        Ok(patterns.iter().map(|pattern| Template::parse(pattern, self.version)).collect())
    }

    fn conditions(&self, node: Node) -> Result<Vec<Condition>, PolicyError> {
        let mut conditions = Vec::new();
        let mut operators: Vec<String> = Vec::new();
        for (name, keys) in Fields::of(node)?.rest() {
            let operator = Operator::parse(&name)?;
            if operators.contains(&name) {
                return Err(PolicyError::Twice(name));
            }
            operators.push(name);
            for (key, values) in Fields::of(keys)?.rest() {
                if !is_key(&key) {
                    return Err(PolicyError::ConditionKey);
                }
                let values: Vec<Template> = values
                    .texts()?
                    .iter()
                    .map(|value| Template::parse(value, self.version))
                    .collect();
                for value in values.iter().filter(|value| !value.has_variables()) {
                    operator.test.check(value.source())?;
                }
                conditions.push(Condition { operator, key, values });
            }
        }
        Ok(conditions)
    }
}

/// One of two members that exclude each other; which, and what it says.
fn either(
    fields: &mut Fields,
    positive: &'static str,
    negative: &'static str,
) -> Result<(bool, Node), PolicyError> {
    match (fields.take(positive)?, fields.take(negative)?) {
        (Some(node), None) => Ok((false, node)),
        (None, Some(node)) => Ok((true, node)),
        (Some(_), Some(_)) => Err(PolicyError::Twice(negative.to_owned())),
        (None, None) => Err(PolicyError::Missing(positive)),
    }
}

/// `*`, or `service:Name` with wildcards in the name.
fn actions(node: Node) -> Result<Vec<String>, PolicyError> {
    let patterns = node.texts().map_err(|_| PolicyError::Action)?;
    let formed = |pattern: &String| {
        let word = |word: &str| {
            let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'*' | b'?');
            !word.is_empty() && word.bytes().all(plain)
        };
        pattern == "*" || pattern.split_once(':').is_some_and(|(a, b)| word(a) && word(b))
    };
    if patterns.is_empty() || !patterns.iter().all(formed) {
        return Err(PolicyError::Action);
    }
    Ok(patterns)
}

/// `service:Key`, `service:Key/tag`
fn is_key(key: &str) -> bool {
    key.split_once(':').is_some_and(|(service, name)| {
        !service.is_empty()
            && service.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.'))
            && !name.is_empty()
    })
}

fn principals(node: Node) -> Result<Vec<PrincipalId>, PolicyError> {
    let fields = match node {
        Node::Text(everyone) if everyone == "*" => return Ok(vec![PrincipalId::Everyone]),
        other => Fields::of(other).map_err(|_| PolicyError::Principal)?,
    };
    let mut entries = Vec::new();
    for (kind, named) in fields.rest() {
        let read: fn(String) -> Option<PrincipalId> = match kind.as_str() {
            "AWS" => aws_principal,
            "CanonicalUser" => |id| {
                let formed = id.len() == 64 && id.bytes().all(|b| b.is_ascii_hexdigit());
                formed.then_some(PrincipalId::CanonicalUser(id))
            },
            "Service" => |name| {
                let formed = name == "*" || (name.contains('.') && !name.contains(['*', '?', ' ']));
                formed.then_some(PrincipalId::Service(name))
            },
            "Federated" => |name| (!name.is_empty()).then_some(PrincipalId::Federated(name)),
            _ => return Err(PolicyError::Principal),
        };
        for value in named.texts().map_err(|_| PolicyError::Principal)? {
            entries.push(read(value).ok_or(PolicyError::Principal)?);
        }
    }
    if entries.is_empty() { Err(PolicyError::Principal) } else { Ok(entries) }
}

/// `*`, an account's number, an ARN, or the id that is left of a user or role that is gone.
fn aws_principal(value: String) -> Option<PrincipalId> {
    if value == "*" {
        return Some(PrincipalId::Everyone);
    }
    if is_account(&value) {
        return Some(PrincipalId::Account(value));
    }
    if value.starts_with('A') && value.len() >= 16 {
        let formed = value.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
        return formed.then_some(PrincipalId::UniqueId(value));
    }
    let mut parts = value.splitn(6, ':');
    let (arn, partition, service) = (parts.next()?, parts.next()?, parts.next()?);
    let (region, account, resource) = (parts.next()?, parts.next()?, parts.next()?);
    let formed = arn == "arn"
        && (partition == "aws" || partition.starts_with("aws-"))
        && region.is_empty()
        && is_account(account)
        && !resource.contains(['*', '?']);
    if !formed {
        return None;
    }
    if service == "iam" && resource == "root" {
        return Some(PrincipalId::Account(account.to_owned()));
    }
    let kinds: &[&str] = match service {
        "iam" => &["user/", "role/"],
        "sts" => &["assumed-role/", "federated-user/"],
        _ => &[],
    };
    let named =
        kinds.iter().any(|kind| resource.strip_prefix(kind).is_some_and(|it| !it.is_empty()));
    named.then_some(PrincipalId::Arn(value))
}

fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|b| b.is_ascii_digit())
}
