//! What a call changed: resources with their members, and the bill. `+` came, `-` went, `~` is another.

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::hooks::cloud::words_of;
use crate::hooks::s3::Load;
use crate::state::calls::Call;
use crate::state::cloud;
use crate::state::travel::{Changes, Member, Resource, shown};
use crate::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub call: Call,
}

/// The difference.
#[component]
pub fn Changed(props: &Props) -> Html {
    let load = use_state_eq(|| (0_u64, Load::<Option<Changes>>::Coming));
    {
        let setter = load.setter();
        use_effect_with((props.call.seq, props.call.status), move |(seq, _)| {
            let seq = *seq;
            spawn_local(async move {
                setter.set(match cloud::what_changed(seq).await {
                    Ok(changes) => (seq, Load::Here(changes)),
                    Err(why) => (seq, Load::Refused(why)),
                });
            });
        });
    }
    let words = |words: &'static str| html! { <p class="dim2 hood-words">{ words }</p> };
    match &load.1 {
        Load::Here(Some(changes)) if load.0 == props.call.seq => drawn(props, changes),
        Load::Here(None) if load.0 == props.call.seq => words(words::hood::CHANGES_GONE),
        Load::Refused(why) if load.0 == props.call.seq => {
            html! { <p class="bad-words hood-words">{ words_of(why) }</p> }
        }
        _ => html! { <p class="dim2 hood-words" aria-busy="true">{ words::hood::COMPARING }</p> },
    }
}

fn drawn(props: &Props, changes: &Changes) -> Html {
    let nothing = changes.resources.is_empty().then(|| {
        let words = match (props.call.failed(), props.call.changed) {
            (true, _) => words::hood::REFUSED_CHANGED,
            (_, true) => words::hood::SAME_AGAIN,
            _ => words::hood::NOTHING_CHANGED,
        };
        html! { <p class="same">{ words }</p> }
    });
    let more = (changes.more > 0)
        .then(|| html! { <p class="same">{ words::hood::more_resources(changes.more) }</p> });
    let bill = (!changes.charges.is_empty()).then(|| {
        html! {
            <>
                <p class="same">{ "bill" }</p>
                { for changes.charges.iter().map(|charge| html! {
                    <p class="ind chg">{ "~ " }{ words::hood::charge(&charge.verb, &charge.usage_type, (charge.before, charge.after), charge.usd) }</p>
                }) }
            </>
        }
    });
    html! { <div class="diff">{ nothing }{ for changes.resources.iter().map(resource) }{ more }{ bill }</div> }
}

fn resource(resource: &Resource) -> Html {
    let name = resource.path.last().cloned().unwrap_or_default();
    let around: Vec<&str> = std::iter::once(resource.service.as_str())
        .chain(resource.path.iter().rev().skip(1).rev().map(String::as_str))
        .collect();
    let (class, sign) = match resource.kind.as_str() {
        "added" => ("add", "+ "),
        "removed" => ("del", "- "),
        _ => ("chg", "~ "),
    };
    html! {
        <>
            <p class="same">{ around.join(" / ") }</p>
            <p class={classes!("ind", class)}>{ sign }{ name }</p>
            { for resource.members.iter().map(member) }
        </>
    }
}

fn member(member: &Member) -> Html {
    let name = member.path.join(".");
    match (&member.before, &member.after) {
        (None, Some(after)) => {
            html! { <p class="ind2 add">{ format!("+ {name}  {}", shown(after)) }</p> }
        }
        (Some(before), None) => {
            html! { <p class="ind2 del">{ format!("- {name}  {}", shown(before)) }</p> }
        }
        (Some(before), Some(after)) => {
            html! { <p class="ind2 chg">{ format!("~ {name}  {} → {}", shown(before), shown(after)) }</p> }
        }
        (None, None) => html! {},
    }
}
