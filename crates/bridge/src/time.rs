//! The past as the page asks for it: looking, forking, undoing; what a call changed; the bill; a
//! call as code.

use cloudarium_cloud::meter::{Bill, FREE_TIER, Line, Unit, price};
use cloudarium_cloud::{Arrival, Kind, Moment, TravelError, WhatChanged};
use serde_json::{Value as Json, json};
use wasm_bindgen::prelude::*;

use crate::bridge::{Bridge, instant, milliseconds, whole};
use crate::call::{self, Outcome, to_json};

/// So many resources are told one by one; the others are counted.
const RESOURCES_MAX: usize = 200;

#[wasm_bindgen]
impl Bridge {
    /// A reading call of the console's as if it were made after `after`, by `account` as in [`Bridge::call`]; nothing
    /// if that moment is not known. It leaves no trace.
    #[wasm_bindgen(js_name = callAt)]
    pub fn call_at(
        &mut self,
        after: f64,
        service: &str,
        operation: &str,
        input: &str,
        region: &str,
        account: Option<String>,
    ) -> Option<Outcome> {
        let names = (service, operation);
        let account = account.unwrap_or_else(|| self.account());
        let at = self.durable.cloud().now();
        let asked = call::console_call(names, input, None, region, (&account, at));
        let result = match asked {
            Ok(asked) => self.durable.peek_at(whole(after), asked)?,
            Err(fault) => Err(fault),
        };
        Some(Outcome::new(names, result, 0))
    }

    /// A picture for the console as it was after a call, as JSON; nothing if there is none.
    #[wasm_bindgen(js_name = viewAt)]
    pub fn view_at(
        &mut self,
        after: f64,
        service: &str,
        name: &str,
        region: &str,
        params: &str,
    ) -> Result<Option<String>, JsError> {
        let params = call::plain(serde_json::from_str(params)?);
        let view = self.durable.view_at(whole(after), (service, name, region), &params);
        Ok(view.flatten().map(|view| to_json(&view).to_string()))
    }

    /// What can be done in time, as JSON.
    pub fn timeline(&self) -> String {
        self.timeline_json().to_string()
    }

    /// Looks for the moment after a call, on disk too: virtual time then, or nothing.
    #[wasm_bindgen(js_name = timeAt)]
    pub fn time_at(&mut self, after: f64) -> Option<f64> {
        self.durable.reach(whole(after));
        self.durable.cloud().time_at(whole(after)).map(milliseconds)
    }

    /// What a call changed, as JSON; nothing if the moments around it are not known.
    #[wasm_bindgen(js_name = whatChanged)]
    pub fn what_changed(&mut self, seq: f64) -> Option<String> {
        self.durable.what_changed(whole(seq)).map(|changed| changes_json(&changed).to_string())
    }

    /// The bill, now or as it was after a call, as JSON.
    pub fn bill(&mut self, after: Option<f64>) -> Option<String> {
        let bill = match after {
            Some(after) => self.durable.bill_at(whole(after))?,
            None => self.durable.cloud().bill(),
        };
        Some(bill_json(&bill).to_string())
    }

    /// A call in boto3 and CLI, as JSON.
    pub fn twin(&self, seq: f64) -> Option<String> {
        let twin = self.durable.cloud().twin(whole(seq))?;
        let text = |bytes: &bytes::Bytes| String::from_utf8(bytes.to_vec()).ok();
        Some(
            json!({
                "boto3": twin.boto3,
                "boto3_line": twin.boto3_line,
                "setup": twin.setup,
                "cli": twin.cli,
                "cli_line": twin.cli_line,
                "file": twin.sent_file.as_ref().map(|(name, _)| name),
                "content": twin.sent_file.and_then(|(_, content)| content.as_ref().and_then(text)),
            })
            .to_string(),
        )
    }

    /// Goes on from a call as a second cloud.
    pub fn fork(&mut self, call: f64, real: f64) -> Result<String, JsError> {
        let arrival = self.durable.fork(whole(call), instant(real));
        self.arrived(arrival)
    }

    /// Undoes the last change.
    pub fn undo(&mut self, real: f64) -> Result<String, JsError> {
        let arrival = self.durable.undo(instant(real));
        self.arrived(arrival)
    }

    /// Does again what was undone last.
    pub fn redo(&mut self, real: f64) -> Result<String, JsError> {
        let arrival = self.durable.redo(instant(real));
        self.arrived(arrival)
    }

    /// Takes up a cloud that a fork has put aside.
    #[wasm_bindgen(js_name = returnTo)]
    pub fn return_to(&mut self, fork: usize, real: f64) -> Result<String, JsError> {
        let arrival = self.durable.return_to(fork, instant(real));
        self.arrived(arrival)
    }
}

impl Bridge {
    pub(crate) fn timeline_json(&self) -> Json {
        let outlook = self.durable.cloud().outlook();
        let moment = |moment: Moment| json!({"call": moment.call, "jump": moment.jump});
        let forks = outlook.forks.iter().map(|fork| {
            json!({
                "parted": fork.parted_call,
                "last": fork.last_call,
                "at": milliseconds(fork.at),
            })
        });
        json!({
            "first": outlook.first_call,
            "last": outlook.last_call,
            "floor": outlook.floor_call,
            "undo": outlook.undo.map(moment),
            "redo": outlook.redo.map(moment),
            "forks": forks.collect::<Vec<_>>(),
            "further": self.durable.may_reach_further(),
        })
    }

    pub(crate) fn bill_now_json(&self) -> Json {
        bill_json(&self.durable.cloud().bill())
    }

    fn arrived(&mut self, arrival: Result<Arrival, TravelError>) -> Result<String, JsError> {
        let arrival = arrival.map_err(|why| JsError::new(&why.to_string()))?;
        let effects = self.durable.take_effects();
        self.act(effects);
        self.look_around();
        Ok(json!({"shared": arrival.shared_call, "at": milliseconds(arrival.at)}).to_string())
    }
}

fn changes_json(changed: &WhatChanged) -> Json {
    let resources = changed.resources.iter().take(RESOURCES_MAX).map(|resource| {
        let members = resource.members.iter().map(|member| {
            json!({
                "path": member.path,
                "before": member.before.as_ref().map(to_json),
                "after": member.after.as_ref().map(to_json),
            })
        });
        json!({
            "service": resource.service,
            "path": resource.path,
            "kind": kind_name(resource.kind),
            "members": members.collect::<Vec<_>>(),
        })
    });
    let charges = changed.charges.iter().map(|charge| {
        json!({
            "service": charge.service,
            "usage_type": charge.usage_type,
            "verb": charge.verb,
            "before": charge.before,
            "after": charge.after,
            "usd": usd(charge.pico_usd),
        })
    });
    json!({
        "resources": resources.collect::<Vec<_>>(),
        "more": changed.resources.len().saturating_sub(RESOURCES_MAX),
        "charges": charges.collect::<Vec<_>>(),
    })
}

pub(crate) fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Added => "added",
        Kind::Removed => "removed",
        Kind::Changed => "changed",
    }
}

fn bill_json(bill: &Bill) -> Json {
    json!({
        "lines": bill.lines.iter().map(line_json).collect::<Vec<_>>(),
        "usd": usd(bill.pico_usd),
        "month_usd": usd(bill.month_pico_usd),
        "free_tier": FREE_TIER,
        "free_tier_url": price::FREE_TIER_URL,
    })
}

fn line_json(line: &Line) -> Json {
    json!({
        "service": line.service,
        "region": line.region,
        "usage_type": line.usage_type,
        "words": line.words,
        "verbs": line.verbs,
        "unit": match line.unit {
            Unit::Requests => "requests",
            Unit::GbMonths => "stored",
            Unit::Gb => "sent",
            Unit::GbSeconds => "gb-seconds",
        },
        "quantity": line.quantity,
        "usd": usd(line.pico_usd),
        "month_usd": usd(line.month_pico_usd),
        "source": line.source.map(|source| json!({
            "date": source.date,
            "url": source.url,
            "guess": source.guess,
        })),
    })
}

#[allow(clippy::cast_precision_loss, reason = "no bill here has sixteen digits")]
fn usd(pico: u128) -> f64 {
    pico as f64 / 1e12
}
