//! [`Desk`]: what a service's `Host` is while it runs.

use std::rc::Rc;

use cloudarium_env::timers::TimerId;
use cloudarium_env::{Timers, Timestamp};
use cloudarium_meter::{Usage, Use};
use cloudarium_service::ctx::Host;
use cloudarium_service::{
    ApiCall, BusEvent, Charge, Fault, HostWork, HttpCall, RoleCredentials, Ticket,
};
use cloudarium_shape::Value;
use imbl::OrdMap;

use crate::state::{Origin, PendingWork, SetTimer};
use crate::{Effect, sessions};

/// What services leave behind while they run, until [`crate::Cloud`] has dealt with it.
#[derive(Default)]
pub struct Tray {
    /// Events to deliver, in order.
    pub events: std::collections::VecDeque<BusEvent>,
    /// What services ask of others, in order: whose each is, its ticket, and what.
    pub calls: std::collections::VecDeque<(Origin, Ticket, Asked)>,
    /// Answers to such calls, in order.
    pub returns: std::collections::VecDeque<(Origin, Ticket, Result<Value, Fault>)>,
    /// Calls of services that stand and are to be answered, in order.
    pub hurries: std::collections::VecDeque<Ticket>,
    /// Answers to parked requests, in order.
    pub answers: std::collections::VecDeque<(Ticket, Result<Value, Fault>)>,
    /// What the host is to do, in order.
    pub effects: Vec<Effect>,
    /// The ticket under which the request that runs was parked.
    pub parked: Option<Ticket>,
    /// Whether nothing of this is on the bill: a lesson's set-up or check asks.
    pub unbilled: bool,
}

/// What a service asks of another, or of whoever is at an address.
pub enum Asked {
    /// A call, and whether it stands.
    Call(ApiCall, bool),
    /// What is no call of anybody's.
    Internal(ApiCall),
    /// A request to an address.
    Fetch(HttpCall),
}

/// The cloud as one service sees it during one request, timer or event.
pub struct Desk<'a> {
    /// Who sits here.
    pub service: &'static str,
    /// Where the request was sent.
    pub region: &'a str,
    /// In which account.
    pub account: &'a str,
    /// [`crate::state::State::timers`].
    pub timers: &'a mut Timers<SetTimer>,
    /// [`crate::state::State::next_ticket`].
    pub next_ticket: &'a mut u64,
    /// [`crate::state::State::work`].
    pub work: &'a mut OrdMap<Ticket, Rc<PendingWork>>,
    /// [`crate::state::State::usage`].
    pub usage: &'a mut Usage,
    /// [`crate::Config::seed`]
    pub seed: u64,
    /// What is left behind.
    pub tray: &'a mut Tray,
}

impl Desk<'_> {
    fn ticket(&mut self) -> Ticket {
        let ticket = Ticket(*self.next_ticket);
        *self.next_ticket += 1;
        ticket
    }

    fn asked(&mut self, what: Asked) -> Ticket {
        let ticket = self.ticket();
        self.tray.calls.push_back((self.origin(), ticket, what));
        ticket
    }

    fn origin(&self) -> Origin {
        Origin {
            service: self.service.to_owned(),
            region: self.region.to_owned(),
            account: self.account.to_owned(),
        }
    }
}

impl Host for Desk<'_> {
    fn emit(&mut self, event: BusEvent) {
        self.tray.events.push_back(event);
    }

    fn set_timer(&mut self, due: Timestamp, payload: Value) -> TimerId {
        let timer = SetTimer { origin: self.origin(), payload };
        self.timers.set(due, timer)
    }

    fn cancel_timer(&mut self, id: TimerId) {
        self.timers.cancel(id);
    }

    fn start_work(&mut self, work: HostWork) -> Ticket {
        let ticket = self.ticket();
        let pending = PendingWork {
            origin: self.origin(),
            kind: work.kind.clone(),
            input: work.input.clone(),
        };
        self.work.insert(ticket, Rc::new(pending));
        self.tray.effects.push(Effect::Work { ticket, work });
        ticket
    }

    fn call(&mut self, call: ApiCall) -> Ticket {
        self.asked(Asked::Call(call, false))
    }

    fn stand(&mut self, call: ApiCall) -> Ticket {
        self.asked(Asked::Call(call, true))
    }

    fn ask(&mut self, call: ApiCall) -> Ticket {
        self.asked(Asked::Internal(call))
    }

    fn fetch(&mut self, call: HttpCall) -> Ticket {
        self.asked(Asked::Fetch(call))
    }

    fn hurry(&mut self, ticket: Ticket) {
        self.tray.hurries.push_back(ticket);
    }

    fn park(&mut self) -> Ticket {
        let ticket = self.ticket();
        self.tray.parked = Some(ticket);
        ticket
    }

    fn answer(&mut self, ticket: Ticket, result: Result<Value, Fault>) {
        self.tray.answers.push_back((ticket, result));
    }

    fn role_credentials(&mut self, role_arn: &str, session: &str) -> RoleCredentials {
        let Ticket(number) = self.ticket();
        sessions::issue(self.seed, number, role_arn, session)
    }

    fn charge(&mut self, charge: Charge) {
        if self.tray.unbilled || charge.quantity == 0 {
            return;
        }
        let what = Use {
            service: self.service.to_owned(),
            region: self.region.to_owned(),
            usage_type: charge.usage_type.to_owned(),
            verb: charge.verb.to_owned(),
        };
        self.usage.add(what, charge.quantity);
    }
}
