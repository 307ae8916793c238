//! What the bill is made of: calls as they are answered, and what lies stored.

use cloudarium_meter::bill::list_cost_of;
use cloudarium_meter::{Bill, Stored, Use};
use cloudarium_service::Charged;
use cloudarium_shape::{Value, from_value};
use serde::Deserialize;

use crate::log::CallRecord;
use crate::{Caller, CallerKind, Cloud, rooms};

/// What use would cost by the price list, with nothing free: `Service` and `Usage`, a list of usage types and quantities,
/// as a room's view tells them. In US dollars, one number for each.
pub(crate) fn prices(region: &str, params: &Value) -> Option<Value> {
    let Priced { service, usage } = from_value(params.clone()).ok()?;
    let usd = usage.into_iter().map(|(usage_type, quantity)| {
        let (service, region, verb) = (service.clone(), region.to_owned(), String::new());
        #[allow(clippy::cast_precision_loss, reason = "an amount to be shown")]
        let usd = list_cost_of(&Use { service, region, usage_type, verb }, quantity) as f64 / 1e12;
        Value::Float(usd)
    });
    Some(Value::List(usd.collect()))
}

/// What the view of prices is asked.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Priced {
    service: String,
    usage: Vec<(String, u64)>,
}

impl Cloud {
    /// What all use so far would have cost on AWS, and what a month of it would. A lesson's set-up
    /// and its checks are on no bill.
    pub fn bill(&self) -> Bill {
        let mut usage = self.state.usage.clone();
        for room in &self.state.rooms {
            let service = room.service.name();
            room.service.owed(self.state.now, &mut |region, charge| {
                let (service, region) = (service.to_owned(), region.to_owned());
                let (usage_type, verb) = (charge.usage_type.to_owned(), charge.verb.to_owned());
                usage.add(Use { service, region, usage_type, verb }, charge.quantity);
            });
        }
        Bill::of(&usage, self.state.now)
    }

    /// Counts an answered call. AWS charges for refusals too, but not for those that are its own
    /// fault. <https://docs.aws.amazon.com/AmazonS3/latest/userguide/ErrorCodeBilling.html>
    pub(crate) fn charge(&mut self, record: &CallRecord, output: Option<&Value>, sent_bytes: u64) {
        if is_unbilled_kind(record.who) || record.status >= 500 || record.account.is_empty() {
            return;
        }
        let Some(room) = rooms::find(&record.service).and_then(|at| self.state.rooms.get(at))
        else {
            return;
        };
        let call = Charged {
            operation: &record.operation,
            input: record.input.as_ref(),
            output,
            sent_bytes,
            to_internet: matches!(record.who, CallerKind::Learner | CallerKind::Console),
        };
        for charge in room.service.charges(&call) {
            let what = Use {
                service: record.service.clone(),
                region: record.region.clone(),
                usage_type: charge.usage_type.to_owned(),
                verb: charge.verb.to_owned(),
            };
            self.state.usage.add(what, charge.quantity);
        }
    }

    /// Looks at what lies stored. Called after all that may have changed it, before time moves on.
    pub(crate) fn measure(&mut self) {
        let mut levels: Vec<(Stored, u64)> = Vec::new();
        for room in &self.state.rooms {
            let service = room.service.name();
            room.service.stored(&mut |level| {
                let stored = Stored {
                    service: service.to_owned(),
                    region: level.region.to_owned(),
                    usage_type: level.usage_type.to_owned(),
                };
                match levels.iter_mut().find(|(known, _)| *known == stored) {
                    Some((_, bytes)) => *bytes += level.bytes,
                    None => levels.push((stored, level.bytes)),
                }
            });
        }
        levels.retain(|(_, bytes)| *bytes > 0);
        self.state.usage.set_stored(self.state.now, &levels);
    }
}

/// Whether nothing that a call sets off is on the bill.
pub fn is_unbilled(caller: &Caller) -> bool {
    matches!(caller, Caller::Trusted { kind, .. } if is_unbilled_kind(*kind))
}

fn is_unbilled_kind(kind: CallerKind) -> bool {
    matches!(kind, CallerKind::Lesson | CallerKind::Check)
}
