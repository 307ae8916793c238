"""The same in JavaScript, by Node.js and in a browser."""

import json
import re
import time

from functions_common import (
    check,
    create,
    fails,
    invoke,
    lam,
    logged_error,
    messages,
)

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
