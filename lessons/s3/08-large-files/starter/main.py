import io

import boto3
from boto3.s3.transfer import TransferConfig
from botocore.exceptions import ClientError

s3 = boto3.client("s3")
bucket = "{{cinema}}"
MB = 1024 * 1024
film = bytes(6 * MB)

# Step 1: begin an upload of film.mp4, and send two parts

# Step 2: print the keys of all objects, then of all uploads

# Step 3: complete the upload, and print the ETag

# Step 4: send trailer.mp4 in parts that are too small, and clean up

# Step 5: let boto3 upload it as again.mp4, in parts of 5 MB, and print its ETag
