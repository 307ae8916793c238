import json

import boto3
from machines import deploy, run, wait

sfn = boto3.client("stepfunctions")
s3 = boto3.client("s3")
arn = deploy("invoice")

# Step 1: test the state Price alone, and mend it
with open("machine.asl.json") as text:
    definition = text.read()
tested = sfn.test_state(
    definition=definition,
    stateName="Price",
    input=json.dumps({"customer": "ada", "count": 3, "each": 4}),
)
print("tested:", tested["status"], tested.get("output"), tested.get("error"), tested.get("cause"))

# Step 2: run the machine, and print where it stops
told = run(arn, {"customer": "ada", "count": 3, "each": 4}, "ada")
history = sfn.get_execution_history(executionArn=told["executionArn"], reverseOrder=True)
entered = [event for event in history["events"] if "stateEnteredEventDetails" in event]
print(told["status"], "in", entered[0]["stateEnteredEventDetails"]["name"], "by", told["error"])

# Step 3: put what is missing, and let the execution go on
s3.put_object(Bucket="{{archive}}", Key="ada.txt", Body=b"12 Curzon Street")
sfn.redrive_execution(executionArn=told["executionArn"])
told = wait(told["executionArn"])
print(told["status"], "after", told["redriveCount"], "redrive:", told["output"])
