//! What is wrong with a lesson: where, in a sentence, and what to do about it.

use std::fmt;

/// One mistake in a lesson's files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LessonError {
    /// The file, inside the lesson's folder: `lesson.md`.
    pub file: String,
    /// Counts from 1.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
    /// What is wrong.
    pub sentence: String,
    /// What to do about it.
    pub remedy: String,
}

impl std::error::Error for LessonError {}

impl fmt::Display for LessonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, line, column, sentence, remedy } = self;
        write!(f, "{file}:{line}:{column}: {sentence} {remedy}")
    }
}

/// Where a mistake is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Spot {
    file: String,
    line: usize,
    column: usize,
}

impl<F: AsRef<str>> From<(F, usize)> for Spot {
    fn from((file, line): (F, usize)) -> Self {
        Self { file: file.as_ref().to_owned(), line, column: 1 }
    }
}

impl<F: AsRef<str>> From<(F, (usize, usize))> for Spot {
    fn from((file, (line, column)): (F, (usize, usize))) -> Self {
        Self { file: file.as_ref().to_owned(), line, column }
    }
}

/// Gathers mistakes, so that an author sees all of them at once.
#[derive(Debug, Default)]
pub(crate) struct Mistakes(Vec<LessonError>);

/// More mistakes than these help nobody, and a hostile file could make millions.
const MISTAKES_MAX: usize = 100;

impl Mistakes {
    pub(crate) fn add(
        &mut self,
        spot: impl Into<Spot>,
        sentence: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        let Spot { file, line, column } = spot.into();
        self.push(LessonError {
            file,
            line,
            column,
            sentence: sentence.into(),
            remedy: remedy.into(),
        });
    }

    pub(crate) fn push(&mut self, error: LessonError) {
        if self.0.len() < MISTAKES_MAX && !self.0.contains(&error) {
            self.0.push(error);
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All mistakes, in the order of files and lines.
    pub(crate) fn into_sorted(mut self) -> Vec<LessonError> {
        self.0.sort_by(|a, b| (&a.file, a.line, a.column).cmp(&(&b.file, b.line, b.column)));
        self.0
    }
}

/// The name in `known` that `unknown` was probably meant to be.
pub(crate) fn nearest<'a>(unknown: &str, known: &[&'a str]) -> Option<&'a str> {
    let wanted = unknown.to_ascii_lowercase();
    let limit = wanted.chars().count().div_ceil(3);
    known
        .iter()
        .map(|name| (distance(&wanted, &name.to_ascii_lowercase()), *name))
        .filter(|(steps, _)| *steps <= limit)
        .min()
        .map(|(_, name)| name)
}

/// `Did you mean ...?`, or which names there are.
pub(crate) fn suggestion(unknown: &str, known: &[&str]) -> String {
    match nearest(unknown, known) {
        Some(name) => format!("Did you mean `{name}`?"),
        None => format!("Known here: {}.", quoted(known)),
    }
}

fn quoted(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// Levenshtein's distance, for names of ordinary length.
fn distance(a: &str, b: &str) -> usize {
    const CHARS_MAX: usize = 64;
    let (a, b): (Vec<char>, Vec<char>) =
        (a.chars().take(CHARS_MAX).collect(), b.chars().take(CHARS_MAX).collect());
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.iter().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        let mut next = vec![left];
        for (to, above) in b.iter().zip(row.iter().skip(1)) {
            let cost = usize::from(from != to);
            left = (diagonal + cost).min(left + 1).min(above + 1);
            diagonal = *above;
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}

/// A TOML mistake in a block that begins at line `first_line` of `file`.
pub(crate) fn from_toml(
    file: &str,
    first_line: usize,
    text: &str,
    error: &toml::de::Error,
) -> LessonError {
    let at = error.span().map_or(0, |span| span.start);
    let (line, column) = position(text, at);
    let line = first_line + line - 1;
    let message = error.message().replace('\n', " ");
    let (sentence, remedy) = if let Some((unknown, known)) = unknown_field(&message) {
        (format!("There is no key `{unknown}` here."), suggestion(unknown, &known))
    } else if let Some(missing) = missing_field(&message) {
        (
            format!("The key `{missing}` is missing here."),
            format!("Write `{missing} = ..`; docs/LESSONS.md shows how."),
        )
    } else {
        (
            format!("The TOML cannot be read: {}.", message.trim_end_matches('.')),
            "See docs/LESSONS.md for what goes here.".to_owned(),
        )
    };
    LessonError { file: file.to_owned(), line, column, sentence, remedy }
}

/// Line and column, both from 1, of byte `at`.
pub(crate) fn position(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count();
    (1 + line_offset(text, at), 1 + column)
}

/// Line and column, both from 1, of the first `needle` in `text`; of its beginning if there is none.
pub(crate) fn position_of(text: &str, needle: &str) -> (usize, usize) {
    position(text, text.find(needle).unwrap_or(0))
}

/// How many line ends stand before byte `at`.
pub(crate) fn line_offset(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count()
}

/// Takes serde's "unknown field `a`, expected one of `b`, `c`" apart.
fn unknown_field(message: &str) -> Option<(&str, Vec<&str>)> {
    let rest = message.strip_prefix("unknown field ")?;
    let mut names = rest.split('`').skip(1).step_by(2);
    Some((names.next()?, names.collect()))
}

/// The key in serde's "missing field `a`".
fn missing_field(message: &str) -> Option<&str> {
    message.strip_prefix("missing field `")?.split('`').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_near_name_is_suggested_and_a_far_one_is_not() {
        assert_eq!(nearest("conepts", &["concepts", "requires"]), Some("concepts"));
        assert_eq!(nearest("say_fail", &["concepts", "requires"]), None);
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
    }

    #[test]
    fn serde_tells_which_fields_there_are() {
        assert_eq!(
            unknown_field("unknown field `a`, expected one of `b`, `c`"),
            Some(("a", vec!["b", "c"]))
        );
        assert_eq!(unknown_field("unknown field `a`, expected `b`"), Some(("a", vec!["b"])));
        assert_eq!(unknown_field("missing field `a`"), None);
    }
}
