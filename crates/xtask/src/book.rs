//! The book: docs/ made into dist/docs/ by mdBook, with a theme of our own.
//!
//! mdBook's own theme runs scripts that stand in its pages, which no strict Content-Security-Policy allows, and brings
//! files that nobody needs here. Ours (docs/theme) has no script at all, so the book works offline, below any path.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, bail, ensure};
use mdbook_driver::MDBook;
use mdbook_driver::book::{Book, BookItem};

use crate::project::Project;
use crate::site::{Files, relative};
use crate::stamp::files_below;

/// What a chapter writes in place of a file of the project.
const INCLUDE: &str = "<!-- the file ";

/// Adds the book to the site.
pub fn add(project: &Project, files: &mut Files) -> anyhow::Result<()> {
    let root = project.path("docs");
    let out = project.target().join("site/docs");
    let mut book = MDBook::load(&root).context("read docs/")?;
    book.config.build.build_dir.clone_from(&out);
    prepare(project, &mut book.book)?;
    book.build().context("make the book of docs/")?;
    for path in files_below(&out)? {
        let name = relative(&out, &path);
        // Scripts, styles and fonts of mdBook's own theme stay behind; so do its extra pages.
        let ours = name.starts_with("images/") || is_html(&name);
        if ours && !matches!(name.as_str(), "toc.html" | "print.html" | "404.html") {
            let content = fs::read(&path)?;
            files.insert(format!("docs/{name}"), finished(&name, content)?);
        }
    }
    let style = fs::read(project.path("docs/theme/book.css"))?;
    files.insert("docs/book.css".to_owned(), style);
    check(files)
}

/// Puts the project's own files where chapters name them, and makes links that lead out of the book plain words.
fn prepare(project: &Project, book: &mut Book) -> anyhow::Result<()> {
    let mut pages: BTreeSet<String> = BTreeSet::new();
    for item in book.iter() {
        if let BookItem::Chapter(chapter) = item {
            let path = chapter.source_path.as_ref();
            pages.extend(path.map(|path| path.display().to_string()));
        }
    }
    let mut outcome = Ok(());
    book.for_each_mut(|item| {
        if let BookItem::Chapter(chapter) = item {
            match included(project, &chapter.content) {
                Ok(text) => chapter.content = inside(&text, &pages),
                Err(error) => outcome = Err(error),
            }
        }
    });
    outcome
}

fn included(project: &Project, text: &str) -> anyhow::Result<String> {
    let Some((before, rest)) = text.split_once(INCLUDE) else { return Ok(text.to_owned()) };
    let (name, after) = rest.split_once(" -->").context("an include has no end")?;
    let file = fs::read_to_string(project.path(name)).with_context(|| format!("read {name}"))?;
    Ok(format!("{before}{file}{after}"))
}

/// `text` with its links to files of the project made links to chapters, or, where there is none, plain words.
fn inside(text: &str, pages: &BTreeSet<String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("](") {
        let Some((target, following)) = after.split_once(')') else { break };
        let (path, fragment) = target.split_once('#').unwrap_or((target, ""));
        let name = path.trim_start_matches("../").trim_start_matches("docs/");
        let page = pages.iter().find(|page| page.eq_ignore_ascii_case(name));
        let stays = path.is_empty() || path.contains("://") || path.starts_with("images/");
        match (page, before.rfind('[')) {
            (Some(page), _) => {
                let anchor =
                    if fragment.is_empty() { String::new() } else { format!("#{fragment}") };
                out.extend([before, "](", page, &anchor, ")"]);
            }
            (None, Some(open)) if !stays => {
                let (kept, words) = before.split_at(open);
                out.extend([kept, words.trim_start_matches('[')]);
            }
            (None, _) => out.extend([before, "](", target, ")"]),
        }
        rest = following;
    }
    out + rest
}

/// A page with its own place marked in the list of chapters.
fn finished(name: &str, content: Vec<u8>) -> anyhow::Result<Vec<u8>> {
    if !is_html(name) {
        return Ok(content);
    }
    let page = String::from_utf8(content).with_context(|| format!("docs/{name} is UTF-8"))?;
    ensure!(!page.contains("<script"), "docs/{name} holds a script, which its policy forbids");
    ensure!(
        !page.contains(" style=\""),
        "docs/{name} holds an inline style, which its policy forbids"
    );
    let up = "../".repeat(name.matches('/').count());
    let here = format!("{up}{name}");
    let page = with_chapters_from(&page, &up);
    // What scrolls sideways can be scrolled by keyboard, too.
    let page = page
        .replace("<pre>", "<pre tabindex=\"0\">")
        .replace("<div class=\"table-wrapper\">", "<div class=\"table-wrapper\" tabindex=\"0\">");
    let marked = page.replacen(
        &format!("<a href=\"{here}\">"),
        &format!("<a href=\"{here}\" class=\"here\" aria-current=\"page\">"),
        1,
    );
    Ok(marked.into_bytes())
}

/// A page whose list of chapters leads `up` first: mdBook writes it as for a page at the top of the book.
fn with_chapters_from(page: &str, up: &str) -> String {
    let list = page.split_once("<nav class=\"toc\"").and_then(|(before, rest)| {
        let (list, after) = rest.split_once("</nav>")?;
        Some((before, list.replace("<a href=\"", &format!("<a href=\"{up}")), after))
    });
    match list {
        Some((before, list, after)) => format!("{before}<nav class=\"toc\"{list}</nav>{after}"),
        None => page.to_owned(),
    }
}

/// Every link of the book to a file of the site leads to one.
fn check(files: &Files) -> anyhow::Result<()> {
    let mut lost = Vec::new();
    for (name, content) in files.iter().filter(|(name, _)| is_page(name)) {
        let page = String::from_utf8_lossy(content);
        for target in ["href=\"", "src=\""].iter().flat_map(|key| page.split(key).skip(1)) {
            let target = target.split('"').next().unwrap_or_default();
            let path = target.split('#').next().unwrap_or_default();
            if path.is_empty() || path.contains(':') {
                continue;
            }
            let full = resolved(name, path);
            // Its pages are not among these files yet, or are made by other steps.
            if full != "index.html" && !files.contains_key(&full) {
                lost.push(format!("{name}: {target}"));
            }
        }
    }
    if lost.is_empty() {
        return Ok(());
    }
    bail!("links of the book that lead nowhere:\n  {}", lost.join("\n  "))
}

/// The file that `path` means in the page `name`.
fn resolved(name: &str, path: &str) -> String {
    let mut folders: Vec<&str> = name.split('/').collect();
    folders.pop();
    for part in path.split('/') {
        if part == ".." {
            folders.pop();
        } else {
            folders.push(part);
        }
    }
    folders.join("/")
}

fn is_page(name: &str) -> bool {
    name.starts_with("docs/") && is_html(name)
}

fn is_html(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|ending| ending == "html")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_book_holds_together() {
        let project = Project::find().expect("it is there");
        let mut files = Files::from([("logo.svg".to_owned(), Vec::new())]);
        add(&project, &mut files).expect("every link leads somewhere, and no page holds a script");
        let page = files.get("docs/LESSONS.html").expect("it is a chapter");
        let page = String::from_utf8_lossy(page);
        assert!(page.contains("aria-current=\"page\">") && page.contains("Writing lessons"));
        let within = files.get("docs/coverage/s3.html").expect("it is a chapter");
        let own = "<a href=\"../coverage/s3.html\" class=\"here\" aria-current=\"page\">";
        assert!(
            String::from_utf8_lossy(within).contains(own),
            "a page in a folder knows its place"
        );
        assert!(page.contains("Content-Security-Policy") && !page.contains("{{#"), "{page}");
        let architecture = files.get("docs/architecture.html").expect("it is a chapter");
        assert!(String::from_utf8_lossy(architecture).contains("Architecture Invariant"));
        for name in ["index.html", "book.css", "images/lesson.png", "images/lesson.gif"] {
            assert!(files.contains_key(&format!("docs/{name}")), "{name}");
        }
        assert!(
            files.keys().all(|name| name.rsplit_once('.').is_none_or(|(_, ending)| ending != "js")),
            "no scripts"
        );
    }

    #[test]
    fn links_are_read_from_the_folder_of_their_page() {
        for (name, path, expected) in [
            ("docs/a.html", "b.html", "docs/b.html"),
            ("docs/a.html", "../logo.svg", "logo.svg"),
            ("docs/coverage/s3.html", "../a.html", "docs/a.html"),
            ("docs/coverage/s3.html", "../../index.html", "index.html"),
            ("docs/coverage/s3.html", "sts.html", "docs/coverage/sts.html"),
        ] {
            assert_eq!(resolved(name, path), expected, "{name}: {path}");
        }
    }

    #[test]
    fn links_lead_to_chapters_or_become_words() {
        let pages = BTreeSet::from(["LESSONS.md".to_owned(), "architecture.md".to_owned()]);
        for (text, expected) in [
            ("a [b](docs/LESSONS.md) c", "a [b](LESSONS.md) c"),
            ("[x](../ARCHITECTURE.md#y)", "[x](architecture.md#y)"),
            ("see [tests](tests/README.md).", "see tests."),
            ("[AWS](https://aws.amazon.com/)", "[AWS](https://aws.amazon.com/)"),
            ("![p](images/p.png) [#](#there)", "![p](images/p.png) [#](#there)"),
            ("no link", "no link"),
        ] {
            assert_eq!(inside(text, &pages), expected);
        }
    }
}
