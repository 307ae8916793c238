//! Undo and redo: edits of the picture and typing are one history.

/// What is kept at most; the oldest go first.
const STEPS_MAX: usize = 200;
/// What all texts together may take, in bytes.
const BYTES_MAX: usize = 32 * 1024 * 1024;

/// A definition as it was, and what was done to it then.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Step {
    text: String,
    /// What led from this text to the next.
    did: String,
}

/// The texts of a definition, as they followed each other.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct History {
    now: String,
    past: Vec<Step>,
    /// The next one last.
    future: Vec<Step>,
    /// What goes on: more of it belongs to the same step.
    going: Option<String>,
}

impl History {
    /// Begins with a text.
    pub fn new(text: impl Into<String>) -> Self {
        Self { now: text.into(), ..Self::default() }
    }

    /// The text as it is.
    pub fn text(&self) -> &str {
        &self.now
    }

    /// An edit: it is a step of its own.
    pub fn edit(&mut self, text: impl Into<String>, did: impl Into<String>) {
        self.going = None;
        self.push(text.into(), did.into());
    }

    /// Something that goes on letter by letter: as long as it is the same and nothing else comes between, it is one step.
    pub fn go_on(&mut self, text: impl Into<String>, did: impl Into<String>) {
        let (text, did) = (text.into(), did.into());
        if self.going.as_ref() == Some(&did) && !self.past.is_empty() {
            self.now = text;
            self.future.clear();
            return;
        }
        self.push(text, did.clone());
        self.going = Some(did);
    }

    /// What was going on has come to an end: the next letter begins a step.
    pub fn pause(&mut self) {
        self.going = None;
    }

    fn push(&mut self, text: String, did: String) {
        if text == self.now {
            return;
        }
        let text = std::mem::replace(&mut self.now, text);
        self.past.push(Step { text, did });
        self.future.clear();
        let mut bytes: usize = self.past.iter().map(|step| step.text.len()).sum();
        while self.past.len() > 1 && (self.past.len() > STEPS_MAX || bytes > BYTES_MAX) {
            bytes -= self.past.remove(0).text.len();
        }
    }

    /// What would be taken back.
    pub fn undoes(&self) -> Option<&str> {
        self.past.last().map(|step| step.did.as_str())
    }

    /// What would be done again.
    pub fn redoes(&self) -> Option<&str> {
        self.future.last().map(|step| step.did.as_str())
    }

    /// Takes the last step back; whether there was one.
    pub fn undo(&mut self) -> bool {
        self.going = None;
        let Some(Step { text, did }) = self.past.pop() else { return false };
        let text = std::mem::replace(&mut self.now, text);
        self.future.push(Step { text, did });
        true
    }

    /// Does again what was taken back; whether there was something.
    pub fn redo(&mut self) -> bool {
        self.going = None;
        let Some(Step { text, did }) = self.future.pop() else { return false };
        let text = std::mem::replace(&mut self.now, text);
        self.past.push(Step { text, did });
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_and_typing_are_one_history() {
        let mut history = History::new("a");
        history.edit("ab", "added b");
        history.go_on("abc", "typing");
        history.go_on("abcd", "typing");
        history.edit("abcde", "added e");
        assert_eq!(history.undoes(), Some("added e"));
        assert!(history.undo());
        assert_eq!((history.text(), history.undoes()), ("abcd", Some("typing")));
        assert!(history.undo(), "what was typed in one go");
        assert_eq!(history.text(), "ab");
        assert!(history.undo());
        assert!(!history.undo());
        assert_eq!((history.text(), history.redoes()), ("a", Some("added b")));
        assert!(history.redo() && history.redo() && history.redo());
        assert!(!history.redo());
        assert_eq!(history.text(), "abcde");
    }

    #[test]
    fn a_pause_begins_a_step_and_an_edit_ends_what_could_be_done_again() {
        let mut history = History::new("");
        history.go_on("a", "typing");
        history.pause();
        history.go_on("ab", "typing");
        assert!(history.undo());
        assert_eq!(history.text(), "a");
        history.edit("ax", "another");
        assert_eq!(history.redoes(), None);
        history.edit("ax", "nothing");
        assert_eq!(history.undoes(), Some("another"));
    }

    #[test]
    fn the_oldest_steps_go_first() {
        let mut history = History::new("0");
        for count in 1..=300 {
            history.edit(count.to_string(), "count");
        }
        let mut steps = 0;
        while history.undo() {
            steps += 1;
        }
        assert_eq!((steps, history.text()), (STEPS_MAX, "100"));
    }
}
