import json

import boto3
from functions import function
from machines import deploy, run

sfn = boto3.client("stepfunctions")
function("pay")
arn = deploy("shop")

# Step 1: run it with order 7, and count the failures

# Step 2: run it with order 0, and print the message
