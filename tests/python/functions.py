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
    re.fullmatch("Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0", body["trace"]),
    body,
)
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
fails("bigint", "Error", "Unable to stringify response body")
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
error = logged_error("rejects", "Unhandled Promise Rejection")
check(
    "its reason",
    error["reason"]["errorMessage"] == "lost" and error["promise"] == {} and "name" not in error,
    error,
)
check(
    "how the process ended",
    any("Runtime exited with error: exit status 128\n" in m for m in messages("rejects")),
    messages("rejects"),
)
create(
    "late",
    {
        "index.mjs": "export const handler = async () => { setTimeout(() => { throw new RangeError('late'); }, 10); await new Promise((r) => setTimeout(r, 900)); };\n"
    },
    **node,
)
fails("late", "RangeError", "late")
check("it is logged", logged_error("late", "Uncaught Exception")["errorMessage"] == "late")


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
error = logged_error("talkstext", "Invoke Error")
check("stack and code", error["stack"][0] == "Error: no" and error["code"] == "E7", error)
# Up to Node.js 22 only promises and callbacks answer; a callback waits until nothing more is to come.
WAYS = """
const later = (work) => setTimeout(work, 300);
exports.value = () => 5;
exports.never = (event, context, callback) => {};
exports.waits = (event, context, callback) => { later(() => console.log("afterwards")); callback(null, 7); };
exports.hurries = (event, context, callback) => {
  context.callbackWaitsForEmptyEventLoop = false;
  later(() => console.log("too late"));
  callback(null, 8);
};
exports.succeeds = (event, context) => { later(() => context.succeed({ a: 1 })); };
exports.fails = (event, context) => context.fail(new TypeError("no"));
exports.done = (event, context) => context.done("bad");
exports.hangs = async () => { await new Promise(() => {}); };
exports.reads = async () => (await new Response("x".repeat(1000)).text()).length;
exports.lines = async () => { console.log(); console.log("one\\ntwo"); throw "thrown"; };
exports.keys = async (event, context) => Object.keys(context);
"""
ANSWERS = {
    "value": None,
    "never": None,
    "waits": 7,
    "hurries": 8,
    "succeeds": {"a": 1},
    "reads": 1000,
}
for way in (*ANSWERS, "fails", "done", "hangs", "lines", "keys"):
    create(way, {"index.js": WAYS}, runtime="nodejs22.x", handler=f"index.{way}", Timeout=30)
for way, wanted in ANSWERS.items():
    answer, body = invoke(way)
    check(f"answers by {way}", "FunctionError" not in answer and body == wanted, body)
check("the callback waits", any("INFO\tafterwards\n" in m for m in messages("waits")))
check("or it does not", not any("too late" in m for m in messages("hurries")))
check("a warning", any("WARN\tAWS Lambda plans to remove" in m for m in messages("never")))
fails("fails", "TypeError", "no")
fails("done", "string", "bad")
began = time.time()
fails("hangs", "Runtime.NodeJsExit", "The Lambda runtime client detected an unexpected .*")
check("at once", time.time() - began < 15, time.time() - began)
fails("lines", "string", "thrown")
said = messages("lines")
check("nothing is undefined", any(m.endswith("\tINFO\tundefined\n") for m in said), said)
check("line ends stay", any(m.endswith("\tINFO\tone\ntwo\n") for m in said), said)
check("what is thrown is an error", logged_error("lines", "Invoke Error")["errorType"] == "Error")
check("ways to answer", "succeed" in invoke("keys")[1])
for way in ("value", "keys"):
    name = f"{way}24"
    create(name, {"index.js": WAYS}, runtime="nodejs24.x", handler=f"index.{way}")
check("what is returned counts from Node.js 24 on", invoke("value24")[1] == 5)
check("where there are no others", "succeed" not in invoke("keys24")[1])
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
