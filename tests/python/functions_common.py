"""What the scripts about functions that really run share: clients, and ways to create, invoke, read the log and check.

A line `ok NAME` a check; the first that fails ends it.
"""

import io
import json
import re
import sys
import time
import zipfile

import boto3
from botocore.config import Config

config = Config(retries={"max_attempts": 1}, read_timeout=60)
lam = boto3.client("lambda", config=config)
logs = boto3.client("logs")
s3 = boto3.client("s3")
ROLE = "arn:aws:iam::123456789012:role/f"


def zipped(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return out.getvalue()


def create(name, files, handler="main.handler", runtime="python3.13", **more):
    if isinstance(files, str):
        files = {"main.py": files}
    lam.create_function(
        FunctionName=name,
        Runtime=runtime,
        Role=ROLE,
        Handler=handler,
        Code={"ZipFile": zipped(files)},
        **more,
    )
    for _ in range(100):
        if lam.get_function_configuration(FunctionName=name)["State"] == "Active":
            return
        time.sleep(0.1)
    raise AssertionError(f"{name} is not active")


def invoke(name, event=None, **more):
    answer = lam.invoke(FunctionName=name, Payload=json.dumps(event), **more)
    body = answer["Payload"].read()
    return answer, json.loads(body) if body else None


def messages(name):
    found = logs.filter_log_events(logGroupName=f"/aws/lambda/{name}")
    return [event["message"] for event in found["events"]]


def check(name, truth, shown=""):
    if not truth:
        print(f"WRONG {name}: {shown}")
        sys.exit(1)
    print(f"ok {name}", flush=True)


def logged_error(name, what):
    """The error that Node.js's runtime logged after these words."""
    line = next(m for m in messages(name) if what in m)
    return json.loads(line.split(f"{what} \t")[1])


def fails(name, error_type, message, trace=None):
    """An answer that tells of an error, and in it these."""
    answer, body = invoke(name)
    shown = (answer.get("FunctionError"), body)
    truth = answer["StatusCode"] == 200 and answer.get("FunctionError") == "Unhandled"
    truth = (
        truth
        and body["errorType"] == error_type
        and re.fullmatch(message, body["errorMessage"], re.DOTALL)
    )
    if trace is not None:
        truth = truth and trace in "".join(body.get("stackTrace") or body.get("trace"))
    check(f"{name} {error_type}", truth, shown)
