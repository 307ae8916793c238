//! Finds the learner's own lines in Python's output, and folds the frames of botocore.

/// A line of output, or lines folded into one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Piece {
    /// As it was printed.
    Text(String),
    /// `  File "main.py", line 8, in <module>`: before, the words of the link, after, and the place.
    Link { before: String, words: String, after: String, file: String, line: u32 },
    /// Frames inside a library, one after another.
    Frames { library: String, count: usize, text: String },
    /// `botocore.errorfactory.NoSuchKey: An error occurred ...`
    Error { name: String, rest: String },
}

/// Where the learner's files are; paths below are told without it.
const HOME: &str = "/home/learner/";
const WORK: &str = "/home/learner/work/";

/// Reads printed text.
pub fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = vec![];
    let mut in_traceback = false;
    let mut lines = text.split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        if line.starts_with("Traceback (most recent call last)") {
            in_traceback = true;
        } else if let Some((path, number, file)) = own_frame(line) {
            // A syntax error names its place without a traceback before it.
            in_traceback = true;
            pieces.push(link(line, path, file, number));
            continue;
        } else if in_traceback
            && let Some((path, _)) = frame(line).filter(|(path, _)| !is_input(path))
        {
            let mut text = line.to_owned();
            while let Some(more) = lines.next_if(|next| next.starts_with("    ")) {
                text.push_str(more);
            }
            fold(&mut pieces, library(path), text);
            continue;
        } else if in_traceback && is_error_line(line) {
            in_traceback = false;
            let (name, rest) = line.split_once(':').unwrap_or((line, ""));
            let rest = if rest.is_empty() { String::new() } else { format!(":{rest}") };
            pieces.push(Piece::Error { name: name.into(), rest });
            continue;
        }
        push_text(&mut pieces, line);
    }
    pieces
}

/// The path and line of `  File "path", line 8, in name`.
fn frame(line: &str) -> Option<(&str, u32)> {
    let rest = line.trim_start().strip_prefix("File \"")?;
    let (path, rest) = rest.split_once('"')?;
    let rest = rest.strip_prefix(", line ")?;
    let digits = rest.split(|c: char| !c.is_ascii_digit()).next()?;
    Some((path, digits.parse().ok()?))
}

/// The path, the line and the file of a frame in the learner's own files.
fn own_frame(line: &str) -> Option<(&str, u32, &str)> {
    let (path, number) = frame(line)?;
    Some((path, number, path.strip_prefix(WORK).or_else(|| path.strip_prefix(HOME))?))
}

/// An input at the prompt: the learner's own, but in no file.
fn is_input(path: &str) -> bool {
    path.starts_with("<repl:")
}

fn link(line: &str, path: &str, file: &str, number: u32) -> Piece {
    let shown = format!("\"{path}\", line {number}");
    let (before, after) = line.split_once(&shown).unwrap_or((line, ""));
    Piece::Link {
        before: before.into(),
        words: format!("\"{file}\", line {number}"),
        after: after.into(),
        file: file.into(),
        line: number,
    }
}

/// What stands before the colon of a traceback's last line has no space in front and no digits alone.
fn is_error_line(line: &str) -> bool {
    let name = line.split(':').next().unwrap_or_default().trim_end();
    let first = name.chars().next();
    first.is_some_and(|c| c.is_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_alphanumeric() || c == '.' || c == '_')
}

/// The library of a path: what follows `site-packages`, or the standard library.
fn library(path: &str) -> String {
    let path = path.rsplit_once("site-packages/").map_or(path, |(_, rest)| rest);
    for name in ["botocore", "boto3", "s3transfer"] {
        if path.contains(&format!("{name}/")) {
            return name.into();
        }
    }
    if path.starts_with('<') { path.into() } else { "Python".into() }
}

fn fold(pieces: &mut Vec<Piece>, library: String, text: String) {
    if let Some(Piece::Frames { library: last, count, text: so_far }) = pieces.last_mut() {
        *count += 1;
        so_far.push_str(&text);
        if *last != library && library == "botocore" {
            *last = library;
        }
        return;
    }
    pieces.push(Piece::Frames { library, count: 1, text });
}

fn push_text(pieces: &mut Vec<Piece>, line: &str) {
    if let Some(Piece::Text(text)) = pieces.last_mut() {
        text.push_str(line);
    } else {
        pieces.push(Piece::Text(line.into()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TRACEBACK: &str = r#"before
Traceback (most recent call last):
  File "/home/learner/work/main.py", line 8, in <module>
    answer = s3.get_object(Bucket=bucket, Key="Hello.txt")
  File "/lib/python3.14/site-packages/botocore/client.py", line 602, in _api_call
    return self._make_api_call(operation_name, kwargs)
           ~~~~~~~~~~~~~~~~~~~^^^^^^^^^^^^^^^^^^^^^^^^
  File "/lib/python3.14/site-packages/botocore/context.py", line 123, in wrapper
    return func(*args, **kwargs)
botocore.errorfactory.NoSuchKey: An error occurred (NoSuchKey) when calling the GetObject operation: no
"#;

    #[test]
    fn the_learners_line_is_a_link_and_botocore_is_folded() {
        let pieces = pieces(TRACEBACK);
        let [before, link, code, frames, error] = pieces.as_slice() else {
            panic!("{pieces:#?}");
        };
        assert_eq!(*before, Piece::Text("before\nTraceback (most recent call last):\n".into()));
        assert!(
            matches!(link, Piece::Link { words, line: 8, file, .. } if words == "\"main.py\", line 8" && file == "main.py")
        );
        assert!(matches!(code, Piece::Text(text) if text.starts_with("    answer")));
        assert!(matches!(frames, Piece::Frames { library, count: 2, .. } if library == "botocore"));
        assert!(
            matches!(error, Piece::Error { name, .. } if name == "botocore.errorfactory.NoSuchKey")
        );
    }

    #[test]
    fn what_is_no_traceback_stays_as_it_was_printed() {
        let text = "File \"main.py\", line 8\nName: value\n";
        assert_eq!(pieces(text), vec![Piece::Text(text.into())]);
    }

    #[test]
    fn other_files_of_the_learners_are_links_too() {
        let text = "Traceback (most recent call last):\n  File \"<repl:3>\", line 1, in <module>\n    f()\n  File \"/home/learner/work/lib/helper.py\", line 2, in f\n    1 / 0\nZeroDivisionError: division by zero\n";
        let pieces = pieces(text);
        let [before, link, _, error] = pieces.as_slice() else { panic!("{pieces:#?}") };
        assert!(matches!(before, Piece::Text(text) if text.contains("<repl:3>")));
        assert!(matches!(link, Piece::Link { file, line: 2, .. } if file == "lib/helper.py"));
        assert!(matches!(error, Piece::Error { name, .. } if name == "ZeroDivisionError"));
    }

    #[test]
    fn a_syntax_error_is_a_link() {
        let text = "  File \"/home/learner/work/main.py\", line 2\n    print('a'\n         ^\nSyntaxError: '(' was never closed\n";
        let pieces = pieces(text);
        let [link, _, error] = pieces.as_slice() else { panic!("{pieces:#?}") };
        assert!(matches!(link, Piece::Link { line: 2, .. }));
        assert!(matches!(error, Piece::Error { name, .. } if name == "SyntaxError"));
    }

    #[test]
    fn an_error_without_words_is_an_error() {
        let text = "Traceback (most recent call last):\n  File \"/home/learner/work/main.py\", line 1, in <module>\nKeyboardInterrupt\n";
        let pieces = pieces(text);
        assert!(
            matches!(pieces.last(), Some(Piece::Error { name, .. }) if name == "KeyboardInterrupt\n")
        );
    }
}
