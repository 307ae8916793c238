//! `TestState`: runs one state by itself, and shows what becomes of its data.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/apireference/API_TestState.html>

use std::collections::BTreeMap;
use std::rc::Rc;

use cloudarium_asl as asl;
use cloudarium_asl::exec::Resource;
use cloudarium_asl::exec::inspect::{Mock, Setup, Stages};
use cloudarium_asl::machine::{Kind, Machine, Scope, State as AslState};
use cloudarium_asl::validate;
use cloudarium_env::place;
use cloudarium_jackson::Source;
use cloudarium_service::{Ctx, Fault, Outcome};
use cloudarium_shape::{Value, to_value};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json, json};

use crate::error::Error;
use crate::model::{Record, Revision, State, Traced};
use crate::{arn, drive, tasks};

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TestStateInput {
    definition: String,
    role_arn: Option<String>,
    input: Option<String>,
    inspection_level: Option<String>,
    reveal_secrets: Option<bool>,
    variables: Option<String>,
    state_name: Option<String>,
    mock: Option<MockInput>,
    context: Option<String>,
    state_configuration: Option<Configuration>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct MockInput {
    result: Option<String>,
    error_output: Option<ErrorOutput>,
    field_validation_mode: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct ErrorOutput {
    error: Option<String>,
    cause: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Configuration {
    retrier_retry_count: Option<u32>,
    error_caused_by_state: Option<String>,
    map_iteration_failure_count: Option<u64>,
    map_item_reader_data: Option<String>,
}

/// Runs the operation.
pub fn test_state(states: &mut State, cx: &mut Ctx<'_>, input: Value) -> Result<Outcome, Fault> {
    let input: TestStateInput = super::shared::typed("TestState", input)?;
    let arn = begin(states, cx, input)?;
    drive::run(states, cx, &arn);
    if let Some(record) = states.executions.get(&arn)
        && record.outcome.is_some()
    {
        let told = super::sync_answer(record).map(Outcome::Output);
        states.executions.remove(&arn);
        return told;
    }
    // "The TestState API can run for up to five minutes."
    drive::limit_express(states, cx, &arn);
    let ticket = cx.host.park();
    if let Some(record) = states.executions.get_mut(&arn) {
        Rc::make_mut(record).parked = Some(ticket);
    }
    Ok(Outcome::Parked)
}

fn begin(states: &mut State, cx: &mut Ctx<'_>, input: TestStateInput) -> Result<String, Error> {
    let (definition, name) = definition(&input)?;
    let machine = Machine::compile(&definition);
    let found = machine.states.iter().position(|state| *state.name == *name);
    let found = found.and_then(|at| Some((at, machine.state(at)?)));
    let Some((at, state)) = found else {
        // guess: the words.
        let message = format!("State '{name}' is not found in the definition");
        return Err(Error::validation(message));
    };
    let document = super::shared::read_input(input.input.as_deref().unwrap_or("{}"))?;
    let whole = matches!(input.inspection_level.as_deref(), Some("DEBUG" | "TRACE"));
    let traced = (input.inspection_level.as_deref() == Some("TRACE"))
        .then(|| Traced::new(input.reveal_secrets == Some(true)));
    let role_arn = input.role_arn.clone().unwrap_or_default();
    let setup = setup(input, (&machine, state))?;
    if !role_arn.is_empty() {
        arn::check_role(&role_arn)?;
    } else if setup.mock.is_none() && matches!(state.kind, Kind::Task(_)) {
        return Err(Error::validation("RoleArn must be specified when testing a Task state"));
    }
    let (machine_name, name) = (cx.rng.uuid(), cx.rng.uuid());
    let here = format!("express:{machine_name}:{name}");
    let identity = asl::Identity {
        arn: place::arn("states", cx.region, &cx.caller.account, &here),
        name,
        role_arn: role_arn.clone(),
        machine_arn: arn::here(cx, "stateMachine", &machine_name),
        machine_name,
        region: cx.region.to_owned(),
        started_ms: cx.now.as_ms(),
        ..asl::Identity::default()
    };
    let execution = asl::Execution::inspect(identity.clone(), document.clone(), at, setup);
    let revision = Revision {
        id: String::new(),
        definition: asl::doc::write(&definition).into(),
        role_arn,
        logging: None,
        tracing: false,
    };
    let arn = identity.arn.clone();
    let mut record = Record::new(identity, document, (revision, true), Some(execution));
    record.tested = Some(whole);
    record.traced = traced;
    states.executions.insert(arn.clone(), Rc::new(record));
    Ok(arn)
}

/// The definition of a machine, and the state in it. A state that stands alone is put into one,
/// with what it leads to beside it.
fn definition(input: &TestStateInput) -> Result<(Json, String), Error> {
    const ALONE: &str = "StateName";
    if let Some(name) = &input.state_name {
        super::shared::check_definition(&input.definition, false)?;
        let definition = asl::doc::parse(&input.definition).unwrap_or_default();
        return Ok((definition, name.clone()));
    }
    let state = asl::doc::parse(&input.definition).map_err(|error| {
        let refusal = cloudarium_jackson::refusal(&input.definition, Source::Text);
        let why = refusal.map_or_else(|| error.to_string(), |refusal| refusal.to_string());
        let why = format!("{}: {why}", super::shared::INVALID_JSON);
        Error::invalid_definition(format!("Invalid State Machine Definition: '{why}'"))
    })?;
    if let Some(why) = validate::refusal(&validate::validate_state(&state)) {
        return Err(Error::invalid_definition(why));
    }
    let rules = ["Choices", "Catch"].into_iter().filter_map(|list| state.get(list)?.as_array());
    let rules = rules.flatten().filter_map(|rule| rule.get("Next"));
    let own = ["Next", "Default"].into_iter().filter_map(|field| state.get(field));
    let mut beside: Map<String, Json> = own
        .chain(rules)
        .filter_map(|next| Some((next.as_str()?.to_owned(), json!({"Type": "Succeed"}))))
        .collect();
    beside.insert(ALONE.to_owned(), state);
    Ok((json!({"StartAt": ALONE, "States": beside}), ALONE.to_owned()))
}

/// What the state is looked at with.
fn setup(input: TestStateInput, (machine, state): (&Machine, &AslState)) -> Result<Setup, Error> {
    let configuration = input.state_configuration.unwrap_or_default();
    let mock = match input.mock {
        Some(mock) => Some(mocked(mock, state, &configuration)?),
        None => None,
    };
    check_mocked(state, mock.is_some())?;
    if let Some(name) = &configuration.error_caused_by_state
        && !within(machine, &state.kind, name)
    {
        // guess: the words.
        return Err(Error::validation(format!("State '{name}' is not within the tested state")));
    }
    let context = input.context.as_deref().map(context).transpose()?;
    let variables = variables(input.variables.as_deref())?;
    Ok(Setup {
        mock,
        context,
        variables,
        retry_count: configuration.retrier_retry_count.unwrap_or(0),
        map_failures: configuration.map_iteration_failure_count,
        reader_data: configuration.map_item_reader_data,
    })
}

/// Whether a state called so stands somewhere in a Map or Parallel state.
fn within(machine: &Machine, kind: &Kind, name: &str) -> bool {
    let scopes = match kind {
        Kind::Map(map) => std::slice::from_ref(&map.scope),
        Kind::Parallel(branches) => branches.as_slice(),
        _ => return false,
    };
    let states = scopes.iter().filter_map(|scope| machine.scope(*scope)).flat_map(Scope::states);
    states
        .filter_map(|at| machine.state(at))
        .any(|state| *state.name == *name || within(machine, &state.kind, name))
}

/// Refuses a mock where none can be, and its lack where the state cannot be tested without.
fn check_mocked(state: &AslState, mocked: bool) -> Result<(), Error> {
    let why = match &state.kind {
        Kind::Task(_) | Kind::Map(_) | Kind::Parallel(_) if mocked => return Ok(()),
        other if mocked => {
            let kind = other.name();
            let message = format!("State type '{kind}' is not supported when a mock is specified");
            return Err(Error::validation(message));
        }
        Kind::Map(_) | Kind::Parallel(_) => {
            "TestState API does not support Map or Parallel states. Supported state types include: \
             [Task, Wait, Pass, Succeed, Fail, Choice]"
        }
        Kind::Task(task) => match Resource::parse(&task.resource) {
            // guess: the words.
            Resource::Activity => "TestState API does not support Activity tasks",
            resource if resource.waits_for_token() || resource.waits_for_end() => {
                "TestState API does not support .sync or .waitForTaskToken service integration \
                 patterns"
            }
            _ => return Ok(()),
        },
        _ => return Ok(()),
    };
    Err(Error::invalid_definition(why))
}

fn mocked(mock: MockInput, state: &AslState, configuration: &Configuration) -> Result<Mock, Error> {
    let refused = |message: &str| Err::<Mock, Error>(Error::validation(message));
    let result = match (mock.result, mock.error_output) {
        (Some(_), Some(_)) => {
            return refused(
                "A test mock should have only one of the following fields: [result, errorOutput].",
            );
        }
        // guess: the words.
        (None, None) => {
            return refused(
                "A test mock should have one of the following fields: [result, errorOutput].",
            );
        }
        (None, Some(failed)) => return Ok(Mock::Error(failed.error, failed.cause)),
        (Some(result), None) => result,
    };
    check_mocked(state, true)?;
    let Ok(result) = asl::Doc::parse(&result) else {
        // guess: the words.
        return refused("Mocked result must be valid JSON.");
    };
    let mode = mock.field_validation_mode.as_deref().unwrap_or("STRICT");
    match &state.kind {
        Kind::Task(task) if mode != "NONE" => {
            let resource = Resource::parse(&task.resource);
            let found = tasks::mock::check(&resource, result.value(), mode == "STRICT");
            found.map_err(Error::validation)?;
        }
        Kind::Map(map) if map.writer.as_ref().is_some_and(|writer| writer.resource.is_some()) => {
            let fits = result.value().is_object();
            (!fits).then(|| refused("Mocked result must be a JSON object.")).transpose()?;
        }
        Kind::Map(_) | Kind::Parallel(_) => {
            // guess: the words.
            let fits = result.value().is_array();
            (!fits).then(|| refused("Mocked result must be a JSON array.")).transpose()?;
        }
        _ => {}
    }
    let iterations = result.value().as_array().map(|items| items.len() as u64);
    let failures = configuration.map_iteration_failure_count;
    if iterations.zip(failures).is_some_and(|(all, failed)| failed > all) {
        return refused(
            "Map iteration failure count must be less than or equal to the number of Map iterations",
        );
    }
    Ok(Mock::Result(result))
}

/// Variables that were assigned before.
fn variables(text: Option<&str>) -> Result<BTreeMap<String, asl::Doc>, Error> {
    let Some(text) = text else { return Ok(BTreeMap::new()) };
    match asl::doc::parse(text) {
        Ok(Json::Object(map)) => {
            Ok(map.into_iter().map(|(name, value)| (name, asl::Doc::new(value))).collect())
        }
        // guess: the words.
        _ => Err(Error::validation("Variables must be a JSON object")),
    }
}

/// The members of the Context object that are of a known type.
/// <https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html>
const CONTEXT: &[(&str, &str)] = &[
    ("Execution", "an object"),
    ("Execution.Id", "a string"),
    ("Execution.Input", "an object"),
    ("Execution.Name", "a string"),
    ("Execution.RoleArn", "a string"),
    ("Execution.StartTime", "a string"),
    ("Execution.RedriveCount", "a number"),
    ("Execution.RedriveTime", "a string"),
    ("State", "an object"),
    ("State.EnteredTime", "a string"),
    ("State.Name", "a string"),
    ("State.RetryCount", "a number"),
    ("StateMachine", "an object"),
    ("StateMachine.Id", "a string"),
    ("StateMachine.Name", "a string"),
    ("Task", "an object"),
    ("Task.Token", "a string"),
    ("Map", "an object"),
    ("Map.Item", "an object"),
    ("Map.Item.Index", "a number"),
    ("Map.Item.Key", "a string"),
    ("Map.Item.Source", "a string"),
];

fn context(text: &str) -> Result<asl::Doc, Error> {
    let refused = |why: &str| Error::validation(format!("Invalid Context object provided: {why}"));
    // guess: the words.
    let context = asl::Doc::parse(text).map_err(|_| refused("not a valid JSON"))?;
    if !context.value().is_object() {
        return Err(refused("must be an object"));
    }
    for (place, kind) in CONTEXT {
        let found = place.split('.').try_fold(context.value(), |at, name| at.get(name));
        let fits = found.is_none_or(|value| match *kind {
            "a string" => value.is_string(),
            "a number" => value.is_number(),
            // An execution's input may be any JSON.
            _ => value.is_object() || *place == "Execution.Input",
        });
        if !fits {
            return Err(refused(&format!("{place} must be {kind}")));
        }
    }
    Ok(context)
}

#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct TestStateOutput {
    output: Option<String>,
    error: Option<String>,
    cause: Option<String>,
    inspection_data: Option<InspectionData>,
    next_state: Option<String>,
    status: &'static str,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct InspectionData {
    input: String,
    after_arguments: Option<String>,
    after_input_path: Option<String>,
    after_parameters: Option<String>,
    result: Option<String>,
    after_result_selector: Option<String>,
    after_result_path: Option<String>,
    variables: Option<String>,
    error_details: Option<ErrorDetails>,
    after_items_path: Option<String>,
    after_item_selector: Option<String>,
    after_item_batcher: Option<String>,
    after_items_pointer: Option<String>,
    tolerated_failure_count: Option<i64>,
    tolerated_failure_percentage: Option<f64>,
    max_concurrency: Option<i64>,
    request: Option<Json>,
    response: Option<Json>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct ErrorDetails {
    catch_index: Option<i64>,
    retry_index: Option<i64>,
    retry_backoff_interval_seconds: Option<i64>,
}

/// How a state that was looked at has ended; `whole`: with the stages of its data.
pub fn answer(record: &Record, whole: bool) -> Result<Value, Fault> {
    let machine = record.machine();
    let stages = record.execution.as_ref().and_then(asl::Execution::stages).cloned();
    let stages = stages.unwrap_or_default();
    let state = machine.state(stages.state);
    let mut told = TestStateOutput { status: "FAILED", ..TestStateOutput::default() };
    (told.error, told.cause) = record.error();
    if let Some(output) = &stages.output {
        told.status = if stages.catch_index.is_some() { "CAUGHT_ERROR" } else { "SUCCEEDED" };
        told.output = Some(output.text().to_string());
        let next = stages.next.and_then(|next| machine.state(next));
        told.next_state = next.map(|next| next.name.to_string());
        (told.error, told.cause) =
            stages.failed.clone().filter(|_| stages.catch_index.is_some()).unwrap_or_default();
    } else if stages.backoff_s.is_some() {
        told.status = "RETRIABLE";
    }
    if whole && let Some(state) = state {
        told.inspection_data = Some(inspection(record, state, stages));
    }
    to_value(&told).map_err(|error| Fault::new("InternalFailure", 500, format!("{error:?}")))
}

fn inspection(record: &Record, state: &AslState, stages: Stages) -> InspectionData {
    let text = |doc: &Option<asl::Doc>| doc.as_ref().map(|doc| doc.text().to_string());
    let mut variables = stages.setup.variables.clone();
    if stages.output.is_some() {
        variables.extend(stages.assigned.iter().cloned());
    }
    let variables: Map<String, Json> =
        variables.into_iter().map(|(name, value)| (name, value.into_value())).collect();
    let whole = |index: Option<usize>| index.and_then(|index| i64::try_from(index).ok());
    #[expect(clippy::cast_possible_truncation, reason = "a delay is bounded")]
    let backoff_s = stages.backoff_s.map(|seconds| seconds.round() as i64);
    let errors = ErrorDetails {
        catch_index: whole(stages.catch_index),
        retry_index: whole(stages.retry_index),
        retry_backoff_interval_seconds: backoff_s,
    };
    let handled = errors.catch_index.is_some() || errors.retry_index.is_some();
    let stages = stages.shown(state);
    let jsonata = state.language == asl::template::Language::Jsonata;
    let traced = |part: fn(&Traced) -> Option<&asl::Doc>| {
        record.traced.as_ref().and_then(part).map(|told| told.value().clone())
    };
    let given = text(&stages.after_arguments);
    InspectionData {
        input: record.input.text().to_string(),
        after_input_path: text(&stages.after_input_path),
        after_arguments: given.clone().filter(|_| jsonata),
        after_parameters: given.filter(|_| !jsonata),
        result: text(&stages.result),
        after_result_selector: text(&stages.after_result_selector),
        after_result_path: text(&stages.after_result_path),
        variables: (!variables.is_empty()).then(|| asl::doc::write(&Json::Object(variables))),
        error_details: handled.then_some(errors),
        after_items_path: text(&stages.after_items_path),
        after_item_selector: text(&stages.after_item_selector),
        after_item_batcher: text(&stages.after_item_batcher),
        after_items_pointer: text(&stages.after_items_pointer),
        tolerated_failure_count: stages.tolerated_count,
        tolerated_failure_percentage: stages.tolerated_percentage,
        max_concurrency: stages.max_concurrency,
        request: traced(|traced| traced.request.as_ref()),
        response: traced(|traced| traced.response.as_ref()),
    }
}
