import boto3

s3 = boto3.client("s3")
bucket = "{{album}}"

# Step 1: print the keys that begin with photos/2025/
answer = s3.list_objects_v2(Bucket=bucket, Prefix="photos/2025/*")
for item in answer["Contents"]:
    print(item["Key"])

# Step 2: group by the slash, and print folders and files
answer = s3.list_objects_v2(Bucket=bucket, Delimiter="/")
for group in answer["CommonPrefixes"]:
    print("folder:", group["Prefix"])
for item in answer["Contents"]:
    print("file:", item["Key"])

# Step 3: go through visits/, 50 keys at a time
token = {}
while True:
    answer = s3.list_objects_v2(Bucket=bucket, Prefix="visits/", MaxKeys=50, **token)
    print("page:", answer["KeyCount"])
    if not answer["IsTruncated"]:
        break
    token = {"ContinuationToken": answer["NextContinuationToken"]}
