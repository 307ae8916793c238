import json

import boto3
from botocore.exceptions import ClientError
from machines import deploy, run

sfn = boto3.client("stepfunctions")
slow = deploy("slow")

# Step 1: make an Express machine, and start it

# Step 2: run the Standard one, and list the executions of both

# Step 3: what a million of each costs
