import boto3
from botocore.exceptions import WaiterError

s3 = boto3.client("s3")
bucket = "{{readings}}"

# Step 1: ask once, and print KeyCount and IsTruncated

# Step 2: count all readings with a paginator

# Step 3: put summary.txt, and wait until it is there

# Step 4: wait for never.txt, but not for ever
