import json

import boto3
from botocore.exceptions import ClientError
from machines import deploy, run

sfn = boto3.client("stepfunctions")
arn = deploy("tea")

# Step 1: run the machine, and print the status

# Step 2: run it with three states, and print which it entered

# Step 3: try a machine that leads nowhere
