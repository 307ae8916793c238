import json

import boto3
from functions import function
from machines import deploy, run

s3 = boto3.client("s3")
function("words")
arn = deploy("counting")

# Step 1: run it with a text, and print how many words it has

# Step 2: read what the machine put into the bucket

# Step 3: run it with a bucket that does not exist
