import base64
import json

import boto3
from deploy import deploy

lam = boto3.client("lambda")
logs = boto3.client("logs")

deploy("weather")

# Step 1: send the temperatures of Oslo, and print the answer

# Step 2: send those of Rome, and print the log that comes with the answer

# Step 3: print all that is in the log group

# Step 4: send an event without degrees, and look for it in the log
