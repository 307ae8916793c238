import time

import boto3
from botocore.exceptions import ClientError

s3 = boto3.client("s3")
bucket = "{{logs}}"

# Step 1: put log/today.txt, and invoices/7.txt in another class; list both

# Step 2: have S3 move what is in log/ after 30 and 90 days

# Step 3: wait, and look at the class of log/today.txt after 40 days and after 100

# Step 4: read log/today.txt
