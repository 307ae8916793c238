import json
import time

import boto3
from deploy import deploy

lam = boto3.client("lambda")
logs = boto3.client("logs")
s3 = boto3.client("s3")


def first_object(bucket):
    """Waits until something lies in the bucket, and reads it as JSON."""
    for _ in range(120):
        time.sleep(2)
        found = s3.list_objects_v2(Bucket=bucket)
        if found["KeyCount"] > 0:
            return json.load(s3.get_object(Bucket=bucket, Key=found["Contents"][0]["Key"])["Body"])
    raise TimeoutError(f"Nothing has come to {bucket}.")


deploy("orders")

# Step 1: call it with a broken order, and print what you are told
answer = lam.invoke(FunctionName="orders", Payload=json.dumps({"order": "A1", "broken": True}))
print("told:", answer.get("FunctionError"), json.load(answer["Payload"])["errorMessage"])

# Step 2: send another as an event, wait five minutes, and count the tries
lam.invoke(
    FunctionName="orders",
    InvocationType="Event",
    Payload=json.dumps({"order": "B2", "broken": True}),
)
time.sleep(300)
found = logs.filter_log_events(logGroupName="/aws/lambda/orders", filterPattern="taking B2")
print("tried:", len(found["events"]), "times")

# Step 3: have what fails go to the bucket, and send one more
lam.put_function_event_invoke_config(
    FunctionName="orders",
    MaximumRetryAttempts=0,
    DestinationConfig={"OnSuccess": {"Destination": "arn:aws:lambda:us-east-1:{{account}}:function:orders"}},
)
lam.invoke(
    FunctionName="orders",
    InvocationType="Event",
    Payload=json.dumps({"order": "C3", "broken": True}),
)

# Step 4: read what went there
record = first_object("{{lost}}")
print("why:", record["requestContext"]["condition"])
print("what:", record["requestPayload"]["order"])
print("error:", record["responsePayload"]["errorType"])
