import time

import boto3
from deploy import deploy

s3 = boto3.client("s3")
logs = boto3.client("logs")
bucket = "{{photos}}"


def noticed(word, count):
    """Waits until so many lines with this word are in the log of notice. Gives the lines."""
    for _ in range(30):
        time.sleep(2)
        try:
            found = logs.filter_log_events(logGroupName="/aws/lambda/notice", filterPattern=word)
        except logs.exceptions.ResourceNotFoundException:
            continue
        if len(found["events"]) >= count:
            return [line["message"].rstrip() for line in found["events"]]
    raise TimeoutError(f"notice was told of nothing with {word}.")


arn = deploy("notice", bucket)

# Step 1: have the bucket tell notice of new photos

# Step 2: put a photo and something else, and print what was noticed

# Step 3: put another photo, and print what was noticed

# Step 4: be told of deletions, too; delete the last photo, and print what was noticed
