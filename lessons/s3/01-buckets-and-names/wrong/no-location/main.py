import boto3
from botocore.exceptions import ClientError

s3 = boto3.client("s3")
bucket = "{{bucket}}"

# Step 1: make a bucket
s3.create_bucket(Bucket=bucket)
print("made", bucket)

# Step 2: try a name that is not allowed
try:
    s3.create_bucket(Bucket="My_Photos")
except ClientError as error:
    print("refused:", error.response["Error"]["Code"])

# Step 3: try a name that is taken
try:
    s3.create_bucket(Bucket="holiday-photos")
except ClientError as error:
    print("refused:", error.response["Error"]["Code"])

# Step 4: make a bucket in Frankfurt
s3.create_bucket(Bucket=bucket + "-eu")
where = s3.get_bucket_location(Bucket=bucket + "-eu")
print("it is in", where["LocationConstraint"])

# Step 5: delete the first bucket
s3.delete_bucket(Bucket=bucket)
for left in s3.list_buckets()["Buckets"]:
    print("left:", left["Name"])
