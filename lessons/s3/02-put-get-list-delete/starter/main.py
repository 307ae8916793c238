import boto3

s3 = boto3.client("s3")
bucket = "{{bucket}}"

# Step 1: which buckets are mine?

# Step 2: put hello.txt

# Step 3: read it back

# Step 4: put bye.txt, and list what is there

# Step 5: delete hello.txt, and ask for it again
