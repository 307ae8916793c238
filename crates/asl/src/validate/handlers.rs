//! Checks of `Retry` and `Catch`.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html>

use serde_json::{Map, Value};

use super::{Check, SCHEMA};
use crate::template::Language;

type Fields = Map<String, Value>;

impl Check {
    pub(super) fn handlers(
        &mut self,
        state: &Fields,
        place: &str,
        (language, siblings): (Language, Option<&Fields>),
    ) {
        for field in ["Retry", "Catch"] {
            let Some(value) = state.get(field) else { continue };
            let Some(list) = value.as_array() else {
                self.add(SCHEMA, "Expected value of type Array", &format!("{place}/{field}"));
                continue;
            };
            for (at, one) in list.iter().enumerate() {
                let location = format!("{place}/{field}[{at}]");
                let Some(one) = one.as_object() else {
                    self.add(SCHEMA, "Expected value of type Object", &location);
                    continue;
                };
                let needed: &[&str] =
                    if field == "Catch" { &["ErrorEquals", "Next"] } else { &["ErrorEquals"] };
                self.require(one, needed, &location);
                self.errors(one, at + 1 == list.len(), &location);
                if field == "Catch" {
                    self.catcher(one, &location, (language, siblings));
                } else {
                    self.retrier(one, &location);
                }
            }
        }
    }

    fn catcher(
        &mut self,
        one: &Fields,
        location: &str,
        (language, siblings): (Language, Option<&Fields>),
    ) {
        if let Some(next) = one.get("Next") {
            self.target(next, "Next", &format!("{location}/Next"), siblings);
        }
        if let Some(path) = one.get("ResultPath") {
            self.reference_path(path, &format!("{location}/ResultPath"));
        }
        for field in ["Assign", "Output"] {
            if let Some(value) = one.get(field) {
                self.template(value, &format!("{location}/{field}"), (language, true));
            }
        }
        if let Some(assign) = one.get("Assign") {
            self.assign(assign, &format!("{location}/Assign"));
        }
    }

    fn errors(&mut self, one: &Fields, is_last: bool, location: &str) {
        let Some(errors) = one.get("ErrorEquals") else { return };
        let location = format!("{location}/ErrorEquals");
        let Some(errors) = errors.as_array() else {
            return self.add(SCHEMA, "Expected value of type Array", &location);
        };
        if errors.is_empty() {
            self.add(SCHEMA, "Value cannot be empty", &location);
        }
        let all = errors.iter().any(|name| name == "States.ALL");
        if all && (errors.len() > 1 || !is_last) {
            self.add(SCHEMA, "States.ALL must appear alone and at end of list", &location);
        }
    }

    fn retrier(&mut self, one: &Fields, location: &str) {
        let ranges = [
            ("IntervalSeconds", (0, 99_999_999)),
            ("MaxAttempts", (0, 99_999_999)),
            ("MaxDelaySeconds", (1, 31_622_400)),
        ];
        for (field, range) in ranges {
            if let Some(value) = one.get(field) {
                self.whole(value, range, &format!("{location}/{field}"));
            }
        }
        if let Some(rate) = one.get("BackoffRate") {
            let location = format!("{location}/BackoffRate");
            match rate.as_f64() {
                // guess: the word for a number that need not be whole.
                None => self.add(SCHEMA, "Expected value of type Number", &location),
                Some(rate) if rate < 1.0 => self.add(SCHEMA, "Minimum value is 1", &location),
                Some(_) => {}
            }
        }
        if let Some(jitter) = one.get("JitterStrategy") {
            self.one_of(jitter, &["NONE", "FULL"], &format!("{location}/JitterStrategy"));
        }
    }
}
