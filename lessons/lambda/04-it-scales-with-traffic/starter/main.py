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

# Step 2: call five times, one after another, and count them again

# Step 3: reserve one call at a time, keep it busy, and call meanwhile

# Step 4: send three events more, wait for them, and lift the limit
