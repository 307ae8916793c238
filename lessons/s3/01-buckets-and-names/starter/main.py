import boto3
from botocore.exceptions import ClientError

s3 = boto3.client("s3")
bucket = "{{bucket}}"

# Step 1: make a bucket

# Step 2: try a name that is not allowed

# Step 3: try a name that is taken

# Step 4: make a bucket in Frankfurt

# Step 5: delete the first bucket
