//! What can be written at a place of a path, an expression, or a JSON text that holds them: the keys that a sample really has,
//! variables, the Context object, functions with their signatures.

mod functions;

use serde_json::{Map, Value};

use crate::fresh::Language;

/// The data that a state is looked at with.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sample {
    /// What comes in.
    pub input: Value,
    /// What the state's work gave, if that is known.
    pub result: Option<Value>,
    /// The Context object.
    pub context: Value,
    /// Variables that were assigned.
    pub variables: Map<String, Value>,
}

/// What something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A key that is in the sample.
    Key,
    /// A variable.
    Variable,
    /// Where data comes from: `$`, `$$`, `$states.input`.
    Root,
    /// A function.
    Function,
}

/// Something that can be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What it is called.
    pub label: String,
    /// What it is.
    pub kind: Kind,
    /// A key's value in few letters, a function's signature.
    pub detail: String,
    /// What comes into the text.
    pub insert: String,
}

/// What can be written at a place, in the stead of what stands from `from` to `to` (bytes).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Completion {
    /// Where it begins.
    pub from: usize,
    /// Where it ends: the cursor.
    pub to: usize,
    /// What can be written.
    pub items: Vec<Item>,
}

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// A path: `$.a`.
    Path,
    /// A text of JSONata: `{% $states.input.a %}`.
    Expression,
    /// JSON with paths or expressions in it.
    Json,
}

/// What can be written at a place of a field.
pub fn at(
    (text, cursor): (&str, usize),
    field: Field,
    language: Language,
    sample: &Sample,
) -> Option<Completion> {
    let before = text.get(..cursor)?;
    match (field, language) {
        (Field::Json, _) => in_json(before, language, sample),
        (Field::Path, _) => path(before, sample),
        (Field::Expression, _) => expression(before, sample),
    }
    .filter(|completion| !completion.items.is_empty())
}

/// The string of a JSON text in which the cursor stands, and the name of its member.
fn in_json(before: &str, language: Language, sample: &Sample) -> Option<Completion> {
    let (start, name) = open_string(before)?;
    let content = before.get(start..)?;
    let shifted = |completion: Completion| Completion {
        from: completion.from + start,
        to: completion.to + start,
        ..completion
    };
    match language {
        Language::Jsonata => expression(content, sample).map(shifted),
        Language::JsonPath if name.ends_with(".$") => path(content, sample).map(shifted),
        Language::JsonPath => None,
    }
}

/// Where the string begins that is not closed before the cursor, if it is a value, and what member it is of.
fn open_string(before: &str) -> Option<(usize, String)> {
    let (mut open, mut escaped) = (None, false);
    let (mut last, mut name, mut is_value) = (String::new(), String::new(), false);
    for (at, letter) in before.char_indices() {
        match (open, letter) {
            (Some(_), _) if escaped => escaped = false,
            (Some(_), '\\') => escaped = true,
            (Some(from), '"') => {
                before.get(from..at).unwrap_or_default().clone_into(&mut last);
                open = None;
            }
            (None, '"') => open = Some(at + 1),
            (None, ':') => {
                name.clone_from(&last);
                is_value = true;
            }
            (None, ',' | '{') => is_value = false,
            (None, '[') => is_value = true,
            (Some(_) | None, _) => {}
        }
    }
    // In a list every string is a value: the comma has hidden that, so what stands open is one unless a name is due.
    let in_list = is_value || depth_is_list(before);
    open.filter(|_| in_list).map(|from| (from, name))
}

/// Whether the innermost bracket that is open is a list's.
fn depth_is_list(before: &str) -> bool {
    let (mut open, mut quoted, mut escaped) = (Vec::new(), false, false);
    for letter in before.chars() {
        match letter {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            '{' | '[' if !quoted => open.push(letter),
            '}' | ']' if !quoted => drop(open.pop()),
            _ => {}
        }
    }
    open.last() == Some(&'[')
}

/// The end of a text that can be part of a path or a name.
fn token(before: &str) -> (usize, &str) {
    let part = |letter: char| {
        letter.is_alphanumeric() || matches!(letter, '_' | '$' | '.' | '[' | ']' | '`' | '*')
    };
    let from = before
        .char_indices()
        .rev()
        .take_while(|(_, letter)| part(*letter))
        .last()
        .map_or(before.len(), |(at, _)| at);
    (from, before.get(from..).unwrap_or_default())
}

/// What can follow in a path or an intrinsic.
fn path(before: &str, sample: &Sample) -> Option<Completion> {
    let (from, token) = token(before);
    let to = before.len();
    if let Some((parents, partial)) = token.rsplit_once('.') {
        if parents == "States" {
            let items = functions::INTRINSICS.iter().filter(|one| starts(one.0, partial));
            let items = items.map(|one| function(one, "")).collect();
            return Some(Completion { from: to - partial.len(), to, items });
        }
        let holder = walk(path_root(parents, sample)?, false)?;
        return Some(Completion {
            from: to - partial.len(),
            to,
            items: keys(&holder, partial, false),
        });
    }
    let mut items = vec![root("$", &sample.input, "$"), root("$$", &sample.context, "$$.")];
    items.extend(variables(sample, "$"));
    items.extend(functions::INTRINSICS.iter().map(|one| function(one, "States.")));
    items.retain(|item| starts(&item.insert, token));
    Some(Completion { from, to, items })
}

/// What can follow in an expression; nothing outside of its marks.
fn expression(before: &str, sample: &Sample) -> Option<Completion> {
    let Some((_, inside)) = before.rsplit_once("{%") else {
        let bare = before.trim_start();
        let begins = "{%".starts_with(bare);
        let insert = "{% $states.input %}".to_owned();
        let item = Item {
            label: "{% %}".to_owned(),
            kind: Kind::Root,
            detail: "JSONata".to_owned(),
            insert,
        };
        let (from, to) = (before.len() - bare.len(), before.len());
        return begins.then(|| Completion { from, to, items: vec![item] });
    };
    if inside.contains("%}") || is_quoted(inside) {
        return None;
    }
    let (from, token) = token(inside);
    let (from, to) = (before.len() - inside.len() + from, before.len());
    if let Some((parents, partial)) = token.rsplit_once('.') {
        let holder = walk(expression_root(parents, sample)?, true)?;
        return Some(Completion {
            from: to - partial.len(),
            to,
            items: keys(&holder, partial, true),
        });
    }
    if token.chars().next().is_some_and(|first| first.is_ascii_digit()) {
        return None;
    }
    let mut items = vec![
        root("$states.input", &sample.input, "$states.input"),
        root("$states.context", &sample.context, "$states.context"),
    ];
    items.extend(
        sample.result.as_ref().map(|result| root("$states.result", result, "$states.result")),
    );
    items.extend(variables(sample, "$"));
    items.extend(functions::JSONATA.iter().map(|one| function(one, "$")));
    items.retain(|item| starts(&item.insert, token));
    Some(Completion { from, to, items })
}

/// Whether a text of JSONata ends within quotation marks. In a JSON text they have a backslash before them, which is no matter.
fn is_quoted(text: &str) -> bool {
    let mut open = None;
    for letter in text.chars() {
        match open {
            Some(mark) if mark == letter => open = None,
            None if matches!(letter, '"' | '\'') => open = Some(letter),
            _ => {}
        }
    }
    open.is_some()
}

fn starts(name: &str, partial: &str) -> bool {
    let (name, partial) = (name.to_lowercase(), partial.to_lowercase());
    name.starts_with(&partial)
}

fn root(label: &str, value: &Value, insert: &str) -> Item {
    Item {
        label: label.to_owned(),
        kind: Kind::Root,
        detail: short(value),
        insert: insert.to_owned(),
    }
}

fn function((name, signature): &(&str, &str), before: &str) -> Item {
    Item {
        label: format!("{before}{name}"),
        kind: Kind::Function,
        detail: (*signature).to_owned(),
        insert: format!("{before}{name}("),
    }
}

fn variables<'a>(sample: &'a Sample, before: &'a str) -> impl Iterator<Item = Item> + 'a {
    sample.variables.iter().map(move |(name, value)| Item {
        label: format!("{before}{name}"),
        kind: Kind::Variable,
        detail: short(value),
        insert: format!("{before}{name}"),
    })
}

/// A root and the steps that lead on from it.
type Rooted = (Value, Vec<String>);

fn path_root(token: &str, sample: &Sample) -> Option<Rooted> {
    let mut steps = split(token);
    let first = steps.remove(0);
    let value = match first.as_str() {
        "$" => sample.input.clone(),
        "$$" => sample.context.clone(),
        name => sample.variables.get(name.strip_prefix('$')?)?.clone(),
    };
    Some((value, steps))
}

fn expression_root(token: &str, sample: &Sample) -> Option<Rooted> {
    let mut steps = split(token);
    let first = steps.remove(0);
    if first != "$states" {
        return Some((sample.variables.get(first.strip_prefix('$')?)?.clone(), steps));
    }
    let mut states = Map::new();
    states.insert("input".to_owned(), sample.input.clone());
    states.insert("context".to_owned(), sample.context.clone());
    if let Some(result) = &sample.result {
        states.insert("result".to_owned(), result.clone());
    }
    Some((Value::Object(states), steps))
}

/// The steps of a path: `$.a[0].b` has four.
fn split(token: &str) -> Vec<String> {
    let spread = token.replace('[', ".[").replace('`', "");
    spread.split('.').map(str::to_owned).collect()
}

/// What lies at the end of the steps. JSONata goes into every item of a list by itself; the first one is looked at.
fn walk((mut value, steps): Rooted, into_lists: bool) -> Option<Value> {
    for step in steps {
        if into_lists && value.is_array() && !step.starts_with('[') {
            value = value.get(0)?.clone();
        }
        value = match step.strip_prefix('[') {
            Some(index) => value.get(index.trim_end_matches(']').parse::<usize>().unwrap_or(0))?,
            None => value.get(&step)?,
        }
        .clone();
    }
    if into_lists && value.is_array() {
        value = value.get(0)?.clone();
    }
    Some(value)
}

fn keys(holder: &Value, partial: &str, ticks: bool) -> Vec<Item> {
    let members = holder.as_object().into_iter().flatten();
    let members = members.filter(|(name, _)| starts(name, partial));
    let item = |(name, value): (&String, &Value)| {
        let plain = name.chars().all(|letter| letter.is_alphanumeric() || letter == '_');
        let insert = if ticks && !plain { format!("`{name}`") } else { name.clone() };
        Item { label: name.clone(), kind: Kind::Key, detail: short(value), insert }
    };
    members.map(item).collect()
}

/// A value in few letters.
pub fn short(value: &Value) -> String {
    const LETTERS_MAX: usize = 22;
    match value {
        Value::Array(items) => format!("[{}]", items.len()),
        Value::Object(members) => format!("{{{}}}", members.len()),
        other => {
            let text = other.to_string();
            if text.chars().count() <= LETTERS_MAX {
                return text;
            }
            format!("{}…", text.chars().take(LETTERS_MAX).collect::<String>())
        }
    }
}
