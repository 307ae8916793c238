"""An HTTP Task by boto3 at the native endpoint: it calls a function by its address, with what its connection adds; the
token of that connection comes from another function.

A line `ok NAME` a check; the first that fails ends it.
"""

import io
import json
import time
import zipfile

import boto3
from botocore.config import Config

events = boto3.client("events")
functions = boto3.client("lambda")
# `TestState` puts `sync-` before the host name.
machines = boto3.client("stepfunctions", config=Config(inject_host_prefix=False))
ROLE = "arn:aws:iam::123456789012:role/r"

SHOP = """
def handler(event, context):
    sent = event["headers"]
    if sent.get("authorization") != "Bearer abc":
        return {"statusCode": 401, "body": "who are you?"}
    return {"orders": [1, 2], "path": event["rawPath"], "query": event["rawQueryString"], "body": event.get("body")}
"""
TOKENS = """
import base64, json
def handler(event, context):
    body = event["body"]
    form = base64.b64decode(body).decode() if event["isBase64Encoded"] else body
    if "grant_type=client_credentials" not in form:
        return {"statusCode": 400, "body": form}
    return {"access_token": "abc", "token_type": "Bearer", "expires_in": 3600}
"""


def ok(name, truth, told=None):
    assert truth, f"{name}: {told}"
    print("ok", name, flush=True)


def until(name, ask):
    for _ in range(300):
        found = ask()
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError(f"{name} did not come")


def address(name, code):
    """A function's own, open to everyone."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("main.py", code)
    functions.create_function(
        FunctionName=name,
        Runtime="python3.13",
        Role=ROLE,
        Handler="main.handler",
        Code={"ZipFile": packed.getvalue()},
    )
    functions.get_waiter("function_active_v2").wait(FunctionName=name)
    url = functions.create_function_url_config(FunctionName=name, AuthType="NONE")["FunctionUrl"]
    everyone = {"FunctionName": name, "Principal": "*"}
    functions.add_permission(
        StatementId="url", Action="lambda:InvokeFunctionUrl", FunctionUrlAuthType="NONE", **everyone
    )
    functions.add_permission(
        StatementId="invoke",
        Action="lambda:InvokeFunction",
        InvokedViaFunctionUrl=True,
        **everyone,
    )
    return url


def state(url, connection):
    return {
        "Type": "Task",
        "Resource": "arn:aws:states:::http:invoke",
        "Parameters": {
            "ApiEndpoint": f"{url}orders",
            "Method": "POST",
            "InvocationConfig": {"ConnectionArn": connection},
            "QueryParameters": {"since": "2026 1"},
            "RequestBody.$": "$",
        },
        "End": True,
    }


shop, tokens = address("shop", SHOP), address("tokens", TOKENS)
made = events.create_connection(
    Name="shop",
    AuthorizationType="OAUTH_CLIENT_CREDENTIALS",
    AuthParameters={
        "OAuthParameters": {
            "ClientParameters": {"ClientID": "me", "ClientSecret": "secret"},
            "AuthorizationEndpoint": tokens,
            "HttpMethod": "POST",
        }
    },
)
ok("it is authorized by and by", made["ConnectionState"] == "AUTHORIZING", made)
connection = made["ConnectionArn"]


def authorized():
    return events.describe_connection(Name="shop")["ConnectionState"] == "AUTHORIZED"


until("the token", authorized)
machine = machines.create_state_machine(
    name="m",
    roleArn=ROLE,
    definition=json.dumps({"StartAt": "A", "States": {"A": state(shop, connection)}}),
)["stateMachineArn"]
execution = machines.start_execution(stateMachineArn=machine, input='{"n": 1}')["executionArn"]


def ended():
    told = machines.describe_execution(executionArn=execution)
    return told if told["status"] != "RUNNING" else None


told = until("the end", ended)
ok("it succeeds", told["status"] == "SUCCEEDED", told)
output = json.loads(told["output"])
ok("status", (output["StatusCode"], output["StatusText"]) == (200, "OK"), output)
ok("headers", output["Headers"]["content-type"] == ["application/json"], output)
ok(
    "body",
    output["ResponseBody"]
    == {"orders": [1, 2], "path": "/orders", "query": "since=2026%201", "body": '{"n":1}'},
    output,
)

tried = machines.test_state(
    definition=json.dumps(state(shop, connection)),
    roleArn=ROLE,
    input="{}",
    inspectionLevel="TRACE",
)
request = tried["inspectionData"]["request"]
ok("tried", tried["status"] == "SUCCEEDED", tried)
ok("the token is not told", "abc" not in json.dumps(request), request)
ok("what was sent", request["method"] == "POST" and request["url"].startswith(shop), request)
ok("what came", tried["inspectionData"]["response"]["statusCode"] == "200", tried)

plain = events.create_connection(
    Name="plain",
    AuthorizationType="BASIC",
    AuthParameters={"BasicAuthParameters": {"Username": "me", "Password": "secret"}},
)["ConnectionArn"]
tried = machines.test_state(
    definition=json.dumps(state(shop, plain)), roleArn=ROLE, input="{}", inspectionLevel="INFO"
)
ok("refused", tried["error"] == "States.Http.StatusCode.401", tried)
ok("why", tried["cause"] == "who are you?", tried)

print("all")
