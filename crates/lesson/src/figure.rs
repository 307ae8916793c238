//! Drawings of a lesson: SVG that the page shows as a picture, so nothing in it may act or fetch.
//!
//! A browser runs no script of an SVG that stands in `<img>`. But the file can be opened by itself,
//! so it is held to a list of shapes: what is not on it is refused, not cleaned.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// A drawing is at most so long; longer ones were exported, not drawn.
const FIGURE_BYTES_MAX: usize = 32 * 1024;

const ELEMENTS: [&str; 18] = [
    "svg", "g", "defs", "title", "desc", "style", "marker", "path", "rect", "circle", "ellipse",
    "line", "polyline", "polygon", "text", "tspan", "use", "clipPath",
];

/// Both themes are drawn by one file: a browser tells the picture the page's scheme.
const DARK: &str = "prefers-color-scheme";

/// What is wrong with a drawing: byte, sentence, remedy.
pub(crate) type Complaint = (usize, String, String);

/// Looks whether `bytes` are a drawing that is safe to show, and fit for both themes.
pub(crate) fn check(bytes: &[u8]) -> Result<(), Complaint> {
    if bytes.len() > FIGURE_BYTES_MAX {
        return Err((
            0,
            format!("The drawing has {} bytes.", bytes.len()),
            format!("At most {FIGURE_BYTES_MAX}; draw it more plainly."),
        ));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        (error.valid_up_to(), "This is not UTF-8.".into(), "Save it so.".into())
    })?;
    elements(text)?;
    if !text.contains(DARK) {
        return Err((
            0,
            "The drawing has one theme only.".to_owned(),
            format!("Give it a `<style>` with `@media ({DARK}: dark)`; docs/LESSONS.md has one."),
        ));
    }
    Ok(())
}

fn elements(text: &str) -> Result<(), Complaint> {
    let mut reader = Reader::from_str(text);
    let mut styling = false;
    let mut first = true;
    loop {
        let at = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        let event = reader.read_event().map_err(|error| {
            (at, format!("The drawing is no XML: {error}."), "Close every element.".to_owned())
        })?;
        match event {
            Event::Start(ref element) | Event::Empty(ref element) => {
                let name = element.name().as_ref().to_owned();
                if first && (name != "svg" || attribute(element, "viewBox").is_none()) {
                    return Err((
                        at,
                        "The drawing does not begin with `<svg viewBox=..>`.".to_owned(),
                        "Say how large it is: `viewBox=\"0 0 640 240\"`.".to_owned(),
                    ));
                }
                first = false;
                styling = name == "style";
                known(&name, element).map_err(|(what, why)| (at, what, why))?;
            }
            Event::End(_) => styling = false,
            Event::Text(ref words) if styling => {
                let css: &str = words.as_ref();
                if css.contains("@import") || fetches(css) {
                    return Err(outside(at, "style"));
                }
            }
            // Spelled by references a rule could hide from the look above.
            Event::GeneralRef(_) if styling => return Err(outside(at, "style")),
            Event::Text(_) | Event::GeneralRef(_) | Event::Comment(_) | Event::Decl(_) => {}
            Event::Eof if first => {
                return Err((0, "The drawing is empty.".into(), "Draw something.".into()));
            }
            Event::Eof => return Ok(()),
            Event::CData(_) | Event::PI(_) | Event::DocType(_) => {
                return Err((
                    at,
                    "The drawing holds more than shapes.".to_owned(),
                    "Leave CDATA, DOCTYPE and processing instructions away.".to_owned(),
                ));
            }
        }
    }
}

fn known(name: &str, element: &BytesStart<'_>) -> Result<(), (String, String)> {
    if !ELEMENTS.contains(&name) {
        return Err((
            format!("A drawing of a lesson may not hold `<{name}>`."),
            format!("Draw it by {}.", ELEMENTS.join(", ")),
        ));
    }
    for attribute in element.attributes() {
        let attribute = attribute
            .map_err(|error| (format!("`<{name}>` cannot be read: {error}."), String::new()))?;
        let key = attribute.key.as_ref().to_ascii_lowercase();
        let value = attribute
            .normalized_value(XmlVersion::Implicit1_0)
            .map_err(|error| (format!("`{key}` cannot be read: {error}."), String::new()))?;
        let link = key == "href" || key.ends_with(":href");
        if key.starts_with("on") || (link && !value.starts_with('#')) || fetches(&value) {
            let (_, what, why) = outside(0, &key);
            return Err((what, why));
        }
    }
    Ok(())
}

fn outside(at: usize, what: &str) -> Complaint {
    (
        at,
        format!("`{what}` of the drawing acts, or leads out of it."),
        "A drawing stands for itself: no scripts, no other files, links as `#id` alone.".to_owned(),
    )
}

/// Whether a value names anything but a part of the drawing itself.
fn fetches(value: &str) -> bool {
    let packed: String = value.chars().filter(|c| !c.is_whitespace()).collect();
    packed
        .to_ascii_lowercase()
        .split("url(")
        .skip(1)
        .any(|rest| !rest.trim_start_matches(['"', '\'']).starts_with('#'))
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Option<()> {
    element.try_get_attribute(name).ok().flatten().map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    const STYLE: &str = "<style>@media (prefers-color-scheme:dark){.a{fill:#fff}}</style>";

    fn told(inside: &str) -> String {
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\">{STYLE}{inside}</svg>"
        );
        check(svg.as_bytes()).map_or_else(|(_, what, _)| what, |()| "fine".to_owned())
    }

    #[test]
    fn shapes_are_drawings() {
        assert_eq!(
            told(
                "<defs><marker id=\"m\"><path d=\"M0 0\"/></marker></defs><line marker-end=\"url(#m)\"/><text>a &amp; b</text>"
            ),
            "fine"
        );
    }

    #[test]
    fn what_acts_or_fetches_is_refused() {
        for (inside, part) in [
            ("<script>alert(1)</script>", "may not hold `<script>`"),
            ("<foreignObject/>", "may not hold `<foreignObject>`"),
            ("<image href=\"https://example.com/x.png\"/>", "may not hold `<image>`"),
            ("<a href=\"javascript:alert(1)\"/>", "may not hold `<a>`"),
            ("<animate/>", "may not hold `<animate>`"),
            ("<rect onload=\"alert(1)\"/>", "`onload` of the drawing acts"),
            ("<rect ONCLICK=\"alert(1)\"/>", "`onclick` of the drawing acts"),
            ("<use href=\"other.svg#a\"/>", "`href` of the drawing acts"),
            ("<use xlink:href=\"data:image/svg+xml,x\"/>", "`xlink:href` of the drawing acts"),
            ("<rect fill=\"url( https://example.com/#a)\"/>", "`fill` of the drawing acts"),
            ("<style>a{background:URL('x.png')}</style>", "`style` of the drawing acts"),
            ("<style>@import 'x.css'</style>", "`style` of the drawing acts"),
            ("<style>&#64;import 'x.css'</style>", "`style` of the drawing acts"),
            ("<use href=\"&#106;avascript:x\"/>", "`href` of the drawing acts"),
            ("<rect>", "is no XML"),
            ("<![CDATA[x]]>", "holds more than shapes"),
            ("<?x y?>", "holds more than shapes"),
        ] {
            let told = told(inside);
            assert!(told.contains(part), "{inside}: {told}");
        }
    }

    #[test]
    fn what_is_no_drawing_is_refused() {
        for (text, part) in [
            ("", "is empty"),
            ("<p/>", "does not begin with"),
            ("<svg/>", "does not begin with"),
            ("<!DOCTYPE svg [<!ENTITY a \"b\">]><svg viewBox=\"0 0 1 1\"/>", "more than shapes"),
            ("<svg viewBox=\"0 0 1 1\"/>", "one theme only"),
        ] {
            let told = check(text.as_bytes()).expect_err("it is none").1;
            assert!(told.contains(part), "{text}: {told}");
        }
        assert!(check(&vec![b' '; FIGURE_BYTES_MAX + 1]).is_err());
        assert!(check(b"\xff").is_err());
    }
}
