//! Over all definitions that lie beside the project, and our own examples: an edit that is taken back leaves the text as it was
//! written, and what an edit does not touch stays byte for byte.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a test fails by a panic, and tells what it skipped"
)]

use std::collections::BTreeSet;
use std::path::PathBuf;

use cloudarium_asl_edit::draft::{Draft, inline, pretty};
use cloudarium_asl_edit::fresh::{self, KINDS, Language};
use cloudarium_asl_edit::place::{Found, Place, Way, places};
use cloudarium_asl_edit::wrap::{Around, ends, unwrap, wrap};
use cloudarium_asl_edit::{Refusal, fields, query, states};
use serde_json::{Value, json};

/// A file of `../shared/conformance`; nothing, and a line that says so, if it is not there.
fn recorded(name: &str) -> Option<Value> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let name = format!("shared/conformance/stepfunctions/{name}.json");
    let found = root.ancestors().map(|above| above.join(&name)).find(|path| path.is_file());
    if found.is_none() {
        eprintln!("skipped: {name} is not beside the project");
    }
    found.map(|path| {
        let text = std::fs::read_to_string(path).expect("it can be read");
        serde_json::from_str(&text).expect("JSON")
    })
}

/// The examples of the page, and those of the lessons.
fn own() -> Vec<String> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut texts = Vec::new();
    let source = std::fs::read_to_string(root.join("web/src/state/states/blueprints.rs"));
    for part in source.expect("the examples").split("definition: r#\"").skip(1) {
        texts.push(part.split("\"#").next().expect("an end").to_owned());
    }
    assert!(texts.len() >= 7, "the page's examples were not found");
    let mut folders = vec![root.join("lessons")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("lessons") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.to_string_lossy().ends_with(".asl.json") {
                texts.push(std::fs::read_to_string(path).expect("it can be read"));
            }
        }
    }
    texts
}

/// Every definition, as it was sent and in the ways in which people lay JSON out.
fn definitions() -> Vec<String> {
    let mut texts = own();
    let files = ["executions", "task_executions", "test_state", "validate_definition"];
    for file in files.into_iter().chain(["invalid_definitions"]) {
        for case in recorded(file).as_ref().and_then(Value::as_array).into_iter().flatten() {
            let found = case.get("definition").or_else(|| case.pointer("/args/definition"));
            let raw = case.get("definition_raw").and_then(Value::as_str);
            texts.extend(raw.map(str::to_owned));
            let Some(definition) = found.filter(|one| one.get("States").is_some()) else {
                continue;
            };
            // Each in one of them, and the files together in all.
            texts.push(match texts.len() % 4 {
                0 => pretty(definition, "  "),
                1 => definition.to_string(),
                2 => inline(definition, " "),
                _ => pretty(definition, "\t").replace("\": ", "\" :  "),
            });
        }
    }
    texts.sort();
    texts.dedup();
    texts
}

/// Definitions in which edits make sense: names are unique, and what is led to is there.
fn sound() -> Vec<String> {
    let is_sound = |text: &String| {
        let Ok(draft) = Draft::of(text) else { return false };
        let names = draft.names();
        let all: BTreeSet<&String> = names.iter().collect();
        let whole = all.len() == names.len() && !names.is_empty();
        let well_led = names.iter().all(|name| {
            let found = draft.find(name).expect("it is named");
            let is_object = draft.value(&found.state).is_object();
            let there =
                |to: &Option<String>| to.as_ref().is_none_or(|to| found.states().get(to).is_some());
            let known = KINDS.contains(&draft.kind(&found.state).as_str());
            is_object && known && draft.ways(&found.state).iter().all(|(_, to)| there(to))
        });
        let starts = draft.string_of(&draft.whole, "StartAt");
        whole && well_led && starts.is_some_and(|start| all.contains(&start))
    };
    let mut texts = definitions();
    texts.retain(is_sound);
    texts
}

fn names(text: &str) -> Vec<String> {
    Draft::of(text).expect("JSON").names()
}

fn value(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

/// The members of states that an edit has no business with are written as before.
fn untouched(before: &str, after: &str, touched: &[&str]) {
    for name in names(before) {
        if touched.contains(&name.as_str()) {
            continue;
        }
        let draft = Draft::of(before).expect("JSON");
        let within = draft.find(&name).expect("it is there").state;
        let either = |one: &str| {
            draft.find(one).is_ok_and(|Found { state, .. }| {
                let holds = within.from < state.from && state.to < within.to;
                holds || (state.from < within.from && within.to < state.to)
            })
        };
        if touched.iter().any(|one| either(one)) {
            continue;
        }
        let written = states::written(before, &name).expect("it is there");
        assert_eq!(states::written(after, &name).as_ref(), Ok(&written), "{name} in\n{after}");
    }
}

#[test]
fn there_are_definitions() {
    let (all, sound) = (definitions().len(), sound().len());
    eprintln!("{all} texts, {sound} of them sound");
    assert!(sound >= 7);
    if recorded("executions").is_some() {
        assert!(sound > 400, "{sound}");
    }
}

#[test]
fn what_is_not_edited_is_byte_for_byte_the_same() {
    for text in definitions() {
        match Draft::of(&text) {
            Ok(draft) => assert_eq!(draft.done().as_ref(), Ok(&text)),
            Err(refused) => assert!(matches!(refused, Refusal::NotJson(_))),
        }
    }
}

#[test]
fn a_field_that_is_set_and_set_back_leaves_the_text_as_it_was() {
    for text in sound() {
        for name in names(&text) {
            let state = Some(name.as_str());
            let kind = fields::value(&text, state, "/Type").expect("a type");
            let changed = fields::set(&text, state, "/Type", &json!("Other")).expect("it can be");
            assert_ne!(changed, text);
            untouched(&text, &changed, &[&name]);
            assert_eq!(fields::set(&changed, state, "/Type", &kind).as_ref(), Ok(&text));
            // As it is written: whole values come back, too.
            let members = fields::value(&text, state, "").expect("a state");
            for field in members.as_object().expect("an object").keys() {
                let pointer = cloudarium_asl_edit::tree::step(field);
                let written = fields::written(&text, state, &pointer).expect("a field");
                let changed = fields::set(&text, state, &pointer, &json!({"x": [1]}));
                let back =
                    fields::set_written(&changed.expect("it can be"), state, &pointer, &written);
                assert_eq!(back.as_ref(), Ok(&text), "{field} of {name}");
            }
            if members.get("Comment").is_none() {
                let more = fields::set(&text, state, "/Comment", &json!("new")).expect("it can be");
                assert_eq!(fields::unset(&more, state, "/Comment").as_ref(), Ok(&text));
            }
        }
    }
}

#[test]
fn a_name_that_is_changed_and_changed_back_leaves_the_text_as_it_was() {
    for text in sound() {
        for name in names(&text) {
            let renamed = states::rename(&text, &name, "Quite another").expect("it can be").text;
            assert!(!names(&renamed).contains(&name));
            let draft = Draft::of(&renamed).expect("JSON");
            let scope = draft.find("Quite another").expect("it is there").scope;
            let before = Draft::of(&text).expect("JSON");
            let old = before.find(&name).expect("it is there").scope;
            let reached = before.reached(&old).len();
            assert_eq!(draft.reached(&scope).len(), reached, "all is led to as before");
            let back = states::rename(&renamed, "Quite another", &name).expect("it can be").text;
            assert_eq!(back, text);
        }
        if let [first, second, ..] = names(&text).as_slice() {
            let taken = states::rename(&text, first, second);
            assert_eq!(taken, Err(Refusal::NameTaken(second.clone())));
        }
    }
}

#[test]
fn what_is_put_in_and_taken_out_leaves_the_text_as_it_was() {
    let mut put = 0;
    for text in sound() {
        for place in places(&text) {
            for kind in KINDS {
                let state = fresh::state(kind, Language::JsonPath);
                let ends = matches!(kind, "Succeed" | "Fail");
                let at = Draft::of(&text).expect("JSON").target(&place);
                let edited = match states::insert(&text, &place, kind, &state) {
                    Ok(edited) => edited,
                    Err(Refusal::CutsOff(_)) if ends => continue,
                    Err(refused) => panic!("{kind} at {place:?}: {refused}\n{text}"),
                };
                let new = edited.state.expect("it has a name");
                let touched = match &place {
                    Place::On { state, .. } => vec![state.as_str(), new.as_str()],
                    Place::Start(at) => {
                        at.state.as_deref().into_iter().chain([new.as_str()]).collect()
                    }
                };
                untouched(&text, &edited.text, &touched);
                put += 1;
                if (kind == "Choice" && at == Ok(None)) || matches!(place, Place::Start(_)) && ends
                {
                    continue;
                }
                if ends && (at != Ok(None) || !matches!(place, Place::On { way: Way::Next, .. })) {
                    continue;
                }
                let back = states::delete(&edited.text, &new).expect("it can be");
                assert_eq!(back.text, text, "{kind} at {place:?}");
            }
        }
    }
    assert!(put > 100);
}

#[test]
fn what_is_wrapped_and_unwrapped_means_the_same() {
    let mut wrapped = 0;
    for text in sound() {
        for first in names(&text) {
            for last in ends(&text, &first) {
                for around in [Around::Parallel, Around::Map] {
                    let edited = wrap(&text, &first, &last, around).expect("it can be");
                    let name = edited.state.expect("it has a name");
                    assert!(fields::value(&edited.text, Some(&name), "/Type").is_some());
                    wrapped += 1;
                    let ends_all =
                        fields::value(&text, Some(&last), "/Type") == Some(json!("Succeed"));
                    let back = match unwrap(&edited.text, &name) {
                        Ok(back) => back,
                        Err(Refusal::EndsElsewhere(_)) if ends_all => continue,
                        Err(refused) => panic!("{refused}\n{}", edited.text),
                    };
                    assert_eq!(value(&back.text), value(&text), "{first} to {last}");
                }
            }
        }
    }
    assert!(wrapped > 20);
}

#[test]
fn a_state_that_is_moved_is_led_to_and_leads_on() {
    let mut moved = 0;
    for text in sound() {
        let all = names(&text);
        for name in all.iter().take(6) {
            for place in places(&text).into_iter().take(12) {
                let Ok(edited) = states::move_to(&text, name, &place) else { continue };
                moved += 1;
                let draft = Draft::of(&edited.text).expect("JSON");
                let mut now = draft.names();
                let mut before = all.clone();
                now.sort();
                before.sort();
                assert_eq!(now, before, "no state is lost");
                assert_eq!(draft.target(&place).expect("the place"), Some(name.clone()));
            }
        }
    }
    assert!(moved > 10);
}

#[test]
fn a_copy_has_names_of_its_own() {
    for text in sound() {
        for name in names(&text) {
            match states::duplicate(&text, &name) {
                Ok(edited) => {
                    let copy = edited.state.expect("it has a name");
                    let all = names(&edited.text);
                    let unique: BTreeSet<&String> = all.iter().collect();
                    assert_eq!(unique.len(), all.len());
                    let back = states::delete(&edited.text, &copy).expect("it can be");
                    assert_eq!(back.text, text, "{name}");
                }
                Err(refused) => assert_eq!(refused, Refusal::NothingFollows(name)),
            }
        }
    }
}

#[test]
fn a_type_or_a_language_that_is_changed_leaves_the_other_states_alone() {
    for text in sound() {
        for name in names(&text).into_iter().take(4) {
            for kind in KINDS {
                match fields::change_type(&text, &name, kind) {
                    Ok(edited) => {
                        let now = fields::value(&edited.text, Some(&name), "/Type");
                        assert_eq!(now, Some(json!(kind)));
                        untouched(&text, &edited.text, &[&name]);
                    }
                    Err(refused) => assert_eq!(refused, Refusal::CannotEnd(name.clone())),
                }
            }
            for language in [Language::Jsonata, Language::JsonPath] {
                let edited = query::change(&text, Some(&name), language).expect("it can be");
                assert_eq!(fields::language(&edited.text, Some(&name)), language);
                untouched(&text, &edited.text, &[&name]);
            }
        }
    }
}

#[test]
fn a_text_that_does_not_parse_is_told_and_stays() {
    for text in ["", "{", "{\"States\": }", "nothing", "{\"States\": {}} x", "[1,]"] {
        let place = Place::Start(cloudarium_asl_edit::ScopeAt::default());
        let refused =
            states::insert(text, &place, "Pass", &fresh::state("Pass", Language::JsonPath));
        assert!(matches!(refused, Err(Refusal::NotJson(_))), "{text}: {refused:?}");
        assert!(matches!(states::delete(text, "A"), Err(Refusal::NotJson(_))));
        assert!(places(text).is_empty());
    }
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(matches!(Draft::of(&deep), Err(Refusal::NotJson(_))));
}
