//! The whole tab: groups and streams at the left, the events of what is chosen beside them.

use serde::Deserialize;
use serde_json::json;
use yew::prelude::*;

use crate::hooks::cloud::words_of;
use crate::hooks::desk::Desk;
use crate::hooks::live::use_live;
use crate::hooks::s3::Load;
use crate::parts::console::styles::use_styles;
use crate::parts::console::told::use_told;
use crate::parts::icon::Icon;
use crate::parts::lambda::console::STYLES;
use crate::parts::logs::group::GroupPage;
use crate::parts::logs::side::Side;
use crate::route::Place;
use crate::words::{self, logs as said};

#[derive(Clone, Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub group: Option<AttrValue>,
    pub stream: Option<AttrValue>,
}

/// A log group, as the list shows it.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Group {
    pub name: String,
    pub retention_days: Option<u32>,
    pub streams: usize,
    pub bytes: u64,
}

/// How often logs are looked at, in milliseconds.
const LOOK_MS: u32 = 1_000;

/// The Logs tab.
#[component]
pub fn Console(props: &Props) -> Html {
    let Props { desk, group, stream } = props;
    let groups = use_live(desk, ("logs", "groups"), json!({}), LOOK_MS);
    let (shown, tell) = use_told(desk);
    let (styles, styled) = use_styles(STYLES);
    let listed = use_state_eq(|| false);
    let list = |to: bool| {
        let listed = listed.setter();
        Callback::from(move |()| listed.set(to))
    };
    let body = match groups {
        _ if !styled => {
            html! { <p class="later dim" aria-busy="true">{ words::PART_COMING }</p> }
        }
        Load::Coming => {
            html! { <p class="dim table-words" aria-busy="true">{ said::LOADING }</p> }
        }
        Load::Refused(why) => {
            html! { <p class="note bad table-words" role="alert">{ words_of(&why) }</p> }
        }
        Load::Here(groups) => {
            let groups: Vec<Group> = serde_json::from_value(groups).unwrap_or_default();
            let here = groups.iter().find(|one| Some(one.name.as_str()) == group.as_deref());
            let middle = match here.cloned() {
                Some(one) => html! {
                    <GroupPage key={format!("{}/{}/{}", desk.region, one.name, stream.as_deref().unwrap_or_default())} desk={desk.clone()} {tell} group={one.clone()} stream={stream.clone()} toggle={list(!*listed)} listed={*listed} />
                },
                None => choose(&list(!*listed), *listed),
            };
            let chosen = here.map(|one| AttrValue::from(one.name.clone()));
            if groups.is_empty() {
                no_groups(desk)
            } else {
                html! {
                    <div class="s3 logs">
                        <Side desk={desk.clone()} {groups} {chosen} stream={stream.clone()} up={*listed} close={list(false)} />
                        { middle }
                    </div>
                }
            }
        }
    };
    html! { <div class="fn-page">{ styles }{ shown }{ body }</div> }
}

/// Nothing chosen yet: a sentence of what to do.
fn choose(toggle: &Callback<()>, open: bool) -> Html {
    html! {
        <section class="void-middle" aria-label={said::EVENTS}>
            <p class="dim2">{ said::CHOOSE_GROUP }</p>
            <button class="btn only-compact" aria-expanded={open.to_string()} onclick={toggle.reform(|_: MouseEvent| ())}>{ said::SHOW_GROUPS }</button>
        </section>
    }
}

/// What makes the first one.
fn no_groups(desk: &Desk) -> Html {
    html! {
        <div class="void-middle grow">
            <h2>{ said::NO_GROUPS }</h2><p class="dim2">{ said::NO_GROUPS_MORE }</p>
            <a class="btn" href={desk.route.at(Place::lambda()).href()}><Icon name="lambda" class="c-lambda" />{ said::TO_LAMBDA }</a>
        </div>
    }
}
