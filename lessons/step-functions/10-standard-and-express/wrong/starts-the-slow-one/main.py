import json

import boto3
from botocore.exceptions import ClientError
from machines import deploy, run

sfn = boto3.client("stepfunctions")
slow = deploy("slow")

# Step 1: make an Express machine, and start it
fast = deploy("fast", type="EXPRESS")
answer = sfn.start_sync_execution(stateMachineArn=slow, input=json.dumps({"number": 21}))
print("express:", answer["status"], json.loads(answer["output"]))

# Step 2: run the Standard one, and list the executions of both
run(slow, {"number": 21}, "slow")
print("standard:", len(sfn.list_executions(stateMachineArn=slow)["executions"]) > 0)
try:
    sfn.list_executions(stateMachineArn=fast)
except ClientError as error:
    print("express:", error.response["Error"]["Code"])

# Step 3: what a million of each costs
standard = 1_000_000 * 3 * 0.000025
express = 1_000_000 * (0.000001 + 0.1 * 64 / 1024 * 0.00001667)
print(f"standard: ${standard:.2f}, express: ${express:.2f}")
