from urllib.parse import unquote_plus

import boto3

s3 = boto3.client("s3")
COUNTS = "{{counts}}"


def handler(event, context):
    for record in event["Records"]:
        bucket = record["s3"]["bucket"]["name"]
        key = record["s3"]["object"]["key"]
        text = s3.get_object(Bucket=bucket, Key=key)["Body"].read().decode()
        s3.put_object(Bucket=COUNTS, Key=key, Body=str(len(text.split())))
