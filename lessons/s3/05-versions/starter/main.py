import boto3
from botocore.exceptions import ClientError

s3 = boto3.client("s3")
bucket = "{{kitchen}}"

# Step 1: have the bucket keep versions, and ask whether it does

# Step 2: put menu.txt twice, and list its versions

# Step 3: read the version before the newest

# Step 4: delete menu.txt, and try to read it

# Step 5: delete the marker, and read menu.txt
