//! The life of an object: what made it, changed it and took it away, with the moment that is looked at.

use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::hooks::lives::use_lives;
use crate::parts::icon::Icon;
use crate::state::lives::{Fate, Happened, Turn, story};
use crate::state::time;
use crate::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub bucket: AttrValue,
    pub object: AttrValue,
}

/// A list of turns; nothing while none is known.
#[component]
pub fn Life(props: &Props) -> Html {
    let key = props.object.to_string();
    let lives = use_lives(&props.desk, &props.bucket, vec![key.clone()], None);
    let Some(turns) = lives.get(&key) else { return html! {} };
    let past = props.desk.cloud.past;
    let is_later = |turn: &Turn| past.is_some_and(|call| turn.is_after(call));
    let line = |(turn, happened)| line(&props.desk, turn, happened);
    let here = past.filter(|call| !turns.iter().any(|turn| turn.is_at(*call)));
    html! {
        <div class="sect">
            <h3>{ words::s3::LIFE }</h3>
            <ol class="turns">
                { for story(turns).filter(|(turn, _)| !is_later(turn)).map(line) }
                if let Some(call) = here {
                    <li class="here"><Icon name="eye" class="sm" /><b>{ words::s3::you_look_here(call) }</b></li>
                }
                { for story(turns).filter(|(turn, _)| is_later(turn)).map(line) }
            </ol>
        </div>
    }
}

fn line(desk: &Desk, turn: &Turn, happened: Happened) -> Html {
    let (icon, class, _) = looks(happened);
    let words = words::s3::happened(happened, turn.by_call.then_some(turn.call));
    let here = desk.cloud.past.is_some_and(|call| turn.is_at(call));
    let shown = if turn.by_call {
        let call = turn.call;
        let onclick = desk.show_call.reform(move |_| call);
        html! { <button class="lnk" {onclick}>{ words }</button> }
    } else {
        html! { <span>{ words }</span> }
    };
    html! {
        <li class={classes!(here.then_some("here"))} aria-current={here.then_some("true")}>
            <Icon name={icon} class={classes!("sm", class)} />
            <span>{ shown }if here { <b>{ words::s3::LOOK_HERE }</b> }</span>
            <small>{ time::moment(turn.at, desk.cloud.clock.now()) }</small>
        </li>
    }
}

/// What has become of an object since the call that is looked at.
pub fn now(fate: Fate) -> Html {
    // Words alone: a list may have hundreds, and all of them go when the scrubber moves.
    let Some((happened, call)) = fate.since else {
        return html! { <span class="dim">{ words::s3::THE_SAME }</span> };
    };
    let (_, _, class) = looks(happened);
    html! { <span class={classes!("pill", class)}>{ words::s3::happened(happened, call) }</span> }
}

/// The icon, its class, and that of a pill.
const fn looks(happened: Happened) -> (&'static str, &'static str, &'static str) {
    match happened {
        Happened::Put => ("plus", "good-words", "good"),
        Happened::PutOver => ("upload", "good-words", "info"),
        Happened::Changed => ("diff", "", "info"),
        Happened::Hidden => ("x", "bad-words", "bad"),
        Happened::Deleted => ("trash", "bad-words", "bad"),
    }
}
