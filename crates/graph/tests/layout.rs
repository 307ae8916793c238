//! What holds for every picture: boxes do not overlap, what is within a box stays there, lines lead
//! from box to box, and a large machine is laid out in no time.

#![allow(
    clippy::indexing_slicing,
    clippy::expect_used,
    clippy::print_stderr,
    reason = "a test fails by a panic, and tells what it skipped"
)]

use cloudarium_graph::{Kind, LABEL_HEIGHT, Layout, Line, Rect, label_width, layout};
use serde_json::{Value, json};

fn check(what: &str, picture: &Layout) {
    let whole = Rect { x: 0.0, y: 0.0, width: picture.width + 0.01, height: picture.height + 0.01 };
    for (at, node) in picture.nodes.iter().enumerate() {
        let around = node.parent.map_or(whole, |parent| picture.nodes[parent].rect);
        assert!(around.holds(&node.rect), "{what}: {node:?} is not within {around:?}");
        let beside = picture.nodes[at + 1..].iter().filter(|other| other.parent == node.parent);
        for other in beside {
            assert!(!node.rect.overlaps(&other.rect), "{what}: {node:?} and {other:?}");
        }
    }
    let labels: Vec<(Option<usize>, Rect)> = picture
        .edges
        .iter()
        .filter_map(|edge| {
            let ((x, y), width) = (edge.label_at?, label_width(&edge.label));
            let rect =
                Rect { x: x - width / 2.0, y: y - LABEL_HEIGHT / 2.0, width, height: LABEL_HEIGHT };
            Some((picture.nodes[edge.from].parent, rect))
        })
        .collect();
    for (at, (parent, label)) in labels.iter().enumerate() {
        for node in picture.nodes.iter().filter(|node| node.parent == *parent) {
            assert!(!label.overlaps(&node.rect), "{what}: a label covers {node:?}");
        }
        let beside = labels[at + 1..].iter().filter(|(other, _)| other == parent);
        for (_, other) in beside {
            assert!(!label.overlaps(other), "{what}: a label covers another");
        }
    }
    for edge in &picture.edges {
        assert_eq!(edge.label_at.is_some(), !edge.label.is_empty(), "{what}: {edge:?}");
        let (from, to) = (&picture.nodes[edge.from], &picture.nodes[edge.to]);
        assert_eq!(from.parent, to.parent, "{what}: a line leaves its box");
        assert!(edge.points.len() >= 2, "{what}: {edge:?}");
        let touches = |rect: &Rect, (x, y): (f64, f64)| {
            let grown = Rect {
                x: rect.x - 0.01,
                y: rect.y - 0.01,
                width: rect.width + 0.02,
                height: rect.height + 0.02,
            };
            grown.holds(&Rect { x, y, width: 0.0, height: 0.0 })
        };
        assert!(touches(&from.rect, edge.points[0]), "{what}: {edge:?} from {from:?}");
        assert!(
            touches(&to.rect, *edge.points.last().expect("points")),
            "{what}: {edge:?} to {to:?}"
        );
    }
}

fn nested() -> Value {
    json!({"StartAt": "Ask", "States": {
        "Ask": {"Type": "Choice", "Default": "All",
            "Choices": [{"Variable": "$.n", "NumericGreaterThan": 5, "Next": "Each"},
                {"Not": {"Variable": "$.a", "IsPresent": true}, "Next": "Ask again"}]},
        "Ask again": {"Type": "Pass", "Next": "Ask"},
        "All": {"Type": "Parallel", "End": true,
            "Catch": [{"ErrorEquals": ["A", "B"], "Next": "Broken"}],
            "Branches": [
                {"StartAt": "X", "States": {"X": {"Type": "Pass", "Next": "Y"}, "Y": {"Type": "Pass", "End": true}}},
                {"StartAt": "Z", "States": {"Z": {"Type": "Map", "End": true, "ItemProcessor":
                    {"StartAt": "In", "States": {"In": {"Type": "Wait", "Seconds": 1, "End": true}}}}}}]},
        "Each": {"Type": "Pass", "Next": "All"},
        "Broken": {"Type": "Fail"}}})
}

#[test]
fn what_is_nested_stands_within() {
    let picture = layout(&nested());
    check("nested", &picture);
    let place =
        |name: &str| picture.nodes.iter().position(|node| node.name == name).expect("a state");
    assert_eq!(picture.nodes[place("In")].parent, Some(place("Z")));
    assert_eq!(picture.nodes[place("Z")].parent, Some(place("All")));
    assert_eq!(picture.nodes.iter().filter(|node| node.kind == Kind::Start).count(), 4);
    // Each stands below what leads to it, except where a line leads back.
    assert!(picture.nodes[place("Each")].rect.y > picture.nodes[place("Ask")].rect.y);
    assert!(picture.nodes[place("All")].rect.y > picture.nodes[place("Each")].rect.y);
}

#[test]
fn lines_say_what_they_mean() {
    let picture = layout(&nested());
    let labels: Vec<(Line, &str)> = picture
        .edges
        .iter()
        .filter(|edge| edge.line != Line::Next)
        .map(|edge| (edge.line, edge.label.as_str()))
        .collect();
    let expected = [
        (Line::Rule, "$.n NumericGreaterThan 5"),
        (Line::Rule, "not ($.a IsPresent true)"),
        (Line::Default, "Default"),
        (Line::Catch, "A, B"),
    ];
    assert_eq!(labels, expected);
}

#[test]
fn rules_that_lead_to_the_same_state_have_labels_of_their_own() {
    let rule = |n: u32, to: &str| json!({"Variable": "$.n", "NumericGreaterThan": n, "Next": to});
    let end = json!({"Type": "Pass", "End": true});
    // Down, back up, and to itself; with a Default that leads there as well.
    for (choices, to) in
        [(2, "Below"), (5, "Below"), (2, "Above"), (3, "Above"), (2, "Ask"), (4, "Ask")]
    {
        let rules: Vec<Value> = (0..choices).map(|n| rule(n * 1000, to)).collect();
        let definition = json!({"StartAt": "Above", "States": {
            "Above": {"Type": "Pass", "Next": "Ask"},
            "Ask": {"Type": "Choice", "Choices": rules, "Default": to},
            "Below": end}});
        let picture = layout(&definition);
        check(&format!("{choices} rules to {to}"), &picture);
        let labels = picture.edges.iter().filter(|edge| edge.label_at.is_some());
        assert_eq!(labels.count(), choices as usize + 1);
    }
    // A state that is caught by itself, within a box.
    let caught = json!({"Type": "Task", "Next": "Do", "Catch": [{"ErrorEquals": ["A"], "Next": "Do"}, {"ErrorEquals": ["B"], "Next": "Do"}]});
    let inner = json!({"StartAt": "Do", "States": {"Do": caught}});
    let definition = json!({"StartAt": "Map", "States": {"Map": {"Type": "Map", "End": true, "ItemProcessor": inner}}});
    check("within a box", &layout(&definition));
}

#[test]
fn what_is_not_finished_is_drawn_as_far_as_it_goes() {
    for definition in [
        json!(null),
        json!({}),
        json!({"StartAt": "Nope", "States": {}}),
        json!({"States": {"A": {}, "B": {"Type": "Pass", "Next": "Gone"}, "C": 7}}),
        json!({"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "A"}}}),
        json!({"StartAt": "A", "States": {"A": {"Type": "Map"}, "B": {"Type": "Parallel", "Branches": 3}}}),
    ] {
        check(&definition.to_string(), &layout(&definition));
    }
}

#[test]
fn machines_of_every_shape_do_not_overlap() {
    let mut seed = 7_u64;
    let mut draw = |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    };
    for round in 0..200 {
        let count = 2 + draw(40);
        let mut states = serde_json::Map::new();
        for at in 0..count {
            let next = |draw: &mut dyn FnMut(u64) -> u64| format!("State {}", draw(count));
            let state = match draw(5) {
                0 => json!({"Type": "Choice", "Default": next(&mut draw),
                    "Choices": [{"Variable": "$.a", "IsNull": true, "Next": next(&mut draw)}]}),
                1 => json!({"Type": "Succeed"}),
                2 => json!({"Type": "Task", "Next": next(&mut draw),
                    "Catch": [{"ErrorEquals": ["States.ALL"], "Next": next(&mut draw)}]}),
                3 => json!({"Type": "Map", "Next": next(&mut draw), "ItemProcessor": nested()}),
                _ => json!({"Type": "Pass", "Next": next(&mut draw)}),
            };
            states.insert(format!("State {at}"), state);
        }
        let definition = json!({"StartAt": "State 0", "States": states});
        check(&format!("round {round}"), &layout(&definition));
    }
}

#[test]
fn recorded_machines_do_not_overlap() {
    let root = std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let name = "shared/conformance/stepfunctions/executions.json";
    let found = root.ancestors().map(|above| above.join(name)).find(|path| path.is_file());
    let Some(path) = found else {
        return eprintln!("skipped: {name} is not beside the project");
    };
    let text = std::fs::read_to_string(path).expect("it can be read");
    let cases: Vec<Value> = serde_json::from_str(&text).expect("JSON");
    for case in &cases {
        check(&case["id"].to_string(), &layout(&case["definition"]));
    }
}

#[test]
fn nesting_without_end_is_no_harm() {
    let mut inner = json!({"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}});
    for depth in 0..100 {
        let name = format!("M{depth}");
        inner = json!({"StartAt": name, "States": {name.clone(): {"Type": "Map", "End": true, "ItemProcessor": inner}}});
    }
    check("deep", &layout(&inner));
}
