//! A lifecycle rule by fields: for which keys, when they move where, and when they end. What is written is the same
//! document that can be edited beside it.

use serde_json::{Value, json};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::hooks::s3::{Load, use_quietly};
use crate::parts::console::act::act;
use crate::parts::console::told::Tell;
use crate::parts::s3::bucket::settings::LIFECYCLE;
use crate::parts::s3::fields::{CLASSES, picked, typed};
use crate::words::s3 as said;

#[derive(Properties, PartialEq, Clone)]
pub struct Props {
    pub desk: Desk,
    pub bucket: AttrValue,
    pub tell: Tell,
}

/// A rule while it is written. Days are empty where nothing happens.
#[derive(Clone, PartialEq, Debug)]
struct Draft {
    name: String,
    prefix: String,
    first: (String, String),
    second: (String, String),
    end: String,
    old_versions: String,
    uploads: String,
}

impl Draft {
    fn new() -> Self {
        let (none, of) = (String::new, |class: &str| (String::new(), class.to_owned()));
        Self {
            name: none(),
            prefix: none(),
            first: of("STANDARD_IA"),
            second: of("GLACIER"),
            end: none(),
            old_versions: none(),
            uploads: none(),
        }
    }

    /// The rule as S3 takes it; the error is what is no number of days.
    fn rule(&self) -> Result<Value, String> {
        let mut rule =
            json!({ "ID": self.name, "Status": "Enabled", "Filter": { "Prefix": self.prefix } });
        let mut moves = Vec::new();
        for (after, class) in [&self.first, &self.second] {
            if let Some(days) = days(after)? {
                moves.push(json!({ "Days": days, "StorageClass": class }));
            }
        }
        let mut set = |name: &str, value: Value| {
            if let Some(rule) = rule.as_object_mut() {
                rule.insert(name.into(), value);
            }
        };
        if !moves.is_empty() {
            set("Transitions", moves.into());
        }
        let ends = [
            (&self.end, "Expiration", "Days"),
            (&self.old_versions, "NoncurrentVersionExpiration", "NoncurrentDays"),
            (&self.uploads, "AbortIncompleteMultipartUpload", "DaysAfterInitiation"),
        ];
        for (after, name, member) in ends {
            if let Some(days) = days(after)? {
                set(name, json!({ member: days }));
            }
        }
        Ok(rule)
    }
}

fn days(text: &str) -> Result<Option<u64>, String> {
    match text.trim() {
        "" => Ok(None),
        number => number.parse().map(Some).map_err(|_| number.to_owned()),
    }
}

/// The rules that are there, and this one: in the place of one that has its name, else at the end.
fn with_rule(there: Option<&Value>, rule: Value) -> Value {
    let rules = there.and_then(|there| there.get("Rules")).and_then(Value::as_array);
    let mut rules = rules.cloned().unwrap_or_default();
    match rules.iter_mut().find(|old| old.get("ID") == rule.get("ID")) {
        Some(old) => *old = rule,
        None => rules.push(rule),
    }
    json!({ "Rules": rules })
}

/// The form.
#[component]
pub fn NewRule(props: &Props) -> Html {
    let there = use_quietly(&props.desk, LIFECYCLE.get, json!({ "Bucket": &*props.bucket }));
    let draft = use_state_eq(Draft::new);
    let wrong = use_state_eq(|| None::<String>);
    let onsubmit = {
        let (props, draft, wrong) = (props.clone(), draft.clone(), wrong.setter());
        let there = if let Load::Here(there) = &there { Some(there.clone()) } else { None };
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let rule = match draft.rule() {
                Ok(rule) => rule,
                Err(text) => return wrong.set(Some(said::no_days(&text))),
            };
            wrong.set(None);
            let input = LIFECYCLE.input(&props.bucket, &with_rule(there.as_ref(), rule));
            let words = (said::ADD_RULE.to_owned(), said::rule_added(&draft.name));
            let (props, draft) = (props.clone(), draft.clone());
            spawn_local(async move {
                let call = ("s3", LIFECYCLE.put.0);
                if act(&props.desk, &props.tell, words, call, input).await.is_some() {
                    draft.set(Draft::new());
                }
            });
        })
    };
    let may = props.desk.cloud.may_change() && !matches!(there, Load::Coming);
    html! {
        <section class="card setting wide" aria-labelledby="rule-h">
            <h3 id="rule-h">{ said::ADD_RULE }</h3>
            <p class="small dim2">{ said::ADD_RULE_MORE }</p>
            <form {onsubmit}>
                <div class="question">{ fields(&draft) }</div>
                <div aria-live="polite">if let Some(words) = &*wrong { <p class="small bad-words">{ words }</p> }</div>
                <div class="row"><button id="add-rule" class={classes!("btn", "small", "primary", props.desk.hot("s3.rule"))} data-hotspot="s3.rule" disabled={!may}>{ said::ADD_RULE }</button></div>
            </form>
        </section>
    }
}

fn fields(draft: &UseStateHandle<Draft>) -> Html {
    let text = |id: &'static str, words: &'static str, value: &str, set: fn(&mut Draft, String)| {
        html! {
            <label class="fld">{ words }
                <input {id} class="input mono" value={value.to_owned()} oninput={typed(draft, set)} autocomplete="off" autocapitalize="off" spellcheck="false" /></label>
        }
    };
    let class = |id: &'static str,
                 words: &'static str,
                 value: &str,
                 set: fn(&mut Draft, String)| {
        html! {
            <label class="fld">{ words }
                <select {id} class="select" onchange={picked(draft, set)}>
                    { for CLASSES.into_iter().skip(1).map(|class| html! { <option value={class} selected={value == class}>{ class }</option> }) }
                </select></label>
        }
    };
    html! {
        <>
            { text("rule-name", said::RULE_NAME, &draft.name, |draft, to| draft.name = to) }
            { text("rule-prefix", said::PREFIX, &draft.prefix, |draft, to| draft.prefix = to) }
            { text("rule-first", said::FIRST_AFTER, &draft.first.0, |draft, to| draft.first.0 = to) }
            { class("rule-first-class", said::FIRST_CLASS, &draft.first.1, |draft, to| draft.first.1 = to) }
            { text("rule-second", said::THEN_AFTER, &draft.second.0, |draft, to| draft.second.0 = to) }
            { class("rule-second-class", said::THEN_CLASS, &draft.second.1, |draft, to| draft.second.1 = to) }
            { text("rule-end", said::END_AFTER, &draft.end, |draft, to| draft.end = to) }
            { text("rule-old", said::OLD_AFTER, &draft.old_versions, |draft, to| draft.old_versions = to) }
            { text("rule-uploads", said::UPLOADS_AFTER, &draft.uploads, |draft, to| draft.uploads = to) }
        </>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_says_what_was_written_and_nothing_else() {
        let mut draft = Draft::new();
        draft.name = "old-logs".into();
        draft.prefix = "log/".into();
        draft.first.0 = "30".into();
        draft.end = " 365 ".into();
        let rule = json!({
            "ID": "old-logs", "Status": "Enabled", "Filter": { "Prefix": "log/" },
            "Transitions": [{ "Days": 30, "StorageClass": "STANDARD_IA" }],
            "Expiration": { "Days": 365 },
        });
        assert_eq!(draft.rule(), Ok(rule));
        draft.end = "a year".into();
        assert_eq!(draft.rule(), Err("a year".to_owned()));
    }

    #[test]
    fn a_rule_takes_the_place_of_its_namesake() {
        let (a, b) = (json!({ "ID": "a" }), json!({ "ID": "b" }));
        let there = with_rule(None, a.clone());
        assert_eq!(there, json!({ "Rules": [a] }));
        let both = with_rule(Some(&there), b.clone());
        assert_eq!(both, json!({ "Rules": [a, b] }));
        let other = json!({ "ID": "a", "Status": "Disabled" });
        assert_eq!(with_rule(Some(&both), other.clone()), json!({ "Rules": [other, b] }));
    }
}
