//! Names and ARNs of buses and rules.
//!
//! <https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridge.html#amazoneventbridge-resources-for-iam-policies>

use cloudarium_env::place::{self, Arn};
use cloudarium_service::Ctx;

use crate::model::{BusKey, DEFAULT_BUS, Named, RuleKey};

/// The bus that a request names by name or ARN; without either the default one.
pub fn bus(cx: &Ctx<'_>, named: Option<&str>) -> BusKey {
    let named = named.unwrap_or(DEFAULT_BUS);
    bus_of_arn(named).unwrap_or_else(|| BusKey {
        account: cx.caller.account.clone(),
        region: cx.region.to_owned(),
        name: named.to_owned(),
    })
}

/// The bus that an ARN names.
pub fn bus_of_arn(arn: &str) -> Option<BusKey> {
    let arn = Arn::parse(arn).filter(|arn| arn.service == "events")?;
    let name = arn.resource.strip_prefix("event-bus/").filter(|name| !name.is_empty())?;
    Some(BusKey {
        account: arn.account.to_owned(),
        region: arn.region.to_owned(),
        name: name.to_owned(),
    })
}

/// The rule that an ARN names.
pub fn rule_of_arn(arn: &str) -> Option<RuleKey> {
    let arn = Arn::parse(arn).filter(|arn| arn.service == "events")?;
    let path = arn.resource.strip_prefix("rule/")?;
    let (bus, name) = path.rsplit_once('/').unwrap_or((DEFAULT_BUS, path));
    let bus = BusKey {
        account: arn.account.to_owned(),
        region: arn.region.to_owned(),
        name: bus.to_owned(),
    };
    Some(RuleKey { bus, name: name.to_owned() })
}

/// A bus's ARN.
pub fn bus_arn(key: &BusKey) -> String {
    place::arn("events", &key.region, &key.account, &format!("event-bus/{}", key.name))
}

/// What a rule's ARN ends with: rules of the default bus do not name it.
pub fn rule_path(key: &RuleKey) -> String {
    let RuleKey { bus, name } = key;
    if bus.name == DEFAULT_BUS {
        format!("rule/{name}")
    } else {
        format!("rule/{}/{name}", bus.name)
    }
}

/// A rule's ARN.
pub fn rule_arn(key: &RuleKey) -> String {
    place::arn("events", &key.bus.region, &key.bus.account, &rule_path(key))
}

/// An archive, a replay, a connection or an API destination of the caller's.
pub fn named(cx: &Ctx<'_>, name: &str) -> Named {
    Named {
        account: cx.caller.account.clone(),
        region: cx.region.to_owned(),
        name: name.to_owned(),
    }
}

/// The archive (`archive/`) or replay (`replay/`) that an ARN names.
pub fn named_of_arn(arn: &str, kind: &str) -> Option<Named> {
    let arn = Arn::parse(arn).filter(|arn| arn.service == "events")?;
    let name = arn.resource.strip_prefix(kind)?;
    Some(Named {
        account: arn.account.to_owned(),
        region: arn.region.to_owned(),
        name: name.to_owned(),
    })
}

/// An ARN that ends with an id of its own: of a connection, of an API destination.
pub fn arn_with_id(kind: &str, key: &Named, id: &str) -> String {
    place::arn("events", &key.region, &key.account, &format!("{kind}{}/{id}", key.name))
}

/// What such an ARN names, and the id.
pub fn with_id_of_arn(arn: &str, kind: &str) -> Option<(Named, String)> {
    let arn = Arn::parse(arn).filter(|arn| arn.service == "events")?;
    let (name, id) = arn.resource.strip_prefix(kind)?.split_once('/')?;
    let key = Named {
        account: arn.account.to_owned(),
        region: arn.region.to_owned(),
        name: name.to_owned(),
    };
    (!name.is_empty() && !id.is_empty()).then(|| (key, id.to_owned()))
}

/// An archive's ARN.
pub fn archive_arn(key: &Named) -> String {
    place::arn("events", &key.region, &key.account, &format!("archive/{}", key.name))
}

/// A replay's ARN.
pub fn replay_arn(key: &Named) -> String {
    place::arn("events", &key.region, &key.account, &format!("replay/{}", key.name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arns_are_made_and_read() {
        for arn in [
            "arn:aws:events:eu-west-1:123456789012:rule/r",
            "arn:aws:events:eu-west-1:123456789012:rule/orders/r",
        ] {
            assert_eq!(rule_of_arn(arn).map(|key| rule_arn(&key)).as_deref(), Some(arn));
        }
        let arn = "arn:aws:events:eu-west-1:123456789012:connection/shop/1-2";
        let read = with_id_of_arn(arn, "connection/");
        assert_eq!(
            read.map(|(key, id)| arn_with_id("connection/", &key, &id)).as_deref(),
            Some(arn)
        );
        assert_eq!(
            with_id_of_arn("arn:aws:events:eu-west-1:123456789012:connection/shop", "connection/"),
            None
        );
        let arn = "arn:aws:events:eu-west-1:123456789012:event-bus/orders";
        assert_eq!(bus_of_arn(arn).map(|key| bus_arn(&key)).as_deref(), Some(arn));
        for other in ["orders", "arn:aws:sqs:eu-west-1:123456789012:q", "arn:aws:events:a:b:rule/r"]
        {
            assert_eq!(bus_of_arn(other), None, "{other}");
        }
    }
}
