import boto3

s3 = boto3.client("s3")
bucket = "{{album}}"

# Step 1: print the keys that begin with photos/2025/

# Step 2: group by the slash, and print folders and files

# Step 3: go through visits/, 50 keys at a time
