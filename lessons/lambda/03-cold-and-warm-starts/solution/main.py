import base64
import json
import re

import boto3
from deploy import deploy

lam = boto3.client("lambda")
logs = boto3.client("logs")


def took(answer):
    """The milliseconds that a handler took, from the report that came with the answer."""
    log = base64.b64decode(answer["LogResult"]).decode()
    return float(re.search(r"\tDuration: ([0-9.]+) ms", log)[1])


deploy("shop")

# Step 1: call the function three times, and print how often it was called
for item in ["tea", "milk", "tea"]:
    answer = lam.invoke(FunctionName="shop", Payload=json.dumps({"item": item}))
    print("call", json.load(answer["Payload"])["calls"])

# Step 2: search the log for cold starts
found = logs.filter_log_events(logGroupName="/aws/lambda/shop", filterPattern='"Init Duration"')
print("cold starts:", len(found["events"]))
print(found["events"][-1]["message"].rstrip())

# Step 3: measure a warm call
answer = lam.invoke(FunctionName="shop", LogType="Tail", Payload=json.dumps({"item": "tea"}))
print("took", took(answer), "ms")
print("fast:", took(answer) < 150)

# Step 4: give the function more memory, wait, and call it once more
lam.update_function_configuration(FunctionName="shop", MemorySize=256)
lam.get_waiter("function_updated_v2").wait(FunctionName="shop")
answer = lam.invoke(FunctionName="shop", Payload=json.dumps({"item": "milk"}))
print("anew: call", json.load(answer["Payload"])["calls"])
