//! XML as a small tree to read and a small writer: all that the AWS protocols need of it.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart, Event};

/// Deeper documents are refused: no AWS input nests as deep.
const DEPTH_MAX: usize = 64;

/// An element with all that is in it. Names are without their namespace's prefix.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Element {
    /// `CreateBucketConfiguration`
    pub name: String,
    /// `xsi:type` and its like, with their prefix; `xmlns` declarations are left out.
    pub attributes: Vec<(String, String)>,
    /// The elements within, in order.
    pub children: Vec<Element>,
    /// The text within, entities resolved; blanks as they came.
    pub text: String,
}

/// Why bytes are not an XML document; says what is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct XmlError(pub String);

impl Element {
    /// The first child called `name`.
    pub fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|child| child.name == name)
    }

    /// All children called `name`.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The attribute `name`, with or without a prefix.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(key, _)| key == name || key.rsplit(':').next() == Some(name))
            .map(|(_, value)| value.as_str())
    }
}

/// Reads a document. Document types are refused, so nothing can expand without end.
///
/// # Errors
/// [`XmlError`] for anything that is not one well-formed element.
pub fn parse(document: &[u8]) -> Result<Element, XmlError> {
    let text = std::str::from_utf8(document).map_err(|_| error("it is not UTF-8"))?;
    let mut reader = Reader::from_str(text.strip_prefix('\u{feff}').unwrap_or(text));
    let mut open: Vec<Element> = Vec::new();
    let mut root: Option<Element> = None;
    loop {
        match reader.read_event().map_err(|why| error(why.to_string()))? {
            Event::Start(_) if open.len() >= DEPTH_MAX => return Err(error("it nests too deep")),
            Event::Start(start) if root.is_none() => open.push(element(&start)?),
            Event::Empty(start) if root.is_none() => {
                let element = element(&start)?;
                close(element, &mut open, &mut root);
            }
            Event::End(_) => {
                let element = open.pop().ok_or_else(|| error("an end without a start"))?;
                close(element, &mut open, &mut root);
            }
            Event::Text(text) => push(&mut open, &text.xml_content(XmlVersion::Implicit1_0))?,
            Event::CData(text) => push(&mut open, &text.xml_content(XmlVersion::Implicit1_0))?,
            Event::GeneralRef(entity) => push(&mut open, &resolved(&entity)?)?,
            Event::Start(_) | Event::Empty(_) => return Err(error("it has two roots")),
            Event::DocType(_) => return Err(error("document types are not taken")),
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
            Event::Eof => break,
        }
    }
    match (open.is_empty(), root) {
        (true, Some(root)) => Ok(root),
        (true, None) => Err(error("it has no element")),
        (false, _) => Err(error("an element is not closed")),
    }
}

fn error(why: impl Into<String>) -> XmlError {
    XmlError(why.into())
}

fn element(start: &BytesStart<'_>) -> Result<Element, XmlError> {
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|why| error(why.to_string()))?;
        let name = attribute.key.as_ref();
        if name == "xmlns" || name.starts_with("xmlns:") {
            continue;
        }
        let value = attribute
            .normalized_value(XmlVersion::Implicit1_0)
            .map_err(|why| error(why.to_string()))?;
        attributes.push((name.to_owned(), value.into_owned()));
    }
    let name = start.local_name().as_ref().to_owned();
    Ok(Element { name, attributes, ..Element::default() })
}

fn close(element: Element, open: &mut [Element], root: &mut Option<Element>) {
    match open.last_mut() {
        Some(parent) => parent.children.push(element),
        None => *root = Some(element),
    }
}

fn push(open: &mut [Element], text: &str) -> Result<(), XmlError> {
    match open.last_mut() {
        Some(element) => element.text.push_str(text),
        None if text.trim().is_empty() => {}
        None => return Err(error("there is text outside its element")),
    }
    Ok(())
}

fn resolved(entity: &BytesRef<'_>) -> Result<Cow<'static, str>, XmlError> {
    let character = entity.resolve_char_ref().map_err(|why| error(why.to_string()))?;
    if let Some(character) = character {
        return Ok(Cow::Owned(character.to_string()));
    }
    let name = entity.xml_content(XmlVersion::Implicit1_0);
    quick_xml::escape::resolve_xml_entity(&name)
        .map(Cow::Borrowed)
        .ok_or_else(|| error(format!("it has the unknown entity &{name};")))
}

/// Writes a document from its start to its end.
#[derive(Debug, Default)]
pub struct Writer {
    text: String,
}

impl Writer {
    /// A document that opens with the XML declaration, as S3's and query's answers do.
    pub fn document() -> Self {
        Self { text: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned() }
    }

    /// Opens an element.
    pub fn open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.text.push('<');
        self.text.push_str(name);
        for (key, value) in attributes {
            self.text.push(' ');
            self.text.push_str(key);
            self.text.push_str("=\"");
            push_escaped(&mut self.text, value, true);
            self.text.push('"');
        }
        self.text.push('>');
    }

    /// Closes the element called `name`, which must be the last one opened.
    pub fn close(&mut self, name: &str) {
        self.text.extend(["</", name, ">"]);
    }

    /// Writes text within the open element.
    pub fn text(&mut self, text: &str) {
        push_escaped(&mut self.text, text, false);
    }

    /// Writes an element that holds text only.
    pub fn leaf(&mut self, name: &str, text: &str) {
        self.open(name, &[]);
        self.text(text);
        self.close(name);
    }

    /// The document.
    pub fn finish(self) -> String {
        self.text
    }
}

/// Escapes what XML needs escaped, and the control characters that a reader would fold or drop (a
/// carriage return in a key survives the way). The others of C0 have no form in XML 1.0; S3 sends
/// them as references all the same, and so does this.
fn push_escaped(out: &mut String, text: &str, in_attribute: bool) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' if !in_attribute => out.push(character),
            control
                if control.is_control()
                    || matches!(control, '\u{2028}' | '\u{fffe}' | '\u{ffff}') =>
            {
                out.extend(["&#x", &format!("{:x}", u32::from(control)), ";"]);
            }
            other => out.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_tree() {
        let root = parse(
            b"<?xml version=\"1.0\"?><!-- c --><a xmlns=\"urn:x\" xmlns:xsi=\"urn:i\">\
              <b xsi:type=\"T\">1 &lt; 2 &#x41;</b><b><![CDATA[<raw>]]></b><c/></a>",
        )
        .unwrap();
        assert_eq!(root.name, "a");
        assert!(root.attributes.is_empty());
        let texts: Vec<&str> = root.all("b").map(|b| b.text.as_str()).collect();
        assert_eq!(texts, ["1 < 2 A", "<raw>"]);
        assert_eq!(root.child("b").unwrap().attribute("type"), Some("T"));
        assert!(root.child("c").is_some());
    }

    #[test]
    fn refuses_what_is_no_document() {
        let deep = "<a>".repeat(100_000);
        let bombs = "<!DOCTYPE a [<!ENTITY b \"bb\">]><a>&b;</a>";
        for document in [
            "",
            "text",
            "<a>",
            "<a></b>",
            "<a/><b/>",
            "<a/>x",
            "</a>",
            "<a b></a>",
            "<a>&b;</a>",
            "<a>&#xD800;</a>",
            "<a b='1' b='2'/>",
            &deep,
            bombs,
            "<a",
            "<a>]]",
            "<!",
        ] {
            let head: String = document.chars().take(20).collect();
            assert!(parse(document.as_bytes()).is_err(), "{head}");
        }
        assert!(parse(b"<a>\xff</a>").is_err());
    }

    #[test]
    fn what_is_written_reads_back() {
        let text = "<&>\"' \r\n\t\u{7f}\u{85}\u{2028}ü\u{1f600}";
        let mut writer = Writer::document();
        writer.open("a", &[("t", text)]);
        writer.leaf("b", text);
        writer.close("a");
        let root = parse(writer.finish().as_bytes()).unwrap();
        assert_eq!(root.child("b").unwrap().text, text);
        assert_eq!(root.attribute("t"), Some(text));
    }
}
