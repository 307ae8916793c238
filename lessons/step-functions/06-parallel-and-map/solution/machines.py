"""Brings machine.asl.json to Step Functions, and runs it. It may stay as it is."""

import json
import time
import uuid

import boto3

sfn = boto3.client("stepfunctions")


def deploy(name, file="machine.asl.json", **settings):
    """Makes the state machine of a file, or brings it up to date. Gives its ARN."""
    with open(file) as text:
        definition = text.read()
    role = f"arn:aws:iam::{{account}}:role/{name}"
    try:
        made = sfn.create_state_machine(
            name=name, definition=definition, roleArn=role, **settings
        )
        return made["stateMachineArn"]
    except sfn.exceptions.StateMachineAlreadyExists:
        arn = f"arn:aws:states:{{region}}:{{account}}:stateMachine:{name}"
        sfn.update_state_machine(stateMachineArn=arn, definition=definition)
        return arn


def start(arn, data, label):
    """Starts an execution that is named after its label. Gives its ARN."""
    name = f"{label}-{uuid.uuid4().hex[:8]}"
    started = sfn.start_execution(stateMachineArn=arn, name=name, input=json.dumps(data))
    return started["executionArn"]


def wait(execution):
    """Waits for the end of an execution. Gives what is told of it."""
    while True:
        told = sfn.describe_execution(executionArn=execution)
        if told["status"] != "RUNNING":
            return told
        time.sleep(1)


def run(arn, data, label):
    """Starts an execution, and waits for its end. Gives what is told of it."""
    return wait(start(arn, data, label))
