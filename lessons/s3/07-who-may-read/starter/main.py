import json

import boto3
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import ClientError

s3 = boto3.client("s3")
stranger = boto3.client("s3", config=Config(signature_version=UNSIGNED))
bucket = "{{museum}}"


def look(client, key):
    try:
        return client.get_object(Bucket=bucket, Key=key)["Body"].read().decode()
    except ClientError as error:
        return error.response["Error"]["Code"]


# Step 1: let the stranger look at public/map.txt

# Step 2: put a policy by which everybody may read what is in public/

# Step 3: let public policies through, and put it again

# Step 4: let the stranger look at the map, and at private/wages.txt

# Step 5: deny public/vault.txt to everybody, and look at it as both
