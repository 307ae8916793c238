//! `cargo xtask size`: what the site weighs on the wire (brotli 11), against its budget.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use crate::compress;
use crate::project::Project;
use crate::site::relative;
use crate::stamp::files_below;
use crate::wasm;

/// A part of the site: what it is, which files it has, and the bytes it may weigh.
struct Budget {
    what: &'static str,
    holds: fn(&str) -> bool,
    bytes_max: u64,
}

const BUDGETS: &[Budget] = &[
    Budget { what: "page shell to first interaction", holds: is_shell, bytes_max: 400_000 },
    Budget {
        what: "cloud worker, with S3's model",
        holds: |name| {
            matches!(name, "cloud.js" | "cloud_bg.wasm" | "js/cloud-worker.js" | "models/s3.json")
        },
        bytes_max: 1_200_000,
    },
    Budget {
        what: "all other rooms, when first needed",
        holds: |name| wasm::is_part(name),
        bytes_max: 1_100_000,
    },
    Budget {
        what: "models of all services, each when first called",
        holds: |name| name.starts_with("models/"),
        bytes_max: 300_000,
    },
    Budget {
        what: "editor",
        holds: |name| name == "editor.js" || name.starts_with("editor-"),
        bytes_max: 110_000,
    },
    Budget {
        what: "parts of the page, each when first shown",
        holds: is_apart,
        bytes_max: 365_000,
    },
    Budget {
        what: "Lambda console and Logs, when first shown",
        holds: is_lambda,
        bytes_max: 170_000,
    },
    Budget { what: "SQS console, when first shown", holds: is_sqs, bytes_max: 65_000 },
    Budget {
        what: "EventBridge console, when first shown",
        holds: is_eventbridge,
        bytes_max: 110_000,
    },
    Budget {
        what: "Step Functions console, when first shown",
        holds: is_states,
        bytes_max: 195_000,
    },
    Budget {
        what: "visual editor of state machines, when first opened",
        holds: is_state_editor,
        bytes_max: 120_000,
    },
    Budget { what: "editor of state machines", holds: |name| name == "asl.js", bytes_max: 110_000 },
    Budget { what: "completion", holds: |name| name == "assist.js", bytes_max: 25_000 },
    Budget { what: "Python with boto3, first script", holds: is_python, bytes_max: 6_500_000 },
    Budget {
        what: "AWS CLI, at the Terminal's first use",
        holds: |name| name == "python/awscli.zip",
        bytes_max: 2_200_000,
    },
    Budget {
        what: "functions, when one is first invoked",
        holds: |name| name != FUNCTION_SDK && name.starts_with("js/function"),
        bytes_max: 60_000,
    },
    Budget {
        what: "AWS SDK for JavaScript, when a function imports it",
        holds: |name| name == FUNCTION_SDK,
        bytes_max: 160_000,
    },
    Budget {
        what: "jq, when it is first called",
        holds: |name| name.starts_with("jq/"),
        bytes_max: 450_000,
    },
];

const FUNCTION_SDK: &str = "js/function-sdk.js";

/// No host has to take a larger one.
const FILE_BYTES_MAX: u64 = 25 * 1024 * 1024;

/// Page, styles, scripts and its module. Fonts come beside it and block nothing.
fn is_shell(name: &str) -> bool {
    matches!(
        name,
        "index.html" | "js/boot.js" | "js/theme.js" | "web_bg.wasm" | "icons.svg" | "logo.svg"
    ) || name == "styles/main.css"
}

/// The S3 console, the Terminal, a call in full, the dialogs, and what several of them share.
fn is_apart(name: &str) -> bool {
    name.strip_prefix("js/").is_some_and(wasm::is_part)
        && !is_lambda(name)
        && !is_sqs(name)
        && !is_eventbridge(name)
        && !is_states(name)
        && !is_state_editor(name)
}

/// The Lambda console and the Logs tab, with their styles.
fn is_lambda(name: &str) -> bool {
    matches!(name, "js/split_lambda.wasm" | "styles/lambda.css")
}

/// The SQS console with its styles. It shows by the Lambda console's, too.
fn is_sqs(name: &str) -> bool {
    matches!(name, "js/split_sqs.wasm" | "styles/sqs.css")
}

/// The console of `EventBridge` with its styles. It shows by the Lambda console's, too.
fn is_eventbridge(name: &str) -> bool {
    matches!(name, "js/split_eventbridge.wasm" | "styles/eventbridge.css")
}

/// The Step Functions console with its pictures and its styles.
fn is_states(name: &str) -> bool {
    matches!(name, "js/split_states.wasm" | "styles/step-functions.css" | SHARED_WITH_EDITOR)
}

/// What stands for the modules that the Step Functions console and its visual editor share, and nobody else.
const SHARED_WITH_EDITOR: &str = "the console's and its editor's";

/// Those modules, as the script that fetches them tells; the console is there first, so that they are its own.
fn shared_with_editor(project: &Project) -> BTreeSet<String> {
    let loader = project.target().join("site/web/web/web-apart.js");
    let loader = fs::read_to_string(loader).unwrap_or_default();
    let mut owners: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for part in loader.split("split_").skip(1) {
        let Some((name, rest)) = part.split_once(".wasm") else { continue };
        let list = rest.split_once('[').and_then(|(_, rest)| rest.split_once(']'));
        for chunk in list.map_or("", |(list, _)| list).split(',') {
            if let Some(number) = chunk.trim().strip_prefix("__chunk_") {
                owners.entry(number).or_default().push(name);
            }
        }
    }
    let own = |parts: &[&str]| parts.iter().all(|part| matches!(*part, "states" | "state_editor"));
    let shared = owners.into_iter().filter(|(_, parts)| own(parts));
    shared.map(|(number, _)| format!("js/chunk_{number}.wasm")).collect()
}

/// The visual editor of state machines with its styles.
fn is_state_editor(name: &str) -> bool {
    matches!(name, "js/split_state_editor.wasm" | "styles/state-editor.css")
}

/// What a first script with one client needs: not the models of all other services.
fn is_python(name: &str) -> bool {
    let later = ["python/models/", "python/hints/", "python/help/", "python/awscli.zip"];
    name.starts_with("python/") && !later.iter().any(|later| name.starts_with(later))
        || matches!(name, "python/models/s3.json" | "python/models/sts.json")
}

/// Prints the sizes; fails where one is past its budget.
pub fn run(project: &Project) -> anyhow::Result<()> {
    let has_budget = |name: &str| BUDGETS.iter().any(|budget| (budget.holds)(name));
    let mut files = compress::sizes(project, &project.dist(), has_budget)?;
    let both = shared_with_editor(project);
    for (name, ..) in files.iter_mut().filter(|(name, ..)| both.contains(name)) {
        SHARED_WITH_EDITOR.clone_into(name);
    }
    anyhow::ensure!(!files.is_empty(), "dist/ is empty: run `cargo xtask build` first");
    println!("  {:<40} {:>11} {:>11}", "bytes, compressed by brotli", "now", "at most");
    let mut past = Vec::new();
    for budget in BUDGETS {
        let sum: u64 =
            files.iter().filter(|(name, ..)| (budget.holds)(name)).map(|(_, _, small)| small).sum();
        println!("  {:<40} {sum:>11} {:>11}", budget.what, budget.bytes_max);
        anyhow::ensure!(sum > 0, "{} has no files", budget.what);
        if sum > budget.bytes_max {
            past.push(budget.what);
        }
    }
    let (name, bytes) = largest(project)?;
    println!("  {:<40} {bytes:>11} {FILE_BYTES_MAX:>11}", format!("largest file ({name})"));
    if bytes > FILE_BYTES_MAX {
        past.push("largest file");
    }
    anyhow::ensure!(past.is_empty(), "past its budget: {}", past.join(", "));
    Ok(())
}

/// The largest file of the site, as it is.
fn largest(project: &Project) -> anyhow::Result<(String, u64)> {
    let mut largest = (String::new(), 0);
    for path in files_below(&project.dist())? {
        let bytes = std::fs::metadata(&path)?.len();
        if bytes > largest.1 {
            largest = (relative(&project.dist(), &path), bytes);
        }
    }
    Ok(largest)
}
