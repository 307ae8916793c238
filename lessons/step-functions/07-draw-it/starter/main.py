"""The same by code: a definition is data, and a drawn line is a `Next`."""

import json

import boto3

sfn = boto3.client("stepfunctions")
arn = "arn:aws:states:{{region}}:{{account}}:stateMachine:bakery"

with open("machine.asl.json") as text:
    definition = json.load(text)
states = definition["States"]


def save():
    """Brings the definition to Step Functions, as the editor's Save does."""
    sfn.update_state_machine(stateMachineArn=arn, definition=json.dumps(definition, indent=2))


def bake(**order):
    """Starts an execution with this input."""
    sfn.start_execution(stateMachineArn=arn, input=json.dumps(order))


# Step 1: put Rise between Mix and Slice, save, and bake for ada

# Step 2: move Slice between Bake and Deliver, save, and bake for bob

# Step 3: put the Choice Whole between Bake and Slice, save, and bake for cem and dot
