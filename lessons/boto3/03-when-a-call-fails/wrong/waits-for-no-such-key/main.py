import boto3
from botocore.exceptions import ClientError, ParamValidationError

s3 = boto3.client("s3")
bucket = "{{notes}}"

# Step 1: ask for tomorrow.txt, and print code and status of the error
try:
    s3.get_object(Bucket=bucket, Key="tomorrow.txt")
except ClientError as error:
    print("code:", error.response["Error"]["Code"])
    print("status:", error.response["ResponseMetadata"]["HTTPStatusCode"])

# Step 2: the same with head_object
try:
    s3.head_object(Bucket=bucket, Key="tomorrow.txt")
except s3.exceptions.NoSuchKey as error:
    print("head:", error.response["Error"]["Code"])


# Step 3: a function that handles NoSuchKey, and passes on the rest
def note(bucket, key):
    try:
        return s3.get_object(Bucket=bucket, Key=key)["Body"].read().decode()
    except ClientError as error:
        if error.response["Error"]["Code"] == "NoSuchKey":
            return "(no note yet)"
        raise


print("today:", note(bucket, "today.txt"))
print("sunday:", note(bucket, "sunday.txt"))
try:
    note("secret-garden", "roses.txt")
except ClientError as error:
    print("passed on:", error.response["Error"]["Code"])

# Step 4: leave the key out
try:
    s3.get_object(Bucket=bucket)
except ParamValidationError as error:
    print("not sent:", error)
