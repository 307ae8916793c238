import time
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import boto3

s3 = boto3.client("s3")
bucket = "{{hall}}"

# Step 1: make a link to tickets/ada.txt that lives ten seconds, and print it
link = s3.generate_presigned_url(
    "get_object",
    Params={"Bucket": bucket, "Key": "tickets/ada.txt"},
)
print(link)

# Step 2: open it, as Ada would
with urlopen(link) as answer:
    print("Ada sees:", answer.read().decode())

# Step 3: try another ticket by the same link
try:
    urlopen(link.replace("ada.txt", "bob.txt"))
except HTTPError as error:
    print("Bob's ticket:", error.code, error.reason)

# Step 4: wait for eleven seconds, and open it again
time.sleep(11)
try:
    urlopen(link)
except HTTPError as error:
    print("too late:", error.read().decode())

# Step 5: make a link to upload photos/ada.txt, and use it
upload = s3.generate_presigned_url(
    "put_object", Params={"Bucket": bucket, "Key": "photos/ada.txt"}, ExpiresIn=60
)
urlopen(Request(upload, data=b"What a view!", method="PUT"))
