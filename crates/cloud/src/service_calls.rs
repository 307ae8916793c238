//! Calls that services make by [`cloudarium_service::ctx::Host::call`]: through the same door as
//! everyone's, so that they are checked, listed and billed alike.

use cloudarium_service::{ApiCall, Fault, Ticket};
use cloudarium_shape::Value;

use crate::desk::Tray;
use crate::facts::STANDING;
use crate::gateway::{Served, note};
use crate::state::{Origin, PendingCall};
use crate::{Caller, CallerKind, Cloud, rooms, server};

impl Cloud {
    /// Makes a call for a service; its answer goes to `tray`, or waits.
    pub(crate) fn serve_call(
        &mut self,
        (origin, ticket, (call, stands)): (Origin, Ticket, (ApiCall, bool)),
        tray: &mut Tray,
    ) {
        let encoded =
            server::client_encode(&call.service, &call.operation, &call.input, &call.region);
        let mut http = match encoded {
            Ok(http) => http,
            Err(fault) => return tray.returns.push_back((origin, ticket, Err(fault))),
        };
        if let Some(source) = &call.source {
            http.headers.set("x-cloudarium-source", source.clone());
        }
        if stands {
            http.headers.set(STANDING, "1".to_owned());
        }
        let kind = kind_of(&origin.service);
        let caller = Caller::Role { kind, role_arn: call.role_arn, session: call.session };
        let served = self.take_in(&caller, http, self.state.now, tray);
        match served.ended {
            Served::Answered { result, .. } => tray.returns.push_back((origin, ticket, result)),
            Served::Parked { ticket: parked, .. } => {
                let pending = PendingCall { origin, ticket, seq: served.seq, sent: None };
                self.state.calls.insert(parked, pending);
            }
        }
    }

    /// A call that a service made and that stands is answered by whom it was made to, with what there is.
    pub(crate) fn hurry_call(&mut self, ticket: Ticket, tray: &mut Tray) {
        let found = self.state.calls.iter().find(|(_, call)| call.ticket == ticket);
        let Some((parked, origin)) = found.map(|(parked, call)| (*parked, call.origin.clone()))
        else {
            return;
        };
        for room in rooms::registry() {
            let origin = Origin { service: room.name.to_owned(), ..origin.clone() };
            self.visit(&origin, tray, |service, cx| service.hurry(cx, parked));
        }
    }

    /// A call of a service that waited has its answer.
    pub(crate) fn return_call(
        &mut self,
        call: PendingCall,
        result: Result<Value, Fault>,
        tray: &mut Tray,
    ) {
        self.log.complete(call.seq, |record| match &result {
            Ok(_) => record.status = 200,
            Err(fault) => {
                record.status = fault.status;
                record.error = Some(note(fault));
            }
        });
        let result = match &call.sent {
            Some(sent) => Ok(sent.answered(result)),
            None => result,
        };
        tray.returns.push_back((call.origin, call.ticket, result));
    }

    /// Asks a service what no API answers.
    pub(crate) fn serve_internal(
        &mut self,
        origin: Origin,
        ticket: Ticket,
        call: ApiCall,
        tray: &mut Tray,
    ) {
        let asked = Origin {
            service: call.service.clone(),
            region: call.region.clone(),
            account: origin.account.clone(),
        };
        let mut result =
            Err(Fault::not_implemented(&format!("{}:{}", call.service, call.operation)));
        self.visit(&asked, tray, |service, cx| {
            result = service.internal(cx, &call.operation, &call.input);
        });
        tray.returns.push_back((origin, ticket, result));
    }
}

/// On whose behalf a service calls.
pub fn kind_of(service: &str) -> CallerKind {
    match service {
        "stepfunctions" => CallerKind::Execution,
        "glue" => CallerKind::Job,
        "s3" | "events" => CallerKind::Service,
        _ => CallerKind::Function,
    }
}

#[cfg(test)]
mod tests {
    use cloudarium_shape::{Map, Value};

    use super::*;
    use crate::Config;

    const ROLE: &str = "arn:aws:iam::123456789012:role/service-role/machine";

    fn call(
        service: &str,
        operation: &str,
        input: &[(&str, &str)],
    ) -> (Cloud, Result<Value, Fault>) {
        let mut cloud = Cloud::new(Config::default());
        let mut tray = Tray::default();
        let input: Map = input.iter().map(|(k, v)| ((*k).to_owned(), Value::from(*v))).collect();
        let call = ApiCall {
            service: service.to_owned(),
            operation: operation.to_owned(),
            input: Value::Map(input),
            region: "eu-west-1".to_owned(),
            role_arn: ROLE.to_owned(),
            session: "run".to_owned(),
            source: Some("machine:run:State".to_owned()),
        };
        let origin = Origin {
            service: "stepfunctions".to_owned(),
            region: "eu-west-1".to_owned(),
            account: "123456789012".to_owned(),
        };
        cloud.serve_call((origin, Ticket(7), (call, false)), &mut tray);
        let (origin, ticket, result) = tray.returns.pop_front().expect("it was answered");
        assert_eq!((origin.service.as_str(), ticket), ("stepfunctions", Ticket(7)));
        (cloud, result)
    }

    #[test]
    fn a_call_is_made_with_the_role_and_listed() {
        let (cloud, result) = call("sts", "GetCallerIdentity", &[]);
        let output = result.expect("it is allowed");
        let arn = "arn:aws:sts::123456789012:assumed-role/machine/run";
        assert_eq!(output.get("Arn").and_then(Value::as_str), Some(arn));
        let record = cloud.calls().get(1).expect("it is in the list");
        assert_eq!(record.who, CallerKind::Execution);
        assert_eq!(record.source.as_deref(), Some("machine:run:State"));
        assert_eq!((record.region.as_str(), record.status), ("eu-west-1", 200));
    }

    #[test]
    fn a_refusal_comes_back_as_the_fault_that_it_is() {
        let (cloud, result) =
            call("s3", "GetObject", &[("Bucket", "no-such-bucket"), ("Key", "k")]);
        assert_eq!(result.expect_err("there is no bucket").code, "NoSuchBucket");
        assert_eq!(cloud.calls().get(1).map(|record| record.status), Some(404));
        let (_, result) = call("nothing", "Nowhere", &[]);
        assert_eq!(result.expect_err("there is no service").code, "NotImplemented");
    }
}
