import json
import time

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError
from deploy import deploy

lam = boto3.client("lambda")
logs = boto3.client("logs")
impatient = boto3.client("lambda", config=Config(retries={"total_max_attempts": 1}))


def rung(whence, count):
    """Waits until so many calls are in the log. Gives the environment of each."""
    for _ in range(60):
        time.sleep(2)
        try:
            found = logs.filter_log_events(
                logGroupName="/aws/lambda/bell",
                filterPattern=f"rung {whence}",
            )
        except logs.exceptions.ResourceNotFoundException:
            continue
        if len(found["events"]) >= count:
            return [line["message"].split()[2] for line in found["events"]]
    raise TimeoutError(f"{whence} has not rung {count} times.")


deploy("bell", Timeout=10)

# Step 1: send five events at once, and count the environments
for _ in range(5):
    lam.invoke(
        FunctionName="bell",
        InvocationType="Event",
        Payload=json.dumps({"seconds": 1, "from": "burst"}),
    )
print("environments:", len(set(rung("burst", 5))))

# Step 2: call five times, one after another, and count them again
places = set()
for _ in range(5):
    answer = lam.invoke(FunctionName="bell", Payload=json.dumps({"seconds": 0, "from": "queue"}))
    places.add(json.load(answer["Payload"])["place"])
print("one after another:", len(places))

# Step 3: reserve one call at a time, keep it busy, and call meanwhile
lam.put_function_concurrency(FunctionName="bell", ReservedConcurrentExecutions=1)
lam.invoke(
    FunctionName="bell",
    InvocationType="Event",
    Payload=json.dumps({"seconds": 2, "from": "limit"}),
)
try:
    impatient.invoke(FunctionName="bell", Payload=json.dumps({"seconds": 0, "from": "limit"}))
except ClientError as error:
    print("refused:", error.response["Error"]["Code"])

# Step 4: send three events more, wait for them, and lift the limit
for _ in range(3):
    lam.invoke(
        FunctionName="bell",
        InvocationType="Event",
        Payload=json.dumps({"seconds": 0.5, "from": "patience"}),
    )
print("all three:", len(rung("patience", 3)))
lam.delete_function_concurrency(FunctionName="bell")
