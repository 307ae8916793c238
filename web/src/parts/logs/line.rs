//! One event: its moment, what it is, its stream, what it says; open, the whole of it and where it leads.

use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::parts::icon::Icon;
use crate::parts::logs::side::OF_FUNCTION;
use crate::route::{FunctionPart, Place};
use crate::state::lambda::log::{self, Kind};
use crate::state::lambda::monitor::Line;
use crate::state::time;
use crate::words::logs as said;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub group: String,
    pub line: Line,
    pub on: bool,
    pub toggle: Callback<()>,
    pub pattern: String,
    pub set_pattern: Callback<String>,
}

/// So much of an event is shown while it is closed.
const SHORT: usize = 400;

/// The line.
#[component]
pub fn LogLine(props: &Props) -> Html {
    let message = props.line.message.trim_end();
    let (class, icon, words) = match log::kind(message) {
        Kind::Platform => ("sys", "sky", said::PLATFORM),
        Kind::Error => ("error", "x", said::ERROR),
        Kind::Warning => ("", "warn", said::WARNING),
        Kind::Plain => ("", "chevr", said::CODE),
    };
    let first = message.lines().next().unwrap_or_default().replace('\t', " ");
    let short: String = first.chars().take(SHORT).collect();
    let onclick = props.toggle.reform(|_: MouseEvent| ());
    html! {
        <>
            <li class={classes!("lg", class, props.on.then_some("on"))}>
                <time>{ time::clock_ms(props.line.time) }</time>
                <span class="lv"><Icon name={icon} class="sm" />{ words }</span>
                <code title={props.line.stream.clone()}>{ said::short_stream(&props.line.stream) }</code>
                <button class="lgb" aria-expanded={props.on.to_string()} title={said::OPEN_EVENT} {onclick}>{ marked(&short, &props.pattern) }</button>
            </li>
            if props.on { { open(props, message) } }
        </>
    }
}

/// The text, with the words that the pattern asks for marked.
fn marked(text: &str, pattern: &str) -> Html {
    let simple = !pattern.trim_start().starts_with(['{', '[']);
    let words = pattern.split_whitespace().map(|word| word.trim_matches(['?', '"']));
    let found = words
        .filter(|word| simple && !word.is_empty() && !word.starts_with('-'))
        .filter_map(|word| text.find(word).map(|at| (at, word.len())))
        .min();
    let Some((at, length)) = found else { return html! { { text.to_owned() } } };
    let (head, rest) = text.split_at(at);
    let (word, tail) = rest.split_at(length);
    html! { <>{ head.to_owned() }<mark>{ word.to_owned() }</mark>{ tail.to_owned() }</> }
}

fn open(props: &Props, message: &str) -> Html {
    let request = log::request_of(message).map(str::to_owned);
    let function = props.group.strip_prefix(OF_FUNCTION).map(|name| {
        let place = Place::function(name.to_owned(), FunctionPart::Code);
        (props.desk.route.at(place).href(), name.to_owned())
    });
    html! {
        <li class={classes!("lgopen", (log::kind(message) == Kind::Error).then_some("error"))}>
            <pre tabindex="0" role="region" aria-label={said::WHOLE_EVENT}>{ message.to_owned() }</pre>
            <div class="row wrap">
                if let Some(id) = request { { {
                    let words = said::only_request(&id);
                    let onclick = props.set_pattern.reform(move |_: MouseEvent| format!("\"{id}\""));
                    html! { <button class="btn small" {onclick}><Icon name="filter" />{ words }</button> }
                } } }
                if let Some((href, name)) = function {
                    <a class="btn small" {href} title={name}><Icon name="lambda" />{ said::TO_FUNCTION }</a>
                }
            </div>
        </li>
    }
}
