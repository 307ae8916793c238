//! A state machine as files that deploy it: its definition, a template for AWS SAM or `CloudFormation`, a script for boto3.

use super::Machine;

/// A file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct File {
    pub id: &'static str,
    pub name: String,
    pub text: String,
}

/// All of them.
pub fn files(machine: &Machine) -> Vec<File> {
    let name = &machine.row.name;
    let file = |id, name: String, text| File { id, name, text };
    vec![
        file("boto3", format!("deploy_{}.py", plain(name, '_')), boto3(machine)),
        file("sam", "template.yaml".into(), sam(machine)),
        file(
            "cloudformation",
            format!("{}.cloudformation.yaml", plain(name, '-')),
            cloudformation(machine),
        ),
        file("asl", format!("{}.asl.json", plain(name, '-')), machine.definition.clone()),
    ]
}

fn kind(machine: &Machine) -> &'static str {
    if machine.row.express { "EXPRESS" } else { "STANDARD" }
}

/// Letters and digits of a name, with `joint` for what is neither.
fn plain(name: &str, joint: char) -> String {
    name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { joint }).collect()
}

/// A name that a template's resource can have: letters and digits alone.
fn logical(name: &str) -> String {
    let mut id = String::new();
    for part in name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty()) {
        let mut letters = part.chars();
        id.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        id.push_str(letters.as_str());
    }
    if id.starts_with(|c: char| c.is_ascii_alphabetic()) { id } else { format!("Machine{id}") }
}

/// A text as YAML and Python both read it: JSON's form, which has no escape that they read otherwise.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Each line so many spaces further in; empty ones stay empty.
fn indented(text: &str, spaces: usize) -> String {
    let space = " ".repeat(spaces);
    let line =
        |line: &str| if line.trim().is_empty() { String::new() } else { format!("{space}{line}") };
    text.trim_end().lines().map(line).collect::<Vec<_>>().join("\n")
}

/// The definition is JSON, and JSON is YAML.
/// <https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-statemachine.html>
fn sam(machine: &Machine) -> String {
    // A tab within JSON would be no indentation to YAML.
    let definition = indented(&super::pretty(&machine.definition), 8);
    format!(
        "AWSTemplateFormatVersion: \"2010-09-09\"
Transform: AWS::Serverless-2016-10-31
Resources:
  {id}:
    Type: AWS::Serverless::StateMachine
    Properties:
      Name: {name}
      Type: {kind}
      Role: {role}
      Definition:
{definition}
Outputs:
  {id}Arn:
    Value: !Ref {id}
",
        id = logical(&machine.row.name),
        name = quoted(&machine.row.name),
        kind = kind(machine),
        role = quoted(&machine.role_arn),
    )
}

/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-stepfunctions-statemachine.html>
fn cloudformation(machine: &Machine) -> String {
    // How far in a block is cannot be guessed from a first line that is indented itself, so it is said.
    let definition = indented(&machine.definition, 8);
    format!(
        "AWSTemplateFormatVersion: \"2010-09-09\"
Resources:
  {id}:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      StateMachineName: {name}
      StateMachineType: {kind}
      RoleArn: {role}
      DefinitionString: |2
{definition}
Outputs:
  {id}Arn:
    Value: !Ref {id}
",
        id = logical(&machine.row.name),
        name = quoted(&machine.row.name),
        kind = kind(machine),
        role = quoted(&machine.role_arn),
    )
}

/// The definition as Python's text: as it stands where it can, so that it can be read and changed.
fn python_text(text: &str) -> String {
    let raw = !text.contains("'''") && !text.contains('\r') && !text.ends_with(['\\', '\'']);
    if raw { format!("r'''{text}'''") } else { quoted(text) }
}

fn boto3(machine: &Machine) -> String {
    format!(
        "\"\"\"Makes the state machine, or brings the one that is there up to date.\"\"\"

import boto3

NAME = {name}
TYPE = {kind}
ROLE_ARN = {role}
DEFINITION = {definition}

stepfunctions = boto3.client(\"stepfunctions\")


def deploy():
    try:
        made = stepfunctions.create_state_machine(
            name=NAME, type=TYPE, roleArn=ROLE_ARN, definition=DEFINITION
        )
        return made[\"stateMachineArn\"]
    except stepfunctions.exceptions.StateMachineAlreadyExists:
        account = boto3.client(\"sts\").get_caller_identity()[\"Account\"]
        meta = stepfunctions.meta
        arn = f\"arn:{{meta.partition}}:states:{{meta.region_name}}:{{account}}:stateMachine:{{NAME}}\"
        stepfunctions.update_state_machine(
            stateMachineArn=arn, roleArn=ROLE_ARN, definition=DEFINITION
        )
        return arn


print(\"deployed\", deploy())
",
        name = quoted(&machine.row.name),
        kind = quoted(kind(machine)),
        role = quoted(&machine.role_arn),
        definition = python_text(&machine.definition),
    )
}

#[cfg(test)]
mod tests {
    use super::super::MachineRow;
    use super::*;

    fn machine(name: &str, definition: &str) -> Machine {
        let row = MachineRow { name: name.into(), ..MachineRow::default() };
        let role_arn = "arn:aws:iam::123456789012:role/r".into();
        Machine { row, role_arn, definition: definition.into(), ..Machine::default() }
    }

    fn text(id: &str, machine: &Machine) -> String {
        files(machine).into_iter().find(|file| file.id == id).expect("a file").text
    }

    #[test]
    fn a_template_holds_the_definition_as_it_is() {
        let machine = machine("order-pipeline 2", "{\n  \"StartAt\": \"A\"\n}\n");
        let template = text("cloudformation", &machine);
        assert!(template.contains("  OrderPipeline2:\n"), "{template}");
        let block = "      DefinitionString: |2\n        {\n          \"StartAt\": \"A\"\n        }\nOutputs:";
        assert!(template.contains(block), "{template}");
        let sam = text("sam", &machine);
        assert!(
            sam.contains("      Definition:\n        {\n          \"StartAt\": \"A\"\n        }\n"),
            "{sam}"
        );
        assert!(sam.contains("      Name: \"order-pipeline 2\"\n"), "{sam}");
    }

    #[test]
    fn a_script_holds_a_definition_that_python_can_read() {
        let plain = text("boto3", &machine("m", "{\"a\": \"\\n\"}"));
        assert!(plain.contains("DEFINITION = r'''{\"a\": \"\\n\"}'''\n"), "{plain}");
        let awkward = text("boto3", &machine("m", "{\"a\": \"'''\"}"));
        assert!(awkward.contains(r#"DEFINITION = "{\"a\": \"'''\"}""#), "{awkward}");
    }

    #[test]
    fn a_name_of_digits_is_still_a_resource() {
        assert_eq!(logical("2026_run"), "Machine2026Run");
        assert_eq!(logical("größe"), "GrE");
    }
}
