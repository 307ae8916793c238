"""Lambda functions that really run, by boto3: create, invoke, log; and every way in which code can go wrong.

Each check says what AWS's documentation says of it. A line `ok NAME` a check; the first that fails ends it.
"""

import base64
import io
import json
import re
import sys
import time
import zipfile

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

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
create("missing", "import nope\ndef handler(event, context): pass\n")
fails(
    "missing", "Runtime.ImportModuleError", "Unable to import module 'main': No module named 'nope'"
)
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
    "Runtime.ExitError",
    "RequestId: [0-9a-f-]{36} Error: Runtime exited with error: signal: killed",
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

# Node.js: ES modules and CommonJS.
node = {"runtime": "nodejs22.x", "handler": "index.handler"}
create(
    "es",
    {
        "index.mjs": "let n = 0;\nexport const handler = async (event, context) => {\n  console.log('hello', event.name);\n  n += 1;\n  return { n, name: event.name, id: context.awsRequestId, left: context.getRemainingTimeInMillis(), memory: context.memoryLimitInMB };\n};\n"
    },
    **node,
)
answer, body = invoke("es", {"name": "a"})
check("ES module", body["name"] == "a" and body["n"] == 1 and body["memory"] == "128", body)
check("warm ES module", invoke("es", {"name": "b"})[1]["n"] == 2)
check(
    "console.log",
    any(re.fullmatch(r"[0-9TZ:.-]+\t[0-9a-f-]{36}\tINFO\thello a\n", m) for m in messages("es")),
    messages("es"),
)
create(
    "cjs",
    {"index.js": "exports.handler = (event, context, callback) => callback(null, event.x + 1);\n"},
    **node,
)
check("CommonJS with a callback", invoke("cjs", {"x": 1})[1] == 2)
create(
    "throws",
    {"index.mjs": "export const handler = async () => { throw new TypeError('bad'); };\n"},
    **node,
)
fails("throws", "TypeError", "bad", "/var/task/index.mjs")
create("nomodule", {"other.mjs": "export const x = 1;\n"}, **node)
fails("nomodule", "Runtime.ImportModuleError", "Error: Cannot find module 'index'.*")
create("noexport", {"index.mjs": "export const x = 1;\n"}, **node)
fails("noexport", "Runtime.HandlerNotFound", "index.handler is undefined or not exported")
create("jssyntax", {"index.mjs": "export const handler = async () => { return (; };\n"}, **node)
fails("jssyntax", "Runtime.UserCodeSyntaxError", "SyntaxError: .*")
create("bigint", {"index.mjs": "export const handler = async () => ({ n: 1n });\n"}, **node)
fails("bigint", "Runtime.MarshalError", ".*BigInt.*")
create(
    "jsexit", {"index.mjs": "export const handler = async () => { process.exit(4); };\n"}, **node
)
fails(
    "jsexit",
    "Runtime.ExitError",
    "RequestId: [0-9a-f-]{36} Error: Runtime exited with error: exit status 4",
)
create(
    "jsloop",
    {"index.mjs": "export const handler = async () => { for (;;); };\n"},
    Timeout=1,
    **node,
)
fails(
    "jsloop",
    "Sandbox.Timedout",
    "RequestId: [0-9a-f-]{36} Error: Task timed out after 1.00 seconds",
)
create(
    "rejects",
    {
        "index.mjs": "export const handler = async () => { Promise.reject(new Error('lost')); await new Promise((r) => setTimeout(r, 500)); };\n"
    },
    **node,
)
fails("rejects", "Runtime.UnhandledPromiseRejection", "Error: lost")


# Answers that are streamed.
STREAMS = """
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
export const handler = awslambda.streamifyResponse(async (event, stream, context) => {
  if (event.http) {
    stream = awslambda.HttpResponseStream.from(stream, { statusCode: 201, headers: { 'X-A': 'b' }, cookies: ['c=1'] });
  } else {
    stream.setContentType('text/plain');
  }
  stream.write('one ');
  stream.write(Buffer.from('two '));
  if (event.fail) throw new RangeError('no more');
  if (event.forget) return;
  await pipeline(Readable.from(['three ', 'four']), stream);
});
"""


def stream(**event):
    answer = lam.invoke_with_response_stream(FunctionName="streams", Payload=json.dumps(event))
    events = list(answer["EventStream"])
    pieces = [it["PayloadChunk"]["Payload"] for it in events if "PayloadChunk" in it]
    return pieces, events[-1]["InvokeComplete"]


create("streams", {"index.mjs": STREAMS}, **node)
pieces, end = stream()
check("pieces", pieces == [b"one ", b"two ", b"three ", b"four"] and "ErrorCode" not in end, pieces)
pieces, end = stream(http=True)
prelude = {"statusCode": 201, "headers": {"X-A": "b"}, "cookies": ["c=1"]}
check("prelude", json.loads(pieces[0]) == prelude and pieces[1] == bytes(8), pieces)
check("after the prelude", b"".join(pieces[2:]) == b"one two three four", pieces)
pieces, end = stream(fail=True)
check("written before a failure", pieces == [b"one ", b"two "], pieces)
details = json.loads(end["ErrorDetails"])
check("a failure midway", end["ErrorCode"] == "Unhandled", end)
check(
    "its kind",
    (details["errorType"], details["errorMessage"]) == ("RangeError", "no more"),
    details,
)
pieces, end = stream(forget=True)
check("not ended", "Response stream is not finished." in end["ErrorDetails"], end)
answer = lam.invoke(FunctionName="streams", Payload=b"{}")
check("put together", answer["Payload"].read() == b"one two three four", answer)
create(
    "notasync",
    {
        "index.mjs": "export const handler = awslambda.streamifyResponse((event, s) => { s.end('x'); });\n"
    },
    **node,
)
fails("notasync", "Error", "Streaming does not support non-async handlers.")

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

# Node.js: the console's levels and objects, and callbacks, which Node.js 24 has no more.
TALKS = """
export const handler = async () => {
  console.debug("not this");
  console.log({ order: 7 });
  console.warn("about", new TypeError("odd"));
  throw Object.assign(new Error("no"), { code: "E7" });
};
"""
create("talks", {"index.mjs": TALKS}, **node, LoggingConfig={"LogFormat": "JSON"})
invoke("talks")
own = [json.loads(m) for m in messages("talks")]
own = [line for line in own if "level" in line]
check("levels of the console", [line["level"] for line in own] == ["INFO", "WARN", "ERROR"], own)
check("an object", own[0]["message"] == {"order": 7}, own[0])
check(
    "an error beside a text",
    (own[1]["errorType"], own[1]["errorMessage"]) == ("TypeError", "odd"),
    own,
)
check(
    "the error",
    own[2]["message"]["errorMessage"] == "no" and own[2]["message"]["code"] == "E7",
    own,
)
create("talkstext", {"index.mjs": TALKS}, **node)
invoke("talkstext")
error = next(m for m in messages("talkstext") if "Invoke Error" in m)
error = json.loads(error.split("Invoke Error \t")[1])
check("stack and code", error["stack"][0] == "Error: no" and error["code"] == "E7", error)
CALLS_BACK = "exports.handler = (event, context, callback) => callback(null, 'back');\n"
create("back", {"index.js": CALLS_BACK}, **node)
check("calls back", invoke("back")[1] == "back")
create("nocallback", {"index.js": CALLS_BACK}, runtime="nodejs24.x", handler="index.handler")
fails(
    "nocallback",
    "Runtime.CallbackHandlerDeprecated",
    "ERROR: AWS Lambda has removed support for .*",
)
print("all")
