//! A large object in the tab: how smoothly the page goes on while boto3 uploads and downloads it, and what memory is left.

use std::thread::sleep;
use std::time::Duration;

use serde_json::json;

use super::page::{WATCH_TASKS, missed};
use super::run;
use crate::site::Site;
use crate::webdriver::Kind;

const OBJECT_MIB: u64 = 256;
const TASK_GOAL_MS: f64 = 50.0;
/// What the memory of the tab may have grown by when all is over, as a share of the object: wasm gives no page back, so
/// what was held at once is held for ever.
const LEFT_GOAL: f64 = 0.5;

/// Every MiB is another, so that none is kept once for all.
const UP_AND_DOWN: &str = "
import boto3, hashlib, os, time
s3 = boto3.client('s3')
s3.create_bucket(Bucket='large')
def digest(path):
    with open(path, 'rb') as file:
        return hashlib.file_digest(file, 'md5').hexdigest()
with open('/tmp/up', 'wb') as file:
    for number in range(MIB):
        file.write(number.to_bytes(4, 'big') * (1 << 18))
sent = digest('/tmp/up')
began = time.perf_counter()
s3.upload_file('/tmp/up', 'large', 'large')
up = time.perf_counter() - began
os.remove('/tmp/up')
began = time.perf_counter()
s3.download_file('large', 'large', '/tmp/down')
down = time.perf_counter() - began
assert digest('/tmp/down') == sent
os.remove('/tmp/down')
print(MIB / up, MIB / down)
";

/// A range in the middle, read by the console's way; its first bytes tell which MiB it is of.
const READ_RANGE: &str = "
    const { ok } = await cloudarium.cloud.send({ kind: 'call', service: 's3', operation: 'GetObject', region: 'us-east-1',
        input: JSON.stringify({ Bucket: 'large', Key: 'large', Range: `bytes=${100 << 20}-${(100 << 20) + 7}` }) });
    return [...ok.body];";

/// All that scripts of the tab and its workers hold, once garbage is collected, which only a page that is isolated is told;
/// and the memory of the cloud's module, which no browser counts among it.
pub const MEMORY: &str = "
    const { bytes } = await performance.measureUserAgentSpecificMemory();
    return bytes + (await cloudarium.cloud.send({ kind: 'memory' })).ok;";

/// Prints the figures, and names what missed its goal.
pub fn measure() -> Vec<String> {
    let site = Site::open_anew(Kind::Chromium);
    site.go("#/play");
    run(&site, "import boto3\nboto3.client('s3').list_buckets()\n", true);
    // What Python's first start leaves to do in the background is no part of this.
    sleep(Duration::from_secs(5));
    let memory = |site: &Site| site.browser.run_async(MEMORY, &json!([])).as_f64().unwrap();
    let before = memory(&site);
    site.browser.run(WATCH_TASKS, &json!([]));
    let script = UP_AND_DOWN.replace("MIB", &OBJECT_MIB.to_string());
    let said = run(&site, &script, true)["said"].as_str().unwrap().to_owned();
    let rates: Vec<f64> = said.split_whitespace().filter_map(|one| one.parse().ok()).collect();
    sleep(Duration::from_secs(1));
    let longest = site.browser.run("return Math.max(0, ...window.longTasks)", &json!([]));
    let longest = longest.as_f64().unwrap();
    let left = (memory(&site) - before) / (1024.0 * 1024.0);
    site.browser.reload();
    site.settle();
    site.wait_for_cloud();
    let middle = site.browser.run_async(READ_RANGE, &json!([]));
    assert_eq!(middle, json!([0, 0, 0, 100, 0, 0, 0, 100]), "after a reload");
    println!("  an object of {OBJECT_MIB} MiB in the tab, by boto3:");
    println!("    upload_file {:.0} MiB/s, download_file {:.0} MiB/s", rates[0], rates[1]);
    println!(
        "    longest main-thread task {longest:.0} ms (goal: none above {TASK_GOAL_MS:.0} ms)"
    );
    #[expect(clippy::cast_precision_loss, reason = "a few hundred")]
    let goal = OBJECT_MIB as f64 * LEFT_GOAL;
    println!("    memory of the tab afterwards: {left:.0} MiB more (goal: {goal:.0} MiB)");
    [
        missed("a large object: a main-thread task of", longest, TASK_GOAL_MS, "ms"),
        missed("a large object: memory left", left, goal, "MiB"),
    ]
    .concat()
}
