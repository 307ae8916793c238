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
s3.put_bucket_notification_configuration(
    Bucket=bucket,
    NotificationConfiguration={
        "LambdaFunctionConfigurations": [
            {
                "Id": "new-photos",
                "LambdaFunctionArn": arn,
                "Events": ["s3:ObjectCreated:*"],
                "Filter": {"Key": {"FilterRules": [{"Name": "suffix", "Value": ".jpg"}]}},
            }
        ]
    },
)

# Step 2: put a photo and something else, and print what was noticed
s3.put_object(Bucket=bucket, Key="holiday/red roses.jpg", Body=b"a photo")
s3.put_object(Bucket=bucket, Key="notes.txt", Body=b"no photo")
for line in noticed("Created", 1):
    print(line)

# Step 3: put another photo, and print what was noticed
s3.put_object(Bucket=bucket, Key="holiday/blue sea.jpg", Body=b"another photo")
for line in noticed("sea", 1):
    print(line)

# Step 4: be told of deletions, too; delete the last photo, and print what was noticed
s3.put_bucket_notification_configuration(
    Bucket=bucket,
    NotificationConfiguration={
        "LambdaFunctionConfigurations": [
            {"LambdaFunctionArn": arn, "Events": ["s3:ObjectCreated:*"]}
        ]
    },
)
s3.delete_object(Bucket=bucket, Key="holiday/blue sea.jpg")
for line in noticed("Removed", 1):
    print(line)
