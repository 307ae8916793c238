"""Lambda functions in Python that really run, by boto3: create, invoke, log; and every way in which code can go wrong.

Each check says what AWS's documentation says of it.
"""

import base64
import json
import re
import time

from botocore.exceptions import ClientError
from functions_common import (
    ROLE,
    check,
    create,
    fails,
    invoke,
    lam,
    messages,
    s3,
    zipped,
)

# Create, invoke, warm, log.
create(
    "hello",
    """
import os
print("loading")
count = 0
def handler(event, context):
    global count
    count += 1
    print("event", event["name"])
    left = context.get_remaining_time_in_millis()
    return {"hello": event["name"], "count": count, "id": context.aws_request_id, "arn": context.invoked_function_arn,
            "memory": context.memory_limit_in_mb, "left": left, "stream": context.log_stream_name,
            "name": context.function_name, "version": context.function_version, "env": os.environ["STAGE"],
            "context": context.client_context.custom if context.client_context else None}
""",
    Environment={"Variables": {"STAGE": "test"}},
    MemorySize=256,
)
context = base64.b64encode(json.dumps({"custom": {"k": "v"}}).encode()).decode()
answer, body = invoke("hello", {"name": "a"}, LogType="Tail", ClientContext=context)
check("answer", body["hello"] == "a" and body["count"] == 1 and body["memory"] == "256", body)
check(
    "context",
    body["name"] == "hello" and body["version"] == "$LATEST" and 0 < body["left"] <= 3000,
    body,
)
check("client context", body["context"] == {"k": "v"} and body["env"] == "test", body)
check("request id", body["id"] == answer["ResponseMetadata"]["RequestId"], body)
tail = base64.b64decode(answer["LogResult"]).decode()
check("tail", "START RequestId" in tail and "event a" in tail and "Init Duration" in tail, tail)
answer, body = invoke("hello", {"name": "b"})
check("warm", body["count"] == 2, body)
said = messages("hello")
check(
    "log",
    said[0].startswith("INIT_START Runtime Version: python:3.13") and "loading\n" in said,
    said,
)
report = [line for line in said if line.startswith("REPORT")]
check(
    "report",
    len(report) == 2 and "Init Duration" in report[0] and "Init Duration" not in report[1],
    report,
)
check("memory used", int(re.search(r"Max Memory Used: (\d+) MB", report[0])[1]) > 5, report)

answer = lam.invoke_with_response_stream(FunctionName="hello", Payload=json.dumps({"name": "c"}))
events = list(answer["EventStream"])
chunks = b"".join(event["PayloadChunk"]["Payload"] for event in events if "PayloadChunk" in event)
check("answer in events", json.loads(chunks)["hello"] == "c", events)
check("the last event", events[-1] == {"InvokeComplete": {}}, events)

# The code calls the cloud, with its role.
create(
    "caller",
    """
import boto3
s3 = boto3.client("s3")
def handler(event, context):
    s3.put_object(Bucket=event["bucket"], Key="made", Body=b"by a function")
    return boto3.client("sts").get_caller_identity()["Arn"]
""",
    Timeout=30,
    MemorySize=512,
)
s3.create_bucket(Bucket="functions")
answer, body = invoke("caller", {"bucket": "functions"})
check("boto3 in a function", body == "arn:aws:sts::123456789012:assumed-role/f/caller", body)
check(
    "what it made", s3.get_object(Bucket="functions", Key="made")["Body"].read() == b"by a function"
)

# A function that calls another, and one that calls itself.
create(
    "outer",
    """
import boto3, json
def handler(event, context):
    answer = boto3.client("lambda").invoke(FunctionName="hello", Payload=json.dumps({"name": "inner"}))
    return json.loads(answer["Payload"].read())["hello"]
""",
    Timeout=30,
    MemorySize=512,
)
check("function calls function", invoke("outer")[1] == "inner")

# All that can go wrong, in AWS's words.
create("raises", "def handler(event, context):\n    raise ValueError('x is wrong')\n")
fails("raises", "ValueError", "x is wrong", '  File "/var/task/main.py", line 2, in handler\n')
check(
    "its log",
    any(m.startswith("[ERROR] ValueError: x is wrong\nTraceback") for m in messages("raises")),
    messages("raises"),
)
# What the code itself logs of an error is one event, and says where its files are on AWS.
create(
    "where",
    """
import logging, os, sys
def inner(): return 1 + None
def handler(event, context):
    try:
        inner()
    except TypeError:
        logging.exception("it failed")
    print("in", os.getcwd(), "from", __file__, os.path.exists(os.environ["LAMBDA_TASK_ROOT"] + "/main.py"))
    sys.stdout.write("no end")
    shown = [name for name in os.environ if name in ("_X_AMZN_TRACE_ID", "AWS_XRAY_CONTEXT_MISSING")]
    return {"path": __file__, "shown": sorted(shown), "trace": os.environ["_X_AMZN_TRACE_ID"], "context": repr(context)}
""",
)
answer, body = invoke("where")
said = messages("where")
exception = next(m for m in said if "it failed" in m)
check(
    "an exception is one event",
    exception.startswith("[ERROR]\t")
    and 'it failed\nTraceback (most recent call last):\n  File "/var/task/main.py", line 6'
    in exception
    and exception.endswith("TypeError: unsupported operand type(s) for +: 'int' and 'NoneType'\n"),
    said,
)
check("paths", "in /var/task from /var/task/main.py True\n" in said and "no end" in said, said)
check(
    "what is answered",
    body["path"] == "/var/task/main.py"
    and body["shown"] == ["AWS_XRAY_CONTEXT_MISSING", "_X_AMZN_TRACE_ID"],
    body,
)
check(
    "a trace",
    re.fullmatch(
        "Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0;Lineage=1:[0-9a-f]{8}:0",
        body["trace"],
    ),
    body,
)
told = answer["ResponseMetadata"]["HTTPHeaders"]["x-amzn-trace-id"]
check("the same trace in the answer", told.split(";")[0] == body["trace"].split(";")[0], told)
check(
    "the context as text",
    body["context"].startswith("LambdaContext([aws_request_id=")
    and ",client_context=None,identity=CognitoIdentity([cognito_identity_id=None,"
    "cognito_identity_pool_id=None]),tenant_id=None])"
    in body["context"],
    body,
)
create("carets", "def handler(event, context):\n    return event['a'] + event['b'] + None\n")
answer, body = invoke("carets", {"a": 1, "b": 2})
check(
    "a stack without carets",
    body["stackTrace"]
    == [
        '  File "/var/task/main.py", line 2, in handler\n'
        "    return event['a'] + event['b'] + None\n"
    ],
    body,
)
create("noargs", "def handler(): return 1\n")
fails(
    "noargs",
    "TypeError",
    r"handler\(\) takes 0 positional arguments but 2 were given",
    "in handle_event_request\n",
)
fails("noargs", "TypeError", ".*", '  File "/var/runtime/bootstrap.py", line ')
create("missing", "import nope\ndef handler(event, context): pass\n")
fails(
    "missing", "Runtime.ImportModuleError", "Unable to import module 'main': No module named 'nope'"
)
# A start that fails is tried once more, as a part of the invocation.
KIND = "Status: error\tError Type: Runtime.ImportModuleError\n"
order = [line[:11] for line in messages("missing")]
check(
    "two starts",
    order
    == [
        *("INIT_START ", "[WARNING]\t2", "[ERROR] Run", "INIT_REPORT", "[WARNING]\t2"),
        *("[ERROR] Run", "INIT_REPORT", "START Reque", "END Request", "REPORT Requ"),
    ],
    messages("missing"),
)
reports = [line for line in messages("missing") if "REPORT" in line]
check(
    "their reports",
    all(line.endswith(KIND) for line in reports)
    and "Phase: init\t" in reports[0]
    and "Phase: invoke\t" in reports[1]
    and "Init Duration" not in reports[2],
    reports,
)
# One that takes too long is cut after ten seconds, and tried once more as a part of the invocation.
s3.create_bucket(Bucket="starts")
create(
    "slowly",
    """
import time
import boto3
s3 = boto3.client("s3")
before = s3.list_objects_v2(Bucket="starts")["KeyCount"]
s3.put_object(Bucket="starts", Key=str(before))
print("start", before)
if before == 0:
    time.sleep(50)
def handler(event, context):
    print("left", context.get_remaining_time_in_millis())
    return before
""",
    Timeout=20,
)
check("the second start", invoke("slowly")[1] == 1, messages("slowly"))
said = messages("slowly")
check(
    "a slow start",
    [line.split()[0] for line in said]
    == ["INIT_START", "start", "INIT_REPORT", "start", "START", "left", "END", "REPORT"],
    said,
)
check(
    "its report",
    re.match(
        "INIT_REPORT Init Duration: 10[0-9]{3}.[0-9]{2} ms\tPhase: init\tStatus: timeout", said[2]
    )
    and "Init Duration" not in said[-1],
    said,
)
check("what is left for the handler", 0 < int(said[5].split()[1]) < 20_000, said)
create("syntax", "def handler(event, context)\n    pass\n")
fails("syntax", "Runtime.UserCodeSyntaxError", "Syntax error in module 'main': .*")
create("nohandler", "x = 1\n")
fails("nohandler", "Runtime.HandlerNotFound", "Handler 'handler' missing on module 'main'")
create("badname", "x = 1\n", handler="main")
fails(
    "badname", "Runtime.MalformedHandlerName", "Bad handler 'main': not enough values to unpack .*"
)
create("marshal", "def handler(event, context): return {1, 2}\n")
fails(
    "marshal",
    "Runtime.MarshalError",
    "Unable to marshal response: Object of type set is not JSON serializable",
)
create("exits", "import os\ndef handler(event, context): os._exit(3)\n")
fails(
    "exits",
    "Runtime.ExitError",
    "RequestId: [0-9a-f-]{36} Error: Runtime exited with error: exit status 3",
)
create("leaves", "import os\ndef handler(event, context): os._exit(0)\n")
fails(
    "leaves",
    "Runtime.ExitError",
    "RequestId: [0-9a-f-]{36} Error: Runtime exited without providing a reason",
)
create("loops", "def handler(event, context):\n    while True: pass\n", Timeout=1)
began = time.time()
fails(
    "loops", "Sandbox.Timedout", "RequestId: [0-9a-f-]{36} Error: Task timed out after 1.00 seconds"
)
check("in time", time.time() - began < 5, time.time() - began)
check(
    "its log",
    any("Task timed out after 1.00 seconds" in m for m in messages("loops")),
    messages("loops"),
)
create(
    "eats",
    "def handler(event, context):\n    x = []\n    while True: x.append(bytearray(1 << 20))\n",
    Timeout=20,
)
fails(
    "eats",
    "Runtime.OutOfMemory",
    "RequestId: [0-9a-f-]{36} Error: Runtime exited with error: signal: killed",
)
check(
    "out of memory",
    "Max Memory Used: 128 MB" in messages("eats")[-1]
    and messages("eats")[-1].endswith("\tStatus: error\tError Type: Runtime.OutOfMemory\n"),
    messages("eats"),
)
create(
    "prints",
    "def handler(event, context):\n    for _ in range(100): print('x' * 1_000_000)\n    return 1\n",
    Timeout=60,
)
check("prints 100 MB", invoke("prints")[1] == 1)
create("large", "def handler(event, context): return 'x' * event\n", Timeout=20)
answer, body = invoke("large", 7_000_000)
check("answer over 6 MB", body.get("errorType") == "Function.ResponseSizeTooLarge", str(body)[:200])
check("answer under 6 MB", len(invoke("large", 6_000_000)[1]) == 6_000_000)
check("after all that", invoke("hello", {"name": "still"})[1]["hello"] == "still")
bomb = zipped({"main.py": "x = 1\n", "zeros": b"\0" * 300_000_000})
try:
    lam.create_function(
        FunctionName="bomb",
        Runtime="python3.13",
        Role=ROLE,
        Handler="main.handler",
        Code={"ZipFile": bomb},
    )
    check("a bomb", False)
except ClientError as error:
    check("a bomb", "Unzipped size must be smaller than 262144000 bytes" in str(error), error)

# A layer.
layer = lam.publish_layer_version(
    LayerName="lib", Content={"ZipFile": zipped({"python/shared.py": "word = 'layer'\n"})}
)
create(
    "layered",
    "import shared\ndef handler(event, context): return shared.word\n",
    Layers=[layer["LayerVersionArn"]],
)
check("layer", invoke("layered")[1] == "layer")

# Asynchronously.
lam.invoke(
    FunctionName="caller", InvocationType="Event", Payload=json.dumps({"bucket": "functions"})
)
for _ in range(100):
    reports = [m for m in messages("caller") if m.startswith("REPORT")]
    if len(reports) == 2:
        break
    time.sleep(0.1)
check("event", len(reports) == 2, reports)

# What is returned, as AWS's runtime writes it: decimals as numbers.
create(
    "decimals",
    "from decimal import Decimal\ndef handler(event, context):\n"
    "    return {'price': Decimal('1.10'), 'all': [Decimal(2), Decimal('-0.5')], 'word': 'grün'}\n",
)
payload = lam.invoke(FunctionName="decimals")["Payload"].read().decode()
check(
    "decimals",
    payload == '{"price": 1.10, "all": [2, -0.5], "word": "grün"}',
    payload,
)
create(
    "named",
    "from collections import namedtuple\nP = namedtuple('P', 'x y')\n"
    "def handler(event, context):\n    return {'p': P(1, [P(2, b'b')]), 't': (1, 2)}\n",
)
check(
    "named tuples are objects",
    invoke("named")[1] == {"p": {"x": 1, "y": [{"x": 2, "y": "b"}]}, "t": [1, 2]},
)
create("raw", "def handler(event, context): return b'<x/>'\n")
check("bytes are answered as they are", lam.invoke(FunctionName="raw")["Payload"].read() == b"<x/>")
create("builtin", {"sys.py": ""}, handler="sys.handler")
fails(
    "builtin", "Runtime.BuiltInModuleConflict", "Cannot use built-in module sys as a handler module"
)
check(
    "a warning first", any("LAMBDA_WARNING: Unhandled exception" in m for m in messages("builtin"))
)

# A log of JSON, from its level on.
LOGGED = """
import logging
logger = logging.getLogger("shop")
def handler(event, context):
    logger.debug("not this")
    logger.info("sold %s", 2, extra={"order": {"id": 7}})
    try:
        1 / 0
    except ZeroDivisionError:
        logger.exception("no")
    raise KeyError("k")
"""
create("logged", LOGGED, LoggingConfig={"LogFormat": "JSON"})
invoke("logged")
said = [json.loads(m) for m in messages("logged")]
own = [line for line in said if line.get("logger") == "shop"]
check("levels", [line["level"] for line in own] == ["INFO", "ERROR"], own)
check("extra", own[0]["message"] == "sold 2" and own[0]["order"] == {"id": 7}, own[0])
check(
    "a stamp of seconds",
    re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", own[0]["timestamp"]),
    own[0],
)
check(
    "an exception",
    own[1]["errorType"] == "ZeroDivisionError"
    and own[1]["location"].startswith("/var/task/main.py:handler:"),
    own[1],
)
last = [line for line in said if line.get("log_level") == "ERROR"]
check(
    "the end", len(last) == 1 and last[0]["errorType"] == "KeyError" and last[0]["requestId"], said
)
create("quiet", LOGGED, LoggingConfig={"LogFormat": "JSON", "ApplicationLogLevel": "ERROR"})
invoke("quiet")
own = [json.loads(m) for m in messages("quiet")]
check("quieter", [it["level"] for it in own if it.get("logger") == "shop"] == ["ERROR"], own)

# A layer whose packages are for one version of Python.
layer = lam.publish_layer_version(
    LayerName="versioned",
    Content={"ZipFile": zipped({"python/lib/python3.13/site-packages/deep.py": "word = 'deep'\n"})},
)
create(
    "deep",
    "import deep\ndef handler(event, context):\n    return deep.word\n",
    Layers=[layer["LayerVersionArn"]],
)
check("a layer of one version", invoke("deep")[1] == "deep")
print("all")
