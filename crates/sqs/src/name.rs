//! The names by which queues are asked for: addresses and ARNs.

use cloudarium_env::place;
use cloudarium_service::Ctx;

use crate::error::Error;
use crate::limits::NAME_CHARS_MAX;
use crate::model::Key;

/// The suffix of a FIFO queue's name.
const FIFO: &str = ".fifo";

/// `https://sqs.us-east-1.amazonaws.com/123456789012/orders`
pub fn url(key: &Key) -> String {
    format!("https://sqs.{}.amazonaws.com/{}/{}", key.region, key.account, key.name)
}

/// `arn:aws:sqs:us-east-1:123456789012:orders`
pub fn arn(key: &Key) -> String {
    place::arn("sqs", &key.region, &key.account, &key.name)
}

/// The queue of an ARN.
pub fn of_arn(arn: &str) -> Option<Key> {
    let arn = place::Arn::parse(arn).filter(|arn| arn.service == "sqs")?;
    Some(Key {
        account: arn.account.to_owned(),
        region: arn.region.to_owned(),
        name: arn.resource.to_owned(),
    })
}

/// The caller's queue with this name, where the request was sent.
pub fn here(cx: &Ctx<'_>, name: &str) -> Key {
    Key { account: cx.caller.account.clone(), region: cx.region.to_owned(), name: name.to_owned() }
}

/// The queue of an address. Which host it names does not matter: of a request, the Region is where it was sent.
pub fn of_url(cx: &Ctx<'_>, url: &str) -> Result<Key, Error> {
    let path = url.split_once("://").map_or("", |(_, rest)| rest);
    let mut parts = path.trim_end_matches('/').rsplit('/');
    match (parts.next(), parts.next()) {
        (Some(name), Some(account)) if place::is_account(account) && !name.is_empty() => Ok(Key {
            account: account.to_owned(),
            region: cx.region.to_owned(),
            name: name.to_owned(),
        }),
        _ => {
            Err(Error::InvalidAddress(format!("The address {url} is not valid for this endpoint.")))
        }
    }
}

/// Whether a queue with this name is a FIFO queue. Also of an address.
pub fn is_fifo(name: &str) -> bool {
    name.strip_suffix(FIFO).is_some()
}

/// Whether a new queue may be called so.
/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html#SQS-CreateQueue-request-QueueName>
pub fn check(name: &str, is_fifo: bool) -> Result<(), Error> {
    let stem = if is_fifo { name.strip_suffix(FIFO).unwrap_or("") } else { name };
    let fits = |it: char| it.is_ascii_alphanumeric() || it == '-' || it == '_';
    if !stem.is_empty() && name.len() <= NAME_CHARS_MAX && stem.chars().all(fits) {
        return Ok(());
    }
    Err(Error::InvalidParameterValue(if is_fifo {
        "The name of a FIFO queue can only include alphanumeric characters, hyphens, or \
         underscores, must end with .fifo suffix and be 1 to 80 in length."
            .to_owned()
    } else {
        "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length"
            .to_owned()
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        for name in ["a", "A_b-9", &"x".repeat(80)] {
            assert!(check(name, false).is_ok(), "{name}");
        }
        for name in ["", "a b", "a.b", "orders.fifo", "ä", &"x".repeat(81)] {
            assert!(check(name, false).is_err(), "{name}");
        }
        assert!(check("orders.fifo", true).is_ok());
        for name in ["orders", ".fifo", "a.b.fifo", &format!("{}.fifo", "x".repeat(76))] {
            assert!(check(name, true).is_err(), "{name}");
        }
    }
}
