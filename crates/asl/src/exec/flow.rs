//! How data flows through a state.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/dg/concepts-input-output-filtering.html>

use std::rc::Rc;

use serde_json::{Map, Value};

use super::frame::Frame;
use super::{Cx, Execution};
use crate::doc::Doc;
use crate::fail::Failure;
use crate::machine::{Number, State};
use crate::path::Root;
use crate::template::{Language, Template};
use crate::view::{Lazy, View, unexpected};

/// Variables that a state assigns.
pub type Assigned = Vec<(String, Doc)>;

/// `$states` without its context: what each holds.
#[derive(Clone, Default)]
pub struct States {
    /// `$states.result`
    pub result: Option<Doc>,
    /// `$states.errorOutput`
    pub error_output: Option<Value>,
}

impl Execution {
    /// Runs `act` with what the frame `id` sees.
    pub(super) fn view<R>(
        &self,
        cx: &mut Cx<'_>,
        id: u32,
        states: &States,
        act: impl FnOnce(&mut View<'_>, &Frame, &State) -> Result<R, Failure>,
    ) -> Result<R, Failure> {
        let missing = || Failure::runtime("The state is not there.");
        let frame = self.frames.get(&id).ok_or_else(missing)?;
        let state = cx.machine.state(frame.state).ok_or_else(missing)?;
        let machine = cx.machine;
        let make = || self.context(machine, frame);
        let context = Lazy::new(&make);
        let variable = |name: &str| self.variable(frame, name);
        let mut all = Map::new();
        if state.language == Language::Jsonata {
            all.insert("input".to_owned(), frame.input.value().clone());
            all.extend(
                states.result.as_ref().map(|doc| ("result".to_owned(), doc.value().clone())),
            );
            all.extend(
                states.error_output.clone().map(|output| ("errorOutput".to_owned(), output)),
            );
        }
        let mut view = View {
            context: &context,
            variable: &variable,
            states: &all,
            now_ms: cx.now_ms,
            random: &mut *cx.random,
        };
        act(&mut view, frame, state)
    }

    /// The input after `InputPath`; the whole in JSONata.
    pub(super) fn effective_input(&mut self, cx: &mut Cx<'_>, id: u32) -> Result<Doc, Failure> {
        let input = self.view(cx, id, &States::default(), |view, frame, state| {
            if state.language == Language::Jsonata {
                return Ok(frame.input.clone());
            }
            whole(view, state.input_path.as_ref(), &frame.input)
        })?;
        self.show(|stages| stages.after_input_path = Some(input.clone()));
        Ok(input)
    }

    /// What a state gives to its work: `Parameters` or `Arguments`, or its effective input.
    pub(super) fn arguments(
        &mut self,
        cx: &mut Cx<'_>,
        id: u32,
        input: &Doc,
    ) -> Result<Doc, Failure> {
        let arguments = self.view(cx, id, &States::default(), |view, _, state| {
            let Some(template) = &state.arguments else { return Ok(input.clone()) };
            let field =
                if state.language == Language::Jsonata { "Arguments" } else { "Parameters" };
            evaluate(view, template, input, field)
        })?;
        self.show(|stages| stages.after_arguments = Some(arguments.clone()));
        Ok(arguments)
    }

    /// The output of a state whose work gave `result`, and what it assigns.
    pub(super) fn output(
        &mut self,
        cx: &mut Cx<'_>,
        id: u32,
        input: &Doc,
        result: Option<Doc>,
    ) -> Result<(Doc, Assigned), Failure> {
        let states = States { result: result.clone(), error_output: None };
        let mut seen = (None, None);
        let out = self.view(cx, id, &states, |view, frame, state| {
            if state.language == Language::Jsonata {
                let plain = result.unwrap_or_else(|| frame.input.clone());
                return jsonata(view, state.output.as_ref(), &state.assign, plain, "");
            }
            let result = result.unwrap_or_else(|| input.clone());
            let selected = match &state.result_selector {
                Some(template) => evaluate(view, template, &result, "ResultSelector")?,
                None => result,
            };
            seen.0 = Some(selected.clone());
            let assigned = assign(view, &state.assign, &selected, "Assign")?;
            let placed = place(state, &frame.input, selected)?;
            seen.1 = Some(placed.clone());
            Ok((whole(view, state.output_path.as_ref(), &placed)?, assigned))
        });
        self.show(|stages| (stages.after_result_selector, stages.after_result_path) = seen);
        out
    }

    /// A number that a state needs; `None`: nothing is said.
    pub(super) fn number(
        &self,
        cx: &mut Cx<'_>,
        id: u32,
        (number, input): (&Number, &Doc),
    ) -> Result<Option<Value>, Failure> {
        match number {
            Number::Absent => Ok(None),
            Number::Given(given) => Ok(Some(crate::jsonata::from_number(*given))),
            Number::Path(template, field) => {
                self.view(cx, id, &States::default(), |view, _, _| match template {
                    Template::Path(path) => view
                        .find(path, input.value())
                        .map(Some)
                        .map_err(|why| invalid(&path.text, &why.0)),
                    other => other.evaluate(view, input.value(), field).map(Some),
                })
            }
            Number::Expression(expression, field) => {
                self.view(cx, id, &States::default(), |view, _, _| {
                    let value = view.evaluate(expression, field)?;
                    if value.is_number() {
                        Ok(Some(value))
                    } else {
                        Err(unexpected(expression, field, "number", &value))
                    }
                })
            }
        }
    }
}

/// A path that leads nowhere.
pub fn invalid(path: &str, why: &str) -> Failure {
    Failure::runtime(format!("Invalid path '{path}' : {why}"))
}

/// A template's value; the document itself where it asks for the whole.
pub fn evaluate(
    view: &mut View<'_>,
    template: &Template,
    input: &Doc,
    field: &str,
) -> Result<Doc, Failure> {
    if let Template::Path(path) = template
        && path.root == Root::Input
        && path.is_root()
    {
        return Ok(input.clone());
    }
    template.evaluate(view, input.value(), field).map(Doc::new)
}

/// `InputPath` and `OutputPath`; `None` gives `{}`.
fn whole(view: &mut View<'_>, template: Option<&Template>, input: &Doc) -> Result<Doc, Failure> {
    match template {
        None => Ok(Doc::empty()),
        Some(Template::Path(path)) => {
            if path.root == Root::Input && path.is_root() {
                return Ok(input.clone());
            }
            let found = view.find(path, input.value());
            found.map(Doc::new).map_err(|why| invalid(&path.text, &why.0))
        }
        Some(other) => evaluate(view, other, input, ""),
    }
}

/// `Output` and `Assign` of JSONata; `before` stands before their names in failures.
pub fn jsonata(
    view: &mut View<'_>,
    output: Option<&Template>,
    assigns: &[(String, Template)],
    plain: Doc,
    before: &str,
) -> Result<(Doc, Assigned), Failure> {
    let assigned = assign(view, assigns, &plain, &format!("{before}Assign"))?;
    let output = match output {
        Some(template) => {
            template.evaluate(view, &Value::Null, &format!("{before}Output")).map(Doc::new)?
        }
        None => plain,
    };
    Ok((output, assigned))
}

/// The values of `Assign`.
pub fn assign(
    view: &mut View<'_>,
    assigns: &[(String, Template)],
    input: &Doc,
    field: &str,
) -> Result<Assigned, Failure> {
    let mut assigned = Vec::with_capacity(assigns.len());
    let mut bytes = 0;
    for (name, template) in assigns {
        let place = match template {
            Template::Path(_) | Template::Call(_) => format!("{field}/{name}.$"),
            _ => format!("{field}/{name}"),
        };
        let value = evaluate(view, template, input, &place)?;
        bytes += value.text().len();
        if bytes > crate::doc::PAYLOAD_BYTES_MAX {
            let why = format!(
                "The size of the variables in the field '{field}' exceeds the maximum number of \
                 bytes service limit."
            );
            return Err(Failure::placed(crate::fail::DATA_LIMIT_EXCEEDED, why));
        }
        assigned.push((name.clone(), value));
    }
    Ok(assigned)
}

/// `ResultPath`: the result put into the state's input.
fn place(state: &State, raw: &Doc, result: Doc) -> Result<Doc, Failure> {
    put(state.result_path.as_ref(), raw, result)
}

/// Puts `result` into `raw`; `None` drops it.
pub fn put(path: Option<&crate::path::Path>, raw: &Doc, result: Doc) -> Result<Doc, Failure> {
    let Some(path) = path else { return Ok(raw.clone()) };
    if path.is_root() {
        return Ok(result);
    }
    let mut value = raw.value().clone();
    if path.put(&mut value, result.into_value()) {
        return Ok(Doc::new(value));
    }
    Err(Failure::new(
        "States.ResultPathMatchFailure",
        format!("Unable to apply ReferencePath {} to input {}", path.text, raw.text()),
    ))
}

/// The variables as a history tells them.
pub fn texts(assigned: &Assigned) -> std::collections::BTreeMap<String, Rc<str>> {
    assigned.iter().map(|(name, value)| (name.clone(), value.text())).collect()
}
