import boto3
from botocore.exceptions import ClientError

s3 = boto3.client("s3")
bucket = "{{kitchen}}"

# Step 1: have the bucket keep versions, and ask whether it does
dearer = s3.put_object(Bucket=bucket, Key="menu.txt", Body=b"Soup 4.50")
dearer["VersionId"] = "null"
s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
print("versioning:", s3.get_bucket_versioning(Bucket=bucket)["Status"])

# Step 2: put menu.txt twice, and list its versions
typo = s3.put_object(Bucket=bucket, Key="menu.txt", Body=b"Soup 45.0")
for version in s3.list_object_versions(Bucket=bucket)["Versions"]:
    print("version:", version["VersionId"], version["IsLatest"])

# Step 3: read the version before the newest
before = s3.get_object(Bucket=bucket, Key="menu.txt", VersionId=dearer["VersionId"])
print("before:", before["Body"].read().decode())

# Step 4: delete menu.txt, and try to read it
gone = s3.delete_object(Bucket=bucket, Key="menu.txt")
print("marker:", gone["DeleteMarker"])
try:
    s3.get_object(Bucket=bucket, Key="menu.txt")
except ClientError as error:
    print("get:", error.response["Error"]["Code"])

# Step 5: delete the marker, and read menu.txt
s3.delete_object(Bucket=bucket, Key="menu.txt", VersionId=gone["VersionId"])
back = s3.get_object(Bucket=bucket, Key="menu.txt")
print("back:", back["Body"].read().decode())
