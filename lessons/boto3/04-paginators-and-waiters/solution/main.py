import boto3
from botocore.exceptions import WaiterError

s3 = boto3.client("s3")
bucket = "{{readings}}"

# Step 1: ask once, and print KeyCount and IsTruncated
answer = s3.list_objects_v2(Bucket=bucket)
print("one answer:", answer["KeyCount"], answer["IsTruncated"])

# Step 2: count all readings with a paginator
count = 0
for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket):
    count += len(page["Contents"])
print("all pages:", count)

# Step 3: put summary.txt, and wait until it is there
s3.put_object(Bucket=bucket, Key="summary.txt", Body=b"1050 readings")
s3.get_waiter("object_exists").wait(Bucket=bucket, Key="summary.txt")
print("it is there")

# Step 4: wait for never.txt, but not for ever
try:
    s3.get_waiter("object_exists").wait(
        Bucket=bucket,
        Key="never.txt",
        WaiterConfig={"Delay": 1, "MaxAttempts": 3},
    )
except WaiterError as error:
    print("gave up:", error.kwargs["reason"])
