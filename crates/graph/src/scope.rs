//! A `States` map: its states, what lies within them, and the lines between them.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::layers::{self, Placed};
use crate::{Edge, Kind, Layout, Line, Measure, Node, Rect};

/// How high a state's box is.
const HEIGHT: f64 = 48.0;
/// The least width of a state's box.
const WIDTH_MIN: f64 = 128.0;
/// The greatest, whatever the name.
const WIDTH_MAX: f64 = 260.0;
/// How wide a letter is.
const LETTER: f64 = 8.0;
/// How large a start or an end is.
const DOT: f64 = 32.0;
/// How far a box within another is from its edge.
const INSET: f64 = 20.0;
/// What stands above what lies within a box: its name.
const HEAD: f64 = 40.0;
/// How far a line from a box to itself goes out to the right of it.
const LOOP: f64 = 14.0;
/// The space between such a line and its label.
const LOOP_GAP: f64 = 12.0;
/// How high the place of such a line with its label is.
const LOOP_HEIGHT: f64 = layers::LABEL_HEIGHT + 6.0;
/// Deeper nesting is not drawn: the box is left empty.
const DEPTH_MAX: usize = 64;

/// A scope with every box in its place, the upper left corner at 0, 0.
pub struct Scope {
    pub width: f64,
    pub height: f64,
    boxes: Vec<Placement>,
    edges: Vec<Edge>,
}

/// A box and what lies within it: each scope with where it begins.
struct Placement {
    name: String,
    kind: Kind,
    rect: Rect,
    inner: Vec<(f64, f64, Scope)>,
}

/// A line before it has corners.
struct Drawn {
    from: usize,
    to: usize,
    line: Line,
    at: usize,
    label: String,
}

/// Gives every state of `definition` its place.
pub fn place(definition: &Value, depth: usize, measure: Measure<'_>) -> Scope {
    let Some(states) = definition.get("States").and_then(Value::as_object) else {
        return Scope { width: 0.0, height: 0.0, boxes: Vec::new(), edges: Vec::new() };
    };
    let mut boxes = vec![dot(Kind::Start)];
    boxes.extend(states.iter().map(|(name, state)| state_box(name, state, depth, measure)));
    boxes.push(dot(Kind::End));
    let names: BTreeMap<&str, usize> =
        states.keys().enumerate().map(|(at, name)| (name.as_str(), at + 1)).collect();
    let drawn = lines(definition, states, &names);
    let width = |line: &Drawn| if line.label.is_empty() { 0.0 } else { measure(&line.label) };
    let (loops, drawn): (Vec<Drawn>, Vec<Drawn>) =
        drawn.into_iter().partition(|line| line.from == line.to);
    let beside = make_room(&mut boxes, &loops, width);
    let room = |at: usize| beside.get(&at).map_or(0.0, |room| room.width);
    let size = |(at, one): (usize, &Placement)| {
        (2.0f64.mul_add(room(at), one.rect.width), one.rect.height)
    };
    let sizes: Vec<(f64, f64)> = boxes.iter().enumerate().map(size).collect();
    let ends: Vec<(usize, usize)> = drawn.iter().map(|line| (line.from, line.to)).collect();
    let widths: Vec<f64> = drawn.iter().map(width).collect();
    let Placed { width: across, height, places, routes, labels } =
        layers::place(&sizes, &ends, &widths);
    for ((at, one), (x, y)) in boxes.iter_mut().enumerate().zip(places) {
        (one.rect.x, one.rect.y) = (x + room(at), y);
    }
    let mut edges: Vec<Edge> = drawn
        .into_iter()
        .zip(routes)
        .zip(labels)
        .map(|((Drawn { from, to, line, at, label }, points), label_at)| Edge {
            from,
            to,
            line,
            at,
            label,
            label_at,
            points,
        })
        .collect();
    edges.extend(go_round(&boxes, loops, width));
    Scope { width: across, height, boxes, edges }
}

/// What a box needs on either side for the lines that lead from it to itself.
#[derive(Default)]
struct Room {
    width: f64,
    lines: f64,
}

/// Makes boxes high enough for the lines that lead from them to themselves; by box, the room that those need.
fn make_room(
    boxes: &mut [Placement],
    loops: &[Drawn],
    width: impl Fn(&Drawn) -> f64,
) -> BTreeMap<usize, Room> {
    let mut rooms: BTreeMap<usize, Room> = BTreeMap::new();
    for line in loops {
        let room = rooms.entry(line.from).or_default();
        room.width = room.width.max(LOOP + LOOP_GAP + width(line));
        room.lines += 1.0;
    }
    for (at, room) in &rooms {
        if let Some(one) = boxes.get_mut(*at) {
            one.rect.height = one.rect.height.max(room.lines * LOOP_HEIGHT);
        }
    }
    rooms
}

/// Leads lines from a box to itself round its right side, one below the other, each with its label beside it.
fn go_round(boxes: &[Placement], loops: Vec<Drawn>, width: impl Fn(&Drawn) -> f64) -> Vec<Edge> {
    let mut counts: BTreeMap<usize, f64> = BTreeMap::new();
    for line in &loops {
        *counts.entry(line.from).or_default() += 1.0;
    }
    let mut seen: BTreeMap<usize, f64> = BTreeMap::new();
    let edge = |line: Drawn| {
        let rect = boxes.get(line.from)?.rect;
        let nth = seen.entry(line.from).or_default();
        *nth += 1.0;
        let count = counts.get(&line.from).copied().unwrap_or(1.0);
        let (right, out) = (rect.x + rect.width, rect.x + rect.width + LOOP);
        let y = rect.y + rect.height * (*nth - 0.5) / count;
        let points = vec![(right, y - 5.0), (out, y - 5.0), (out, y + 5.0), (right, y + 5.0)];
        let label_at = (!line.label.is_empty()).then(|| (out + LOOP_GAP + width(&line) / 2.0, y));
        let Drawn { from, to, line, at, label } = line;
        Some(Edge { from, to, line, at, label, label_at, points })
    };
    loops.into_iter().filter_map(edge).collect()
}

fn dot(kind: Kind) -> Placement {
    let rect = Rect { width: DOT, height: DOT, ..Rect::default() };
    Placement { name: String::new(), kind, rect, inner: Vec::new() }
}

fn state_box(name: &str, state: &Value, depth: usize, measure: Measure<'_>) -> Placement {
    let kind = state.get("Type").and_then(Value::as_str).unwrap_or_default();
    #[expect(clippy::cast_precision_loss, reason = "names are short")]
    let own = (name.chars().count() as f64 * LETTER + 2.0 * INSET).clamp(WIDTH_MIN, WIDTH_MAX);
    let parts: Vec<&Value> = match kind {
        _ if depth >= DEPTH_MAX => Vec::new(),
        "Parallel" => {
            state.get("Branches").and_then(Value::as_array).into_iter().flatten().collect()
        }
        "Map" => state.get("ItemProcessor").or_else(|| state.get("Iterator")).into_iter().collect(),
        _ => Vec::new(),
    };
    let (mut inner, mut x, mut deepest) = (Vec::new(), INSET, 0.0_f64);
    for part in parts {
        let scope = place(part, depth + 1, measure);
        let width = scope.width;
        deepest = deepest.max(scope.height);
        inner.push((x, HEAD, scope));
        x += width + INSET;
    }
    let (width, height) =
        if inner.is_empty() { (own, HEIGHT) } else { (own.max(x), HEAD + deepest + INSET) };
    // What is narrower than its name stands in the middle.
    let shift = (width - x).max(0.0) / 2.0;
    for (x, ..) in &mut inner {
        *x += shift;
    }
    let rect = Rect { width, height, ..Rect::default() };
    Placement { name: name.to_owned(), kind: Kind::State(kind.to_owned()), rect, inner }
}

/// The lines of a scope; what leads to a state that is not there is left out.
fn lines(
    definition: &Value,
    states: &Map<String, Value>,
    names: &BTreeMap<&str, usize>,
) -> Vec<Drawn> {
    let to = |value: Option<&Value>| value.and_then(Value::as_str).and_then(|name| names.get(name));
    let end = states.len() + 1;
    let mut drawn = Vec::new();
    let mut draw = |from: usize, to: Option<&usize>, (line, at): (Line, usize), label: String| {
        drawn.extend(to.map(|to| Drawn { from, to: *to, line, at, label }));
    };
    draw(0, to(definition.get("StartAt")), (Line::Next, 0), String::new());
    for (at, state) in states.values().enumerate() {
        let at = at + 1;
        let list = |name: &str| state.get(name).and_then(Value::as_array).into_iter().flatten();
        for (which, rule) in list("Choices").enumerate() {
            draw(at, to(rule.get("Next")), (Line::Rule, which), condition(rule));
        }
        draw(at, to(state.get("Default")), (Line::Default, 0), "Default".to_owned());
        draw(at, to(state.get("Next")), (Line::Next, 0), String::new());
        let ends = state.get("End") == Some(&Value::Bool(true));
        let kind = state.get("Type").and_then(Value::as_str);
        if ends || matches!(kind, Some("Succeed" | "Fail")) {
            draw(at, Some(&end), (Line::Next, 0), String::new());
        }
        for (which, catcher) in list("Catch").enumerate() {
            let errors = catcher.get("ErrorEquals").and_then(Value::as_array);
            let errors: Vec<&str> =
                errors.into_iter().flatten().filter_map(Value::as_str).collect();
            draw(at, to(catcher.get("Next")), (Line::Catch, which), errors.join(", "));
        }
    }
    drawn
}

/// A rule in few words: `$.n NumericGreaterThan 5`, or its expression.
fn condition(rule: &Value) -> String {
    if let Some(condition) = rule.get("Condition") {
        let text = condition.as_str().map_or_else(|| condition.to_string(), str::to_owned);
        let bare = text.trim().trim_start_matches("{%").trim_end_matches("%}");
        return bare.trim().to_owned();
    }
    let all = |name: &str, word: &str| {
        let rules = rule.get(name)?.as_array()?.iter().map(condition);
        Some(rules.collect::<Vec<_>>().join(word))
    };
    if let Some(text) = all("And", " and ").or_else(|| all("Or", " or ")) {
        return text;
    }
    if let Some(inner) = rule.get("Not") {
        return format!("not ({})", condition(inner));
    }
    let variable = rule.get("Variable").and_then(Value::as_str).unwrap_or_default();
    let members = rule.as_object().into_iter().flatten();
    let compared = members
        .filter(|(name, _)| !matches!(name.as_str(), "Variable" | "Next" | "Comment" | "Assign"))
        .map(|(name, value)| format!("{name} {value}"));
    format!("{variable} {}", compared.collect::<Vec<_>>().join(" ")).trim().to_owned()
}

/// Puts a scope into the picture, its upper left corner at `x`, `y`.
pub fn put(
    scope: Scope,
    (x, y): (f64, f64),
    (parent, branch): (Option<usize>, usize),
    picture: &mut Layout,
) {
    let mut places = Vec::with_capacity(scope.boxes.len());
    for one in scope.boxes {
        let at = picture.nodes.len();
        places.push(at);
        let rect = Rect { x: one.rect.x + x, y: one.rect.y + y, ..one.rect };
        picture.nodes.push(Node { name: one.name, kind: one.kind, rect, parent, branch });
        for (branch, (left, top, inner)) in one.inner.into_iter().enumerate() {
            put(inner, (rect.x + left, rect.y + top), (Some(at), branch), picture);
        }
    }
    for edge in scope.edges {
        let (Some(from), Some(to)) = (places.get(edge.from), places.get(edge.to)) else { continue };
        let points = edge.points.iter().map(|(left, top)| (left + x, top + y)).collect();
        let label_at = edge.label_at.map(|(left, top)| (left + x, top + y));
        picture.edges.push(Edge { from: *from, to: *to, points, label_at, ..edge });
    }
}
