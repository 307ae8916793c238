//! What came of a run: the answer or the error with its stack trace, the numbers of the report, and the end of the log.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use web_sys::{Element, ScrollIntoViewOptions, ScrollLogicalPosition};
use yew::prelude::*;

use crate::hooks::cloud::words_of;
use crate::hooks::desk::Desk;
use crate::parts::lambda::test::Run;
use crate::route::Place;
use crate::state::cloud::Answer;
use crate::state::lambda::log::{self, Kind, Report};
use crate::words::lambda as said;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub run: Run,
    pub group: String,
    pub go_to: Callback<(String, u32)>,
}

/// Answer at the left, log at the right.
#[component]
pub fn Result(props: &Props) -> Html {
    let place = use_node_ref();
    {
        let place = place.clone();
        use_effect_with(props.run.clone(), move |_| show(&place));
    }
    let answer = match &props.run {
        Run::None => return words(said::NO_RESULT),
        Run::Going => return words(said::TESTING),
        Run::Refused(why) => {
            return html! { <p class="note bad fn-words" role="alert">{ words_of(why) }</p> };
        }
        Run::Done(_, true) => return words(said::ACCEPTED_MORE),
        Run::Done(answer, _) => answer,
    };
    let log = answer.output.get("LogResult").and_then(Value::as_str).unwrap_or_default();
    let log = STANDARD.decode(log).unwrap_or_default();
    let log = String::from_utf8_lossy(&log).into_owned();
    let report = log.lines().rev().find_map(Report::parse);
    let whole = props.desk.route.at(Place::logs(props.group.clone(), None)).href();
    html! {
        <div class="fn-result" id="test-result" ref={place}>
            <section aria-labelledby="answer-h">
                <h3 class="label" id="answer-h">{ said::RESULT }</h3>
                { payload(props, answer) }
                if let Some(report) = &report { { numbers(report) } }
            </section>
            <section aria-labelledby="log-h">
                <div class="row"><h3 class="label grow" id="log-h">{ said::LOG }</h3><a class="small" href={whole}>{ said::WHOLE_LOG }</a></div>
                <pre class="logp" id="test-log" tabindex="0" role="region" aria-labelledby="log-h">{ for log.lines().map(line) }</pre>
            </section>
        </div>
    }
}

/// What has just come is in sight, however low the window is.
fn show(place: &NodeRef) {
    if let Some(element) = place.cast::<Element>() {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

fn words(words: &'static str) -> Html {
    html! { <p class="small dim2 fn-words">{ words }</p> }
}

/// A line of the log; Lambda's own words stand out.
fn line(text: &str) -> Html {
    match log::kind(text) {
        Kind::Platform => {
            let (word, rest) = text.split_at(text.find([' ', '\t']).unwrap_or(text.len()));
            html! { <><span class="fn">{ word.to_owned() }</span>{ format!("{rest}\n") }</> }
        }
        Kind::Error => html! { <span class="bad-words">{ format!("{text}\n") }</span> },
        _ => html! { { format!("{text}\n") } },
    }
}

fn payload(props: &Props, answer: &Answer) -> Html {
    let bytes = answer.body.clone().unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let value: Option<Value> = serde_json::from_str(&text).ok();
    let pretty = value.as_ref().and_then(|value| serde_json::to_string_pretty(value).ok());
    let member = |name: &str| value.as_ref()?.get(name)?.as_str().map(str::to_owned);
    let failed = answer.output.get("FunctionError").is_some();
    let Some(message) = member("errorMessage").filter(|_| failed) else {
        return html! { <pre class="doc mono" id="test-answer" tabindex="0" role="region" aria-labelledby="answer-h">{ pretty.unwrap_or(text) }</pre> };
    };
    // Python tells a `stackTrace`, Node.js a `trace`.
    let trace = ["stackTrace", "trace"].into_iter().find_map(|name| {
        let lines = value.as_ref()?.get(name)?.as_array()?;
        let lines: Vec<&str> = lines.iter().filter_map(Value::as_str).collect();
        Some(lines.iter().map(|line| line.trim_end_matches('\n')).collect::<Vec<_>>().join("\n"))
    });
    let place = trace.as_deref().and_then(log::place_of);
    html! {
        <>
            <p class="note bad" id="test-answer"><span><b>{ member("errorType").unwrap_or_default() }</b>{ ": " }{ message }</span></p>
            if let Some(trace) = trace.as_ref().filter(|trace| !trace.is_empty()) {
                <pre class="doc mono" tabindex="0" role="region" aria-label={said::STACK}>{ trace }</pre>
            }
            if let Some((file, line)) = place { { {
                let words = said::go_to_line(&file, line);
                let onclick = props.go_to.reform(move |_: MouseEvent| (file.clone(), line));
                html! { <button class="btn small" {onclick}>{ words }</button> }
            } } }
        </>
    }
}

fn numbers(report: &Report) -> Html {
    let rows = [
        (said::DURATION, said::ms(report.duration_ms)),
        (said::BILLED, format!("{:.0} ms", report.billed_ms)),
        (said::USED, said::used_of(report.used_mb, report.memory_mb)),
        (said::INIT, report.init_ms.map_or_else(|| said::WARM.to_owned(), said::ms)),
    ];
    html! {
        <dl class="kv tight" id="test-report">
            { for rows.into_iter().map(|(name, value)| html! { <><dt>{ name }</dt><dd>{ value }</dd></> }) }
        </dl>
    }
}
