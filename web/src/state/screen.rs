//! What a command printed, as lines to show: carriage returns carried out, control characters made visible.
//!
//! There is no terminal to obey here: an escape code is text like any other.

/// A piece of output, as it came.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Printed {
    pub is_error: bool,
    pub text: String,
}

/// A piece of a line, of one stream.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Span {
    pub is_error: bool,
    pub text: String,
}

/// A line, without its end.
pub type Line = Vec<Span>;

/// `Completed 3.3 MiB/8.1 MiB (2.4 MiB/s) with 1 file(s) remaining`, as the AWS CLI tells a transfer.
#[derive(Clone, PartialEq, Debug)]
pub struct Progress {
    pub words: String,
    /// From 0 to 1; none while the whole is not known.
    pub part: Option<f64>,
}

/// The lines of some output, in the order in which it came.
pub fn lines<'a>(chunks: impl Iterator<Item = (bool, &'a str)>) -> Vec<Line> {
    let mut lines = vec![];
    let mut line: Vec<(bool, char)> = vec![];
    let mut column = 0;
    for (is_error, text) in chunks {
        for character in text.chars() {
            match character {
                '\n' => {
                    lines.push(spans(&line));
                    line.clear();
                    column = 0;
                }
                '\r' => column = 0,
                _ => {
                    let cell = (is_error, visible(character));
                    match line.get_mut(column) {
                        Some(old) => *old = cell,
                        None => line.push(cell),
                    }
                    column += 1;
                }
            }
        }
    }
    let last = spans(&line);
    if !last.is_empty() {
        lines.push(last);
    }
    lines
}

/// Control characters as the pictures that Unicode has for them; direction marks as a question mark.
fn visible(character: char) -> char {
    match character {
        '\t' => character,
        '\u{0}'..='\u{1f}' => char::from_u32(0x2400 + u32::from(character)).unwrap_or('?'),
        '\u{7f}' => '\u{2421}',
        '\u{80}'..='\u{9f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        _ => character,
    }
}

/// Cells as spans. Blanks at the end are what a shorter text has wiped over a longer one.
fn spans(cells: &[(bool, char)]) -> Line {
    let end = cells.iter().rposition(|(_, character)| *character != ' ').map_or(0, |at| at + 1);
    let mut line = Line::new();
    for (is_error, character) in cells.iter().take(end) {
        match line.last_mut() {
            Some(last) if last.is_error == *is_error => last.text.push(*character),
            _ => line.push(Span { is_error: *is_error, text: character.to_string() }),
        }
    }
    line
}

/// The text of a line.
pub fn text(line: &Line) -> String {
    line.iter().map(|span| span.text.as_str()).collect()
}

/// What a transfer's own line tells, if that is what the line is.
pub fn progress(line: &Line) -> Option<Progress> {
    let words = text(line);
    let (done, rest) = words.strip_prefix("Completed ")?.split_once('/')?;
    let (whole, _) = rest.split_once(" (")?;
    let (done, whole) = (size(done)?, size(whole.trim_start_matches('~'))?);
    let part = (whole > 0.0 && !rest.starts_with('~')).then(|| (done / whole).clamp(0.0, 1.0));
    Some(Progress { words, part })
}

/// `3.3 MiB` in bytes.
fn size(text: &str) -> Option<f64> {
    let (number, unit) = text.trim().split_once(' ')?;
    let scale: f64 = match unit {
        "Bytes" | "Byte" => 1.0,
        "KiB" => 1024.0,
        "MiB" => 1024.0 * 1024.0,
        "GiB" => 1024.0 * 1024.0 * 1024.0,
        _ => return None,
    };
    number.parse::<f64>().ok().map(|number| number * scale)
}

/// A command line in colour: the class of each piece, and its text.
pub fn paint(line: &str) -> Vec<(&'static str, String)> {
    let mut pieces: Vec<(&'static str, String)> = vec![];
    let mut names = 0;
    let mut is_aws = false;
    for word in words(line) {
        let bare = word.trim();
        let class = if bare.is_empty() {
            ""
        } else if matches!(bare, "|" | "||" | "&&" | ";" | ">" | ">>" | "<" | "2>" | "2>&1") {
            names = 0;
            ""
        } else if bare.starts_with('"') || bare.starts_with('\'') {
            "st"
        } else if bare.starts_with('-') {
            names = 3;
            "k"
        } else if names == 0 {
            is_aws = bare == "aws";
            names = if is_aws { 1 } else { 3 };
            "fn"
        } else if is_aws && names < 3 {
            names += 1;
            "fn"
        } else {
            ""
        };
        match pieces.last_mut() {
            Some((last, text)) if *last == class || bare.is_empty() => text.push_str(&word),
            _ => pieces.push((class, word)),
        }
    }
    pieces
}

/// The line cut into words and the blanks between them; quotes hold a word together.
fn words(line: &str) -> Vec<String> {
    let mut found = vec![];
    let mut word = String::new();
    let mut quote = None;
    for character in line.chars() {
        let blank = character == ' ' && quote.is_none();
        if !word.is_empty() && blank != word.ends_with(' ') && quote.is_none() {
            found.push(std::mem::take(&mut word));
        }
        match quote {
            Some(open) if open == character => quote = None,
            None if matches!(character, '"' | '\'') => quote = Some(character),
            _ => {}
        }
        word.push(character);
    }
    found.push(word);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(chunks: &[(bool, &str)]) -> Vec<String> {
        lines(chunks.iter().copied()).iter().map(text).collect()
    }

    #[test]
    fn a_carriage_return_writes_over_the_line() {
        assert_eq!(shown(&[(false, "Completed 1\rupload: a   \nx\ry")]), ["upload: a", "y"]);
        assert_eq!(shown(&[(false, "long line\rab\n")]), ["abng line"]);
        assert_eq!(shown(&[(false, "wiped\r     \nnext\n\nlast")]), ["", "next", "", "last"]);
    }

    #[test]
    fn hostile_output_is_text() {
        let said = shown(&[(false, "\u{1b}[31mred\u{1b}]0;title\u{7}\0\u{202e}x\u{9b}2J\n")]);
        assert_eq!(said, ["␛[31mred␛]0;title␇␀\u{fffd}x\u{fffd}2J"]);
    }

    #[test]
    fn streams_stay_apart_within_a_line() {
        let found = lines([(false, "out "), (true, "err"), (false, "\n")].into_iter());
        let span = |is_error, text: &str| Span { is_error, text: text.into() };
        assert_eq!(found, [vec![span(false, "out "), span(true, "err")]]);
    }

    #[test]
    fn a_transfer_tells_how_far_it_is() {
        let part = |words: &str| {
            progress(&vec![Span { is_error: false, text: words.into() }]).map(|found| found.part)
        };
        let known = "Completed 2.0 MiB/8.0 MiB (2.4 MiB/s) with 1 file(s) remaining";
        assert_eq!(part(known), Some(Some(0.25)));
        let unknown =
            "Completed 3 Bytes/~3 Bytes (0 Bytes/s) with ~1 file(s) remaining (calculating...)";
        assert_eq!(part(unknown), Some(None));
        assert_eq!(part("upload: ./a to s3://b/a"), None);
    }

    #[test]
    fn a_command_line_has_colours() {
        let line = "aws s3api get-object --key \"a b\" out | wc -l";
        let painted = paint(line);
        assert_eq!(painted.iter().map(|(_, text)| text.as_str()).collect::<String>(), line);
        let of = |text: &str| {
            painted.iter().find(|(_, piece)| piece.trim() == text).map(|(class, _)| *class)
        };
        assert_eq!(of("aws s3api get-object"), Some("fn"));
        assert_eq!((of("--key"), of("\"a b\""), of("wc")), (Some("k"), Some("st"), Some("fn")));
    }
}
