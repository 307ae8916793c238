//! The picture of a machine: boxes and lines from the crate `graph`, lit by what became of each state.
//!
//! All boxes are siblings, so that none is a button within a button. One of them is the tab stop; arrow keys move.

use std::collections::BTreeMap;
use std::rc::Rc;

use cloudarium_graph::{Edge, Kind, Layout, Line, Node, Rect};
use gloo::utils::document;
use serde_json::Value;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::state::states::debug::Stops;
use crate::state::states::run::{Mark, Run};
use crate::state::states::{Kept, does, find_state, icon_of};
use crate::words::{debug as words, states as said};

/// A definition with its picture; equal when it is the same one.
#[derive(Clone, Debug)]
pub struct Drawing(Rc<(Value, Layout)>);

impl PartialEq for Drawing {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Drawing {
    /// Lays a definition out; what is no JSON has no picture.
    pub fn of(definition: &str) -> Self {
        let definition = serde_json::from_str(definition).unwrap_or(Value::Null);
        let layout =
            cloudarium_graph::layout_with(&definition, &|label| width_of(&label_words(label)));
        Self(Rc::new((definition, layout)))
    }

    /// The definition.
    pub fn definition(&self) -> &Value {
        &self.0.0
    }

    /// Where everything stands.
    pub fn layout(&self) -> &Layout {
        &self.0.1
    }
}

#[derive(Properties, PartialEq)]
pub struct Props {
    pub drawing: Drawing,
    /// What became of the states; nothing: the machine by itself.
    #[prop_or_default]
    pub run: Option<Kept<Run>>,
    pub chosen: Option<AttrValue>,
    pub choose: Callback<String>,
    #[prop_or_default]
    pub stops: Stops,
    /// What is drawn over it.
    #[prop_or_default]
    pub over: Html,
    /// By state what its name tells beside itself.
    #[prop_or_default]
    pub words: BTreeMap<String, String>,
}

/// The space around the picture.
const MARGIN: f64 = 24.0;

/// The picture.
#[component]
pub fn Picture(props: &Props) -> Html {
    let layout = props.drawing.layout();
    let boxes: Vec<usize> = (0..layout.nodes.len()).filter(|at| is_state(layout, *at)).collect();
    if boxes.is_empty() {
        return html! { <p class="dim sf-words">{ said::NO_PICTURE }</p> };
    }
    let stop = boxes
        .iter()
        .copied()
        .find(|at| props.chosen.as_deref() == layout.nodes.get(*at).map(|node| node.name.as_str()));
    let stop = stop.or_else(|| boxes.first().copied());
    let holds = |at: &usize| layout.nodes.iter().any(|node| node.parent == Some(*at));
    let (outer, inner): (Vec<usize>, Vec<usize>) = (0..layout.nodes.len()).partition(holds);
    let (width, height) =
        (2.0f64.mul_add(MARGIN, layout.width), 2.0f64.mul_add(MARGIN, layout.height));
    let onkeydown = move_by_keys(boxes);
    let one = |at: &usize| node_of(props, *at, stop == Some(*at), outer.contains(at));
    html! {
        <svg class="sf-graph" role="group" aria-label={said::PICTURE} width={width.to_string()} height={height.to_string()}
            viewBox={format!("{} {} {width} {height}", -MARGIN, -MARGIN)} {onkeydown}>
            { for outer.iter().map(one) }
            { for layout.edges.iter().map(|edge| line(props, edge)) }
            { for inner.iter().map(one) }
            { for layout.edges.iter().map(|edge| label(props, edge)) }
            { props.over.clone() }
        </svg>
    }
}

fn is_state(layout: &Layout, at: usize) -> bool {
    layout.nodes.get(at).is_some_and(|node| matches!(node.kind, Kind::State(_)))
}

/// Arrow keys, Home and End go from box to box.
fn move_by_keys(boxes: Vec<usize>) -> Callback<KeyboardEvent> {
    Callback::from(move |event: KeyboardEvent| {
        let id = document().active_element().map(|element| element.id()).unwrap_or_default();
        let here = id.strip_prefix("state-").and_then(|at| at.parse().ok());
        let Some(at) = boxes.iter().position(|at| Some(*at) == here) else { return };
        let next = match event.key().as_str() {
            "ArrowDown" | "ArrowRight" => at + 1,
            "ArrowUp" | "ArrowLeft" => at.saturating_sub(1),
            "Home" => 0,
            "End" => boxes.len() - 1,
            _ => return,
        };
        event.prevent_default();
        let next = boxes.get(next.min(boxes.len() - 1)).map(|at| format!("state-{at}"));
        let element = next.and_then(|id| document().get_element_by_id(&id));
        if let Some(element) = element {
            // An element of a picture takes the focus as any other does.
            let _ = element.unchecked_ref::<HtmlElement>().focus();
        }
    })
}

/// A state's class by what became of it.
pub fn class_of(mark: Option<Mark>) -> &'static str {
    match mark {
        None => "",
        Some(Mark::Succeeded) => "done",
        Some(Mark::Caught) => "caught",
        Some(Mark::Cancelled) => "cut",
        Some(Mark::Failed) => "fail",
        Some(Mark::Running) => "run",
    }
}

fn node_of(props: &Props, at: usize, stop: bool, outer: bool) -> Html {
    let Some(node) = props.drawing.layout().nodes.get(at) else { return html! {} };
    let Rect { x, y, width, height } = node.rect;
    let (cx, cy, r) = (x + width / 2.0, y + height / 2.0, width / 2.0 - 4.0);
    match &node.kind {
        Kind::Start => {
            html! { <circle class="ends" cx={cx.to_string()} cy={cy.to_string()} r={r.to_string()} /> }
        }
        Kind::End => {
            html! { <g class="ends o"><circle cx={cx.to_string()} cy={cy.to_string()} r={r.to_string()} />
            <circle class="dot" cx={cx.to_string()} cy={cy.to_string()} r={(r / 2.0).to_string()} /></g> }
        }
        Kind::State(kind) => state_box(props, (at, node), kind, (stop, outer)),
    }
}

fn state_box(
    props: &Props,
    (at, node): (usize, &Node),
    kind: &str,
    (stop, outer): (bool, bool),
) -> Html {
    let Rect { x, y, width, height } = node.rect;
    let state = find_state(props.drawing.definition(), &node.name).cloned().unwrap_or_default();
    let mark = props.run.as_ref().and_then(|run| run.mark(&node.name));
    let chosen = props.chosen.as_deref() == Some(node.name.as_str());
    let room = ((width - if outer { 28.0 } else { 44.0 }) / 5.9).max(4.0);
    let (says, name) = said_of(props, &node.name, &does(&state), room);
    let pick = {
        let (choose, name) = (props.choose.clone(), node.name.clone());
        Callback::from(move |()| choose.emit(name.clone()))
    };
    let onkeydown = {
        let (pick, toggle, name) = (pick.clone(), props.stops.toggle.clone(), node.name.clone());
        Callback::from(move |event: KeyboardEvent| match (event.key().as_str(), &toggle) {
            ("Enter" | " ", _) => {
                event.prevent_default();
                pick.emit(());
            }
            ("b" | "B", Some(toggle)) if !(event.ctrl_key() || event.meta_key()) => {
                event.prevent_default();
                toggle.emit(name.clone());
            }
            _ => {}
        })
    };
    let shape = if kind == "Choice" {
        hexagon(&node.rect)
    } else {
        html! { <rect class="b" x={x.to_string()} y={y.to_string()} width={width.to_string()} height={height.to_string()} rx="10" /> }
    };
    let (mid, top) = (y + height / 2.0, y + 19.0);
    let unreached = props.run.is_some() && mark.is_none();
    html! {
        <g id={format!("state-{at}")} class={classes!("nd", class_of(mark), props.stops.holds(&node.name).then_some("held"), outer.then_some("box"), chosen.then_some("sel"), unreached.then_some("skip"))} role="button"
            tabindex={if stop { "0" } else { "-1" }} aria-label={name.clone()} aria-pressed={chosen.to_string()} onclick={pick.reform(|_: MouseEvent| ())} {onkeydown}>
            <title>{ name }</title>
            if chosen { <rect class="halo" x={(x - 5.0).to_string()} y={(y - 5.0).to_string()} width={(width + 10.0).to_string()} height={(height + 10.0).to_string()} rx="14" /> }
            { shape }
            if outer {
                <text x={(x + 14.0).to_string()} y={top.to_string()}>{ cut(&node.name, room * 0.84) }</text>{ " " }
                <text class="s" x={(x + 14.0).to_string()} y={(top + 14.0).to_string()}>{ says }</text>
            } else {
                <svg class="i sf-i" x={(x + 11.0).to_string()} y={(mid - 9.0).to_string()} width="18" height="18"><use href={format!("icons.svg#i-{}", icon_of(&state))} /></svg>
                <text x={(x + 35.0).to_string()} y={(mid - 2.0).to_string()}>{ cut(&node.name, room * 0.84) }</text>{ " " }
                <text class="s" x={(x + 35.0).to_string()} y={(mid + 14.0).to_string()}>{ says }</text>
            }
            { badge(mark, x + width - 2.0, y + 2.0) }
            { stop_mark(props, &node.name, x + 2.0, y + 2.0) }
        </g>
    }
}

/// What stands below a state's name, and what it is called as a whole: what is seen of it comes first there.
fn said_of(props: &Props, name: &str, does: &str, room: f64) -> (String, String) {
    let stop =
        if props.stops.at(name) { format!(", {}", words::BREAKPOINT) } else { String::new() };
    let Some(run) = &props.run else {
        let more = props.words.get(name).map(|words| format!(", {words}")).unwrap_or_default();
        return (cut_at_word(does, room), format!("{name}, {does}{stop}{more}"));
    };
    let (mut whole, mark) = (said::told(run, name, does), said::mark(run.mark(name)));
    if props.stops.holds(name) {
        whole = format!("{whole}, {}", words::PAUSED_HERE);
    }
    if chars(&whole) <= room {
        return (whole.clone(), format!("{name}, {whole}{stop}, {mark}"));
    }
    // What it does is told by its icon, too; how it goes is not.
    let last = whole.rsplit(", ").next().unwrap_or_default().to_owned();
    (cut_at_word(&last, room), format!("{name}, {last}, {whole}{stop}, {mark}"))
}

/// A breakpoint, and the place to click for one. By keyboard it is B.
fn stop_mark(props: &Props, name: &str, x: f64, y: f64) -> Html {
    let on = props.stops.at(name);
    let onclick = props.stops.toggle.clone().map(|toggle| {
        let name = name.to_owned();
        Callback::from(move |event: MouseEvent| {
            event.stop_propagation();
            toggle.emit(name.clone());
        })
    });
    if !on && onclick.is_none() {
        return html! {};
    }
    html! {
        <g class={classes!("bp", on.then_some("on"))} transform={format!("translate({x} {y})")} {onclick}><title>{ words::BREAKPOINT_MORE }</title>
            <circle r="9" /><rect x="-4" y="-4" width="8" height="8" rx="1" /></g>
    }
}

fn hexagon(rect: &Rect) -> Html {
    let Rect { x, y, width, height } = *rect;
    let (right, bottom, mid) = (x + width, y + height, y + height / 2.0);
    let d = format!(
        "M{} {y}H{}L{right} {mid}L{} {bottom}H{}L{x} {mid}Z",
        x + 12.0,
        right - 12.0,
        right - 12.0,
        x + 12.0
    );
    html! { <path class="b" {d} /> }
}

/// A mark at a corner: a form of its own for each, whatever its colour.
fn badge(mark: Option<Mark>, x: f64, y: f64) -> Html {
    let d = match mark {
        None => return html! {},
        Some(Mark::Succeeded) => "M-4 0 -1.3 2.8 4-2.6",
        Some(Mark::Caught) => "M-4 1.5A4 4 0 1 0 4-1M4-5V-1H0",
        Some(Mark::Cancelled) => "M-4 0H4",
        Some(Mark::Failed) => "M-3-3 3 3M3-3-3 3",
        Some(Mark::Running) => {
            "M0-5.6C.6-1.5 1.5-.6 5.6 0 1.5.6.6 1.5 0 5.6-.6 1.5-1.5.6-5.6 0-1.5-.6-.6-1.5 0-5.6Z"
        }
    };
    html! { <g class={classes!("badge", class_of(mark))} transform={format!("translate({x} {y})")}><circle r="9" /><path {d} /></g> }
}

/// A text that fits into so many letters.
fn cut(text: &str, letters: f64) -> String {
    if chars(text) <= letters {
        return text.to_owned();
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few letters")]
    let keep = (letters.max(2.0) - 1.0) as usize;
    format!("{}…", text.chars().take(keep).collect::<String>().trim_end())
}

/// The same, between words where it can be: what is seen is then part of what the box is called.
fn cut_at_word(text: &str, letters: f64) -> String {
    let cut = cut(text, letters);
    match cut.strip_suffix('…').and_then(|kept| kept.rsplit_once(' ')) {
        Some((whole, part)) if !text.starts_with(&format!("{whole} {part} ")) => {
            format!("{}…", whole.trim_end_matches([':', ',']))
        }
        _ => cut,
    }
}

#[expect(clippy::cast_precision_loss, reason = "names are short")]
fn chars(text: &str) -> f64 {
    text.chars().count() as f64
}

fn name_at(props: &Props, at: usize) -> (&str, bool) {
    props
        .drawing
        .layout()
        .nodes
        .get(at)
        .map_or(("", false), |node| (node.name.as_str(), node.kind == Kind::End))
}

/// Whether the execution went this way.
fn taken(props: &Props, edge: &Edge) -> bool {
    let Some(run) = &props.run else { return false };
    let ((from, _), (to, ends)) = (name_at(props, edge.from), name_at(props, edge.to));
    if ends { run.ended_at(from) } else { run.went(from, to) }
}

fn line(props: &Props, edge: &Edge) -> Html {
    let points: Vec<String> = edge.points.iter().map(|(x, y)| format!("{x} {y}")).collect();
    let class = match edge.line {
        Line::Next => "",
        Line::Rule => "rule",
        Line::Default => "else",
        Line::Catch => "catch",
    };
    let taken = taken(props, edge).then_some("taken");
    html! { <><path class={classes!("edge", class, taken)} d={format!("M{}", points.join("L"))} />{ tip(&edge.points, taken) }</> }
}

/// The head of an arrow.
fn tip(points: &[(f64, f64)], taken: Option<&'static str>) -> Html {
    let [.., (fx, fy), (x, y)] = points else { return html! {} };
    let turn = (y - fy).atan2(x - fx).to_degrees();
    html! { <path class={classes!("tip", taken)} d="M0 0-8-4.5V4.5Z" transform={format!("translate({x} {y}) rotate({turn})")} /> }
}

/// A label as it is drawn.
fn label_words(label: &str) -> String {
    cut(&said::condition(label), 30.0)
}

fn width_of(text: &str) -> f64 {
    chars(text).mul_add(6.1, 8.0)
}

fn label(props: &Props, edge: &Edge) -> Html {
    if edge.label.is_empty() {
        return html! {};
    }
    let Some((x, y)) = edge.label_at else { return html! {} };
    let text = label_words(&edge.label);
    let width = width_of(&text);
    let taken = taken(props, edge).then_some("taken");
    html! {
        <g class={classes!("lbl", taken)}><title>{ &edge.label }</title>
            <rect x={(x - width / 2.0).to_string()} y={(y - 9.0).to_string()} width={width.to_string()} height="18" rx="4" />
            <text x={x.to_string()} y={(y + 4.0).to_string()} text-anchor="middle">{ text }</text></g>
    }
}
