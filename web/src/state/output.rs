//! What a run printed, in blocks: a block that is full is drawn once and not looked at again, so that a loud script does not
//! hold the page up.

use std::rc::Rc;

/// How much is kept; what came first is dropped.
const BYTES_MAX: usize = 200_000;
/// A block of output is closed at the next line's end. A traceback stays in one piece, to be folded.
const BLOCK_BYTES: usize = 4_000;
const ERROR_BLOCK_BYTES: usize = 60_000;

/// Where a piece comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Stream {
    #[default]
    Out,
    Error,
    /// What the learner typed: a line that was asked for.
    Typed,
    /// An input at the prompt, with its `>>>`.
    Input,
    /// Words of the page.
    Note,
}

/// A piece of output.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Chunk {
    pub stream: Stream,
    pub text: String,
}

/// Pieces that stand together, whole lines of them unless it is the last block.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Block {
    pub number: u32,
    pub chunks: Vec<Chunk>,
}

/// Everything that was printed, as far as it is kept.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Output {
    pub blocks: Vec<Rc<Block>>,
    /// Bytes that are not kept any more.
    pub dropped: usize,
    bytes: usize,
    last_number: u32,
}

impl Block {
    fn bytes(&self) -> usize {
        self.chunks.iter().map(|chunk| chunk.text.len()).sum()
    }

    /// The stream that all of it came from, if it is one.
    pub fn stream(&self) -> Option<Stream> {
        let first = self.chunks.first()?.stream;
        self.chunks.iter().all(|chunk| chunk.stream == first).then_some(first)
    }

    fn at_line_start(&self) -> bool {
        self.chunks.last().is_none_or(|chunk| chunk.text.ends_with('\n'))
    }

    /// Whether what comes now begins another block.
    fn is_closed_for(&self, stream: Stream) -> bool {
        let full = if stream == Stream::Error { ERROR_BLOCK_BYTES } else { BLOCK_BYTES };
        self.at_line_start() && (self.stream() != Some(stream) || self.bytes() >= full)
    }
}

impl Output {
    /// Whether nothing was printed.
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// The text of one stream.
    pub fn of(&self, stream: Stream) -> String {
        let chunks = self.blocks.iter().flat_map(|block| &block.chunks);
        chunks.filter(|chunk| chunk.stream == stream).map(|chunk| chunk.text.as_str()).collect()
    }

    /// The line that is not ended yet: a prompt, when a script asks for input.
    pub fn open_line(&self) -> String {
        let chunks = self.blocks.last().map(|block| block.chunks.as_slice()).unwrap_or_default();
        let text: String = chunks.iter().map(|chunk| chunk.text.as_str()).collect();
        text.rsplit('\n').next().unwrap_or_default().to_owned()
    }

    /// Adds what was printed.
    pub fn push(&mut self, chunk: Chunk) {
        let Chunk { stream, text } = chunk;
        // Lines by lines, so that even one large piece becomes several blocks.
        let mut rest = text.as_str();
        while !rest.is_empty() {
            let part = rest.get(..cut(rest, stream)).unwrap_or(rest);
            self.push_part(stream, part);
            rest = rest.get(part.len()..).unwrap_or_default();
        }
        self.drop_first();
    }

    fn push_part(&mut self, stream: Stream, text: &str) {
        self.bytes += text.len();
        if self.blocks.last().is_none_or(|block| block.is_closed_for(stream)) {
            self.last_number += 1;
            self.blocks.push(Rc::new(Block { number: self.last_number, chunks: vec![] }));
        }
        let Some(block) = self.blocks.last_mut() else { return };
        let block = Rc::make_mut(block);
        match block.chunks.last_mut() {
            Some(last) if last.stream == stream => last.text.push_str(text),
            _ => block.chunks.push(Chunk { stream, text: text.to_owned() }),
        }
    }

    /// Whole blocks go; the last one stays.
    fn drop_first(&mut self) {
        let mut over = self.bytes.saturating_sub(BYTES_MAX);
        let mut gone = 0;
        for block in self.blocks.iter().take(self.blocks.len().saturating_sub(1)) {
            if over == 0 {
                break;
            }
            let bytes = block.bytes();
            over = over.saturating_sub(bytes);
            self.bytes -= bytes;
            self.dropped += bytes;
            gone += 1;
        }
        self.blocks.drain(..gone);
    }
}

/// Where a piece is cut: after a line's end, once a block is full; a line that is longer than all is cut where it must be.
fn cut(text: &str, stream: Stream) -> usize {
    let full = if stream == Stream::Error { ERROR_BLOCK_BYTES } else { BLOCK_BYTES };
    if text.len() <= full {
        return text.len();
    }
    let bytes = text.as_bytes();
    let end = bytes.iter().skip(full).position(|byte| *byte == b'\n');
    end.map_or(text.len(), |at| full + at + 1)
}

/// The text as a terminal would leave it: colours and cursor movements (ECMA-48) away, and of a line that was written over by a
/// carriage return what was written last.
pub fn plain(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut line_start = 0;
    let mut chars = text.chars().peekable();
    while let Some(char) = chars.next() {
        match char {
            '\u{1b}' => skip_escape(&mut chars),
            '\r' if chars.peek() == Some(&'\n') || chars.peek().is_none() => {}
            '\r' => shown.truncate(line_start),
            '\n' => {
                shown.push('\n');
                line_start = shown.len();
            }
            '\u{0}'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{7f}' => shown.push('\u{fffd}'),
            _ => shown.push(char),
        }
    }
    shown
}

/// After ESC: a control sequence up to its letter, a string up to its end, or one character.
fn skip_escape(chars: &mut std::iter::Peekable<std::str::Chars<'_>>) {
    match chars.next() {
        Some('[') => {
            for char in chars.by_ref() {
                if ('\u{40}'..='\u{7e}').contains(&char) {
                    break;
                }
            }
        }
        Some(']' | 'P' | '_' | '^' | 'X') => {
            while let Some(char) = chars.next() {
                if char == '\u{7}' || char == '\u{9c}' {
                    break;
                }
                if char == '\u{1b}' {
                    chars.next();
                    break;
                }
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn out(text: &str) -> Chunk {
        Chunk { stream: Stream::Out, text: text.into() }
    }

    #[test]
    fn a_full_block_is_closed_at_a_lines_end_and_left_alone() {
        let mut output = Output::default();
        output.push(out(&"0123456789\n".repeat(364)));
        output.push(out("half"));
        let first = output.blocks.first().cloned();
        output.push(out(" a line\nmore\n"));
        assert_eq!(output.blocks.len(), 2);
        assert_eq!(output.blocks.first().cloned(), first);
        assert_eq!(
            output.blocks.last().map(|block| block.chunks.clone()),
            Some(vec![out("half a line\nmore\n")])
        );
    }

    #[test]
    fn one_line_may_come_from_several_streams() {
        let mut output = Output::default();
        output.push(out("name? "));
        assert_eq!(output.open_line(), "name? ");
        output.push(Chunk { stream: Stream::Typed, text: "Ada\n".into() });
        output.push(Chunk { stream: Stream::Error, text: "oh\n".into() });
        assert_eq!(output.blocks.len(), 2);
        assert_eq!(output.of(Stream::Error), "oh\n");
        assert_eq!(output.open_line(), "");
    }

    #[test]
    fn what_came_first_is_dropped_and_counted() {
        let mut output = Output::default();
        for _ in 0..300 {
            output.push(out(&"x".repeat(999).replace("xxxxxxxxx", "xxxxxxxx\n")));
        }
        let kept: usize = output.blocks.iter().map(|block| block.bytes()).sum();
        assert!(kept <= BYTES_MAX + BLOCK_BYTES, "{kept}");
        assert!(output.dropped > 50_000, "{}", output.dropped);
    }

    #[test]
    fn escapes_are_taken_out_and_controls_shown() {
        for (text, shown) in [
            ("\u{1b}[31mred\u{1b}[0m", "red"),
            ("\u{1b}]8;;http://x\u{7}link\u{1b}]8;;\u{1b}\\", "link"),
            ("10 %\r20 %\r30 %\n", "30 %\n"),
            ("a\r\nb", "a\nb"),
            ("\u{1b}", ""),
            ("\u{1b}[", ""),
            ("bell\u{7}", "bell\u{fffd}"),
            ("é\t|", "é\t|"),
        ] {
            assert_eq!(plain(text), shown, "{text:?}");
        }
    }
}
