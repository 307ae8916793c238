//! The Terminal: what is typed there ends as the real AWS CLI natively ends it against the endpoint.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use cloudarium_serve::endpoint::{Background, Options};
use cloudarium_tests::{boto3, venv};
use regex_lite::Regex;
use serde_json::{Value as Json, json};

use crate::in_browsers;
use crate::site::{PYTHON, SOON, Site};
use crate::webdriver::Kind;

in_browsers! {
    the_tab_is_used_by_keyboard
    every_line_ends_as_natively
    files_are_shared_with_python_and_kept
    files_are_brought_in_made_renamed_and_deleted_by_hand
    hostile_output_is_text
}

const LINES: &str = include_str!("terminal-lines.txt");

/// How a line ended.
#[derive(Debug, PartialEq, Eq)]
struct Ended {
    out: Vec<String>,
    err: Vec<String>,
    code: i64,
}

fn lines() -> Vec<&'static str> {
    LINES.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect()
}

/// The AWS CLI's folder of programs, pinned to the version that the tab has.
fn aws_folder() -> PathBuf {
    let python = venv::python(boto3::root(), "venv-aws", "tests/python/requirements-aws.txt");
    let python = python.unwrap_or_else(|missing| panic!("{missing}"));
    python.parent().unwrap().to_owned()
}

fn natively() -> Vec<Ended> {
    let endpoint = Background::start(Options::default()).unwrap();
    let folder = std::env::temp_dir().join(format!("cloudarium-terminal-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("work")).unwrap();
    let path = std::env::join_paths(
        std::iter::once(aws_folder())
            .chain(std::env::split_paths(&std::env::var_os("PATH").unwrap())),
    );
    let path = path.unwrap();
    let run = |line: &&str| {
        let output = Command::new("bash")
            .args(["--noprofile", "--norc", "-c", line])
            .current_dir(folder.join("work"))
            .env_clear()
            .envs([("HOME", folder.as_path()), ("PATH", Path::new(&path))])
            .envs([
                ("AWS_ENDPOINT_URL", endpoint.url().as_str()),
                ("AWS_ACCESS_KEY_ID", "test"),
                ("AWS_SECRET_ACCESS_KEY", "test"),
                ("AWS_DEFAULT_REGION", "us-east-1"),
                ("AWS_EC2_METADATA_DISABLED", "true"),
                ("NO_PROXY", "*"),
                ("LC_ALL", "C.UTF-8"),
                ("TZ", "UTC"),
            ])
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let code = i64::from(output.status.code().unwrap());
        ended(&text(&output.stdout), &text(&output.stderr), code)
    };
    let all = lines().iter().map(run).collect();
    std::fs::remove_dir_all(folder).unwrap();
    all
}

/// What must be alike: not when it was, not how fast it went, not which server signed a link.
fn ended(out: &str, err: &str, code: i64) -> Ended {
    let replaced = [
        (r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)?", "(then)"),
        (r"AIDA[A-Z0-9]{17}", "(id)"),
        (r"\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT", "(then)"),
        (r"https?://\S+\?AWSAccessKeyId=test&Signature=\S+&Expires=\d+", "(link)"),
    ];
    let plain = |text: &str| {
        let mut lines: Vec<String> = text
            .split(['\n', '\r'])
            .map(str::trim_end)
            .filter(|line| !line.is_empty() && !line.starts_with("Completed "))
            .map(|line| {
                replaced.iter().fold(line.to_owned(), |line, (pattern, with)| {
                    Regex::new(pattern).unwrap().replace_all(&line, *with).into_owned()
                })
            })
            .collect();
        // Natively several files go at once, and in no order of their own.
        let transfer = |line: &String| {
            ["upload:", "download:", "delete:"].iter().any(|word| line.starts_with(word))
        };
        for some in lines.chunk_by_mut(|one, next| transfer(one) && transfer(next)) {
            some.sort();
        }
        lines
    };
    Ended { out: plain(out), err: plain(err), code }
}

const RUN: &str = "
    const { terminal } = globalThis.cloudarium;
    const printed = { stdout: '', stderr: '' };
    terminal.configure({ onOutput: (stream, text) => { printed[stream] += text; }, onStatus() {} });
    const ends = [];
    for (const line of args[0]) {
        printed.stdout = ''; printed.stderr = '';
        const { code, error } = await terminal.run(line, { region: 'us-east-1' }, args[1]);
        ends.push({ ...printed, code: code ?? -1, error });
    }
    return ends;";

fn run_in_tab(site: &Site, lines: &[&str], home: &str) -> Vec<Json> {
    let ends = site.browser.run_async(RUN, &json!([lines, home]));
    ends.as_array().unwrap().clone()
}

fn every_line_ends_as_natively(kind: Kind) {
    let native = natively();
    let site = Site::open(kind);
    site.go("#/play/s3");
    let lines = lines();
    let mut differ = Vec::new();
    // A batch at a time: a script of WebDriver's may not take for ever.
    let ends = lines.chunks(8).flat_map(|some| run_in_tab(&site, some, "play"));
    for ((line, native), end) in lines.iter().zip(native).zip(ends) {
        let text = |name: &str| end[name].as_str().unwrap_or_default();
        let in_tab = ended(text("stdout"), text("stderr"), end["code"].as_i64().unwrap());
        if in_tab != native {
            differ.push(format!("{line}\n  in the tab {in_tab:?}\n  natively   {native:?}"));
        }
    }
    assert!(
        differ.is_empty(),
        "{} of {} differ:\n{}",
        differ.len(),
        lines.len(),
        differ.join("\n")
    );
}

/// Waits for the last command's exit status.
fn status_of_last(site: &Site) -> String {
    let last = "const all = document.querySelectorAll('.blks > li');
        return document.querySelector('.typing.wait') ? false : all[all.length - 1]?.dataset.status ?? false";
    let status = site.browser.wait("the command to end", PYTHON, last, &json!([]));
    status.as_str().unwrap().to_owned()
}

fn type_line(site: &Site, line: &str) -> String {
    site.browser.click("#cmd");
    site.browser.type_into("#cmd", line);
    site.browser.type_into("#cmd", "\u{e007}");
    status_of_last(site)
}

fn the_tab_is_used_by_keyboard(kind: Kind) {
    let site = Site::open(kind);
    site.go("#/play/terminal");
    assert_eq!(type_line(&site, "aws s3 mb s3://by-keyboard"), "0");
    site.wait_for_words("make_bucket: by-keyboard");
    assert_eq!(site.buckets(), ["by-keyboard"]);
    site.wait_for_words("1 call");
    // Completion: the only bucket is taken at once.
    site.browser.click("#cmd");
    site.browser.type_into("#cmd", "aws s3 ls s3://by");
    site.browser.type_into("#cmd", "\u{e004}");
    let completed = "return document.querySelector('#cmd').value === 's3://by-keyboard/'.padStart(27, 'aws s3 ls ')";
    site.browser.wait("the bucket's name", SOON, completed, &json!([]));
    site.browser.type_into("#cmd", "none\u{e007}");
    assert_eq!(status_of_last(&site), "1");
    // Up brings back what was typed.
    site.browser.click("#cmd");
    site.browser.type_into("#cmd", "\u{e013}\u{e013}");
    let line = site.browser.run("return document.querySelector('#cmd').value", &json!([]));
    assert_eq!(line, "aws s3 mb s3://by-keyboard");
    // Again: it is ours already, which us-east-1 answers by success.
    site.browser.type_into("#cmd", "\u{e007}");
    assert_eq!(status_of_last(&site), "0");
    // A failure has AWS's words, and ours beside them.
    assert_eq!(type_line(&site, "aws s3 cp s3://by-keyboard/nope ."), "1");
    site.wait_for_words("fatal error: An error occurred (404)");
    site.wait_for_words("See the call");
    // Help is paged; Q leaves, and the line has the focus.
    assert_eq!(type_line(&site, "aws s3 help"), "0");
    site.wait_for_words("lines 1 to ");
    site.browser.press_key("q");
    let focused = "return document.activeElement?.id === 'cmd'";
    site.browser.wait("the line to have the focus", SOON, focused, &json!([]));
    // What is typed while a command runs has its turn.
    site.browser
        .type_into("#cmd", "aws s3 ls\u{e007}aws s3 mb s3://typed-ahead\u{e007}aws s3 ls s3://by");
    site.wait_for_words("make_bucket: typed-ahead");
    let typed = "return document.querySelector('#cmd').value === 'aws s3 ls s3://by'";
    site.browser.wait("the third line to be kept", SOON, typed, &json!([]));
    assert_eq!(status_of_last(&site), "0");
    site.browser.press_keys(&["\u{e009}", "c"]);
    let empty = "return document.querySelector('#cmd').value === ''";
    site.browser.wait("the third line to be gone", SOON, empty, &json!([]));
    // Ctrl C ends what runs.
    site.browser.type_into("#cmd", "python -c 'while True: pass'\u{e007}");
    let runs = "return document.querySelector('.typing.wait') !== null";
    site.browser.wait("the command to run", SOON, runs, &json!([]));
    site.browser.press_keys(&["\u{e009}", "c"]);
    let ended = "return document.querySelector('.typing.wait') === null";
    site.browser.wait("the command to be stopped", SOON, ended, &json!([]));
    assert_eq!(site.buckets(), ["by-keyboard", "typed-ahead"]);
}

fn files_are_shared_with_python_and_kept(kind: Kind) {
    let site = Site::open(kind);
    site.go("#/play/python");
    let output = site.run_script("open('made.csv', 'w').write('a,b\\n1,2\\n')\nprint('written')");
    assert!(output.contains("written"), "{output}");
    let ends = run_in_tab(
        &site,
        &[
            "cat made.csv",
            "mkdir -p sub && cp made.csv sub/copy.csv && printf 'print(open(\"sub/copy.csv\").read())' > read.py",
            "python read.py | head -1",
            "aws s3api list-buckets | jq -c '[.Buckets[].Name]'",
        ],
        "play",
    );
    let said: Vec<_> = ends.iter().map(|end| end["stdout"].as_str().unwrap()).collect();
    assert_eq!(said, ["a,b\n1,2\n", "", "a,b\n", "[]\n"], "{ends:?}");
    let output = site.run_script("import os\nprint(sorted(os.listdir('sub')), os.getcwd())");
    assert!(output.contains("['copy.csv'] /home/learner/work"), "{output}");
    // Another home has none of it; after a reload this one still has.
    let other = run_in_tab(&site, &["ls"], "some-lesson");
    assert_eq!(other[0]["stdout"], "");
    site.go("#/play/terminal");
    site.browser.reload();
    site.settle();
    site.wait_for_words("made.csv");
    let kept = run_in_tab(&site, &["cat sub/copy.csv"], "play");
    assert_eq!(kept[0]["stdout"], "a,b\n1,2\n");
}

fn files_are_brought_in_made_renamed_and_deleted_by_hand(kind: Kind) {
    let site = Site::open(kind);
    site.go("#/play/terminal");
    let hostile = "a b & <i>c</i>.txt";
    let folder = std::env::temp_dir().join(format!("cloudarium-in-{}", kind.name()));
    std::fs::create_dir_all(&folder).unwrap();
    // A slash cannot be in a file's name; all else of the hostile one can.
    let brought = hostile.replace('/', "");
    std::fs::write(folder.join(&brought), "from outside\n").unwrap();
    site.browser.type_into("#files input[type=file]", folder.join(&brought).to_str().unwrap());
    site.wait_for_words(&brought);
    std::fs::remove_dir_all(&folder).unwrap();
    let name = |site: &Site, text: &str| {
        site.browser.type_over("#file-name", text);
        site.browser.press_key("\u{e007}");
        let gone = "return document.querySelector('#file-name') === null";
        site.browser.wait("the name to be taken", SOON, gone, &json!([]));
    };
    site.press("Rename");
    name(&site, "renamed.txt");
    site.wait_for_words("renamed.txt");
    site.press("New file");
    name(&site, "reports/2026/");
    site.press("New file");
    name(&site, "inside.txt");
    let ends = run_in_tab(&site, &["cat renamed.txt", "ls reports/2026", "ls"], "play");
    let said: Vec<_> = ends.iter().map(|end| end["stdout"].as_str().unwrap().trim()).collect();
    assert_eq!(&said[..2], ["from outside", "inside.txt"], "{ends:?}");
    assert!(!said[2].contains("a b"), "{ends:?}");
    // A name that leads outside is refused in words, and nothing changes.
    site.press("New file");
    site.browser.type_into("#file-name", "../../../etc/passwd");
    site.browser.press_key("\u{e007}");
    let told = "return document.querySelector('#files [role=alert]')?.textContent ?? ''";
    site.browser.wait("the refusal", SOON, told, &json!([]));
    site.browser.press_key("\u{e00c}");
    site.press("renamed.txt");
    site.press("Delete");
    site.wait_for_words("There is no undo for files.");
    site.browser.click("#files .confirm .danger");
    let left = run_in_tab(&site, &["ls"], "play");
    assert_eq!(left[0]["stdout"].as_str().unwrap().trim(), "reports", "{left:?}");
}

fn hostile_output_is_text(kind: Kind) {
    let site = Site::open(kind);
    site.go("#/play/terminal");
    let code = "python -c 'import sys; sys.stdout.write(\"<img src=x onerror=alert(1)>\" + chr(27) + \"[31mred\" + chr(0) + \"end\\n\")'";
    assert_eq!(type_line(&site, code), "0");
    site.wait_for_words("<img src=x onerror=alert(1)>\u{241b}[31mred\u{2400}end");
    assert_eq!(
        site.browser.run("return document.querySelectorAll('.term img').length", &json!([])),
        0
    );
    // Far more than is kept: the first page is shown, the page lives, and what is left out is told.
    let loud = "python -c 'for _ in range(100000): print(\"y\" * 70)' | cat";
    assert_eq!(type_line(&site, loud), "0");
    site.wait_for_words("lines 1 to ");
    site.browser.press_key("q");
    site.wait_for_words("are left out here");
    assert_eq!(type_line(&site, "echo still here"), "0");
    site.wait_for_words("still here");
}
