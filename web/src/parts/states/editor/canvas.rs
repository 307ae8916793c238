//! The picture with the places where a state can be put, and marks on what is wrong.

use std::rc::Rc;

use cloudarium_asl_edit::place::{Place, ScopeAt, Way};
use cloudarium_graph::{Edge, Kind, Layout, Line, Node};
use yew::prelude::*;

use crate::parts::states::editor::ed::Ed;
use crate::parts::states::picture::{Drawing, Picture};
use crate::state::states::problems::Problems;
use crate::state::states::session::{Action, Hand};
use crate::words::state_editor as said;
use crate::words::states as states_said;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub ed: Ed,
    pub drawing: Drawing,
    pub problems: Rc<Problems>,
}

/// The picture.
#[component]
pub fn Canvas(props: &Props) -> Html {
    let Props { ed, drawing, problems } = props;
    let choose = {
        let ed = ed.clone();
        Callback::from(move |name: String| {
            let open = ed.session.chosen.as_ref() != Some(&name);
            ed.act(Action::Choose(open.then_some(name)));
        })
    };
    let layout = drawing.layout();
    let over = html! { <>{ for marks(layout, problems) }{ for places(ed, layout) }</> };
    let words = said::problem_names(problems);
    html! {
        <div class="sf-canvas scroll" tabindex="0" role="region" aria-label={states_said::PICTURE}>
            <Picture drawing={drawing.clone()} chosen={ed.session.chosen.clone().map(AttrValue::from)} {choose} stops={ed.stops.clone()} {over} {words} />
        </div>
    }
}

/// What is wrong stands at a state's corner: a form of its own, and its name tells it too.
fn marks<'a>(layout: &'a Layout, problems: &'a Problems) -> impl Iterator<Item = Html> + 'a {
    layout.nodes.iter().filter_map(|node| {
        let problem = problems.get(&node.name).filter(|_| matches!(node.kind, Kind::State(_)))?;
        let (x, y) = (node.rect.x + node.rect.width - 2.0, node.rect.y + 2.0);
        let (class, d) = if problem.is_error {
            ("fail", "M-3-3 3 3M3-3-3 3")
        } else {
            ("caught", "M0-4.5V1M0 4V4.2")
        };
        Some(html! {
            <g class={classes!("badge", class)} transform={format!("translate({x} {y})")}><title>{ problem.words.join(" ") }</title><circle r="9" /><path {d} /></g>
        })
    })
}

/// The place that a line of the picture is.
fn place_of(layout: &Layout, edge: &Edge) -> Option<Place> {
    let from = layout.nodes.get(edge.from)?;
    if from.kind == Kind::Start {
        return Some(Place::Start(scope_of(layout, from)));
    }
    let way = match edge.line {
        Line::Next => Way::Next,
        Line::Rule => Way::Rule(edge.at),
        Line::Default => Way::Default,
        Line::Catch => Way::Catch(edge.at),
    };
    // A Succeed and a Fail lead to the end, but nothing can be put there.
    let ends = matches!(&from.kind, Kind::State(kind) if kind == "Succeed" || kind == "Fail");
    (!ends).then(|| Place::On { state: from.name.clone(), way })
}

fn scope_of(layout: &Layout, node: &Node) -> ScopeAt {
    let state = node.parent.and_then(|parent| layout.nodes.get(parent));
    ScopeAt { state: state.map(|state| state.name.clone()), branch: node.branch }
}

/// A place, with where its button stands and between what it lies.
struct Spot {
    place: Place,
    at: (f64, f64),
    from: String,
    to: String,
}

/// All places, in the order of the flow.
fn spots(layout: &Layout) -> Vec<Spot> {
    let name = |at: usize| layout.nodes.get(at).map(|node| node.name.clone()).unwrap_or_default();
    let mut spots: Vec<Spot> = layout
        .edges
        .iter()
        .filter_map(|edge| {
            let place = place_of(layout, edge)?;
            Some(Spot { place, at: middle(edge)?, from: name(edge.from), to: name(edge.to) })
        })
        .collect();
    for (at, node) in layout.nodes.iter().enumerate() {
        let led = layout.edges.iter().any(|edge| edge.from == at);
        if node.kind == Kind::Start && !led {
            let place = Place::Start(scope_of(layout, node));
            let below =
                (node.rect.x + node.rect.width / 2.0, node.rect.y + node.rect.height + 16.0);
            spots.push(Spot { place, at: below, from: String::new(), to: String::new() });
        }
    }
    spots.sort_by(|one, other| {
        (one.at.1, one.at.0)
            .partial_cmp(&(other.at.1, other.at.0))
            .unwrap_or(std::cmp::Ordering::Equal)
    });
    spots
}

/// Where the button of a line stands: beside its label, if it has one; else in its middle.
fn middle(edge: &Edge) -> Option<(f64, f64)> {
    // A line from a box to itself has its label further out.
    if let (Some((x, y)), false) = (edge.label_at, edge.from == edge.to) {
        #[expect(clippy::cast_precision_loss, reason = "labels are short")]
        let letters = states_said::condition(&edge.label).chars().count().min(30) as f64;
        return Some((x - letters.mul_add(3.05, 16.0), y));
    }
    let at = if edge.points.len() > 2 { edge.points.len() / 2 } else { 1 };
    let (from, to) = (edge.points.get(at - 1)?, edge.points.get(at)?);
    Some((f64::midpoint(from.0, to.0), f64::midpoint(from.1, to.1)))
}

fn places<'a>(ed: &'a Ed, layout: &Layout) -> impl Iterator<Item = Html> + use<'a> {
    let spots = if ed.may() { spots(layout) } else { vec![] };
    spots.into_iter().enumerate().map(move |(at, spot)| spot_button(ed, at, spot))
}

/// The id of the first place: the focus goes there once something is in hand.
pub const FIRST_PLACE: &str = "place-0";

fn spot_button(ed: &Ed, at: usize, spot: Spot) -> Html {
    let Spot { place, at: (x, y), from, to } = spot;
    let session = &ed.session;
    let waiting = session.place.as_ref() == Some(&place);
    let placing = session.hand.is_some();
    let words = said::put_between(session.hand.as_ref().map(Hand::name), &from, &to);
    let put = {
        let (ed, words) = (ed.clone(), words.clone());
        move || ed.act(Action::Put(place.clone(), words.clone()))
    };
    let onclick = {
        let put = put.clone();
        Callback::from(move |_: MouseEvent| put())
    };
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        let step = match event.key().as_str() {
            "Enter" | " " => {
                event.prevent_default();
                return put();
            }
            "ArrowDown" | "ArrowRight" => at + 1,
            "ArrowUp" | "ArrowLeft" => at.saturating_sub(1),
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        super::focus_on(&format!("place-{step}"));
    });
    html! {
        <g id={format!("place-{at}")} class={classes!("sfe-place", placing.then_some("lit"), waiting.then_some("on"))} role="button" tabindex={if placing { "0" } else { "-1" }}
            aria-label={words.clone()} transform={format!("translate({x} {y})")} {onclick} {onkeydown}>
            <title>{ words }</title><circle r="12" class="hit" /><circle r="9" /><path d="M-4 0H4M0-4V4" />
        </g>
    }
}
