//! `cargo xtask new s3 PutBucketCors`: the three places where a new operation begins: its file, its
//! row in the operation table, its first case.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail, ensure};
use serde_json::Value as Json;

/// Options of `cargo xtask new`.
#[derive(clap::Args)]
pub struct Args {
    /// The service, as its crate is called: s3
    service: String,
    /// The operation, as AWS calls it: `PutBucketCors`
    operation: String,
}

/// What a new operation needs to know of the rest.
struct Plan<'a> {
    service: &'a str,
    operation: &'a str,
    snake: String,
    link: String,
    writes: bool,
    members: Vec<String>,
    outputs: Vec<String>,
    state: String,
}

/// Runs it.
pub fn run(root: &Path, args: &Args) -> anyhow::Result<()> {
    let model = model(root, &args.service)?;
    let plan = plan(root, &model, args)?;
    let folder = root.join("crates").join(&args.service).join("src/ops");
    let file = folder.join(format!("{}.rs", plan.snake));
    ensure!(!file.exists(), "{} is there already", file.display());
    let table = folder.join("mod.rs");
    let text =
        fs::read_to_string(&table).with_context(|| format!("{} is missing", table.display()))?;
    let rows = with_row(&text, &plan)?;
    let case = case_path(root, &plan);
    ensure!(!case.exists(), "{} is there already", case.display());

    fs::write(&file, operation_file(&plan))?;
    fs::write(&table, rows)?;
    if let Some(parent) = case.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::write(&case, case_file(&plan))?;
    for path in [&file, &table, &case] {
        println!("{}", path.strip_prefix(root).unwrap_or(path).display());
    }
    println!("Fill in the first, then let the second say what AWS answers.");
    Ok(())
}

fn model(root: &Path, service: &str) -> anyhow::Result<Json> {
    // A crate is called as its service is, but for AWS Step Functions.
    let name = if service == "states" { "stepfunctions" } else { service };
    let path = root.join(format!("crates/shape/models/{name}.json"));
    let text = fs::read_to_string(&path)
        .with_context(|| format!("there is no model of {service} ({})", path.display()))?;
    Ok(serde_json::from_str(&text)?)
}

fn plan<'a>(root: &Path, model: &Json, args: &'a Args) -> anyhow::Result<Plan<'a>> {
    let (service, operation) = (args.service.as_str(), args.operation.as_str());
    let Some(described) = model.pointer(&format!("/operations/{operation}")) else {
        let near = near(model, operation);
        bail!("{service} has no operation {operation}{near}");
    };
    let text = |pointer: &str| described.pointer(pointer).and_then(Json::as_str);
    let members = |side: &str| -> Vec<String> {
        let shape = text(&format!("/{side}/shape")).unwrap_or_default();
        let members = model.pointer(&format!("/shapes/{shape}/members"));
        let members = members.and_then(Json::as_object);
        members.map(|members| members.keys().cloned().collect()).unwrap_or_default()
    };
    let method = text("/http/method").unwrap_or("POST");
    let reads = ["Get", "List", "Describe", "Head"].iter().any(|verb| operation.starts_with(verb));
    let source = root.join("crates").join(service).join("src");
    let state = fs::read_to_string(source.join("ops/mod.rs")).ok().and_then(|text| {
        let (_, after) = text.split_once("&[Operation<")?;
        after.split_once('>').map(|(state, _)| state.to_owned())
    });
    Ok(Plan {
        service,
        operation,
        snake: snake(operation),
        link: link(service, operation),
        writes: !(reads || method == "HEAD"),
        members: members("input"),
        outputs: members("output"),
        state: state.with_context(|| format!("crates/{service}/src/ops/mod.rs has no table"))?,
    })
}

/// Operations whose names hold a word of the one that is not there.
fn near(model: &Json, operation: &str) -> String {
    let wanted = operation.to_ascii_lowercase();
    let names = model
        .get("operations")
        .and_then(Json::as_object)
        .into_iter()
        .flat_map(serde_json::Map::keys);
    let near: Vec<&str> = names
        .map(String::as_str)
        .filter(|name| {
            let name = name.to_ascii_lowercase();
            name.contains(&wanted) || wanted.contains(&name)
        })
        .collect();
    if near.is_empty() { String::new() } else { format!("; it has {}", near.join(", ")) }
}

/// `PutBucketCors` is `put_bucket_cors`, `ListObjectsV2` is `list_objects_v2`,
/// `PutBucketACL` is `put_bucket_acl`.
fn snake(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut snake = String::new();
    for (index, letter) in letters.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|before| letters.get(before));
        let after = letters.get(index + 1);
        let begins = letter.is_ascii_uppercase()
            && before.is_some_and(|before| {
                !before.is_ascii_uppercase() || after.is_some_and(char::is_ascii_lowercase)
            });
        if begins {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}

/// The page of AWS's API reference.
fn link(service: &str, operation: &str) -> String {
    let base = match service {
        "s3" => "AmazonS3/latest/API",
        "sts" => "STS/latest/APIReference",
        "iam" => "IAM/latest/APIReference",
        "dynamodb" => "amazondynamodb/latest/APIReference",
        "lambda" => "lambda/latest/api",
        "states" => "step-functions/latest/apireference",
        "glue" => "glue/latest/webapi",
        "sqs" => "AWSSimpleQueueService/latest/APIReference",
        "sns" => "sns/latest/api",
        "ec2" => "AWSEC2/latest/APIReference",
        "logs" => "AmazonCloudWatchLogs/latest/APIReference",
        "events" => "eventbridge/latest/APIReference",
        other => other,
    };
    format!("https://docs.aws.amazon.com/{base}/API_{operation}.html")
}

fn operation_file(plan: &Plan<'_>) -> String {
    let Plan { service, operation, snake, link, state, .. } = plan;
    let listed = |members: &[String]| members.join(", ");
    let path = if state == "State" { "crate::model::State" } else { &format!("crate::{state}") };
    format!(
        r#"//! `{operation}`:
//!
//! <{link}>
//!
//! Differences from AWS:

use cloudarium_service::{{Ctx, Fault}};
use serde::{{Deserialize, Serialize}};

use {path};

/// The members that are simulated.
///
/// AWS has: {inputs}.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct {operation}Input {{}}

/// The members that are simulated.
///
/// AWS has: {outputs}.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct {operation}Output {{}}

/// Runs the operation.
pub fn {snake}(
    _state: &mut {state},
    _cx: &mut Ctx<'_>,
    _input: {operation}Input,
) -> Result<{operation}Output, Fault> {{
    Err(Fault::not_implemented("{service}:{operation}"))
}}
"#,
        inputs = if plan.members.is_empty() { "none".to_owned() } else { listed(&plan.members) },
        outputs = if plan.outputs.is_empty() { "none".to_owned() } else { listed(&plan.outputs) },
    )
}

/// The operation table with the new row and module, each in the order of the names.
fn with_row(table: &str, plan: &Plan<'_>) -> anyhow::Result<String> {
    let Plan { operation, snake, .. } = plan;
    let access = if plan.writes { "Write" } else { "Read" };
    let row = format!(
        "    operation!({access}, {operation}, {snake}::{snake}, {snake}::{operation}Input),"
    );
    let module = format!("mod {snake};");
    let lines: Vec<&str> = table.lines().collect();
    ensure!(!lines.contains(&module.as_str()), "the table has {operation} already");
    let name = |line: &str| line.split(", ").nth(1).map(str::to_owned);
    let is_row = |line: &str| line.trim_start().starts_with("operation!(");
    let is_module = |line: &str| line.starts_with("mod ") && line.ends_with(';');
    let row_at =
        place(&lines, is_row, |line| name(line).is_some_and(|it| it.as_str() > *operation));
    let module_at = place(&lines, is_module, |line| line > module.as_str());
    let (Some(row_at), Some(module_at)) = (row_at, module_at) else {
        bail!("the operation table has no rows to put this one among");
    };
    let mut lines: Vec<String> = lines.into_iter().map(str::to_owned).collect();
    lines.insert(row_at, row);
    lines.insert(module_at, module);
    Ok(lines.join("\n") + "\n")
}

/// The place before the first line of a kind that comes later, else after the last of that kind.
fn place(
    lines: &[&str],
    is_kind: impl Fn(&str) -> bool,
    is_later: impl Fn(&str) -> bool,
) -> Option<usize> {
    let kind: Vec<usize> = lines
        .iter()
        .enumerate()
        .filter_map(|(index, line)| is_kind(line).then_some(index))
        .collect();
    let later = kind.iter().find(|index| lines.get(**index).is_some_and(|line| is_later(line)));
    later.copied().or_else(|| kind.last().map(|last| last + 1))
}

fn case_path(root: &Path, plan: &Plan<'_>) -> PathBuf {
    let name = plan.snake.replace('_', "-");
    root.join("tests/suite").join(plan.service).join(format!("{name}.case"))
}

fn case_file(plan: &Plan<'_>) -> String {
    let Plan { service, operation, snake, link, .. } = plan;
    let name = snake.replace('_', "-");
    let model = if *service == "states" { "stepfunctions" } else { service };
    format!(
        "// {operation}.\n\n--- {name} core wire boto3 known-failure(still to be written) ---\n\
         // evidence: doc {link}\n> {model} {operation} {{}}\n< {{}}\n"
    )
}

#[cfg(test)]
mod tests {
    use super::{Plan, case_file, operation_file, snake, with_row};

    fn plan() -> Plan<'static> {
        Plan {
            service: "s3",
            operation: "PutBucketCors",
            snake: "put_bucket_cors".to_owned(),
            link: "https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketCors.html"
                .to_owned(),
            writes: true,
            members: vec!["Bucket".to_owned()],
            outputs: Vec::new(),
            state: "State".to_owned(),
        }
    }

    #[test]
    fn names_as_rust_writes_them() {
        for (aws, rust) in [
            ("PutBucketCors", "put_bucket_cors"),
            ("ListObjectsV2", "list_objects_v2"),
            ("GetBucketACL", "get_bucket_acl"),
            ("ListMFADevices", "list_mfa_devices"),
        ] {
            assert_eq!(snake(aws), rust);
        }
    }

    #[test]
    fn rows_stand_in_order() {
        let table = "mod put_object;\nmod upload_part;\n\n&[\n    operation!(Write, PutObject, a, b),\n    \
                     operation!(Write, UploadPart, a, b),\n];\n";
        let wanted = "mod put_bucket_cors;\nmod put_object;\nmod upload_part;\n\n&[\n    \
                      operation!(Write, PutBucketCors, put_bucket_cors::put_bucket_cors, \
                      put_bucket_cors::PutBucketCorsInput),\n    \
                      operation!(Write, PutObject, a, b),\n    operation!(Write, UploadPart, a, b),\n];\n";
        assert_eq!(with_row(table, &plan()).unwrap(), wanted);
        assert!(with_row(wanted, &plan()).is_err());
        let last = Plan { operation: "Zip", snake: "zip".to_owned(), ..plan() };
        assert!(
            with_row(table, &last)
                .unwrap()
                .contains("UploadPart, a, b),\n    operation!(Write, Zip,")
        );
    }

    #[test]
    fn the_files_say_where_to_look() {
        let plan = plan();
        for text in [operation_file(&plan), case_file(&plan)] {
            assert!(text.contains(&plan.link), "{text}");
        }
        assert!(operation_file(&plan).contains("AWS has: Bucket."));
        assert!(case_file(&plan).contains("known-failure("));
    }
}
