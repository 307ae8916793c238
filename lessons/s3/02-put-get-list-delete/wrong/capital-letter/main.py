import boto3

s3 = boto3.client("s3")
bucket = "{{bucket}}"

# Step 1: which buckets are mine?
for item in s3.list_buckets()["Buckets"]:
    print("mine:", item["Name"])

# Step 2: put hello.txt
s3.put_object(Bucket=bucket, Key="hello.txt", Body=b"Hello, cloud!")

# Step 3: read it back
answer = s3.get_object(Bucket=bucket, Key="Hello.txt")
print(answer["Body"].read().decode())

# Step 4: put bye.txt, and list what is there
s3.put_object(Bucket=bucket, Key="bye.txt", Body=b"See you.")
for item in s3.list_objects_v2(Bucket=bucket)["Contents"]:
    print(item["Key"], item["Size"])

# Step 5: delete hello.txt, and ask for it again
s3.delete_object(Bucket=bucket, Key="hello.txt")
try:
    s3.get_object(Bucket=bucket, Key="hello.txt")
except s3.exceptions.NoSuchKey as error:
    print("gone:", error.response["Error"]["Code"])
