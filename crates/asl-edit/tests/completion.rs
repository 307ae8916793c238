//! What is offered where: `|` is the cursor.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by a panic"
)]

use cloudarium_asl_edit::complete::{self, Field, Kind, Sample};
use cloudarium_asl_edit::fresh::Language::{JsonPath, Jsonata};
use serde_json::{Value, json};

fn sample() -> Sample {
    let variables = json!({ "total": 12 });
    Sample {
        input: json!({ "orderId": "10024", "total": 88.0, "items": [{ "sku": "pen", "unit price": 2 }] }),
        result: Some(json!({ "Payload": { "id": "ch-7c1" } })),
        context: json!({ "Execution": { "Id": "arn" } }),
        variables: match variables {
            Value::Object(members) => members,
            _ => panic!("an object"),
        },
    }
}

/// The labels that are offered, and the text once the first is taken.
fn offered(text: &str, field: Field, jsonata: bool) -> (Vec<String>, String) {
    let cursor = text.find('|').expect("a cursor");
    let text = text.replace('|', "");
    let language = if jsonata { Jsonata } else { JsonPath };
    let Some(found) = complete::at((&text, cursor), field, language, &sample()) else {
        return (Vec::new(), text);
    };
    let first = &found.items[0].insert;
    let taken = format!("{}{first}{}", &text[..found.from], &text[found.to..]);
    (found.items.into_iter().map(|item| item.label).collect(), taken)
}

#[test]
fn a_path_has_the_keys_of_the_sample() {
    let (labels, text) = offered("$.|", Field::Path, false);
    assert_eq!(
        (labels, text.as_str()),
        (vec!["orderId".into(), "total".into(), "items".into()], "$.orderId")
    );
    assert_eq!(offered("$.items[0].|", Field::Path, false).0, ["sku", "unit price"]);
    assert_eq!(offered("$.or|", Field::Path, false).1, "$.orderId");
    assert_eq!(offered("$$.|", Field::Path, false).0, ["Execution"]);
    assert_eq!(offered("$$.Execution.|", Field::Path, false).0, ["Id"]);
    assert_eq!(offered("States.Array|", Field::Path, false).0.len(), 7);
    assert_eq!(
        offered("States.Format('{}', $.t|", Field::Path, false).1,
        "States.Format('{}', $.total"
    );
    let (all, _) = offered("|", Field::Path, false);
    assert_eq!(all.get(..3), Some(&["$".to_owned(), "$$".into(), "$total".into()][..]));
    assert_eq!(offered("$.nothing.|", Field::Path, false).0, [""; 0]);
}

#[test]
fn an_expression_has_the_same_and_functions() {
    let (labels, text) = offered("{% $states.input.t| %}", Field::Expression, true);
    assert_eq!((labels, text.as_str()), (vec!["total".into()], "{% $states.input.total %}"));
    assert_eq!(
        offered("{% $states.| %}", Field::Expression, true).0,
        ["input", "context", "result"]
    );
    assert_eq!(offered("{% $states.result.Payload.| %}", Field::Expression, true).0, ["id"]);
    assert_eq!(
        offered("{% $states.input.items.u| %}", Field::Expression, true).1,
        "{% $states.input.items.`unit price` %}"
    );
    assert_eq!(
        offered("{% $su| %}", Field::Expression, true).0,
        ["$substring", "$substringAfter", "$substringBefore", "$sum"]
    );
    assert_eq!(offered("{% $sum($tot| %}", Field::Expression, true).1, "{% $sum($total %}");
    assert_eq!(offered("|", Field::Expression, true).1, "{% $states.input %}");
    assert_eq!(offered("{% 'a $st| %}", Field::Expression, true).0, [""; 0], "within a text");
    assert_eq!(offered("{% 1 %} |", Field::Expression, true).0, [""; 0], "behind it");
}

#[test]
fn json_has_them_in_its_strings() {
    let text = "{\n  \"a\": \"{% $states.input.o| %}\"}";
    assert_eq!(offered(text, Field::Json, true).1, text.replace("o|", "orderId"));
    assert_eq!(offered("{\"a.$\": \"$.t|\"}", Field::Json, false).1, "{\"a.$\": \"$.total\"}");
    assert_eq!(offered("{\"a\": \"$.t|\"}", Field::Json, false).0, [""; 0], "no path without .$");
    assert_eq!(offered("{\"a|\": 1}", Field::Json, true).0, [""; 0], "a name");
    assert_eq!(
        offered("[\"x\", \"{% $tot| %}\"]", Field::Json, true).1,
        "[\"x\", \"{% $total %}\"]"
    );
    assert_eq!(offered("{\"a\": |}", Field::Json, true).0, [""; 0]);
}

#[test]
fn values_are_told_in_few_letters() {
    let found = complete::at(("$.", 2), Field::Path, JsonPath, &sample()).expect("keys");
    let details: Vec<&str> = found.items.iter().map(|item| item.detail.as_str()).collect();
    assert_eq!(details, ["\"10024\"", "88.0", "[1]"]);
    assert!(found.items.iter().all(|item| item.kind == Kind::Key));
}
