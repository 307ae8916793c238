import time

import boto3
from botocore.exceptions import ClientError
from deploy import deploy

lam = boto3.client("lambda")
s3 = boto3.client("s3")


def wait_for(key):
    """Waits until the function has written its count, and reads it."""
    for _ in range(30):
        time.sleep(2)
        try:
            return s3.get_object(Bucket="{{counts}}", Key=key)["Body"].read().decode()
        except s3.exceptions.NoSuchKey:
            pass
    raise TimeoutError(f"{key} has not been counted.")


deploy("count", Timeout=20)

# Step 1: have the bucket call the function, which is refused

# Step 2: allow it, and try again

# Step 3: upload a text, and wait for its count
