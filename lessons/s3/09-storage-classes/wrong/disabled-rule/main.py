import time

import boto3
from botocore.exceptions import ClientError

s3 = boto3.client("s3")
bucket = "{{logs}}"

# Step 1: put log/today.txt, and invoices/7.txt in another class; list both
s3.put_object(Bucket=bucket, Key="log/today.txt", Body=b"." * 200_000)
s3.put_object(Bucket=bucket, Key="invoices/7.txt", Body=b"." * 200_000, StorageClass="STANDARD_IA")
for item in s3.list_objects_v2(Bucket=bucket)["Contents"]:
    print(item["Key"], item["StorageClass"])

# Step 2: have S3 move what is in log/ after 30 and 90 days
s3.put_bucket_lifecycle_configuration(
    Bucket=bucket,
    LifecycleConfiguration={
        "Rules": [
            {
                "ID": "old-logs",
                "Status": "Disabled",
                "Filter": {"Prefix": "log/"},
                "Transitions": [
                    {"Days": 30, "StorageClass": "STANDARD_IA"},
                    {"Days": 90, "StorageClass": "GLACIER"},
                ],
                "Expiration": {"Days": 365},
            }
        ]
    },
)

# Step 3: wait, and look at the class of log/today.txt after 40 days and after 100
time.sleep(40 * 24 * 3600)
print("after 40 days:", s3.head_object(Bucket=bucket, Key="log/today.txt").get("StorageClass"))
time.sleep(60 * 24 * 3600)
print("after 100 days:", s3.head_object(Bucket=bucket, Key="log/today.txt").get("StorageClass"))

# Step 4: read log/today.txt
try:
    s3.get_object(Bucket=bucket, Key="log/today.txt")
except ClientError as error:
    print("read:", error.response["Error"]["Code"])
