import boto3

client = boto3.client("s3")
bucket = "{{letters}}"

# Step 1: list the letters with the client
answer = client.list_objects_v2(Bucket=bucket)
for item in answer["Contents"]:
    print("client:", item["Key"], item["Size"])

# Step 2: go through the same letters with a resource
letters = boto3.resource("s3").Bucket(bucket)
for letter in letters.objects.all():
    print("resource:", letter.key, letter.size)

# Step 3: ask one letter for two of its attributes
letter = letters.Object("ada.txt")
print("type:", letter.content_type)
print("changed:", letter.last_modified.year)

# Step 4: ask for what the resource cannot do
head = letters.head_bucket(Bucket=letters.name)
print("in", head["BucketRegion"])
