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

# Step 2: search the log for cold starts

# Step 3: measure a warm call

# Step 4: give the function more memory, wait, and call it once more
