import base64
import json

import boto3
from deploy import deploy

lam = boto3.client("lambda")
logs = boto3.client("logs")

deploy("weather")

# Step 1: send the temperatures of Oslo, and print the answer
answer = lam.invoke(
    FunctionName="weather",
    Payload=json.dumps({"city": "Oslo", "degrees": [3, 7, 5]}),
)
print("answer:", json.load(answer["Payload"]))

# Step 2: send those of Rome, and print the log that comes with the answer
answer = lam.invoke(
    FunctionName="weather",
    LogType="Tail",
    Payload=json.dumps({"city": "Rome", "degrees": [19, 24]}),
)
print(base64.b64decode(answer["LogResult"]).decode())

# Step 3: print all that is in the log group
found = logs.filter_log_events(logGroupName="/aws/lambda/weather")
for line in found["events"]:
    print("log:", line["message"].rstrip())

# Step 4: send an event without degrees, and look for it in the log
answer = lam.invoke(FunctionName="weather", Payload=json.dumps({"city": "Atlantis"}))
print("failed:", answer["FunctionError"], json.load(answer["Payload"])["errorType"])
found = logs.filter_log_events(logGroupName="/aws/lambda/weather", filterPattern="ERROR")
print("in the log:", len(found["events"]))
