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
print("stranger:", look(stranger, "public/map.txt"))

# Step 2: put a policy by which everybody may read what is in public/
policy = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Principal": "*",
            "Action": "s3:GetObject",
            "Resource": f"arn:aws:s3:::{bucket}/*",
        }
    ],
}
try:
    s3.put_bucket_policy(Bucket=bucket, Policy=json.dumps(policy))
except ClientError as error:
    print("blocked:", error.response["Error"]["Code"])

# Step 3: let public policies through, and put it again
s3.put_public_access_block(
    Bucket=bucket,
    PublicAccessBlockConfiguration={
        "BlockPublicAcls": True,
        "IgnorePublicAcls": True,
        "BlockPublicPolicy": False,
        "RestrictPublicBuckets": False,
    },
)
s3.put_bucket_policy(Bucket=bucket, Policy=json.dumps(policy))
print("public:", s3.get_bucket_policy_status(Bucket=bucket)["PolicyStatus"]["IsPublic"])

# Step 4: let the stranger look at the map, and at private/wages.txt
print("map:", look(stranger, "public/map.txt"))
print("wages:", look(stranger, "private/wages.txt"))

# Step 5: deny public/vault.txt to everybody, and look at it as both
policy["Statement"].append(
    {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:GetObject",
        "Resource": f"arn:aws:s3:::{bucket}/public/vault.txt",
    }
)
s3.put_bucket_policy(Bucket=bucket, Policy=json.dumps(policy))
print("vault:", look(stranger, "public/vault.txt"))
print("vault, me:", look(s3, "public/vault.txt"))
