from urllib.parse import unquote_plus


def handler(event, context):
    for record in event["Records"]:
        key = unquote_plus(record["s3"]["object"]["key"])
        print(record["eventName"], key, record["s3"]["object"].get("size", ""))
