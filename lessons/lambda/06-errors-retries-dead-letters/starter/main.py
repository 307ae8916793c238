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

# Step 2: send another as an event, wait five minutes, and count the tries

# Step 3: have what fails go to the bucket, and send one more

# Step 4: read what went there
