import boto3

s3 = boto3.client("s3")
bucket = "{{gallery}}"

# Step 1: put sky.svg, and print its content type
with open("sky.svg", "rb") as file:
    s3.put_object(Bucket=bucket, Key="sky.svg", Body=file)
print("first:", s3.head_object(Bucket=bucket, Key="sky.svg")["ContentType"])

# Step 2: put it again, and say what it is
with open("sky.svg", "rb") as file:
    s3.put_object(Bucket=bucket, Key="sky.svg", Body=file, ContentType="image/svg+xml")
print("now:", s3.head_object(Bucket=bucket, Key="sky.svg")["ContentType"])

# Step 3: put letter.txt with metadata of your own
s3.put_object(
    Bucket=bucket,
    Key="letter.txt",
    Body=b"Dear Ada ...",
    ContentType="text/plain",
    Metadata={"Author": "Grace", "written-on": "paper"},
)
print("metadata:", s3.head_object(Bucket=bucket, Key="letter.txt")["Metadata"])

# Step 4: change the metadata by a copy
s3.copy_object(
    Bucket=bucket,
    Key="letter.txt",
    CopySource={"Bucket": bucket, "Key": "letter.txt"},
    MetadataDirective="REPLACE",
    ContentType="text/plain",
    Metadata={"author": "Grace Hopper"},
)

# Step 5: get the first four bytes of sky.svg
part = s3.get_object(Bucket=bucket, Key="sky.svg", Range="bytes=0-3")
print("part:", part["Body"].read().decode(), "of", part["ContentRange"])
