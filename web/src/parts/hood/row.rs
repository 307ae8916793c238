//! One call in the list.

use std::rc::Rc;

use yew::prelude::*;

use crate::parts::icon::Icon;
use crate::state::calls::{Call, Who};
use crate::state::time;
use crate::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub call: Rc<Call>,
    /// Its row in the whole table, the head's counted.
    pub index: usize,
    pub on: bool,
    /// The page shows how it was before this call.
    pub later: bool,
    pub choose: Callback<u64>,
}

/// Time, who, what, and what was answered.
#[component]
pub fn Row(props: &Props) -> Html {
    let call = &props.call;
    let (icon, words) = who(call);
    let onclick = {
        let seq = call.seq;
        props.choose.reform(move |_| seq)
    };
    let answer = if props.later { words::hood::NOT_YET.to_owned() } else { call.answer() };
    let answer_class = match (props.later, call.failed()) {
        (true, _) => "",
        (_, true) => "no",
        _ => "ok",
    };
    html! {
        <tr class={classes!(props.on.then_some("on"), props.later.then_some("later"))} data-seq={call.seq.to_string()} aria-rowindex={props.index.to_string()}>
            <td>{ time::clock_ms(call.time) }</td>
            <td><span class="who"><Icon name={icon} />{ words }</span></td>
            <td><button class="lnk" aria-expanded={props.on.to_string()} aria-controls="call-detail" tabindex={if props.on { "0" } else { "-1" }} {onclick}>{ call.name() }</button></td>
            <td class={answer_class}>{ answer }</td>
        </tr>
    }
}

/// Who made a call: an icon and a word, or the line of the script.
pub fn who(call: &Call) -> (&'static str, String) {
    if let Some(source) = &call.source {
        return ("python", source.clone());
    }
    (who_icon(call.who), who_words(call.who).into())
}

fn who_icon(who: Who) -> &'static str {
    match who {
        Who::Learner => "python",
        Who::Console => "you",
        Who::Function => "lambda",
        Who::Execution => "sfn",
        Who::Job => "glue",
        Who::Lesson | Who::Service => "gear",
        Who::Check => "check",
    }
}

/// Who makes calls, in a word.
pub fn who_words(who: Who) -> &'static str {
    match who {
        Who::Learner => words::WHO_SCRIPT,
        Who::Console => words::WHO_YOU,
        Who::Function => words::WHO_FUNCTION,
        Who::Execution => words::WHO_EXECUTION,
        Who::Job => words::WHO_JOB,
        Who::Lesson => words::WHO_SETUP,
        Who::Check => words::WHO_CHECK,
        Who::Service => words::WHO_SERVICE,
    }
}
