import json

import boto3
from machines import deploy, run, wait

sfn = boto3.client("stepfunctions")
s3 = boto3.client("s3")
arn = deploy("invoice")

# Step 1: test the state Price alone, and mend it

# Step 2: run the machine, and print where it stops

# Step 3: put what is missing, and let the execution go on
