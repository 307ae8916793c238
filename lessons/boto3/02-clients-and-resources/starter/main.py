import boto3

client = boto3.client("s3")
bucket = "{{letters}}"

# Step 1: list the letters with the client

# Step 2: go through the same letters with a resource

# Step 3: ask one letter for two of its attributes

# Step 4: ask for what the resource cannot do
