import boto3

# Step 1: open a session, and print its Region
session = boto3.Session()
print("Region:", session.region_name)

# Step 2: ask STS who you are
sts = session.client("sts")
identity = sts.get_caller_identity()

# Step 3: ask again in Frankfurt
frankfurt = session.client("sts", region_name="eu-central-1")
frankfurt.get_caller_identity()
print("Asked in", frankfurt.meta.region_name)

# Step 4: print the names of your buckets
s3 = session.client("s3")
for bucket in s3.list_buckets()["Buckets"]:
    print(bucket["Name"])
