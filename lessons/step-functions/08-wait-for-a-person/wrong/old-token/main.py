import json
import time

import boto3
from machines import deploy, start, wait

sfn = boto3.client("stepfunctions")
s3 = boto3.client("s3")


def from_desk(key):
    """Waits until a letter lies on the desk, reads it, and takes it away."""
    for _ in range(30):
        time.sleep(1)
        try:
            letter = json.load(s3.get_object(Bucket="{{desk}}", Key=key)["Body"])
        except s3.exceptions.NoSuchKey:
            continue
        s3.delete_object(Bucket="{{desk}}", Key=key)
        return letter
    raise TimeoutError(f"There is no {key} on the desk.")


arn = deploy("holiday")

# Step 1: start it for ada, and read what is asked
ada = start(arn, {"who": "ada"}, "ada")
letter = from_desk("ada.json")
print("asked:", letter["question"])
print("status:", sfn.describe_execution(executionArn=ada)["status"])

# Step 2: say yes, and wait for the end
sfn.send_task_success(taskToken=letter["token"], output=json.dumps({"days": 5}))
told = wait(ada)
print("ada:", told["status"], json.loads(told["output"]))

# Step 3: start it for bob, and say no
bob = start(arn, {"who": "bob"}, "bob")
from_desk("bob.json")
sfn.send_task_failure(taskToken=letter["token"], error="No", cause="too much to do")
told = wait(bob)
print("bob:", told["status"], json.loads(told["output"]))
