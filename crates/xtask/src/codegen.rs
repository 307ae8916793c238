//! `cargo xtask codegen`: the service models of crates/shape/models, trimmed from a pinned botocore.
//!
//! Kept: every operation, shape, constraint, error and trait that the wire or a room may ask for.
//! Dropped: documentation, deprecations, endpoint rules, and the rest of what only clients read.

mod json;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail, ensure};

use json::Json;

/// The version whose models are on board; the same as the boto3 that the tab runs.
const BOTOCORE: &str = "1.44.5";

const SERVICES: [&str; 12] = [
    "dynamodb",
    "ec2",
    "events",
    "glue",
    "iam",
    "lambda",
    "logs",
    "s3",
    "sns",
    "sqs",
    "stepfunctions",
    "sts",
];

/// What of `metadata` is kept.
const METADATA: [&str; 11] = [
    "apiVersion",
    "endpointPrefix",
    "globalEndpoint",
    "protocol",
    "jsonVersion",
    "serviceId",
    "signatureVersion",
    "signingName",
    "targetPrefix",
    "xmlNamespace",
    "awsQueryCompatible",
];

/// What is dropped of every operation, shape and member.
const DROPPED: [&str; 16] = [
    "documentation",
    "deprecated",
    "deprecatedMessage",
    "deprecatedSince",
    "box",
    "synthetic",
    "contextParam",
    "staticContextParams",
    "operationContextParams",
    "endpointdiscovery",
    "endpointoperation",
    "auth",
    "idempotent",
    "readonly",
    "retryable",
    "sensitive",
];

/// Prints the newest `service-2.json` of each service named after the wheel, one a line.
const EXTRACT: &str = r#"
import gzip, json, sys, zipfile
wheel = zipfile.ZipFile(sys.argv[1])
for service in sys.argv[2:]:
    folder = f"botocore/data/{service}/"
    name = max(n for n in wheel.namelist() if n.startswith(folder) and n.split("/")[-1] in ("service-2.json", "service-2.json.gz"))
    data = wheel.read(name)
    print(json.dumps(json.loads(gzip.decompress(data) if name.endswith("gz") else data)))
"#;

/// Options of `cargo xtask codegen`.
#[derive(clap::Args, Default)]
pub struct Args {
    /// Writes nothing, and fails if a file is not what it would write
    #[arg(long)]
    check: bool,
}

/// Runs it.
pub fn run(root: &Path, args: &Args) -> anyhow::Result<()> {
    let wheel = wheel(root)?;
    let mut stale = Vec::new();
    for (service, text) in models(&wheel)? {
        let path = root.join("crates/shape/models").join(format!("{service}.json"));
        if fs::read_to_string(&path).is_ok_and(|there| there == text) {
            continue;
        }
        if args.check {
            stale.push(service);
        } else {
            fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
            println!("wrote {}", path.display());
        }
    }
    ensure!(
        stale.is_empty(),
        "the models of {} are not those of botocore {BOTOCORE}: run cargo xtask codegen",
        stale.join(", ")
    );
    Ok(())
}

/// The pinned wheel, downloaded if it is not there yet.
fn wheel(root: &Path) -> anyhow::Result<PathBuf> {
    let folder = root.join(".cache/botocore");
    let path = folder.join(format!("botocore-{BOTOCORE}-py3-none-any.whl"));
    if path.is_file() {
        return Ok(path);
    }
    fs::create_dir_all(&folder)?;
    let status = Command::new("python3")
        .args(["-m", "pip", "download", "--quiet", "--no-deps", "--dest"])
        .arg(&folder)
        .arg(format!("botocore=={BOTOCORE}"))
        .status()
        .context("python3 is missing: install Python 3 with pip")?;
    ensure!(status.success() && path.is_file(), "pip could not download botocore {BOTOCORE}");
    Ok(path)
}

/// Each service's name and trimmed model.
fn models(wheel: &Path) -> anyhow::Result<Vec<(&'static str, String)>> {
    let output = Command::new("python3")
        .args(["-c", EXTRACT])
        .arg(wheel)
        .args(SERVICES)
        .output()
        .context("python3 is missing: install Python 3 with pip")?;
    if !output.status.success() {
        bail!("cannot read the wheel: {}", String::from_utf8_lossy(&output.stderr));
    }
    let text = String::from_utf8(output.stdout)?;
    ensure!(text.lines().count() == SERVICES.len(), "a model is missing");
    let trimmed = |(service, line): (&&'static str, &str)| {
        let model: Json = serde_json::from_str(line)?;
        Ok((*service, serde_json::to_string(&trim(model))?))
    };
    SERVICES.iter().zip(text.lines()).map(trimmed).collect()
}

fn trim(model: Json) -> Json {
    model.filter_map(|name, value| match name {
        "metadata" => Some(value.filter_map(|name, it| METADATA.contains(&name).then_some(it))),
        "operations" => Some(value.filter_map(|_, it| Some(trim_operation(it)))),
        "shapes" => Some(value.filter_map(|_, it| Some(trim_shape(it)))),
        _ => None,
    })
}

fn bare(node: Json) -> Json {
    node.filter_map(|name, value| (!DROPPED.contains(&name)).then_some(value))
}

fn trim_operation(operation: Json) -> Json {
    bare(operation).filter_map(|name, value| {
        Some(match name {
            "input" | "output" => bare(value),
            "errors" => value.map_items(bare),
            _ => value,
        })
    })
}

fn trim_shape(shape: Json) -> Json {
    bare(shape).filter_map(|name, value| {
        Some(match name {
            "members" => value.filter_map(|_, member| Some(bare(member))),
            "member" | "key" | "value" => bare(value),
            _ => value,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_models_are_fresh() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        match wheel(&root) {
            Ok(_) => run(&root, &Args { check: true }).unwrap(),
            Err(why) => println!("skipped: {why}"),
        }
    }

    #[test]
    fn documentation_goes_and_constraints_stay() {
        let model = r#"{"version":"2.0","metadata":{"uid":"x","protocol":"json"},"operations":{},
            "shapes":{"S":{"type":"structure","documentation":"d","required":["documentation"],
            "members":{"documentation":{"shape":"T","documentation":"d"}}}}}"#;
        let trimmed = trim(serde_json::from_str(model).unwrap());
        let expected = r#"{"metadata":{"protocol":"json"},"operations":{},"shapes":{"S":{"type":"structure","required":["documentation"],"members":{"documentation":{"shape":"T"}}}}}"#;
        assert_eq!(serde_json::to_string(&trimmed).unwrap(), expected);
    }
}
