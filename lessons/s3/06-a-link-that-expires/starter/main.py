import time
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import boto3

s3 = boto3.client("s3")
bucket = "{{hall}}"

# Step 1: make a link to tickets/ada.txt that lives ten seconds, and print it

# Step 2: open it, as Ada would

# Step 3: try another ticket by the same link

# Step 4: wait for eleven seconds, and open it again

# Step 5: make a link to upload photos/ada.txt, and use it
