import json

import boto3
from functions import function
from machines import deploy, run

s3 = boto3.client("s3")
function("words")
arn = deploy("counting")

# Step 1: run it with a text, and print how many words it has
fog = {"name": "fog", "bucket": "{{results}}", "text": "The fog comes on little cat feet."}
told = run(arn, fog, "fog")
print("words:", json.loads(told["output"])["words"])

# Step 2: read what the machine put into the bucket
kept = s3.get_object(Bucket="{{results}}", Key="fog.json")
print("kept:", kept["Body"].read().decode())

# Step 3: run it with a bucket that does not exist
told = run(arn, {**fog, "bucket": "nobody-has-{{results}}"}, "lost")
print("lost:", told["status"], told["error"])
