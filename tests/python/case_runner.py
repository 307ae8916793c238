"""Makes the calls of .case files with the real boto3.

One process serves a whole run: it reads one JSON object a line and answers with one a line.

  in   {"service": "s3", "operation": "PutObject", "region": "us-east-1", "input": {...}}
  out  {"output": {...}}  or  {"error": {"code": "NoSuchKey", "status": 404, "message": "..."}}

Blobs are text where they are UTF-8, else {"base64": "..."}; moments are ISO 8601. The endpoint and
the credentials come from boto3's own environment variables.
"""

import base64
import datetime
import functools
import json
import sys

import boto3
from botocore import xform_name
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

# The server's validation is to be seen, not boto3's; and each call once.
CONFIG = Config(parameter_validation=False, retries={"total_max_attempts": 1, "mode": "standard"})


@functools.cache
def client(service, region):
    return boto3.client(service, region_name=region, config=CONFIG)


def to_boto3(shape, value):
    """A .case value as boto3 wants it, by the service model."""
    if value is None or shape is None:
        return value
    kind = shape.type_name
    if kind == "structure" and isinstance(value, dict):
        members = shape.members
        return {name: to_boto3(members.get(name), member) for name, member in value.items()}
    if kind == "list" and isinstance(value, list):
        return [to_boto3(shape.member, item) for item in value]
    if kind == "map" and isinstance(value, dict):
        return {name: to_boto3(shape.value, item) for name, item in value.items()}
    if kind == "blob":
        if isinstance(value, dict):
            return base64.b64decode(value["base64"], validate=True)
        return value.encode()
    if kind == "timestamp" and isinstance(value, str):
        return datetime.datetime.fromisoformat(value.replace("Z", "+00:00"))
    return value


def from_bytes(value):
    try:
        return value.decode()
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(value).decode()}


def from_boto3(value):
    """A boto3 value as a .case writes it."""
    if isinstance(value, dict):
        return {name: from_boto3(item) for name, item in value.items() if item is not None}
    if isinstance(value, list):
        return [from_boto3(item) for item in value]
    if isinstance(value, datetime.datetime):
        moment = value.astimezone(datetime.timezone.utc)
        return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03}Z"
    if isinstance(value, (bytes, bytearray)):
        return from_bytes(bytes(value))
    if hasattr(value, "read"):
        return from_bytes(value.read())
    return value


def call(request):
    api = client(request["service"], request["region"])
    model = api.meta.service_model.operation_model(request["operation"])
    members = to_boto3(model.input_shape, request["input"])
    try:
        output = getattr(api, xform_name(request["operation"]))(**members)
    except ClientError as error:
        return {
            "error": {
                # Where a service kept older codes beside the new ones (SQS), cases name the new one.
                "code": error.response["Error"].get(
                    "QueryErrorCode", error.response["Error"].get("Code", "")
                ),
                "status": error.response["ResponseMetadata"]["HTTPStatusCode"],
                "message": error.response["Error"].get("Message", ""),
            }
        }
    except BotoCoreError as error:
        return {"error": {"code": type(error).__name__, "status": 0, "message": str(error)}}
    output.pop("ResponseMetadata", None)
    return {"output": from_boto3(output)}


def main():
    for line in sys.stdin:
        try:
            answer = call(json.loads(line))
        except Exception as error:  # the run goes on: the case that asked for this fails, by name
            answer = {"error": {"code": type(error).__name__, "status": 0, "message": str(error)}}
        print(json.dumps(answer, ensure_ascii=True), flush=True)


if __name__ == "__main__":
    main()
