import boto3

s3 = boto3.client("s3")
bucket = "{{gallery}}"

# Step 1: put sky.svg, and print its content type

# Step 2: put it again, and say what it is

# Step 3: put letter.txt with metadata of your own

# Step 4: change the metadata by a copy

# Step 5: get the first four bytes of sky.svg
