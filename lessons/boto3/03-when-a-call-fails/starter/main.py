import boto3
from botocore.exceptions import ClientError, ParamValidationError

s3 = boto3.client("s3")
bucket = "{{notes}}"

# Step 1: ask for tomorrow.txt, and print code and status of the error

# Step 2: the same with head_object

# Step 3: a function that handles NoSuchKey, and passes on the rest

# Step 4: leave the key out
