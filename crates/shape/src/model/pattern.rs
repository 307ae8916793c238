//! The regular expressions of the models, which are Java's, in the dialect that this core has.

use std::sync::OnceLock;

use regex_lite::Regex;

/// A regular expression that a whole text must fit.
///
/// Differences from AWS: a class `\p{L}`, `\p{N}`, `\p{P}`, `\p{Z}` also takes every character
/// beyond ASCII, and an expression that looks around itself (`(?!`, `(?=`) takes everything, but for one that begins
/// with what a text must not be.
#[derive(Debug)]
pub struct Pattern {
    source: String,
    compiled: OnceLock<Option<Compiled>>,
}

#[derive(Debug)]
struct Compiled {
    /// What the text must not begin with.
    never: Option<Regex>,
    whole: Regex,
}

impl Pattern {
    pub(super) fn new(source: String) -> Self {
        Self { source, compiled: OnceLock::new() }
    }

    /// As the model has it; AWS's messages show it.
    pub fn as_str(&self) -> &str {
        &self.source
    }

    /// Whether the whole of `text` fits.
    pub fn fits(&self, text: &str) -> bool {
        let compiled = self.compiled.get_or_init(|| compile(&self.source));
        compiled.as_ref().is_none_or(|it| {
            it.whole.is_match(text) && !it.never.as_ref().is_some_and(|never| never.is_match(text))
        })
    }

    /// Whether texts are checked at all.
    pub fn is_checked(&self) -> bool {
        self.compiled.get_or_init(|| compile(&self.source)).is_some()
    }
}

fn compile(java: &str) -> Option<Compiled> {
    let (never, whole) = refused_first(java).map_or((None, java), |(no, yes)| (Some(no), yes));
    let never = never.map(|it| Regex::new(&format!("(?s)^(?:{})", translate(it))));
    Some(Compiled {
        never: never.transpose().ok()?,
        whole: Regex::new(&format!("(?s)^(?:{})$", translate(whole))).ok()?,
    })
}

/// `(?!NO)YES`, which this dialect does not have, in two: also behind `^`, or within brackets of its own.
fn refused_first(java: &str) -> Option<(&str, &str)> {
    let inner = java.strip_prefix('(').and_then(|it| it.strip_suffix(')'));
    let java = inner.filter(|it| it.starts_with("(?!")).unwrap_or(java);
    let rest = java.strip_prefix('^').unwrap_or(java).strip_prefix("(?!")?;
    let (mut depth, mut escaped) = (1_u32, false);
    for (at, letter) in rest.char_indices() {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some((rest.get(..at)?, rest.get(at + 1..)?));
        }
    }
    None
}

/// What Java writes and this dialect writes otherwise.
fn translate(java: &str) -> String {
    const BEYOND_ASCII: &str = r"\x{80}-\x{10FFFF}";
    let mut text = java.replace(r"[\w-_]", r"[\w\-]");
    text = text.replace(r"\uD800\uDC00-\uDBFF\uDFFF", r"\x{10000}-\x{10FFFF}");
    text = text.replace(r"\u10000-\u10FFFF", r"\x{10000}-\x{10FFFF}");
    for (class, ascii) in [
        (r"\p{L}", "a-zA-Z"),
        (r"\p{N}", "0-9"),
        (r"\p{Z}", " "),
        (r"\p{P}", r"!-#%-*,-/:;?@\[-\]_\{\}"),
    ] {
        text = text.replace(class, &format!("{ascii}{BEYOND_ASCII}"));
    }
    text = text.replace(r"\p{ASCII}", r"[\x{0}-\x{7F}]").replace(r"\p{Print}", r"[\x{20}-\x{7E}]");
    hexadecimal(&text)
}

/// `\u0020` as `\x{0020}`.
fn hexadecimal(text: &str) -> String {
    let mut parts = text.split(r"\u");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_at_checked(4) {
            Some((digits, rest)) if digits.bytes().all(|it| it.is_ascii_hexdigit()) => {
                out.extend([r"\x{", digits, "}", rest]);
            }
            _ => {
                out.push_str(r"\u");
                out.push_str(part);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_text_must_not_be_is_told_first() {
        for source in [r"(?!^[0-9]+$)([a-zA-Z0-9-_]+)", r"((?!^\d+$)^[0-9a-zA-Z-_]+$)"] {
            let pattern = Pattern::new(source.to_owned());
            assert!(pattern.is_checked() && pattern.fits("live") && pattern.fits("9a"), "{source}");
            assert!(!pattern.fits("9") && !pattern.fits("b c"), "{source}");
        }
        let no_blanks = Pattern::new(r"^(?!\s*$).+".to_owned());
        assert!(no_blanks.fits(" a") && !no_blanks.fits("  "));
    }
}
