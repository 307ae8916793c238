import urllib.parse

import boto3

s3 = boto3.client("s3")  # once in an environment's life


def handler(event, context):
    for record in event["Records"]:
        bucket = record["s3"]["bucket"]["name"]
        # Keys in events are encoded as in an address.
        key = urllib.parse.unquote_plus(record["s3"]["object"]["key"])
        size = s3.head_object(Bucket=bucket, Key=key)["ContentLength"]
        print(f"{key} has come to {bucket}: {size} bytes")
    return {"objects": len(event["Records"])}
