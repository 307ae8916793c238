//! Groups, and the streams of the one that is chosen; in a narrower window a sheet.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::json;
use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::hooks::dismiss::use_escape;
use crate::hooks::live::use_live;
use crate::hooks::s3::Load;
use crate::parts::icon::Icon;
use crate::parts::logs::console::Group;
use crate::route::Place;
use crate::state::lambda::Env;
use crate::words::{self, logs as said};

#[derive(Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub groups: Vec<Group>,
    pub chosen: Option<AttrValue>,
    pub stream: Option<AttrValue>,
    /// Whether the sheet is up, where this is a sheet.
    pub up: bool,
    pub close: Callback<()>,
}

/// A stream, as the list shows it.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Stream {
    name: String,
    events: usize,
}

/// What functions write their groups' names with.
pub const OF_FUNCTION: &str = "/aws/lambda/";

/// The side of the tab.
#[component]
pub fn Side(props: &Props) -> Html {
    use_escape(props.up, props.close.clone());
    html! {
        <nav id="log-groups" class={classes!("side", "scroll", props.up.then_some("up"))} aria-label={said::SHOW_GROUPS}>
            <div class="row">
                <span class="label grow">{ said::GROUPS }</span>
                if props.up {
                    <button class="btn ghost icon small" aria-label={words::CLOSE} onclick={props.close.reform(|_| ())}><Icon name="x" /></button>
                }
            </div>
            <ul class="navlist">{ for props.groups.iter().map(|group| one(props, group)) }</ul>
            if let Some(group) = &props.chosen {
                <Streams key={group.to_string()} desk={props.desk.clone()} {group} stream={props.stream.clone()} close={&props.close} />
            }
        </nav>
    }
}

fn one(props: &Props, group: &Group) -> Html {
    let here = props.chosen.as_deref() == Some(group.name.as_str());
    let href = props.desk.route.at(Place::logs(group.name.clone(), None)).href();
    let icon = match &group.name {
        name if name.starts_with(OF_FUNCTION) => "lambda",
        name if name.starts_with("/aws/vendedlogs/states") => "sfn",
        _ => "log",
    };
    html! {
        <li key={group.name.clone()}>
            <a {href} aria-current={here.then_some("true")} title={group.name.clone()} onclick={props.close.reform(|_: MouseEvent| ())}>
                <Icon name={icon} class="sm" /><span>{ &group.name }</span>
            </a>
        </li>
    }
}

#[derive(Properties, PartialEq)]
struct StreamsProps {
    desk: Desk,
    group: AttrValue,
    stream: Option<AttrValue>,
    close: Callback<()>,
}

/// The streams of a group, each with what its environment does, if it is one's.
#[component]
fn Streams(props: &StreamsProps) -> Html {
    let StreamsProps { desk, group, .. } = props;
    let function = group.strip_prefix(OF_FUNCTION);
    let streams = use_live(desk, ("logs", "streams"), json!({ "Group": &**group }), 1_000);
    let of = json!({ "FunctionName": function.unwrap_or_default() });
    let environments = use_live(desk, ("lambda", "environments"), of, 1_000);
    let streams: Vec<Stream> = match streams {
        Load::Here(list) => serde_json::from_value(list).unwrap_or_default(),
        _ => vec![],
    };
    let environments: Vec<Env> = match environments {
        Load::Here(list) => serde_json::from_value(list).unwrap_or_default(),
        _ => vec![],
    };
    let busy: BTreeMap<&str, bool> = environments
        .iter()
        .filter(|env| env.gone_at.is_none_or(|gone| desk.cloud.clock.now() < gone))
        .map(|env| (env.stream.as_str(), env.idle_since.is_none()))
        .collect();
    let all: usize = streams.iter().map(|stream| stream.events).sum();
    let link = |stream: Option<&Stream>, icon: &'static str, words: String, small: String| {
        let name = stream.map(|stream| stream.name.clone());
        let here = props.stream.as_deref() == name.as_deref();
        let href = desk.route.at(Place::logs(group.to_string(), name.clone())).href();
        let class = classes!("sm", (icon == "star").then_some("here"));
        html! {
            <li key={name.clone().unwrap_or_default()}><a {href} aria-current={here.then_some("true")} title={name} onclick={props.close.reform(|_: MouseEvent| ())}>
                <Icon name={icon} {class} /><span>{ words }</span><small>{ small }</small></a></li>
        }
    };
    let row = |stream: &Stream| {
        let (icon, state) = match busy.get(stream.name.as_str()) {
            _ if function.is_none() => ("list", String::new()),
            Some(true) => ("star", said::BUSY.to_owned()),
            Some(false) => ("frozen", said::FROZEN.to_owned()),
            None => ("x", said::GONE.to_owned()),
        };
        link(Some(stream), icon, said::stream(&stream.name), state)
    };
    html! {
        <>
            <span class="label">{ if function.is_some() { said::STREAMS_OF_FUNCTION } else { said::STREAMS } }</span>
            <ul class="navlist" id="log-streams">
                { link(None, "list", said::ALL_STREAMS.to_owned(), all.to_string()) }
                { for streams.iter().map(row) }
            </ul>
        </>
    }
}
