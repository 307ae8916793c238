//! Lambda functions that really run in the tab: cold and warm, right and wrong, and kept in their place.

use cloudarium_static_host::Options;
use serde_json::{Value as Json, json};

use crate::in_browsers;
use crate::python::project;
use crate::site::{SOON, Site};
use crate::webdriver::Kind;

in_browsers! {
    an_object_that_is_put_calls_one
    they_run_and_go_wrong_as_natively
    one_has_an_address
    they_reach_nothing_but_the_cloud
    those_of_javascript_have_the_sdk
    they_wait_for_the_cloud_by_stack_switching
    they_wait_for_the_cloud_by_synchronous_requests
    many_run_side_by_side
    one_that_a_reload_interrupts_runs_again
}

/// Runs a script in the tab's Python and gives what it printed.
const RUN: &str = "
    const { python } = globalThis.cloudarium;
    let said = '';
    python.configure({ onOutput: (_stream, text) => { said += text; } });
    const { status } = await python.run(args[0]);
    return { status, said };";

/// What scripts here begin with.
const HELP: &str = "
import io, json, time, zipfile
import boto3
from botocore.config import Config
lam = boto3.client('lambda', config=Config(retries={'max_attempts': 1}))
logs = boto3.client('logs')
def create(name, files, handler='main.handler', runtime='python3.13', **more):
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w') as archive:
        for file, text in (files if isinstance(files, dict) else {'main.py': files}).items():
            archive.writestr(file, text)
    made = lam.create_function(FunctionName=name, Runtime=runtime, Handler=handler,
        Role='arn:aws:iam::123456789012:role/f', Code={'ZipFile': out.getvalue()}, **more)
    lam.get_waiter('function_active_v2').wait(FunctionName=name, WaiterConfig={'Delay': 1})
    return made['FunctionArn']
def invoke(name, event=None, **more):
    answer = lam.invoke(FunctionName=name, Payload=json.dumps(event), **more)
    body = answer['Payload'].read()
    return json.loads(body) if body else None
def messages(name):
    found = logs.get_paginator('filter_log_events').paginate(logGroupName=f'/aws/lambda/{name}')
    return [event['message'] for page in found for event in page['events']]
";

/// Runs a script after [`HELP`], and gives what it printed.
pub fn run(site: &Site, script: &str) -> String {
    let ran = site.browser.run_async(RUN, &json!([format!("{HELP}{script}")]));
    let said = ran["said"].as_str().unwrap().to_owned();
    assert_eq!(ran["status"], "ok", "{said}");
    said
}

/// What a script printed last, as JSON.
fn told(site: &Site, script: &str) -> Json {
    let said = run(site, script);
    serde_json::from_str(said.lines().last().unwrap()).unwrap_or_else(|_| panic!("{said}"))
}

fn open(kind: Kind) -> Site {
    let site = Site::open(kind);
    site.go("#/play/python");
    site
}

/// Every check of the native host's, by the same scripts.
fn they_run_and_go_wrong_as_natively(kind: Kind) {
    let site = open(kind);
    for script in ["functions.py", "functions_node.py"] {
        let said = run(&site, &native_script(script));
        assert!(said.ends_with("all\n"), "{script}: {said}");
    }
}

/// A script of the native host's, with the module that it shares with others before it.
fn native_script(name: &str) -> String {
    let shared = json!(project("tests/python/functions_common.py"));
    let script = project(&format!("tests/python/{name}"));
    format!(
        "import sys, types\nshared = types.ModuleType('functions_common')\nexec({shared}, shared.__dict__)\n\
         sys.modules[shared.__name__] = shared\n{script}"
    )
}

fn an_object_that_is_put_calls_one(kind: Kind) {
    let script = r#"
s3 = boto3.client('s3')
for bucket in ['given', 'taken']:
    s3.create_bucket(Bucket=bucket)
arn = create('copy', '''
import boto3, urllib.parse
s3 = boto3.client("s3")
def handler(event, context):
    for record in event["Records"]:
        key = urllib.parse.unquote_plus(record["s3"]["object"]["key"])
        body = s3.get_object(Bucket=record["s3"]["bucket"]["name"], Key=key)["Body"].read()
        s3.put_object(Bucket="taken", Key=key, Body=body.upper())
''', Timeout=30, MemorySize=256)
lam.add_permission(FunctionName='copy', StatementId='s3', Action='lambda:InvokeFunction',
    Principal='s3.amazonaws.com', SourceArn='arn:aws:s3:::given', SourceAccount='123456789012')
s3.put_bucket_notification_configuration(Bucket='given', NotificationConfiguration={
    'LambdaFunctionConfigurations': [{'LambdaFunctionArn': arn, 'Events': ['s3:ObjectCreated:*']}]})
s3.put_object(Bucket='given', Key='a file.txt', Body=b'shout')
for _ in range(300):
    if s3.list_objects_v2(Bucket='taken')['KeyCount'] == 1:
        break
    time.sleep(0.1)
print(json.dumps(s3.get_object(Bucket='taken', Key='a file.txt')['Body'].read().decode()))
"#;
    assert_eq!(told(&open(kind), script), "SHOUT");
}

fn one_has_an_address(kind: Kind) {
    let script = r#"
from urllib.error import HTTPError
from urllib.request import Request, urlopen
create('web', '''
def handler(event, context):
    name = event.get("queryStringParameters", {}).get("name", "nobody")
    return {"statusCode": 201, "headers": {"x-method": event["requestContext"]["http"]["method"]},
        "body": f"Hello, {name}: {event.get('body')}"}
''')
url = lam.create_function_url_config(FunctionName='web', AuthType='NONE')['FunctionUrl']
try:
    urlopen(url)
except HTTPError as error:
    refused = [error.code, json.load(error)['Message'].split('.')[0]]
lam.add_permission(FunctionName='web', StatementId='url', Principal='*',
    Action='lambda:InvokeFunctionUrl', FunctionUrlAuthType='NONE')
lam.add_permission(FunctionName='web', StatementId='invoke', Principal='*',
    Action='lambda:InvokeFunction', InvokedViaFunctionUrl=True)
sent = Request(url + '?name=Ada', data=b'hi', headers={'Content-Type': 'text/plain'})
with urlopen(sent) as answer:
    print(json.dumps([refused, answer.status, answer.headers['x-method'], answer.read().decode()]))
"#;
    assert_eq!(
        told(&open(kind), script),
        json!([[403, "Forbidden"], 201, "POST", "Hello, Ada: hi"])
    );
}

/// Each line of a handler's answer is a way out that is closed.
fn they_reach_nothing_but_the_cloud(kind: Kind) {
    let site = open(kind);
    let script = r#"
create('other', {'main.py': 'def handler(event, context):\n    open("/tmp/secret", "w").write("x")\n'})
invoke('other')
create('python', '''
import os, socket, urllib.request
def handler(event, context):
    def way(work):
        try:
            return str(work())
        except BaseException as error:
            return "closed"
    def script(text):
        from pyodide.code import run_js
        return run_js(text)
    def js(name):
        import js
        return getattr(js, name)
    site = event["site"]
    return {
        "own site": way(lambda: urllib.request.urlopen(site).read()),
        "elsewhere": way(lambda: urllib.request.urlopen("http://example.com/").read()),
        "socket": way(lambda: socket.create_connection(("example.com", 80), 1)),
        "fetch": way(lambda: js("fetch")),
        "navigator": way(lambda: js("navigator")),
        "indexedDB": way(lambda: js("indexedDB")),
        "script": way(lambda: script("1 + 1")),
        "other": way(lambda: open("/tmp/secret").read()),
        "home": way(lambda: os.listdir("/home/learner/work")),
        "variables": way(lambda: os.environ["HOSTNAME"]),
    }
''', Timeout=30)
create('node', {'index.mjs': '''
import { existsSync } from "node:fs";
const way = async (work) => {
  try {
    const found = await work();
    return found === undefined ? "closed" : String(found);
  } catch {
    return "closed";
  }
};
export const handler = async ({ site }) => ({
  "own site": await way(() => fetch(site)),
  "elsewhere": await way(() => fetch("http://example.com/")),
  "module": await way(() => import(`${site}js/cloud-worker.js`)),
  "module elsewhere": await way(() => import("http://example.com/x.js")),
  "data": await way(() => import("data:text/javascript,export default 1")),
  "eval": await way(() => eval("1 + 1")),
  "Function": await way(() => new Function("return 1")()),
  "constructor": await way(() => (async () => {}).constructor("return 1")()),
  ...Object.fromEntries(["XMLHttpRequest", "WebSocket", "EventSource", "Worker", "indexedDB", "caches", "navigator",
    "importScripts", "postMessage", "BroadcastChannel", "location", "WebTransport"].map((name) => [name,
    typeof globalThis[name] === "undefined" ? "closed" : "open"])),
  "other": existsSync("/tmp/secret") ? "open" : "closed",
});
'''}, handler='index.handler', runtime='nodejs22.x')
site = SITE
found = {'python': invoke('python', {'site': site}), 'node': invoke('node', {'site': site})}
print(json.dumps(found))
"#;
    let found = told(&site, &script.replace("SITE", &json!(site.url("")).to_string()));
    for (language, least) in [("python", 10), ("node", 20)] {
        let ways = found[language].as_object().unwrap_or_else(|| panic!("{found}"));
        assert!(ways.len() >= least, "{found}");
        for (way, answer) in ways {
            assert_eq!(answer, "closed", "{language}: {way}");
        }
    }
}

fn those_of_javascript_have_the_sdk(kind: Kind) {
    let script = r#"
create('inner', 'def handler(event, context):\n    return event["x"] * 2\n')
module = '''
import { S3Client, PutObjectCommand, GetObjectCommand, ListObjectsV2Command, NoSuchKey } from "@aws-sdk/client-s3";
import { LambdaClient, InvokeCommand } from "@aws-sdk/client-lambda";
import { SQSClient, CreateQueueCommand, SendMessageCommand, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { STSClient, GetCallerIdentityCommand } from "@aws-sdk/client-sts";
const s3 = new S3Client({});
export const handler = async ({ bucket }) => {
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: "a key", Body: "by the SDK" }));
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: "a key" }));
  const listed = await s3.send(new ListObjectsV2Command({ Bucket: bucket }));
  const missing = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: "none" })).catch((error) => error);
  const invoked = await new LambdaClient().send(new InvokeCommand({ FunctionName: "inner", Payload: JSON.stringify({ x: 21 }) }));
  const sqs = new SQSClient({});
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "by-the-sdk" }));
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "queued" }));
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
  const { Arn } = await new STSClient({}).send(new GetCallerIdentityCommand({}));
  return [await Body.transformToString(), listed.Contents.map(({ Key }) => Key), missing instanceof NoSuchKey,
    JSON.parse(new TextDecoder().decode(invoked.Payload)), Messages[0].Body, Arn];
};
'''
common = '''
const { S3 } = require("@aws-sdk/client-s3");
exports.handler = async ({ bucket }) => (await new S3().listBuckets({})).Buckets.map(({ Name }) => Name);
'''
node = {'handler': 'index.handler', 'runtime': 'nodejs22.x', 'Timeout': 30}
create('es', {'index.mjs': module}, **node)
create('cjs', {'index.js': common}, **node)
boto3.client('s3').create_bucket(Bucket='by-the-sdk')
print(json.dumps([invoke('es', {'bucket': 'by-the-sdk'}), invoke('cjs', {'bucket': 'by-the-sdk'})]))
"#;
    let arn = "arn:aws:sts::123456789012:assumed-role/f/es";
    let module = json!(["by the SDK", ["a key"], true, 42, "queued", arn]);
    assert_eq!(told(&open(kind), script), json!([module, ["by-the-sdk"]]));
}

/// A handler that calls boto3, sleeps, and invokes another function, over one bridge.
fn over(kind: Kind, bridge: &str, isolated: bool) {
    let site = Site::open_with(kind, |options| Options { isolated, ..options });
    site.go(&format!("?bridge={bridge}#/play/python"));
    let script = r#"
create('inner', 'def handler(event, context):\n    return event["x"] * 2\n')
create('outer', '''
import boto3, json, time
def handler(event, context):
    s3 = boto3.client("s3")
    s3.create_bucket(Bucket="bridged")
    s3.put_object(Bucket="bridged", Key="large", Body=b"z" * 3_000_000)
    size = len(s3.get_object(Bucket="bridged", Key="large")["Body"].read())
    before = time.time()
    time.sleep(0.3)
    slept = 0.25 < time.time() - before < 5
    answer = boto3.client("lambda").invoke(FunctionName="inner", Payload=json.dumps({"x": 21}))
    return [size, slept, json.loads(answer["Payload"].read())]
''', Timeout=60, MemorySize=512)
print(json.dumps(invoke('outer')))
"#;
    assert_eq!(told(&site, script), json!([3_000_000, true, 42]));
}

fn they_wait_for_the_cloud_by_stack_switching(kind: Kind) {
    over(kind, "jspi", true);
}

fn they_wait_for_the_cloud_by_synchronous_requests(kind: Kind) {
    over(kind, "xhr", true);
}

/// More at a time than run at a time; one that calls itself; and one after the other.
fn many_run_side_by_side(kind: Kind) {
    let script = r#"
create('slow', 'import time\ndef handler(event, context):\n    time.sleep(0.2)\n    print("number", event)\n', Timeout=60)
for number in range(24):
    lam.invoke(FunctionName='slow', InvocationType='Event', Payload=json.dumps(number))
create('deep', '''
import boto3, json
lam = boto3.client("lambda")
def handler(event, context):
    if event == 0:
        return [0]
    answer = lam.invoke(FunctionName="deep", Payload=json.dumps(event - 1))
    return [event, *json.loads(answer["Payload"].read())]
''', Timeout=60, MemorySize=256)
deep = invoke('deep', 4)
create('quick', 'n = 0\ndef handler(event, context):\n    global n\n    n += 1\n    return n\n')
counts = [invoke('quick') for _ in range(1000)]
for _ in range(600):
    numbers = sorted(int(m.split()[1]) for m in messages('slow') if m.startswith('number'))
    if len(numbers) == 24:
        break
    time.sleep(0.1)
print(json.dumps({'deep': deep, 'numbers': numbers, 'counted': counts == list(range(1, 1001))}))
"#;
    let found = told(&open(kind), script);
    let numbers: Vec<u32> = (0..24).collect();
    assert_eq!(found, json!({ "deep": [4, 3, 2, 1, 0], "numbers": numbers, "counted": true }));
}

/// The answer to a call that the page makes.
fn asked(site: &Site, service: &str, operation: &str, input: &Json) -> Json {
    let ask = "const { cloud } = globalThis.cloudarium;
        const [service, operation, input] = args;
        const answer = await cloud.send({ kind: 'call', service, operation, input, region: 'us-east-1' });
        return answer.ok.output;";
    let output = site.browser.run_async(ask, &json!([service, operation, input.to_string()]));
    serde_json::from_str(output.as_str().unwrap()).unwrap()
}

/// Work that the host had begun is begun anew: what was accepted is done.
fn one_that_a_reload_interrupts_runs_again(kind: Kind) {
    let site = open(kind);
    let script = r#"
boto3.client('s3').create_bucket(Bucket='done')
create('late', '''
import boto3, time
s3 = boto3.client("s3")
def handler(event, context):
    time.sleep(2)
    s3.put_object(Bucket="done", Key="late", Body=b"x")
''', Timeout=30, MemorySize=256)
lam.invoke(FunctionName='late', InvocationType='Event', Payload='{}')
"#;
    run(&site, script);
    site.browser.reload();
    site.settle();
    site.wait_for_cloud();
    let until = std::time::Instant::now() + SOON;
    while asked(&site, "s3", "ListObjectsV2", &json!({ "Bucket": "done" }))["KeyCount"] != 1 {
        if std::time::Instant::now() > until {
            let lines = json!({ "logGroupName": "/aws/lambda/late" });
            let log = asked(&site, "logs", "FilterLogEvents", &lines);
            panic!("the function has not put its object; its log: {log:#}");
        }
        std::thread::sleep(std::time::Duration::from_millis(200));
    }
}
