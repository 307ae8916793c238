//! Each way for Python to wait for the cloud works by itself; also below a path of a host that sends no headers of ours.

use cloudarium_static_host::Options;
use serde_json::json;

use crate::in_browsers;
use crate::site::Site;
use crate::webdriver::Kind;

in_browsers! {
    shared_memory
    stack_switching
    synchronous_requests
}

const SCRIPT: &str = "
import time
import boto3
s3 = boto3.client('s3')
s3.create_bucket(Bucket='bridged')
s3.put_object(Bucket='bridged', Key='large', Body=b'z' * 3_000_000)
print(len(s3.get_object(Bucket='bridged', Key='large')['Body'].read()))
before = time.time()
time.sleep(0.3)
print(0.25 < time.time() - before < 5)
";

/// Runs the script over the bridge, then a loop without end, which is stopped; the cloud is kept.
const RUN: &str = "
    const { python } = globalThis.cloudarium;
    let output = '';
    python.configure({ onOutput: (stream, text) => { output += text; }, bridge: args[1] });
    const ran = await python.run(args[0]);
    const printed = output;
    const looped = python.run('while True: pass');
    await new Promise((resolve) => setTimeout(resolve, 300));
    python.stop();
    const { status } = await looped;
    output = '';
    await python.run(\"import boto3\\nprint(boto3.client('s3').list_buckets()['Buckets'][0]['Name'])\");
    return { ran: ran.status, printed, looped: status, after: output };";

fn check(kind: Kind, bridge: &str, isolated: bool) {
    let below = |options| Options { prefix: "/some/where/".to_owned(), isolated, ..options };
    let site = Site::open_with(kind, below);
    site.go("#/play");
    site.wait_for_isolation();
    let found = site.browser.run_async(RUN, &json!([SCRIPT, bridge]));
    let expected = json!({
        "ran": "ok", "printed": "3000000\nTrue\n", "looped": "stopped", "after": "bridged\n" });
    assert_eq!(found, expected);
}

fn shared_memory(kind: Kind) {
    check(kind, "sab", true);
}

fn stack_switching(kind: Kind) {
    check(kind, "jspi", false);
}

fn synchronous_requests(kind: Kind) {
    check(kind, "xhr", false);
}
