import json

import boto3
from botocore.exceptions import ClientError
from machines import deploy, run

sfn = boto3.client("stepfunctions")
arn = deploy("tea")

# Step 1: run the machine, and print the status
told = run(arn, {"cup": "green"}, "first")
print("status:", told["status"])

# Step 2: run it with three states, and print which it entered
told = run(arn, {"cup": "black"}, "second")
history = sfn.get_execution_history(executionArn=told["executionArn"])
entered = [
    event["stateEnteredEventDetails"]["name"]
    for event in history["events"]
    if "stateEnteredEventDetails" in event
]
print(" -> ".join(entered))

# Step 3: try a machine that leads nowhere
broken = {"StartAt": "Boil", "States": {"Boil": {"Type": "Pass", "Next": "Steep"}}}
try:
    sfn.create_state_machine(
        name="broken",
        definition=json.dumps(broken),
        roleArn="arn:aws:iam::{{account}}:role/broken",
    )
except ClientError as error:
    print("refused:", error.response["Error"]["Code"])
    print(error.response["Error"]["Message"])
