//! Every word of the page, in one place. Plain, short, exact; AWS's own terms stay as AWS writes them.

pub mod debug;
pub mod eventbridge;
mod home;
pub mod hood;
pub mod lambda;
mod lesson;
pub mod logs;
mod palette;
mod python;
pub mod s3;
mod share;
pub mod sqs;
pub mod state_editor;
pub mod states;
pub mod syllabus;
mod terminal;

pub use home::*;
pub use lesson::*;
pub use palette::*;
pub use python::*;
pub use share::*;
pub use terminal::*;

use crate::state::sizes::{bytes, counted, grouped};

pub const NAME: &str = "Cloudarium";
pub const LOGO: &str = "Cloudarium, home";
pub const SKIP: &str = "Skip to the main part";
pub const NOT_AFFILIATED: &str = "Not affiliated with AWS.";
pub const STAYS_HERE: &str = "Everything stays in this browser.";

// ---- top bar
pub const WHERE_YOU_ARE: &str = "Where you are";
pub const REGION: &str = "Region";
pub const HOME_REGION: &str = "us-east-1";
pub const REGIONS: [&str; 7] = [
    HOME_REGION,
    "us-east-2",
    "us-west-2",
    "eu-west-1",
    "eu-central-1",
    "ap-northeast-1",
    "ap-southeast-2",
];
pub const ACCOUNT: &str = "1234-5678-9012";
pub const ACCOUNT_TITLE: &str = "Your simulated account";
pub const COPY: &str = "Copy";
pub const COPIED: &str = "Copied";
pub const NOT_COPIED: &str = "Not copied";
pub const CLOSE: &str = "Close";
pub const CANCEL: &str = "Cancel";
pub const KEEP: &str = "Keep";

// ---- regions of the bench
pub const REGIONS_NAV: &str = "Parts of the page";
pub const LESSON: &str = "Lesson";
pub const STAGE: &str = "Stage";
pub const HOOD: &str = "Under the hood";
pub const OPENING: &str = "Opening the dome.";
pub const PART_COMING: &str = "One moment.";
pub const PART_NOT_HERE: &str = "This part of the page could not be fetched. Is there a network?";
pub const PART_AGAIN: &str = "Try again";

// ---- Python
pub const PYTHON: &str = "Python";
pub const RUN: &str = "Run";
pub const STOP: &str = "Stop";
pub const RUN_BAR: &str = "Run";
pub const KEY_RUN: &str = "Ctrl Enter";
pub const KEY_STOP: &str = "Ctrl .";
pub const LEAVE_EDITOR: &str = "Esc, then Tab leaves; Ctrl I tells what is here";
pub const RUNNING: &str = "Running";
pub const STOPPED: &str = "Stopped";
pub const PYTHON_LOST: &str = "Python was lost";
pub const PYTHON_LOST_MORE: &str = "The cloud and your file are safe. Run starts Python anew.";
pub const OUTPUT: &str = "Output";
pub const OUTPUT_EMPTY: &str = "What your script prints will stand here. Run it with the button, or with Ctrl Enter in the editor.";
pub const NOTHING_PRINTED: &str = "The script printed nothing.";
pub const RESTORE_FILE: &str = "Bring back the file as the lesson gave it";
pub const EDITOR_PLAIN: &str = "The editor could not be fetched. This plain field works the same.";
pub const PYTHON_COMES: &str = "Python comes into this browser, once.";
pub const PYTHON_COMES_MORE: &str =
    "Your script starts by itself when it is here. Stop keeps what has come.";
pub const PYTHON_STARTS: &str = "Python starts";
pub const PYTHON_WITH_BOTO3: &str = "Python with boto3";
pub const YOUR_SCRIPT: &str = "your script";
pub const THEN: &str = "then";
pub const PYTHON_NEEDS_NEWER: &str = "Python needs a newer browser";
pub const PYTHON_NEEDS_WHY: &str = "This one cannot let Python wait for an answer. The console and the lessons work here; scripts do not.";
pub const BROWSERS: &str = "Browsers that run Python here";
pub const BROWSER: &str = "Browser";
pub const FROM: &str = "From";
pub const BROWSERS_FROM: [(&str, &str); 3] =
    [("Chrome, Edge", "137"), ("Firefox", "153"), ("Safari", "27")];
pub const USE_CONSOLE: &str = "Go on with the console";
pub const FREE_PLAY_FILE: &str = "import boto3\n\ns3 = boto3.client(\"s3\")\n\nfor bucket in s3.list_buckets()[\"Buckets\"]:\n    print(bucket[\"Name\"])\n";

// ---- Step Functions
pub const STATES: &str = "Step Functions";

// ---- S3
pub const S3: &str = "S3";
pub const BUCKETS: &str = "Buckets";
pub const SHOW_BUCKETS: &str = "Show buckets";
pub const CREATE_BUCKET: &str = "Create bucket";
pub const DELETE_BUCKET: &str = "Delete bucket";
pub const LOADING_BUCKETS: &str = "Listing buckets.";
pub const LOADING_OBJECTS: &str = "Listing objects.";
pub const LOADING_OBJECT: &str = "Reading the object.";
pub const CHOOSE_BUCKET: &str = "Choose a bucket to see what it holds.";
pub const NO_BUCKETS: &str = "No buckets yet";
pub const NO_BUCKETS_MORE: &str =
    "A bucket holds objects. Its name is unique in the whole cloud, and it lives in one Region.";
pub const SAME_IN_BOTO3: &str = "The same in boto3";
pub const SAMPLE_BUCKET: &str = "my-first-bucket-2026";
pub const NEW_BUCKET_MORE: &str = "A name is unique in the whole cloud, not only in your account. Try one: AWS's own answer says what it allows.";
pub const BUCKET_NAME: &str = "Bucket name";
pub const OBJECTS: &str = "Objects";
pub const OBJECT: &str = "Object";
pub const PREFIX_PATH: &str = "Prefix";
pub const NO_NAME: &str = "(no name)";
pub const UPLOAD: &str = "Upload";
pub const UPLOAD_PROGRESS: &str = "Upload";
pub const CHOOSE_FILES: &str = "Choose files";
pub const DROP_HERE: &str = "Drop files here";
pub const DROP_MORE: &str = ", or use the button. They stay in this browser.";
pub const FILE_UNREADABLE: &str = "The browser could not read the file. Was it moved or changed?";
pub const FIND: &str = "Find by prefix";
pub const KEY: &str = "Key";
pub const SIZE: &str = "Size";
pub const LAST_MODIFIED: &str = "Last modified";
pub const STORAGE_CLASS: &str = "Storage class";
pub const CONTENT_TYPE: &str = "Content type";
pub const ETAG: &str = "ETag";
pub const ENCRYPTION: &str = "Encryption";
pub const PREFIX: &str = "prefix";
pub const EMPTY_PREFIX: &str = "Nothing here yet. Upload a file, or put an object with boto3.";
pub const NEXT_PAGE: &str = "Show more";
pub const DELETE_MORE: &str = "It cannot be undone.";
pub const OVERVIEW: &str = "Overview";
pub const METADATA: &str = "Metadata";
pub const USER_METADATA: &str = "Your metadata";
pub const NO_METADATA: &str =
    "None. Pass Metadata={...} to put_object to store some with the object.";
pub const SYSTEM_METADATA: &str = "System metadata";
pub const NO_SYSTEM_METADATA: &str = "None beyond the overview.";
pub const DOWNLOAD: &str = "Download";
pub const CLOSE_DETAILS: &str = "Close the details";
pub const PREVIEW: &str = "Preview";
pub const NO_PREVIEW: &str = "These bytes are no text, table or image that can be shown here. Download shows them to another program.";
pub const IMAGE_TOO_LARGE: &str = "The image is too large to be shown here. Download it.";
pub const EMPTY_OBJECT: &str = "The object is empty.";
pub const SAME_AS: &str = "same as";
pub const SHOW_AS: &str = "Show as";
pub const BOTO3: &str = "boto3";
pub const CLI: &str = "CLI";
pub const PUT_IN_PYTHON: &str = "Put in Python";
pub const CLOSE_MESSAGE: &str = "Close the message";

// ---- under the hood
pub const API_CALLS: &str = "API calls";
pub const API_CALLS_OLDEST: &str = "API calls, oldest first";
pub const NO_CALLS: &str =
    "Every API call will stand here: who made it, what AWS answered, and what went over the wire.";
pub const TIME: &str = "Time";
pub const WHO: &str = "Who";
pub const CALL: &str = "Call";
pub const ANSWER: &str = "Answer";
pub const LAST: &str = "last";
pub const CALLS: &str = "Calls";
pub const DETAIL: &str = "Detail";
pub const HOOD_SWITCH: &str = "Show in the drawer";
pub const OPEN_DRAWER: &str = "Open the drawer";
pub const CLOSE_DRAWER: &str = "Close the drawer";
pub const CHOOSE_CALL: &str = "Choose a call to see its request and its answer.";
pub const LOADING_CALL: &str = "Reading the call.";
pub const ERROR: &str = "Error";
pub const IN_BOTO3_ERROR: &str = "In boto3 this is a ClientError:";
pub const WHO_SCRIPT: &str = "script";
pub const WHO_YOU: &str = "you";
pub const WHO_FUNCTION: &str = "function";
pub const WHO_EXECUTION: &str = "execution";
pub const WHO_JOB: &str = "job";
pub const WHO_SETUP: &str = "set-up";
pub const WHO_CHECK: &str = "check";
pub const WHO_SERVICE: &str = "AWS service";
pub const EMPTY_CLOUD: &str = "Empty the cloud";
pub const EMPTY_CLOUD_ASK: &str =
    "This deletes every bucket and object of free play. Your file stays.";
pub const CLOCK_COMING: &str = "The clock starts with the cloud.";
pub const SPEED: &str = "Speed of time";
pub const PAUSE: &str = "Pause time";
pub const SPEED_1: &str = "×1, real speed";
pub const SPEED_60: &str = "×60, a minute each second";
pub const PLUS_HOUR: &str = "+1 h";
pub const PLUS_DAY: &str = "+1 day";
pub const NEXT_EVENT: &str = "Next";
pub const NOTHING_WAITS: &str = "Next event: nothing is waiting.";

// ---- what has to be said
pub const CRASHED: &str = "The cloud has stopped.";
pub const RESTART: &str = "Start it again";
pub const OTHER_TAB: &str = "This cloud is open in another tab.";
pub const OTHER_TAB_MORE: &str = "Go on there, or take it over: then it stops there.";
pub const TAKE_OVER: &str = "Take over here";
pub const UNKEPT: &str = "What you do here is not kept.";
pub const UNKEPT_MORE: &str = "It lasts until the tab closes.";
pub const BROUGHT_BACK: &str = "This cloud was brought back.";

pub const UPDATE: &str = "A newer version is here.";
pub const UPDATE_MORE: &str = "What you did stays.";
pub const UPDATE_NOW: &str = "Reload to update";

pub fn title(of: &str) -> String {
    if of.is_empty() { NAME.into() } else { format!("{of} · {NAME}") }
}

pub fn title_of(heading: &str, place: &str) -> String {
    if place.is_empty() { heading.into() } else { format!("{place} · {heading}") }
}

pub fn title_bucket(bucket: &str, prefix: &str) -> String {
    if prefix.is_empty() { bucket.into() } else { format!("{prefix} in {bucket}") }
}

pub fn heading(lesson: &str, step: usize, title: &str) -> String {
    format!("{lesson}: step {step}, {title}")
}

pub fn theme(now: &str, next: &str) -> String {
    let of =
        |name: &str| if name == "system" { "as the system".to_owned() } else { name.to_owned() };
    format!("Theme: {}. Switch to {}", of(now), of(next))
}

pub fn step_of(step: usize, steps: usize, title: &str) -> String {
    format!("Step {step} of {steps}: {title}")
}

pub fn no_lesson(why: &str) -> String {
    format!("This lesson could not be opened. {why}")
}

pub fn editor_label(file: &str) -> String {
    format!("Editor, {file}")
}

pub fn of(done: &str, total: &str) -> String {
    match (done.split_once(' '), total.split_once(' ')) {
        (Some((number, unit)), Some((_, same))) if unit == same => format!("{number} of {total}"),
        _ => format!("{done} of {total}"),
    }
}

/// Words that a narrow window leaves to screen readers, and words that are always shown.
pub type Short = (&'static str, String);

pub fn loading_percent(done: f64, total: f64) -> Short {
    if total > 0.0 {
        ("Python is coming in, ", format!("{:.0} %", (done / total * 100.0).min(100.0)))
    } else {
        (PYTHON_STARTS, String::new())
    }
}

pub fn done_in(ms: Option<f64>) -> Short {
    match ms {
        Some(ms) if ms < 1000.0 => ("Done in ", format!("{ms:.0} ms")),
        Some(ms) => ("Done in ", format!("{:.1} s", ms / 1000.0)),
        None => ("Done", String::new()),
    }
}

/// `main` is the file that a run is about; another is named.
pub fn failed_at(place: Option<(&str, u32)>, main: Option<&str>) -> Short {
    match place {
        Some((file, line)) if Some(file) != main => ("Failed at ", format!("{file}, line {line}")),
        Some((_, line)) => ("Failed at ", format!("line {line}")),
        None => ("Failed", String::new()),
    }
}

pub fn frames(count: usize, library: &str) -> String {
    format!("{} inside {library}", counted(count, "frame", "frames"))
}

pub fn bucket_count(count: usize) -> String {
    counted(count, "bucket", "buckets")
}

pub fn create(name: &str) -> String {
    format!("Create bucket {name}")
}

pub fn created(name: &str) -> String {
    format!("Created {name}")
}

pub fn in_region(region: &str) -> String {
    format!("It will live in {region}: pick another Region at the top of the page.")
}

pub fn upload(name: &str) -> String {
    format!("Upload {name}")
}

pub fn uploaded(count: usize) -> String {
    format!("Uploaded {}", counted(count, "object", "objects"))
}

pub fn uploading(number: usize, count: usize, name: &str) -> String {
    if count == 1 {
        format!("Uploading {name}")
    } else {
        format!("Uploading {number} of {count}: {name}")
    }
}

pub fn too_large(max: u64) -> String {
    format!("The file is larger than {}: the tab could not hold it.", bytes(max))
}

pub fn download(key: &str) -> String {
    format!("Download {key}")
}

pub fn downloaded(count: usize) -> String {
    format!("Downloaded {}", counted(count, "object", "objects"))
}

pub fn download_count(count: usize) -> String {
    if count > 1 { format!("Download {count}") } else { DOWNLOAD.into() }
}

pub fn delete(name: &str) -> String {
    format!("Delete {name}")
}

pub fn delete_many(count: usize) -> String {
    format!("Delete {}", counted(count, "object", "objects"))
}

pub fn delete_count(count: usize) -> String {
    if count > 0 { format!("Delete {count}") } else { "Delete".into() }
}

pub fn deleted(count: usize) -> String {
    format!("Deleted {}", counted(count, "object", "objects"))
}

pub fn bucket_deleted(name: &str) -> String {
    format!("Deleted {name}")
}

pub fn delete_ask(count: usize) -> String {
    format!("Delete {}?", counted(count, "object", "objects"))
}

pub fn delete_yes(count: usize) -> String {
    format!("Delete {}", counted(count, "object", "objects"))
}

pub fn delete_bucket_ask(name: &str) -> String {
    format!("Delete the bucket {name}?")
}

pub fn and_more(count: usize) -> String {
    format!("and {} more", grouped(count as u64))
}

pub fn nothing_begins(prefix: &str, find: &str) -> String {
    format!("No key begins with {prefix}{find}. Keys are case-sensitive.")
}

pub fn objects_under(bucket: &str, prefix: &str) -> String {
    if prefix.is_empty() {
        format!("Objects in {bucket}")
    } else {
        format!("Objects under {prefix} in {bucket}")
    }
}

pub fn select(name: &str) -> String {
    format!("Select {name}")
}

pub fn select_all(count: usize) -> String {
    format!("Select all {count}")
}

pub fn shown_so_far(count: usize) -> String {
    format!("{} shown, and there are more.", grouped(count as u64))
}

pub fn byte_count(grouped: &str, count: u64) -> String {
    if count == 1 { "1 byte".into() } else { format!("{grouped} bytes") }
}

pub fn opened(name: &str) -> String {
    format!("Opened {name}")
}

pub fn first_bytes(size: &str) -> String {
    format!("the first {size}")
}

pub fn preview_of(name: &str) -> String {
    format!("Preview of {name}")
}

pub fn picture_of(name: &str) -> String {
    format!("The image {name}")
}

pub fn rows_shown(count: usize, more: bool) -> String {
    let rows = counted(count, "row", "rows");
    if more { format!("The first {rows}.") } else { format!("{rows}.") }
}

pub fn not_done(what: &str) -> String {
    format!("{what}: not done.")
}

pub fn call_count(count: usize) -> String {
    counted(count, "call", "calls")
}

pub fn by(who: &str) -> String {
    format!("by {who}")
}

pub fn call_ways(name: &str) -> String {
    format!("{name}, in several ways")
}

pub fn status_line(status: u16) -> String {
    let reason = match status {
        200 => "OK",
        204 => "No Content",
        206 => "Partial Content",
        301 => "Moved Permanently",
        304 => "Not Modified",
        307 => "Temporary Redirect",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        409 => "Conflict",
        411 => "Length Required",
        412 => "Precondition Failed",
        416 => "Range Not Satisfiable",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        503 => "Service Unavailable",
        _ => "",
    };
    format!("HTTP/1.1 {status} {reason}").trim_end().into()
}

pub fn error_code_path(code: &str) -> String {
    format!("error.response[\"Error\"][\"Code\"] == \"{code}\"")
}

pub fn body_clipped(size: &str) -> String {
    format!("The body is {size}; not all of it is shown.")
}

pub fn simulated(date: &str) -> String {
    format!("{date}, simulated")
}

pub fn next_at(moment: &str) -> String {
    format!("Next event: {moment}")
}

pub fn crashed(why: &str) -> String {
    let why = why.trim_end_matches('.');
    if why.is_empty() {
        "What you had done is kept.".into()
    } else {
        format!("{why}. What had been answered is kept.")
    }
}

/// The first line that makes a bucket.
pub fn sample_bucket_line() -> String {
    format!("s3.create_bucket(Bucket=\"{SAMPLE_BUCKET}\")")
}
