//! Lessons about S3 done by clicks alone: what `console.toml` of each lists as calls, here by the page's own controls.

use serde_json::{Value as Json, json};

use crate::in_browsers;
use crate::site::{SOON, Site};
use crate::webdriver::Kind;

in_browsers! {
    versions_come_and_go_by_clicks
    a_link_opens_and_expires_by_clicks
    who_may_read_is_asked_by_clicks
    a_large_file_goes_in_parts_by_clicks
    objects_cool_down_by_clicks
    metadata_is_replaced_by_clicks
}

/// A lesson, and the bucket that its set-up has made.
struct Lesson {
    site: Site,
    id: &'static str,
    bucket: String,
}

impl Lesson {
    fn begin(kind: Kind, id: &'static str, region: &str) -> Self {
        let site = Site::open(kind);
        site.go(&format!("#/lesson/{id}/1/s3"));
        let answer = site.ask(&json!({
            "kind": "call", "service": "s3", "operation": "ListBuckets", "input": "{}", "region": region, "caller": "console" }));
        let output: Json = serde_json::from_str(answer["ok"]["output"].as_str().unwrap()).unwrap();
        let bucket = output["Buckets"][0]["Name"].as_str().unwrap().to_owned();
        Self { site, id, bucket }
    }

    /// Goes to a place of the bucket, at a step.
    fn at(&self, step: usize, place: &str) {
        self.site.go(&format!("#/lesson/{}/{step}/s3/{}/{place}", self.id, self.bucket));
    }

    fn click(&self, control: &str) {
        self.site.browser.click(control);
    }

    fn choose(&self, list: &str, value: &str) {
        self.site.browser.click(&format!("{list} option[value='{value}']"));
    }

    /// What the field is to hold, typed in place of what stands there.
    fn write(&self, field: &str, text: &str) {
        self.site.browser.type_over(field, text);
    }

    fn text_of(&self, field: &str) -> String {
        let value = format!("return document.querySelector('{field}').value");
        self.site.browser.run(&value, &json!([])).as_str().unwrap().to_owned()
    }

    fn passes(&self, checks: &[&str]) {
        for check in checks {
            self.site.wait_for_check(check, "pass");
        }
    }

    fn answers(&self, check: &str, number: usize) {
        self.click(&format!("[data-check='{check}'] label:nth-of-type({number})"));
        self.passes(&[check]);
    }

    fn wait(&self, what: &str, condition: &str) {
        self.site.browser.wait(what, SOON, &format!("return {condition}"), &json!([]));
    }

    /// Writes a new object; `members` are fields of the form.
    fn puts(&self, key: &str, lists: &[(&str, &str)], fields: &[(&str, &str)]) {
        self.click("#new-object");
        self.write("#write-key", key);
        for (list, value) in lists {
            self.choose(list, value);
        }
        for (field, text) in fields {
            self.write(field, text);
        }
        self.click("#write-put");
        self.wait("the form to close", "document.querySelector('#write-put') === null");
    }

    fn ends(&self) {
        let errors = self.site.browser.console_errors();
        assert!(errors.is_empty(), "{errors:?}");
    }
}

fn versions_come_and_go_by_clicks(kind: Kind) {
    let lesson = Lesson::begin(kind, "s3-versions", "us-east-1");
    lesson.at(1, "?show=properties");
    lesson.click("#versioning");
    lesson.passes(&["enabled", "said-enabled", "asked-status"]);
    lesson.at(2, "");
    lesson.puts("menu.txt", &[], &[("#write-text", "Soup 4.50")]);
    lesson.puts("menu.txt", &[], &[("#write-text", "Soup 45.0")]);
    lesson.passes(&["put-dearer", "put-typo", "three"]);
    lesson.at(2, "?show=versions");
    lesson.passes(&["said-versions"]);
    lesson.at(3, "?show=versions");
    lesson.click(".versions tbody tr:nth-child(2) .read");
    lesson.site.wait_for_words("Soup 4.50");
    lesson.passes(&["by-version", "said-before"]);
    lesson.at(4, "");
    lesson.click("#objects tbody input[type=checkbox]");
    lesson.click("#delete");
    lesson.click(".confirm .danger");
    lesson.passes(&["marked"]);
    lesson.at(4, "?show=versions");
    lesson.click(".versions tbody tr:first-child .read");
    lesson.site.wait_for_words("404 NoSuchKey");
    lesson.passes(&["not-found", "said-marker"]);
    lesson.at(5, "?show=versions");
    lesson.click(".versions tbody tr:first-child .bring-back");
    lesson.passes(&["unmarked", "menu-back"]);
    lesson.click(".versions tbody tr:first-child .read");
    lesson.site.wait_for_words("Soup 45.0");
    lesson.passes(&["read-back", "said-back"]);
    lesson.answers("price", 2);
    lesson.ends();
}

fn a_link_opens_and_expires_by_clicks(kind: Kind) {
    let lesson = Lesson::begin(kind, "s3-presigned-links", "eu-central-1");
    lesson.at(1, "tickets/?object=tickets%2Fada%2Etxt");
    // Ten seconds are short for a machine that is busy: they pass when the test lets them.
    lesson.site.ask(&json!({ "kind": "clock", "speed": 0 }));
    lesson.click("#object-link");
    lesson.choose("#link-for", "10");
    lesson.click("#make-link");
    lesson.wait(
        "the link",
        "document.querySelector('#link-made')?.value.includes('X-Amz-Expires=10&')",
    );
    lesson.click("#try-link");
    lesson.site.wait_for_words("Row C, seat 12");
    lesson.passes(&["made"]);
    lesson.answers("no-call", 2);
    lesson.at(2, "tickets/?object=tickets%2Fada%2Etxt");
    lesson.passes(&["opened", "said-seat"]);
    lesson.answers("keys-gone", 2);
    lesson.at(3, "tickets/?object=tickets%2Fada%2Etxt");
    let link = lesson.text_of("#link-made");
    lesson.write("#link-made", &link.replace("ada.txt", "bob.txt"));
    lesson.click("#try-link");
    lesson.passes(&["changed", "said-changed"]);
    lesson.at(4, "tickets/?object=tickets%2Fada%2Etxt");
    lesson.write("#link-made", &link);
    lesson.site.ask(&json!({ "kind": "clock", "jump_ms": 11_000 }));
    lesson.click("#try-link");
    lesson.site.wait_for_words("Request has expired");
    lesson.passes(&["expired", "said-late"]);
    lesson.at(5, "?show=permissions");
    lesson.write("#link-key", "photos/ada.txt");
    lesson.click("#make-link");
    lesson.write("#link-text", "What a view!");
    lesson.click("#try-link");
    lesson.passes(&["uploaded", "there"]);
    lesson.ends();
}

fn policy(bucket: &str, more: &str) -> String {
    let read = format!(
        r#"{{"Sid":"EveryoneReads","Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::{bucket}/public/*"}}"#
    );
    format!(r#"{{"Version":"2012-10-17","Statement":[{read}{more}]}}"#)
}

fn who_may_read_is_asked_by_clicks(kind: Kind) {
    let lesson = Lesson::begin(kind, "s3-who-may-read", "us-east-1");
    let tries = |who: &str, key: &str| {
        lesson.choose("#who", who);
        lesson.write("#with-key", key);
        lesson.click("#try-access");
    };
    let saves = |text: &str| {
        lesson.click("#edit-policy");
        lesson.write("#draft-policy", text);
        lesson.click("#setting-policy .btn.primary");
    };
    let verdict = |words: &str| {
        lesson.wait(words, &format!("document.querySelector('#verdict')?.innerText === '{words}'"));
    };
    lesson.at(1, "?show=permissions");
    tries("*", "public/map.txt");
    lesson.passes(&["knocked", "said-stranger"]);
    verdict("Denied");
    lesson.at(2, "?show=permissions");
    saves(&policy(&lesson.bucket, ""));
    lesson.passes(&["blocked", "said-blocked"]);
    lesson.at(3, "?show=permissions");
    lesson.click("#block-BlockPublicPolicy");
    lesson.site.wait_for_words("3 of 4 on");
    lesson.click("#block-RestrictPublicBuckets");
    lesson.site.wait_for_words("2 of 4 on");
    // What was refused still stands in its field.
    lesson.click("#setting-policy .btn.primary");
    lesson.wait("a public bucket", "document.querySelector('#is-public')?.innerText === 'Public'");
    lesson.passes(&["unblocked", "is-public", "said-public"]);
    lesson.at(4, "?show=permissions");
    tries("*", "public/map.txt");
    lesson.site.wait_for_words("Two floors and a cat");
    lesson.passes(&["map"]);
    tries("*", "private/wages.txt");
    lesson.passes(&["wages", "said-map"]);
    lesson.at(5, "?show=permissions");
    let vault = format!("arn:aws:s3:::{}/public/vault.txt", lesson.bucket);
    let deny = json!({ "Sid": "NoVault", "Effect": "Deny", "Principal": "*", "Action": "s3:GetObject", "Resource": vault });
    saves(&policy(&lesson.bucket, &format!(",{deny}")));
    lesson.site.wait_for_words("Bucket policy: saved");
    tries("*", "public/vault.txt");
    lesson.passes(&["vault"]);
    tries("", "public/vault.txt");
    lesson.passes(&["vault-me", "said-vault"]);
    verdict("Denied");
    lesson.answers("order", 2);
    lesson.ends();
}

fn a_large_file_goes_in_parts_by_clicks(kind: Kind) {
    let lesson = Lesson::begin(kind, "s3-large-files", "us-east-1");
    let begins = |key: &str| {
        lesson.write("#begin-key", key);
        lesson.click("#begin-upload");
        lesson.wait("the upload", "document.querySelectorAll('.upload').length === 1");
    };
    let sends = |megabytes: &str, number: usize| {
        lesson.write(".part-size", megabytes);
        lesson.click(".send-part");
        let there = format!("document.querySelectorAll('.upload tbody tr').length === {number}");
        lesson.wait("the part", &there);
    };
    lesson.at(1, "?show=management");
    begins("film.mp4");
    sends("5", 1);
    sends("1", 2);
    lesson.passes(&["begun", "first-part", "second-part"]);
    lesson.at(2, "");
    lesson.site.wait_for_words("poster.txt");
    lesson.at(2, "?show=management");
    lesson.passes(&["looked", "looked-again", "said-both"]);
    lesson.at(3, "?show=management");
    lesson.click(".upload .complete");
    lesson.passes(&["completed"]);
    lesson.at(3, "");
    lesson.site.press("film.mp4");
    lesson.site.wait_for_words("b7992ce8540773fdfcab72bd0e8c4c64-2");
    lesson.passes(&["said-etag"]);
    lesson.answers("etag", 2);
    lesson.at(4, "?show=management");
    begins("trailer.mp4");
    sends("1", 1);
    sends("1", 2);
    lesson.click(".upload .complete");
    lesson.site.wait_for_words("EntityTooSmall");
    lesson.click(".upload .abort");
    lesson.passes(&["too-small", "said-small", "second-small", "cleaned"]);
    lesson.at(5, "");
    let lists = [("#write-from", "zeros"), ("#write-parts", "5242880")];
    lesson.puts("again.mp4", &lists, &[("#write-size", "6")]);
    lesson.site.press("again.mp4");
    lesson.passes(&["by-itself", "again-there", "said-again", "asked-again"]);
    lesson.ends();
}

fn objects_cool_down_by_clicks(kind: Kind) {
    let lesson = Lesson::begin(kind, "s3-storage-classes", "us-east-1");
    lesson.at(1, "");
    let zeros = [("#write-from", "zeros"), ("#write-unit", "1024")];
    lesson.puts("log/today.txt", &zeros, &[("#write-size", "200")]);
    let seldom = [zeros[0], zeros[1], ("#write-class", "STANDARD_IA")];
    lesson.puts("invoices/7.txt", &seldom, &[("#write-size", "200")]);
    lesson.passes(&["standard", "infrequent", "said-classes"]);
    lesson.at(2, "?show=management");
    let fields = [
        ("#rule-name", "old-logs"),
        ("#rule-prefix", "log/"),
        ("#rule-first", "30"),
        ("#rule-second", "90"),
        ("#rule-end", "365"),
    ];
    for (field, text) in fields {
        lesson.write(field, text);
    }
    lesson.click("#add-rule");
    lesson.passes(&["ruled", "enabled"]);
    lesson.at(3, "log/?object=log%2Ftoday%2Etxt");
    let class = |name: &str| {
        let shown = "[...document.querySelectorAll('.split dd')].map((one) => one.innerText)";
        lesson.wait(name, &format!("{shown}.includes('{name}')"));
    };
    for (times, name) in [(2, "STANDARD_IA"), (2, "GLACIER")] {
        for _ in 0..times {
            lesson.site.press("+30 days");
        }
        class(name);
    }
    lesson.passes(&["moved", "looked", "said-moved"]);
    lesson.at(4, "log/?object=log%2Ftoday%2Etxt");
    lesson.passes(&["archived", "said-archived"]);
    lesson.click("#restore");
    lesson.wait(
        "the restoring",
        "document.querySelector('#restore-state')?.innerText.includes('ongoing-request')",
    );
    lesson.at(5, "log/");
    lesson.answers("month", 2);
    lesson.answers("trap", 2);
    lesson.ends();
}

fn metadata_is_replaced_by_clicks(kind: Kind) {
    let lesson = Lesson::begin(kind, "s3-documents-images-videos", "us-east-1");
    let picture = r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="5" cy="4" r="3"/></svg>"#;
    lesson.at(1, "");
    lesson.puts("sky.svg", &[], &[("#write-text", picture)]);
    lesson.site.press("sky.svg");
    lesson.passes(&["stored", "put-plain", "said-first"]);
    lesson.at(2, "?object=sky%2Esvg");
    lesson.puts("sky.svg", &[], &[("#write-type", "image/svg+xml"), ("#write-text", picture)]);
    lesson.passes(&["typed", "asked-again", "said-now"]);
    lesson.at(3, "");
    let fields = [
        ("#write-type", "text/plain"),
        ("#write-text", "Dear Ada ..."),
        ("#write-metadata", "Author: Grace\nwritten-on: paper"),
    ];
    lesson.puts("letter.txt", &[], &fields);
    lesson.site.press("letter.txt");
    lesson.passes(&["labelled", "said-metadata", "read-head"]);
    lesson.at(4, "?object=letter%2Etxt");
    lesson.click("#object-metadata");
    lesson.wait("the form", "document.querySelector('#edit-metadata') !== null");
    assert_eq!(lesson.text_of("#edit-metadata"), "author: Grace\nwritten-on: paper\n");
    lesson.write("#edit-metadata", "author: Grace Hopper");
    lesson.click("#replace-metadata");
    lesson.passes(&["renamed"]);
    lesson.at(5, "?object=sky%2Esvg");
    lesson.click("#object-access");
    lesson.choose("#who", "");
    lesson.write("#only-bytes", "bytes=0-3");
    lesson.click("#try-access");
    lesson.passes(&["part", "said-part"]);
    lesson.ends();
}
