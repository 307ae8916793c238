//! Changes of a definition made by buttons, as changes of its text: what they do not touch stays as it was written.

use serde_json::{Value, json};

/// A value in a text: from where to where, and what lies in it.
#[derive(Debug, Clone)]
struct Span {
    from: usize,
    to: usize,
    /// Members of an object: name, where the name begins, value.
    members: Vec<(String, usize, Span)>,
    items: Vec<Span>,
}

impl Span {
    fn member(&self, name: &str) -> Option<&(String, usize, Span)> {
        self.members.iter().find(|(of, ..)| of == name)
    }

    fn get(&self, name: &str) -> Option<&Self> {
        self.member(name).map(|(_, _, value)| value)
    }
}

/// Reads where everything stands in a text that is known to be JSON.
struct Reader<'a> {
    text: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn skip(&mut self) {
        while self
            .text
            .get(self.at)
            .is_some_and(|byte| byte.is_ascii_whitespace() || matches!(byte, b',' | b':'))
        {
            self.at += 1;
        }
    }

    fn string(&mut self) -> (usize, usize) {
        let from = self.at;
        self.at += 1;
        while let Some(byte) = self.text.get(self.at) {
            self.at += if *byte == b'\\' { 2 } else { 1 };
            if *byte == b'"' {
                break;
            }
        }
        (from, self.at)
    }

    fn value(&mut self) -> Span {
        self.skip();
        let from = self.at;
        let (mut members, mut items) = (vec![], vec![]);
        match self.text.get(from) {
            Some(b'{') => {
                self.at += 1;
                while self.inside(b'}') {
                    let (start, end) = self.string();
                    let name = self
                        .text
                        .get(start..end)
                        .and_then(|name| serde_json::from_slice(name).ok());
                    let value = self.value();
                    members.push((name.unwrap_or_default(), start, value));
                }
            }
            Some(b'[') => {
                self.at += 1;
                while self.inside(b']') {
                    items.push(self.value());
                }
            }
            Some(b'"') => drop(self.string()),
            _ => {
                let ends =
                    |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b',' | b'}' | b']');
                while self.text.get(self.at).is_some_and(|byte| !ends(byte)) {
                    self.at += 1;
                }
            }
        }
        Span { from, to: self.at, members, items }
    }

    /// Whether something comes before the end of an object or a list; the end is read.
    fn inside(&mut self, end: u8) -> bool {
        self.skip();
        let more = self.text.get(self.at).is_some_and(|byte| *byte != end);
        self.at += usize::from(!more);
        more
    }
}

/// A text in the place of another.
type Change = (usize, usize, String);

/// A definition that is changed.
struct Editing<'a> {
    text: &'a str,
    whole: Span,
    changes: Vec<Change>,
}

impl<'a> Editing<'a> {
    /// Nothing for what is no JSON.
    fn of(text: &'a str) -> Option<Self> {
        serde_json::from_str::<Value>(text).ok()?;
        let whole = Reader { text: text.as_bytes(), at: 0 }.value();
        Some(Self { text, whole, changes: vec![] })
    }

    /// The part of the definition whose `States` has a state of this name.
    fn scope(&self, name: &str) -> Option<Span> {
        fn within(span: &Span, name: &str) -> Option<Span> {
            let states = span.get("States")?;
            if states.get(name).is_some() {
                return Some(span.clone());
            }
            let inner = |state: &Span| {
                let parts = state.get("Branches").into_iter().flat_map(|branches| &branches.items);
                let parts = parts.chain(state.get("ItemProcessor")).chain(state.get("Iterator"));
                parts.clone().find_map(|part| within(part, name))
            };
            states.members.iter().find_map(|(_, _, state)| inner(state))
        }
        within(&self.whole, name)
    }

    fn read(&self, span: &Span) -> Value {
        self.text
            .get(span.from..span.to)
            .and_then(|text| serde_json::from_str(text).ok())
            .unwrap_or_default()
    }

    fn replace(&mut self, span: &Span, value: &Value) {
        self.changes.push((span.from, span.to, value.to_string()));
    }

    /// How far in the line is in which a place stands.
    fn indentation(&self, at: usize) -> &'a str {
        let line =
            self.text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1);
        let rest = self.text.get(line..at).unwrap_or_default();
        rest.get(..rest.len() - rest.trim_start().len()).unwrap_or_default()
    }

    /// A member after the last of an object, laid out as that is.
    fn add(&mut self, object: &Span, name: &str, value: &Value) {
        let Some((_, start, last)) = object.members.last() else { return };
        let (start, end) = (*start, last.to);
        let name = Value::from(name);
        let in_lines =
            self.text.get(object.from..start).is_some_and(|before| before.contains('\n'));
        let text = if in_lines {
            let space = self.indentation(start);
            let laid_out = serde_json::to_string_pretty(value)
                .unwrap_or_default()
                .replace('\n', &format!("\n{space}"));
            format!(",\n{space}{name}: {laid_out}")
        } else {
            format!(", {name}: {value}")
        };
        self.changes.push((end, end, text));
    }

    /// Takes a member out, with the comma and the space that belong to it.
    fn remove(&mut self, object: &Span, name: &str) {
        let Some(at) = object.members.iter().position(|(of, ..)| of == name) else { return };
        let Some((_, start, value)) = object.members.get(at) else { return };
        let before = at.checked_sub(1).and_then(|before| object.members.get(before));
        let change = match (before, object.members.get(at + 1)) {
            (Some((_, _, before)), _) => (before.to, value.to, String::new()),
            (None, Some((_, next, _))) => (*start, *next, String::new()),
            (None, None) => (*start, value.to, String::new()),
        };
        self.changes.push(change);
    }

    /// The text with all changes, the last first so that places stay.
    fn done(mut self) -> Option<String> {
        self.changes.sort_by_key(|(from, to, _)| (*from, *to));
        let mut text = self.text.to_owned();
        for (from, to, new) in self.changes.iter().rev() {
            text.replace_range(*from..*to, new);
        }
        serde_json::from_str::<Value>(&text).ok().map(|_| text)
    }
}

/// A state of this type to begin with.
fn fresh(kind: &str, next: Option<&Value>) -> Value {
    let mut state = json!({ "Type": kind });
    let more = match kind {
        "Wait" => json!({ "Seconds": 10 }),
        "Fail" => json!({ "Error": "Failed", "Cause": "Says why." }),
        "Task" => json!({ "Resource": "arn:aws:states:::aws-sdk:s3:listBuckets" }),
        "Parallel" => json!({ "Branches": [alone()] }),
        "Map" => json!({ "ItemProcessor": alone() }),
        "Choice" => json!({ "Choices": [] }),
        _ => json!({}),
    };
    if let (Some(members), Some(more)) = (state.as_object_mut(), more.as_object()) {
        members.extend(more.clone());
        if !matches!(kind, "Succeed" | "Fail") {
            match next {
                Some(next) => members.insert("Next".into(), next.clone()),
                None => members.insert("End".into(), true.into()),
            };
        }
    }
    state
}

/// A branch or a processor with one state.
fn alone() -> Value {
    json!({ "StartAt": "Do it", "States": { "Do it": { "Type": "Pass", "End": true } } })
}

/// Types of states that can be put after another.
pub const KINDS: [&str; 7] = ["Pass", "Wait", "Task", "Parallel", "Map", "Succeed", "Fail"];

/// A name that no state has.
fn free_name(definition: &Value, kind: &str) -> String {
    let taken = super::all_states(definition);
    let names =
        std::iter::once(kind.to_owned()).chain((2..).map(|count| format!("{kind} {count}")));
    names.into_iter().find(|name| !taken.contains(name)).unwrap_or_default()
}

/// Puts a new state behind one: the text, and the new state's name. Nothing where no state can follow.
pub fn insert_after(text: &str, name: &str, kind: &str) -> Option<(String, String)> {
    let definition: Value = serde_json::from_str(text).ok()?;
    let mut editing = Editing::of(text)?;
    let scope = editing.scope(name)?;
    let states = scope.get("States")?;
    let state = states.get(name)?;
    let (next, ends) = (state.get("Next"), state.member("End"));
    let new = free_name(&definition, kind);
    let follows = next.map(|next| editing.read(next));
    match (next, ends) {
        (Some(next), _) => editing.replace(next, &new.clone().into()),
        (None, Some((_, start, value))) => editing.changes.push((
            *start,
            value.to,
            format!("\"Next\": {}", Value::from(new.as_str())),
        )),
        (None, None) => return None,
    }
    editing.add(states, &new, &fresh(kind, follows.as_ref()));
    editing.done().map(|text| (text, new))
}

/// Takes a state out: what led to it leads to what it led to. Nothing if it is the only one, or leads more than one way.
pub fn delete(text: &str, name: &str) -> Option<String> {
    let mut editing = Editing::of(text)?;
    let scope = editing.scope(name)?;
    let states = scope.get("States")?.clone();
    let state = states.get(name)?;
    let next = state.get("Next").map(|next| editing.read(next));
    if states.members.len() < 2 || state.get("Choices").is_some() {
        return None;
    }
    if let Some(start) = scope.get("StartAt").filter(|start| editing.read(start) == name) {
        editing.replace(start, next.as_ref()?);
    }
    for (other, _, state) in states.members.iter().filter(|(other, ..)| other != name) {
        if next.as_ref().is_some_and(|next| next == other.as_str())
            && state.get("Next").is_some_and(|to| editing.read(to) == name)
        {
            // It would lead to itself.
            return None;
        }
        lead_on(&mut editing, state, name, next.as_ref())?;
    }
    editing.remove(&states, name);
    editing.done()
}

/// How a state is written: its own lines, as far to the left as they go.
pub fn state_text(text: &str, name: &str) -> Option<String> {
    let editing = Editing::of(text)?;
    let scope = editing.scope(name)?;
    let (_, start, state) = scope.get("States")?.member(name)?;
    let space = editing.indentation(*start);
    let written = text.get(state.from..state.to)?;
    Some(written.replace(&format!("\n{space}"), "\n"))
}

/// Writes a state anew; all else stays. Nothing if it is no JSON.
pub fn write_state(text: &str, name: &str, state: &str) -> Option<String> {
    serde_json::from_str::<Value>(state).ok()?;
    let mut editing = Editing::of(text)?;
    let scope = editing.scope(name)?;
    let (_, start, span) = scope.get("States")?.member(name)?;
    let space = editing.indentation(*start);
    let written = state.trim().replace('\n', &format!("\n{space}"));
    editing.changes.push((span.from, span.to, written));
    editing.done()
}

/// Has all ways of a state that lead to `name` lead to `next`, or end there.
fn lead_on(
    editing: &mut Editing<'_>,
    state: &Span,
    name: &str,
    next: Option<&Value>,
) -> Option<()> {
    let leads = |editing: &Editing<'_>, to: &Span| editing.read(to) == name;
    if let Some((_, start, to)) = state.member("Next").filter(|(_, _, to)| leads(editing, to)) {
        match next {
            Some(next) => editing.replace(to, next),
            None => editing.changes.push((*start, to.to, "\"End\": true".to_owned())),
        }
    }
    let lists = ["Choices", "Catch"]
        .into_iter()
        .filter_map(|list| state.get(list))
        .flat_map(|list| &list.items);
    let rules = lists.filter_map(|rule| rule.get("Next")).chain(state.get("Default"));
    for to in rules {
        if leads(editing, to) {
            // A rule cannot end the machine.
            editing.replace(to, next?);
        }
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"{
  "StartAt": "A",   "Comment": "kept  as it is",
  "States": {
    "A": {"Type": "Pass", "Next": "B"},
    "B": {
      "Type": "Pass",
      "End":   true
    }
  }
}"#;

    #[test]
    fn a_state_is_put_behind_another_and_the_rest_stays() {
        let (text, name) = insert_after(TEXT, "A", "Wait").expect("it can be");
        assert_eq!(name, "Wait");
        let expected = TEXT.replace("\"Next\": \"B\"", "\"Next\": \"Wait\"").replace(
            "      \"End\":   true\n    }\n",
            "      \"End\":   true\n    },\n    \"Wait\": {\n      \"Type\": \"Wait\",\n      \"Seconds\": 10,\n      \"Next\": \"B\"\n    }\n",
        );
        assert_eq!(text, expected);
        let (text, name) = insert_after(&text, "B", "Wait").expect("it can be");
        assert_eq!(name, "Wait 2");
        assert!(text.contains("      \"Next\": \"Wait 2\"\n"), "{text}");
        assert_eq!(insert_after(TEXT, "C", "Wait"), None);
    }

    #[test]
    fn what_is_put_in_can_be_taken_out_again() {
        for kind in KINDS {
            let (text, name) = insert_after(TEXT, "A", kind).expect("it can be");
            let Some(back) = delete(&text, &name) else {
                assert!(matches!(kind, "Succeed" | "Fail"), "{kind}");
                continue;
            };
            let parsed = |text: &str| serde_json::from_str::<Value>(text).expect("JSON");
            if !matches!(kind, "Succeed" | "Fail") {
                assert_eq!(parsed(&back), parsed(TEXT), "{kind}");
                assert_eq!(back, TEXT, "{kind}");
            }
        }
    }

    #[test]
    fn a_state_that_is_gone_is_led_past() {
        assert_eq!(
            delete(TEXT, "A").expect("it can be"),
            TEXT.replace("\"StartAt\": \"A\"", "\"StartAt\": \"B\"")
                .replace("\"A\": {\"Type\": \"Pass\", \"Next\": \"B\"},\n    ", "")
        );
        let text = delete(TEXT, "B").expect("it can be");
        assert!(text.contains(r#""A": {"Type": "Pass", "End": true}"#), "{text}");
        assert_eq!(delete(&text, "A"), None, "the last one");
    }

    #[test]
    fn a_state_that_is_read_and_written_is_the_same_text() {
        for name in ["A", "B"] {
            let state = state_text(TEXT, name).expect("it is there");
            assert_eq!(write_state(TEXT, name, &state).as_deref(), Some(TEXT));
        }
        assert_eq!(
            state_text(TEXT, "B").as_deref(),
            Some("{\n  \"Type\": \"Pass\",\n  \"End\":   true\n}")
        );
        assert_eq!(write_state(TEXT, "A", "{"), None);
    }

    #[test]
    fn states_within_others_are_found() {
        let text = r#"{"StartAt": "M", "States": {"M": {"Type": "Map", "ItemProcessor": {"StartAt": "X", "States": {"X": {"Type": "Pass", "End": true}}}, "End": true}}}"#;
        let (text, name) = insert_after(text, "X", "Pass").expect("it can be");
        let definition: Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(name, "Pass");
        assert_eq!(
            super::super::find_state(&definition, "Pass"),
            Some(&json!({ "Type": "Pass", "End": true }))
        );
        assert!(text.contains(r#""X": {"Type": "Pass", "Next": "Pass"}"#), "{text}");
    }
}
