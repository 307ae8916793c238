//! What S3 answered until AWS took it back, for clouds that are to be so
//! ([`Accounts::s3_legacy`]): the names of owners, initiators and grantees (until November 2025:
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_Owner.html>), and grants to e-mail addresses (until
//! October 2025: <https://docs.aws.amazon.com/AmazonS3/latest/API/API_Grantee.html>).

use std::collections::BTreeMap;

use cloudarium_service::{Accounts, Fault, Outcome};
use cloudarium_shape::Value;

use crate::headers::canonical_id;

/// Where an answer lists grants.
const GRANTS: &str = "Grants";

/// Where an answer names somebody.
const WHO: [&str; 3] = ["Owner", "Initiator", "Grantee"];

/// The answer as an older S3 gives it: with the names of those whom it names by their ids, and grants to groups first.
pub fn told(accounts: &Accounts, answer: Outcome) -> Outcome {
    match answer {
        Outcome::Output(mut output) if accounts.s3_legacy => {
            let names = accounts.names.iter();
            let names = names.map(|(account, name)| (canonical_id(account), name.as_str()));
            tell(&names.collect(), &mut output);
            Outcome::Output(output)
        }
        answer => answer,
    }
}

/// The refusal as an older S3 gives it. No account here has an e-mail address.
pub fn refused(accounts: &Accounts, fault: Fault) -> Fault {
    let resource = fault.members.get("ResourceType").and_then(Value::as_str);
    if accounts.s3_legacy && fault.code == "MethodNotAllowed" && resource == Some("ACL") {
        let message = "The e-mail address you provided does not match any account on record.";
        return Fault::new("UnresolvableGrantByEmailAddress", 400, message);
    }
    fault
}

fn tell(names: &BTreeMap<String, &str>, value: &mut Value) {
    match value {
        Value::List(items) => items.iter_mut().for_each(|item| tell(names, item)),
        Value::Map(members) => {
            for (member, value) in members.iter_mut() {
                if member == GRANTS {
                    groups_first(value);
                }
                if WHO.contains(&member.as_str()) {
                    name(names, value);
                } else {
                    tell(names, value);
                }
            }
        }
        _ => {}
    }
}

/// guess: AWS promises no order; suites that were written against it then expect this one.
fn groups_first(grants: &mut Value) {
    let Value::List(grants) = grants else { return };
    let is_user = |grant: &Value| {
        let kind = grant.get("Grantee").and_then(|grantee| grantee.get("Type"));
        kind.and_then(Value::as_str) != Some("Group")
    };
    grants.sort_by_key(is_user);
}

fn name(names: &BTreeMap<String, &str>, who: &mut Value) {
    let Some(id) = who.get("ID").and_then(Value::as_str) else { return };
    // An IAM user is shown by what follows the account in its ARN.
    // <https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListMultipartUploads.html>
    let user = || id.strip_prefix("arn:").and_then(|arn| arn.splitn(5, ':').nth(4));
    let name = names.get(id).copied().or_else(user).map(str::to_owned);
    if let (Some(name), Value::Map(members)) = (name, who) {
        members.insert("DisplayName".to_owned(), Value::String(name));
    }
}
