from urllib.parse import unquote_plus

import boto3

s3 = boto3.client("s3")
COUNTS = "{{counts}}"


def handler(event, context):
    print("event:", event)
