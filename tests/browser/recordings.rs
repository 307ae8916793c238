//! Executions that AWS was recorded with, run by the state machines in the tab.

use cloudarium_tests::{conformance, json_dumps};
use serde_json::{Value as Json, json};

use crate::in_browsers;
use crate::same::same;
use crate::site::Site;
use crate::states::CALL;
use crate::webdriver::Kind;

in_browsers! {
    executions_go_as_they_went_on_aws
}

/// So many of the recordings that tell a history, all over the list.
const CASES: usize = 60;

/// Runs a machine to its end; the clock jumps over what it waits for. What is known of the execution, and its history.
const RUN: &str = "
    const [name, definition, input] = args;
    const roleArn = 'arn:aws:iam::123456789012:role/r';
    const { stateMachineArn } = await call('CreateStateMachine', { name, definition, roleArn });
    const { executionArn } = await call('StartExecution', { stateMachineArn, name: 'e', input });
    let seen = await call('DescribeExecution', { executionArn });
    for (let round = 0; seen.status === 'RUNNING' && round < 500; round += 1) {
        await cloud.send({ kind: 'clock', next: true });
        seen = await call('DescribeExecution', { executionArn });
    }
    const types = [];
    let nextToken;
    do {
        const page = await call('GetExecutionHistory', { executionArn, maxResults: 1000, nextToken });
        types.push(...page.events.map((event) => event.type));
        nextToken = page.nextToken ?? undefined;
    } while (nextToken !== undefined);
    return [seen, types];";

fn executions_go_as_they_went_on_aws(kind: Kind) {
    let Some(folder) = conformance("stepfunctions") else { return };
    let text = std::fs::read_to_string(folder.join("executions.json")).unwrap();
    let all: Vec<Json> = serde_json::from_str(&text).unwrap();
    let told: Vec<&Json> = all
        .iter()
        .filter(|case| case["type"] == "STANDARD" && case["expected_events"].is_array())
        .collect();
    let every = told.len() / CASES;
    let cases: Vec<&Json> = told.iter().step_by(every.max(1)).take(CASES).copied().collect();
    assert_eq!(cases.len(), CASES, "the recordings are fewer than they were");
    let site = Site::open(kind);
    site.go("#/play/states");
    let mut wrong = Vec::new();
    for (at, case) in cases.into_iter().enumerate() {
        let asked =
            json!([format!("m{at}"), case["definition"].to_string(), json_dumps(&case["input"])]);
        let got = site.browser.run_async(&format!("{CALL}{RUN}"), &asked);
        wrong.extend(
            differences(case, &got).into_iter().map(|why| format!("{}: {why}", case["id"])),
        );
    }
    assert!(wrong.is_empty(), "{} differences\n{}", wrong.len(), wrong.join("\n"));
}

fn differences(case: &Json, got: &Json) -> Vec<String> {
    let seen = &got[0];
    let mut wrong = same("status", &case["expected_status"], &seen["status"]);
    if case["has_output"] == true {
        let output = serde_json::from_str(seen["output"].as_str().unwrap_or("null")).unwrap();
        wrong.extend(same("output", &case["expected_output"], &output));
    }
    for (what, name) in [("expected_error", "error"), ("expected_cause", "cause")] {
        if !case[what].is_null() {
            wrong.extend(same(name, &case[what], &seen[name]));
        }
    }
    let types = |list: &Json, of: fn(&Json) -> &Json| {
        let names = list.as_array().unwrap().iter().map(|one| of(one).as_str().unwrap().to_owned());
        names.collect::<Vec<_>>()
    };
    let mut wanted = types(&case["expected_events"], |event| &event["type"]);
    let mut got = types(&got[1], |name| name);
    if wanted.first().is_some_and(|first| first != "ExecutionStarted") {
        got.reverse();
    }
    if case["event_order_normalised"] == true {
        for list in [&mut wanted, &mut got] {
            // The recorder dropped how Parallel states ended.
            list.retain(|name| name != "ParallelStateSucceeded");
            list.sort();
        }
    }
    if wanted != got {
        wrong.push(format!("{got:?}\n   not {wanted:?}"));
    }
    wrong
}
