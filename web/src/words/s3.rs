//! The words of a bucket's parts beside its objects.

use crate::route::Section;
use crate::state::lives::Happened;
use crate::state::sizes::{counted, grouped};

pub const BUCKET_PARTS: &str = "Parts of the bucket";

pub fn section(section: Section) -> &'static str {
    match section {
        Section::Objects => "Objects",
        Section::Versions => "Versions",
        Section::Properties => "Properties",
        Section::Permissions => "Permissions",
        Section::Management => "Management",
    }
}

// ---- documents
pub const IS_SET: &str = "Set";
pub const NOT_SET: &str = "Not set";
pub const EDIT: &str = "Edit";
pub const FROM_EXAMPLE: &str = "Start from an example";
pub const REMOVE: &str = "Remove";
pub const SAVE: &str = "Save";
pub const DOCUMENT: &str = "Document (JSON, as the AWS CLI takes it)";

pub fn saved(title: &str) -> String {
    format!("{title}: saved")
}

pub fn removed(title: &str) -> String {
    format!("{title}: removed")
}

pub fn not_json(why: &str) -> String {
    format!("This is not JSON yet: {why}.")
}

// ---- the life of an object
pub const LIFE: &str = "Its life";
pub const NOW: &str = "Now";
pub const THE_SAME: &str = "the same";
pub const LOOK_HERE: &str = ", you look here";

/// What happened to an object, and by which call; without one it came with time.
pub fn happened(happened: Happened, call: Option<u64>) -> String {
    match call {
        Some(call) => format!("{} by call {call}", deed(happened)),
        None => format!("{} as time went on", deed(happened)),
    }
}

pub fn by_this_call(happened: Happened) -> String {
    format!("{} by this call", deed(happened))
}

pub fn you_look_here(call: u64) -> String {
    format!("you look here, call {call}")
}

const fn deed(happened: Happened) -> &'static str {
    match happened {
        Happened::Put => "put",
        Happened::PutOver => "put over",
        Happened::Changed => "changed",
        Happened::Hidden => "hidden by a delete marker,",
        Happened::Deleted => "deleted",
    }
}

// ---- versioning
pub const VERSIONING: &str = "Versioning";
pub const VERSIONING_MORE: &str = "With versions kept, a put adds one and a delete only hides: nothing is lost until a version itself is deleted.";
pub const VERSIONING_ON: &str = "Enabled";
pub const VERSIONING_PAUSED: &str = "Suspended";
pub const VERSIONING_NEVER: &str = "Never enabled";
pub const ENABLE: &str = "Enable";
pub const SUSPEND: &str = "Suspend";
pub const VERSIONING_ENABLED: &str = "Versioning enabled";
pub const VERSIONING_SUSPENDED: &str = "Versioning suspended";

// ---- versions
pub const VERSION: &str = "Version";
pub const LATEST: &str = "latest";
pub const DELETE_MARKER: &str = "delete marker";
pub const NO_VERSIONS: &str = "There is nothing in this bucket, and no version of anything.";
pub const ACTIONS: &str = "Actions";
pub const BRING_BACK: &str = "Bring back";
pub const READ: &str = "Read";
pub const DELETE_VERSION: &str = "Delete version";
pub const DELETE_VERSION_MORE: &str = "A version that is deleted by its id is gone for good.";
pub const VERSIONS_MORE: &str = "All versions of all keys, newest first. To bring one back is to copy it: it becomes the latest. To delete a delete marker brings back what it hides.";

pub fn read_by_key(key: &str) -> String {
    format!("Read {key} by its key alone")
}

pub fn version_deleted(key: &str) -> String {
    format!("Deleted a version of {key}")
}

pub fn brought_back(key: &str) -> String {
    format!("Brought back {key}")
}

pub fn of_version(what: &str, key: &str, version: &str) -> String {
    format!("{what}: {key}, version {version}")
}

pub fn delete_this_version(key: &str, version: &str) -> String {
    format!("Delete version {version} of {key}?")
}

// ---- public access
pub const BLOCK: &str = "Block public access";
pub const BLOCK_MORE: &str = "Four locks on the door to everybody. They win over policies and ACLs. New buckets have all four.";
pub const BLOCKS: [(&str, &str); 4] = [
    ("BlockPublicAcls", "Refuse new ACLs that let everybody in"),
    ("IgnorePublicAcls", "Do as if ACLs that let everybody in were not there"),
    ("BlockPublicPolicy", "Refuse new policies that let everybody in"),
    (
        "RestrictPublicBuckets",
        "Keep everybody out whose account this is not, while a policy is public",
    ),
];
pub const BLOCK_SAVED: &str = "Block public access: saved";

// ---- who may
pub const WHO_MAY: &str = "Can they, and why?";
pub const WHO_MAY_MORE: &str =
    "Asks the rules as they are now. Nothing is done, and nothing is logged, until you try it.";
pub const ACCESS: &str = "Access";
pub const TRY_IT: &str = "Try it";
pub const TRY_IT_MORE: &str = "Makes the call as that caller: in the list, and on the bill.";
pub const TRY_READS_ONLY: &str = "Only what reads can be tried from here.";
pub const ONLY_BYTES: &str = "Only these bytes (range)";
pub const ANSWERED: &str = "Answered";
pub const THE_ANSWER: &str = "The answer";
pub const PUBLIC: &str = "Is it public?";
pub const PUBLIC_MORE: &str =
    "What S3 itself says of the policy. Block public access can hold it back all the same.";
pub const IS_PUBLIC: &str = "Public";
pub const IS_NOT_PUBLIC: &str = "Not public";
pub const WHO: &str = "Who";
pub const EVERYBODY: &str = "Anybody on the internet";
pub const YOU: &str = "You";
pub const OTHER_ACCOUNT: &str = "Another account (111122223333)";
pub const DOES_WHAT: &str = "Does";
pub const WITH_KEY: &str = "With the key";
pub const ALLOWED: &str = "Allowed";
pub const DENIED: &str = "Denied";
pub const DECIDES: &str = "decides";
pub const GATE: &str = "Rule";
pub const SAYS: &str = "Says";
pub const BECAUSE: &str = "Because";

pub fn gate(name: &str) -> &str {
    match name {
        "IdentityPolicy" => "Policies of the caller",
        "PermissionsBoundary" => "Permissions boundary",
        "SessionPolicy" => "Session policy",
        "ResourcePolicy" => "Bucket policy",
        "PublicAccessBlock" => "Block public access",
        "ObjectOwnership" => "Object ownership",
        "AccessControlList" => "Access control list",
        other => other,
    }
}

pub fn answer(name: &str) -> &str {
    match name {
        "Allows" => "allows",
        "Denies" => "denies",
        "Silent" => "says nothing",
        "NotAsked" => "is not asked",
        other => other,
    }
}

/// `NoStatementFits` as words: "no statement fits".
pub fn reason(name: &str) -> String {
    let mut words = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.extend(letter.to_lowercase());
    }
    words.replace("acls", "ACLs").replace("acl ", "ACL ")
}

pub fn asked(who: &str, action: &str, resource: &str) -> String {
    format!("{who}, {action}, {resource}")
}

// ---- management
pub const UPLOADS: &str = "Uploads in parts";
pub const UPLOADS_MORE: &str = "Multipart uploads that were begun and not ended. No list of objects shows them. Their parts are kept, and paid for, until they are completed or aborted.";
pub const BEGIN_UPLOAD: &str = "Begin an upload";
pub const NO_PARTS: &str = "No part has been sent yet. Each but the last has 5 MB or more.";
pub const TAKE: &str = "Take";
pub const PART: &str = "Part";
pub const PART_NUMBER: &str = "Part number";
pub const PART_SIZE: &str = "Size of a part in MB";
pub const SEND_PART: &str = "Send part";
pub const COMPLETE: &str = "Complete";

pub fn begin(key: &str) -> String {
    format!("Begin an upload of {key}")
}

pub fn begun(key: &str) -> String {
    format!("Began an upload of {key}")
}

pub fn begun_at(moment: &str) -> String {
    format!("begun {moment}")
}

pub fn upload_of(key: &str) -> String {
    format!("Upload of {key}")
}

pub fn parts_of(key: &str) -> String {
    format!("Parts of {key}")
}

pub fn take_part(number: u64) -> String {
    format!("Take part {number}")
}

pub fn send_to(key: &str) -> String {
    format!("Send a part of {key}")
}

pub fn send_part(number: u64) -> String {
    format!("Send part {number}")
}

pub fn part_sent(number: u64, key: &str) -> String {
    format!("Sent part {number} of {key}")
}

pub fn complete(key: &str) -> String {
    format!("Complete the upload of {key}")
}

pub fn completed(key: &str) -> String {
    format!("Completed {key}")
}

pub fn file_ends(number: u64) -> String {
    format!("The file ends before part {number} begins.")
}
pub const NO_UPLOADS: &str = "None is going on.";
pub const ABORT: &str = "Abort";

pub fn parts(count: usize, bytes: &str) -> String {
    format!("{}, {bytes}", counted(count, "part", "parts"))
}

pub fn aborted(key: &str) -> String {
    format!("Aborted the upload of {key}")
}

pub fn abort(key: &str) -> String {
    format!("Abort the upload of {key}")
}

pub const TIMELINE: &str = "What happens to an object";
pub const ENDS: &str = "ends";
pub const OFF: &str = "off";

pub fn day(day: u64) -> String {
    format!("day {}", grouped(day))
}

pub fn rule_words(name: &str, steps: &[(u64, String)]) -> String {
    let steps: Vec<String> =
        steps.iter().map(|(day, what)| format!("from day {day} {what}")).collect();
    format!("{name}: {}", steps.join(", "))
}

// ---- sums
pub const SUMS: &str = "What it holds";
pub const OBJECT_COUNT: &str = "Objects";
pub const VERSION_COUNT: &str = "Versions";
pub const BYTES: &str = "Bytes of all versions";
pub const CREATED: &str = "Created";
pub const ARN: &str = "ARN";

// ---- what lies where
pub const STORAGE: &str = "What lies where";
pub const BY_CLASS: &str = "By storage class";
pub const BY_PREFIX: &str = "By prefix";
pub const CLASSES_MORE: &str =
    "Bytes of all versions, and of the parts of uploads that go on: what is paid for.";
pub const NOTHING_LIES: &str = "Nothing is stored here.";
pub const CLASS: &str = "Class";
pub const PREFIX: &str = "Prefix";
pub const SHARE: &str = "Share";
pub const LOOK_INTO: &str = "Look into";
pub const UP: &str = "Up to";
pub const WHOLE_BUCKET: &str = "the whole bucket";
pub const NO_PREFIX: &str = "in no deeper prefix";
pub const SIZE: &str = "Size";

/// `2 objects, 48.2 KB`
pub fn lies(objects: u64, size: &str) -> String {
    format!(
        "{}, {size}",
        counted(usize::try_from(objects).unwrap_or(usize::MAX), "object", "objects")
    )
}

pub fn other_prefixes(count: u64) -> String {
    format!("{} more prefixes", grouped(count))
}

pub fn percent(share: f64) -> String {
    if share > 0.0 && share < 0.01 { "under 1 %".into() } else { format!("{:.0} %", share * 100.0) }
}

pub fn counted_so_far(count: u64) -> String {
    format!(
        "Only the first {} versions are counted here, in the order of their keys: a bucket tells its sums, not those of its prefixes. S3 Storage Lens and S3 Inventory count them all.",
        grouped(count)
    )
}

pub fn picture_of(parts: &[(String, String)]) -> String {
    let parts: Vec<String> = parts.iter().map(|(name, size)| format!("{name} {size}")).collect();
    format!("Areas by size: {}", parts.join(", "))
}

// ---- website
pub const SITE: &str = "See the website";
pub const SITE_MORE: &str = "What the website endpoint answers to anybody, as a browser shows it. Every page and picture is a request like any other: in the list of calls, and on the bill.";
pub const SITE_WALLS: &str = "It is shown in a frame with an origin of its own, which reaches neither this page nor any other place.";
pub const SITE_PATH: &str = "Path";
pub const SITE_OPEN: &str = "Open";
pub const SITE_SCRIPTS: &str = "Run the site's own scripts";
pub const SITE_FRAME: &str = "The website";
pub const SITE_NO_FRAME: &str = "The endpoint has answered, but this browser has no place apart to show it in: no service worker is in charge of this page. Reload the page without holding Shift, outside a private window.";
pub const SITE_NOT_OPENED: &str = "Nothing outside the simulated cloud is opened here.";

pub fn site_away(url: &str) -> String {
    format!("This leads to {url}.")
}

pub fn site_saved(media_type: &str, size: &str) -> String {
    format!(
        "A browser would save this as a file ({size}) and show nothing: its Content-Type is {media_type}."
    )
}

pub const FIRST_PAGE: &str = "First page";

pub fn section_versions() -> &'static str {
    section(Section::Versions)
}

/// `photos/cat.jpg?versionId=...`, with the key written as an address.
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html>
pub fn copy_source(bucket: &str, key: &str, version: &str) -> String {
    format!("{bucket}/{}?versionId={version}", crate::route::address_of(key))
}

/// The same without a version.
pub fn copy_source_of(bucket: &str, key: &str) -> String {
    format!("{bucket}/{}", crate::route::address_of(key))
}

pub fn locked(count: usize) -> String {
    format!("{count} of 4 on")
}

pub fn bucket_age(days: f64) -> String {
    format!("The line marks where an object is now that is as old as the bucket: day {days:.0}.")
}

// ---- links
pub const LINK: &str = "Link";
pub const LINK_MORE: &str = "A presigned link lets whoever holds it do one thing with one object, with your rights, until its time is over by the simulated clock. Making it calls nobody.";
pub const LINKS: &str = "Links";
pub const LINK_PURPOSE: &str = "It lets somebody";
pub const LINK_TO_OPEN: &str = "open the object";
pub const LINK_TO_PUT: &str = "upload the object";
pub const LINK_FOR: &str = "It lives for";
pub const PUT_LINK_TEXT: &str = "What to upload by it (text)";
pub const PUT_BY_LINK: &str = "Upload by the link";
pub const PUT_LINK_MORE: &str =
    "Sent as anybody would send it who has nothing but the link: by the method PUT.";
/// Seconds; a link of an IAM user's opens for seven days at most.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html>
pub const LINK_TIMES: [(u32, &str); 6] = [
    (10, "10 seconds"),
    (60, "1 minute"),
    (900, "15 minutes"),
    (3_600, "1 hour"),
    (86_400, "1 day"),
    (604_800, "7 days"),
];
pub const MAKE_LINK: &str = "Make a link";
pub const TRY_LINK: &str = "Open it here";
pub const OPEN_LINK: &str = "Open in a new tab";
pub const OPEN_LINK_MORE: &str = "A new tab asks the cloud in this one, as long as this one is open. What it shows runs no scripts.";
pub const NO_LINK_HERE: &str =
    "A new tab could not open it: no service worker is in charge of this page. Reload the page.";
pub const LINK_OPENS: &str = "The link opens.";
pub const LINK_PUTS: &str = "The link let it in.";
pub const LINK_REFUSED: &str = "The link was refused.";

// ---- a new object
pub const NEW_OBJECT: &str = "New object";
pub const NEW_OBJECT_MORE: &str =
    "What is already under the key is replaced, or becomes an older version.";
pub const CONTENT: &str = "Content";
pub const FROM_TEXT: &str = "Text that I write";
pub const FROM_FILE: &str = "A file of mine";
pub const FROM_ZEROS: &str = "Practice bytes (zeros)";
pub const THE_TEXT: &str = "Text";
pub const UNIT: &str = "Unit";
pub const SENT: &str = "Sent";
pub const OWN_METADATA: &str = "Your metadata, a pair a line";
pub const PUT_OBJECT: &str = "Put object";
pub const SENDING: &str = "Sending.";
pub const NO_FILE: &str = "Choose a file first.";

pub fn in_parts_of(megabytes: u64) -> String {
    if megabytes == 0 { "in one request".into() } else { format!("in parts of {megabytes} MB") }
}

pub fn put(key: &str) -> String {
    format!("Put {key}")
}

pub fn no_pair(line: &str) -> String {
    format!("\"{line}\" is no pair: write a name, a colon and a value.")
}

pub fn no_size(max: u64) -> String {
    format!("Write how many, as a whole number: up to {}.", crate::state::sizes::bytes(max))
}

// ---- storage classes
pub const OTHER_CLASS: &str = "Another class";
pub const CHANGE_CLASS: &str = "Change class";
pub const CHANGE_CLASS_MORE: &str =
    "By a copy onto itself. Metadata stays; a bucket with versions gets another version.";
pub const ARCHIVED: &str = "It lies in an archive. To read it, ask for a copy that stays for some days, and wait until it is there.";
pub const RESTORE_DAYS: &str = "Days";
pub const RESTORE_TIER: &str = "How fast";
pub const RESTORE: &str = "Restore";

pub fn change_class(key: &str) -> String {
    format!("Change the class of {key}")
}

pub fn class_changed(class: &str) -> String {
    format!("Changed to {class}")
}

pub fn restore(key: &str) -> String {
    format!("Restore {key}")
}

pub fn restoring(key: &str) -> String {
    format!("Asked for a copy of {key}")
}

// ---- other metadata
pub const REPLACE_METADATA: &str = "Replace metadata";
pub const REPLACE_METADATA_MORE: &str = "An object is never changed, only replaced: this copies it onto itself, with what is written here in the place of all metadata.";
pub const METADATA_REPLACED: &str = "Replaced the metadata";

pub fn replace_metadata(key: &str) -> String {
    format!("Replace the metadata of {key}")
}

// ---- lifecycle rules
pub const ADD_RULE: &str = "Add a rule";
pub const ADD_RULE_MORE: &str = "Days count from when an object was put. What is left empty does not happen. A rule of the same name is replaced.";
pub const RULE_NAME: &str = "Name";
pub const FIRST_AFTER: &str = "Move after days";
pub const FIRST_CLASS: &str = "to";
pub const THEN_AFTER: &str = "Move again after days";
pub const THEN_CLASS: &str = "then to";
pub const END_AFTER: &str = "End after days";
pub const OLD_AFTER: &str = "End old versions after days";
pub const UPLOADS_AFTER: &str = "Abort uploads after days";

pub fn no_days(text: &str) -> String {
    format!("\"{text}\" is no number of days.")
}

pub fn rule_added(name: &str) -> String {
    if name.is_empty() { "Added a rule".into() } else { format!("Added the rule {name}") }
}
