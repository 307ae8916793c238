//! Lifecycle rules as a line from left to right: in which class an object lies on which day, and when it ends. Above it
//! stand the days; a mark shows how old the bucket's oldest object is by the simulated clock.

use serde_json::{Value, json};
use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::hooks::s3::{Load, use_quietly, use_view};
use crate::parts::s3::bucket::settings::LIFECYCLE;
use crate::state::time;
use crate::words::s3 as said;

const DAY_MS: f64 = 86_400_000.0;
/// The picture's width in its own units; the browser scales it.
const WIDTH: f64 = 720.0;
const ROW: f64 = 44.0;
const BAR: f64 = 22.0;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub bucket: AttrValue,
}

/// A rule: its name, whether it holds, and what happens on which day, in their order.
#[derive(Clone, PartialEq, Debug)]
struct Rule {
    name: String,
    on: bool,
    steps: Vec<(u64, Step)>,
}

#[derive(Clone, PartialEq, Debug)]
enum Step {
    Class(String),
    End,
}

/// The picture; nothing without rules that count days.
#[component]
pub fn Lifecycle(props: &Props) -> Html {
    let bucket = json!({ "Bucket": &*props.bucket });
    let answer = use_quietly(&props.desk, LIFECYCLE.get, bucket.clone());
    let view = use_view(&props.desk, "bucket", bucket);
    let rules = match &answer {
        Load::Here(answer) => rules(answer),
        _ => Vec::new(),
    };
    if rules.is_empty() {
        return html! {};
    }
    let created = match &view {
        Load::Here(view) => view.get("CreationDate").and_then(Value::as_str).and_then(time::parse),
        _ => None,
    };
    let age = created.map(|ms| ((props.desk.cloud.clock.now() - ms) / DAY_MS).max(0.0));
    let last = rules.iter().filter_map(|rule| rule.steps.last()).map(|(day, _)| *day).max();
    let last = precise(last.unwrap_or_default()).max(1.0) * 1.15;
    let scale = |day: f64| 8.0 + day.min(last) / last * (WIDTH - 16.0);
    let height = ROW * precise(rules.len() as u64) + 8.0;
    html! {
        <section class="card setting wide" aria-labelledby="timeline-h">
            <h3 id="timeline-h">{ said::TIMELINE }</h3>
            <ul class="small dim2 rule-words">{ for rules.iter().map(|rule| html! { <li>{ in_words(rule) }</li> }) }</ul>
            <div class="scroll-x" tabindex="0" role="region" aria-label={said::TIMELINE}><svg class="life" viewBox={format!("0 0 {WIDTH} {height}")} aria-hidden="true">
                { for rules.iter().zip(0_u32..).map(|(rule, at)| row(rule, f64::from(at) * ROW, &scale, last)) }
                if let Some(age) = age { { mark(scale(age), height) } }
            </svg></div>
            if let Some(age) = age { <p class="small dim">{ said::bucket_age(age) }</p> }
        </section>
    }
}

#[expect(clippy::cast_precision_loss, reason = "days and rules are few")]
fn precise(number: u64) -> f64 {
    number as f64
}

/// The rules of a lifecycle configuration, as far as they count days.
fn rules(answer: &Value) -> Vec<Rule> {
    let rules = answer.get("Rules").and_then(Value::as_array);
    rules.into_iter().flatten().filter_map(rule).collect()
}

fn rule(rule: &Value) -> Option<Rule> {
    let days = |of: &Value| of.get("Days").and_then(Value::as_u64);
    let mut steps: Vec<(u64, Step)> = rule
        .get("Transitions")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|step| {
            Some((days(step)?, Step::Class(step.get("StorageClass")?.as_str()?.to_owned())))
        })
        .collect();
    steps.extend(rule.get("Expiration").and_then(days).map(|day| (day, Step::End)));
    steps.sort_by_key(|(day, _)| *day);
    let text = |name: &str| rule.get(name).and_then(Value::as_str).unwrap_or_default();
    (!steps.is_empty()).then(|| Rule {
        name: text("ID").to_owned(),
        on: text("Status") == "Enabled",
        steps,
    })
}

fn in_words(rule: &Rule) -> String {
    let steps = rule.steps.iter().map(|(day, step)| {
        let words = match step {
            Step::Class(class) => class.clone(),
            Step::End => said::ENDS.to_owned(),
        };
        (*day, words)
    });
    let words = said::rule_words(&rule.name, &steps.collect::<Vec<_>>());
    if rule.on { words } else { format!("{words} ({})", said::OFF) }
}

fn row(rule: &Rule, top: f64, scale: &impl Fn(f64) -> f64, last: f64) -> Html {
    let starts = std::iter::once((0, Step::Class("STANDARD".to_owned()))).chain(rule.steps.clone());
    let ends = rule.steps.iter().map(|(day, _)| precise(*day)).chain([last]);
    html! {
        <g class={classes!((!rule.on).then_some("off"))}>
            { for starts.zip(ends).map(|((day, step), end)| {
                let (from, to) = (scale(precise(day)), scale(end));
                let Step::Class(class) = step else { return html! {} };
                let width = (to - from - 2.0).max(0.0);
                // A class that lies there for a moment only has no room for its name.
                let fits = width > 6.5 * f64::from(u32::try_from(class.len()).unwrap_or(u32::MAX));
                html! {
                    <>
                        <rect class={classes!("bar", warmth(&class))} x={from.to_string()} y={(top + 16.0).to_string()} width={width.to_string()} height={BAR.to_string()} rx="4" />
                        <text class="day" x={from.to_string()} y={(top + 11.0).to_string()}>{ said::day(day) }</text>
                        if fits { <text class="class" x={(from + 6.0).to_string()} y={(top + 31.0).to_string()}>{ class }</text> }
                    </>
                }
            }) }
            { for rule.steps.iter().filter(|(_, step)| *step == Step::End).map(|(day, _)| html! {
                <text class="day" x={scale(precise(*day)).to_string()} y={(top + 31.0).to_string()}>{ format!("{} {}", said::day(*day), said::ENDS) }</text>
            }) }
        </g>
    }
}

/// How warm a class is: what costs more to keep and less to read.
fn warmth(class: &str) -> &'static str {
    match class {
        "STANDARD" | "REDUCED_REDUNDANCY" | "INTELLIGENT_TIERING" => "warm",
        "STANDARD_IA" | "ONEZONE_IA" => "cool",
        _ => "cold",
    }
}

fn mark(x: f64, height: f64) -> Html {
    html! { <line class="now" x1={x.to_string()} x2={x.to_string()} y1="0" y2={height.to_string()} /> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_told_in_the_order_of_their_days() {
        let answer = json!({ "Rules": [
            { "ID": "a", "Status": "Disabled", "Expiration": { "Days": 365 },
              "Transitions": [{ "Days": 90, "StorageClass": "GLACIER" }, { "Days": 30, "StorageClass": "STANDARD_IA" }] },
            { "ID": "b", "Status": "Enabled", "AbortIncompleteMultipartUpload": { "DaysAfterInitiation": 7 } }] });
        let rules = rules(&answer);
        assert_eq!(rules.len(), 1, "what counts no days has no line");
        assert_eq!(
            in_words(&rules[0]),
            "a: from day 30 STANDARD_IA, from day 90 GLACIER, from day 365 ends (off)"
        );
    }
}
