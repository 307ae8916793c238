import time

import boto3
from botocore.exceptions import ClientError
from deploy import deploy

lam = boto3.client("lambda")
s3 = boto3.client("s3")


def wait_for(key):
    """Waits until the function has written its count, and reads it."""
    for _ in range(30):
        time.sleep(2)
        try:
            return s3.get_object(Bucket="{{counts}}", Key=key)["Body"].read().decode()
        except s3.exceptions.NoSuchKey:
            pass
    raise TimeoutError(f"{key} has not been counted.")


deploy("count", Timeout=20)

# Step 1: have the bucket call the function, which is refused
arn = lam.get_function_configuration(FunctionName="count")["FunctionArn"]
wish = {
    "LambdaFunctionConfigurations": [
        {"LambdaFunctionArn": arn, "Events": ["s3:ObjectCreated:*"]},
    ],
}
try:
    s3.put_bucket_notification_configuration(Bucket="{{inbox}}", NotificationConfiguration=wish)
except ClientError as error:
    print("refused:", error.response["Error"]["Code"])

# Step 2: allow it, and try again
try:
    lam.add_permission(
        FunctionName="count",
        StatementId="from-inbox",
        Action="lambda:InvokeFunction",
        Principal="s3.amazonaws.com",
        SourceArn="arn:aws:s3:::{{inbox}}",
    )
except lam.exceptions.ResourceConflictException:
    print("allowed already")

# Step 3: upload a text, and wait for its count
s3.put_object(Bucket="{{inbox}}", Key="a poem.txt", Body=b"The fog comes on little cat feet.")
print("words:", wait_for("a poem.txt"))
