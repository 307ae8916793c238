//! Usage and prices together.

use std::collections::BTreeMap;

use cloudarium_env::Timestamp;

use crate::price::{self, Price, Source};
use crate::usage::{Usage, Use};

/// What a price is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// A request.
    Requests,
    /// A gigabyte (2^30 bytes, as AWS counts) that lies for a month.
    GbMonths,
    /// A gigabyte that was sent.
    Gb,
    /// A gigabyte of memory for a second; told in MB times milliseconds.
    GbSeconds,
}

/// One line of the bill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The model's name: `s3`.
    pub service: String,
    /// Where.
    pub region: String,
    /// As AWS's usage reports name it: `Requests-Tier1`.
    pub usage_type: String,
    /// In words; empty if no table knows it.
    pub words: &'static str,
    /// What of it, by AWS's verbs: `PUT` 2, `LIST` 1. Empty for storage.
    pub verbs: BTreeMap<String, u64>,
    /// Of what the price is.
    pub unit: Unit,
    /// Bytes that lie there now, or were sent; requests that were made.
    pub quantity: u64,
    /// What it came to so far, in millionths of a millionth of a US dollar.
    pub pico_usd: u128,
    /// What it comes to in a month: see [`Bill::month_pico_usd`].
    pub month_pico_usd: u128,
    /// Where the price was read; `None` if no table knows it, and it counts for nothing.
    pub source: Option<Source>,
}

/// The whole bill.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bill {
    /// By service, Region, usage type.
    pub lines: Vec<Line>,
    /// The sum so far.
    pub pico_usd: u128,
    /// A month of this: the requests made so far, and what is stored now lying there for a month.
    pub month_pico_usd: u128,
}

/// AWS's own round month of 730 hours.
const MONTH_MS: u128 = 730 * 3_600_000;
const GB: u128 = 1 << 30;
const MB_MS_PER_GB_S: u128 = 1_024 * 1_000;

impl Bill {
    /// The bill of `usage` at `now`.
    pub fn of(usage: &Usage, now: Timestamp) -> Self {
        let mut lines = of_uses(usage);
        lines.extend(of_storage(usage, now));
        lines.sort_by(|a, b| {
            (&a.service, &a.region, a.unit as u8, &a.usage_type).cmp(&(
                &b.service,
                &b.region,
                b.unit as u8,
                &b.usage_type,
            ))
        });
        Self {
            pico_usd: lines.iter().map(|line| line.pico_usd).sum(),
            month_pico_usd: lines.iter().map(|line| line.month_pico_usd).sum(),
            lines,
        }
    }

    /// The sum so far in US dollars.
    #[allow(clippy::cast_precision_loss, reason = "no bill here has sixteen digits")]
    pub fn usd(&self) -> f64 {
        self.pico_usd as f64 / 1e12
    }
}

fn of_uses(usage: &Usage) -> Vec<Line> {
    let mut grouped: BTreeMap<(&str, &str, &str), BTreeMap<String, u64>> = BTreeMap::new();
    for (what, quantity) in usage.used() {
        let key = (what.service.as_str(), what.region.as_str(), what.usage_type.as_str());
        grouped.entry(key).or_default().insert(what.verb.clone(), quantity);
    }
    let line = |((service, region, usage_type), verbs): ((&str, &str, &str), BTreeMap<_, u64>)| {
        let price = price::find(service, usage_type, region);
        let quantity = verbs.values().sum();
        let pico_usd = price.map_or(0, |price| cost(price, quantity));
        Line {
            service: service.to_owned(),
            region: region.to_owned(),
            usage_type: usage_type.to_owned(),
            words: price.map_or("", |price| price.words),
            verbs,
            unit: price.map_or(Unit::Requests, |price| price.unit),
            quantity,
            pico_usd,
            month_pico_usd: pico_usd,
            source: price.map(|price| price.source),
        }
    };
    grouped.into_iter().map(line).collect()
}

/// What `quantity` of one use costs; nothing if no table knows it.
pub fn cost_of(what: &Use, quantity: u64) -> u128 {
    let price = price::find(&what.service, &what.usage_type, &what.region);
    price.map_or(0, |price| cost(price, quantity))
}

/// What `quantity` of one use costs by the price list, with nothing free.
pub fn list_cost_of(what: &Use, quantity: u64) -> u128 {
    let price = price::find(&what.service, &what.usage_type, &what.region);
    price.map_or(0, |price| cost(&Price { free_units: 0, ..*price }, quantity))
}

/// What `quantity` uses cost: requests, or bytes where the price is for a gigabyte.
fn cost(price: &Price, quantity: u64) -> u128 {
    let (quantity, per) = match price.unit {
        Unit::Requests => (u128::from(quantity), 1),
        Unit::Gb | Unit::GbMonths => (u128::from(quantity), GB),
        Unit::GbSeconds => (u128::from(quantity), MB_MS_PER_GB_S),
    };
    let paid = quantity.saturating_sub(u128::from(price.free_units) * per);
    paid * u128::from(price.pico_usd) / per
}

fn of_storage(usage: &Usage, now: Timestamp) -> Vec<Line> {
    let line = |(stored, bytes, byte_ms): (&crate::Stored, u64, u128)| {
        let price = price::find(&stored.service, &stored.usage_type, &stored.region);
        let each = price.map_or(0, |price| u128::from(price.pico_usd));
        // Gigabytes first: the product of bytes, milliseconds and picodollars could overflow.
        let so_far = byte_ms / MONTH_MS * each / GB + byte_ms % MONTH_MS * each / MONTH_MS / GB;
        Line {
            service: stored.service.clone(),
            region: stored.region.clone(),
            usage_type: stored.usage_type.clone(),
            words: price.map_or("", |price| price.words),
            verbs: BTreeMap::new(),
            unit: Unit::GbMonths,
            quantity: bytes,
            pico_usd: so_far,
            month_pico_usd: u128::from(bytes) * each / GB,
            source: price.map(|price| price.source),
        }
    };
    usage.stored(now).map(line).collect()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::usage::Stored;

    fn request(usage_type: &str, verb: &str) -> Use {
        Use {
            service: "s3".into(),
            region: "us-east-1".into(),
            usage_type: usage_type.into(),
            verb: verb.into(),
        }
    }

    #[test]
    fn a_put_a_list_and_a_get_cost_what_the_price_list_says() {
        let mut usage = Usage::default();
        usage.add(request("Requests-Tier1", "PUT"), 1);
        usage.add(request("Requests-Tier1", "LIST"), 1);
        usage.add(request("Requests-Tier2", "GET"), 1);
        let bill = Bill::of(&usage, Timestamp::default());
        assert_eq!(bill.pico_usd, 10_400_000, "$0.0000104");
        assert_eq!(bill.lines.len(), 2);
        assert!((bill.usd() - 0.000_010_4).abs() < 1e-12);
    }

    #[test]
    fn a_gigabyte_for_a_month_costs_its_price() {
        let mut usage = Usage::default();
        let stored = Stored {
            service: "s3".into(),
            region: "us-east-1".into(),
            usage_type: "TimedStorage-ByteHrs".into(),
        };
        let start = Timestamp::from_ms(0);
        usage.set_stored(start, &[(stored, 1 << 30)]);
        let month = Bill::of(&usage, start.plus(Duration::from_hours(730)));
        assert_eq!(month.pico_usd, 23_000_000_000);
        assert_eq!(month.month_pico_usd, 23_000_000_000);
        let half = Bill::of(&usage, start.plus(Duration::from_hours(365)));
        assert_eq!(half.pico_usd, 11_500_000_000);
    }

    #[test]
    fn the_first_hundred_gigabytes_sent_are_free() {
        let mut usage = Usage::default();
        usage.add(request("DataTransfer-Out-Bytes", "GET"), 100 << 30);
        assert_eq!(Bill::of(&usage, Timestamp::default()).pico_usd, 0);
        usage.add(request("DataTransfer-Out-Bytes", "GET"), 1 << 30);
        assert_eq!(Bill::of(&usage, Timestamp::default()).pico_usd, 90_000_000_000);
    }

    #[test]
    fn what_no_table_knows_counts_nothing_and_says_so() {
        let mut usage = Usage::default();
        usage.add(Use { service: "glue".into(), ..request("DPU-Hour", "RUN") }, 3);
        let bill = Bill::of(&usage, Timestamp::default());
        assert_eq!(bill.lines.first().map(|line| (line.pico_usd, line.source)), Some((0, None)));
    }
}
