//! Finds the file that a path names, and sends it.

use std::fs::{self, File, Metadata};
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};
use std::time::UNIX_EPOCH;

use crate::request::Request;

/// What a worker may load: the site's own files, and no more.
const WORKER_POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'";
/// The worker in which functions of JavaScript run, and what it may load: scripts from memory, nothing from anywhere.
const FUNCTION_SCRIPT: &str = "js/function-node.js";
const FUNCTION_POLICY: &str = "default-src 'none'; script-src 'self' blob:";

/// What a path names.
#[derive(Debug, PartialEq, Eq)]
pub enum Found {
    File(PathBuf),
    /// A folder named without its closing slash: relative links would break, so the client is sent there.
    Folder(String),
    Nothing,
}

/// The file below `root` that `path` names; nothing outside `root` is ever found.
pub fn locate(root: &Path, prefix: &str, path: &str) -> Found {
    let Some(inside) = path.strip_prefix(prefix) else {
        let bare = prefix.trim_end_matches('/');
        let folder = !bare.is_empty() && path == bare;
        return if folder { Found::Folder(prefix.to_owned()) } else { Found::Nothing };
    };
    let relative = Path::new(inside);
    let plain = relative.components().all(|part| matches!(part, Component::Normal(_)));
    if !plain || inside.contains(['\0', '\\']) {
        return Found::Nothing;
    }
    let Ok(file) = root.join(relative).canonicalize() else { return Found::Nothing };
    if !file.starts_with(root) {
        return Found::Nothing;
    }
    if !file.is_dir() {
        return Found::File(file);
    }
    if !(inside.is_empty() || inside.ends_with('/')) {
        return Found::Folder(format!("{path}/"));
    }
    let index = file.join("index.html");
    if index.is_file() { Found::File(index) } else { Found::Nothing }
}

/// Sends what was found.
pub fn send(mut to: impl Write, ask: &Request, found: Found, isolated: bool) -> io::Result<()> {
    let file = match found {
        Found::File(file) => file,
        Found::Folder(path) => {
            let head = head(301, &[("Location", &path), ("Content-Length", "0")], ask.keep_alive);
            return to.write_all(head.as_bytes());
        }
        Found::Nothing => return plain(to, 404, "there is no such file", ask.keep_alive),
    };
    let (sent, encoding) = precompressed(&file, &ask.accept_encoding);
    let mut content = File::open(&sent)?;
    let metadata = content.metadata()?;
    let tag = tag(&metadata, encoding);
    let length = metadata.len().to_string();
    let mut fields = vec![
        ("Content-Type", mime(&file)),
        // Kept by the browser, but asked after every time: a rebuilt site shows at the next reload.
        ("Cache-Control", "no-cache"),
        ("ETag", tag.as_str()),
        ("Vary", "Accept-Encoding"),
        ("X-Content-Type-Options", "nosniff"),
    ];
    if mime(&file).starts_with("text/javascript") {
        // A worker does not inherit the policy of the page that starts it.
        let is_function = file.ends_with(FUNCTION_SCRIPT);
        let policy = if is_function { FUNCTION_POLICY } else { WORKER_POLICY };
        fields.push(("Content-Security-Policy", policy));
    }
    if isolated {
        fields.push(("Cross-Origin-Opener-Policy", "same-origin"));
        fields.push(("Cross-Origin-Embedder-Policy", "require-corp"));
        fields.push(("Cross-Origin-Resource-Policy", "same-origin"));
    }
    if !encoding.is_empty() {
        fields.push(("Content-Encoding", encoding));
    }
    if ask.if_none_match == tag {
        return to.write_all(head(304, &fields, ask.keep_alive).as_bytes());
    }
    fields.push(("Content-Length", &length));
    to.write_all(head(200, &fields, ask.keep_alive).as_bytes())?;
    if ask.method == "GET" {
        io::copy(&mut content, &mut to)?;
    }
    to.flush()
}

/// A short answer in words.
pub fn plain(mut to: impl Write, status: u16, words: &str, keep_alive: bool) -> io::Result<()> {
    let length = (words.len() + 1).to_string();
    let fields = [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", &*length)];
    writeln!(to, "{}{words}", head(status, &fields, keep_alive))
}

fn head(status: u16, fields: &[(&str, &str)], keep_alive: bool) -> String {
    let reason = match status {
        200 => "OK",
        301 => "Moved Permanently",
        304 => "Not Modified",
        404 => "Not Found",
        405 => "Method Not Allowed",
        _ => "Bad Request",
    };
    let connection = if keep_alive { "keep-alive" } else { "close" };
    let mut head = format!("HTTP/1.1 {status} {reason}\r\nConnection: {connection}\r\n");
    for (name, value) in fields {
        head.push_str(name);
        head.push_str(": ");
        head.push_str(value);
        head.push_str("\r\n");
    }
    head.push_str("\r\n");
    head
}

/// The file to send and its content coding: the smallest form that lies beside the file and the client takes.
fn precompressed(file: &Path, accepted: &str) -> (PathBuf, &'static str) {
    for (coding, ending) in [("br", ".br"), ("gzip", ".gz")] {
        let accepts =
            accepted.split(',').any(|one| one.split(';').next().map(str::trim) == Some(coding));
        let mut name = file.as_os_str().to_owned();
        name.push(ending);
        let beside = PathBuf::from(name);
        if accepts && is_as_new(&beside, file) {
            return (beside, coding);
        }
    }
    (file.to_owned(), "")
}

/// A compressed form that is older than its file is of an earlier build.
fn is_as_new(beside: &Path, file: &Path) -> bool {
    let time = |path: &Path| fs::metadata(path).and_then(|data| data.modified()).ok();
    time(beside).is_some_and(|beside| time(file).is_some_and(|file| beside >= file))
}

fn tag(metadata: &Metadata, encoding: &str) -> String {
    let since = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    format!("\"{:x}-{:x}{encoding}\"", since.unwrap_or_default().as_nanos(), metadata.len())
}

fn mime(file: &Path) -> &'static str {
    match file.extension().and_then(|ending| ending.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "webmanifest" => "application/manifest+json",
        "zip" | "whl" => "application/zip",
        "py" | "txt" | "md" | "toml" | "csv" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
