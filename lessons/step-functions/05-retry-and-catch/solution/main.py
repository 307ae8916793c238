import json

import boto3
from functions import function
from machines import deploy, run

sfn = boto3.client("stepfunctions")
function("pay")
arn = deploy("shop")

# Step 1: run it with order 7, and count the failures
told = run(arn, {"order": 7}, "busy")
history = sfn.get_execution_history(executionArn=told["executionArn"])
failed = [event for event in history["events"] if event["type"] == "TaskFailed"]
print("busy:", told["status"], "after", len(failed), "failures")

# Step 2: run it with order 0, and print the message
told = run(arn, {"order": 0}, "broken")
print("broken:", told["status"], json.loads(told["output"])["message"])
