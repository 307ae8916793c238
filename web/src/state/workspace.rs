//! The files of the Python tab: what stands in the folder `work` of the learner's home, which of it is open, and what is kept.

use std::collections::BTreeMap;
use std::path::Path;
use std::rc::Rc;

use crate::state::homes::{self, WORK};

/// A larger file is shown in the list, but not in the editor.
pub const TEXT_BYTES_MAX: f64 = 262_144.0;

/// A file as the tab knows it.
#[derive(Clone, PartialEq, Debug)]
pub enum Content {
    Text(Rc<str>),
    /// Larger than the editor takes.
    Large(f64),
    /// Not UTF-8.
    Binary,
}

impl Content {
    /// The text, of what has one.
    pub fn text(&self) -> Option<&Rc<str>> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// Whether what was typed is kept.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Saved {
    #[default]
    Yes,
    Soon,
    /// Why not, in words.
    No(String),
}

/// All files, by their paths below `work`.
pub type Files = BTreeMap<String, Content>;

/// What the tab holds.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Workspace {
    /// Whether the home has been read.
    pub loaded: bool,
    pub files: Files,
    pub open: Vec<String>,
    pub shown: String,
    /// Counts how often the editor has to take over the text of the file that is shown.
    pub put: u32,
    pub saved: Saved,
}

/// What changes it.
#[derive(Debug)]
pub enum Did {
    /// The home was read; files with unsaved changes are left as they are.
    Read {
        files: Files,
        unsaved: Vec<String>,
    },
    Typed(String, Rc<str>),
    /// Another part changed the text.
    Put(String, Rc<str>),
    Kept(Result<(), String>),
    Show(String),
    Close(String),
    Renamed(String, String),
    Removed(String),
    Refused(String),
}

impl yew::Reducible for Workspace {
    type Action = Did;

    fn reduce(self: Rc<Self>, did: Did) -> Rc<Self> {
        let mut next = (*self).clone();
        match did {
            Did::Read { files, unsaved } => next.read(files, &unsaved),
            Did::Typed(file, text) if next.text(&file) != Some(&text) => {
                next.files.insert(file, Content::Text(text));
                next.saved = Saved::Soon;
            }
            // It was told before.
            Did::Typed(..) => {}
            Did::Put(file, text) => {
                next.put += u32::from(file == next.shown);
                next.files.insert(file, Content::Text(text));
                next.saved = Saved::Soon;
            }
            Did::Kept(Ok(())) => next.saved = Saved::Yes,
            Did::Kept(Err(why)) | Did::Refused(why) => next.saved = Saved::No(why),
            Did::Show(file) => next.show(file),
            Did::Close(file) => next.close(&file),
            Did::Renamed(from, to) => next.rename(&from, to),
            Did::Removed(file) => {
                next.files.remove(&file);
                next.close(&file);
            }
        }
        Rc::new(next)
    }
}

impl Workspace {
    /// Begins with a file, whose text is known before the home was read.
    pub fn new(file: &str, text: Rc<str>) -> Self {
        Self {
            files: [(file.to_owned(), Content::Text(text))].into(),
            open: vec![file.to_owned()],
            shown: file.to_owned(),
            ..Self::default()
        }
    }

    /// One more file is open, beside the one that is shown.
    pub fn beside(mut self, file: &str, text: Rc<str>) -> Self {
        self.files.insert(file.to_owned(), Content::Text(text));
        self.open.push(file.to_owned());
        self
    }

    /// The text of a file, if it has one.
    pub fn text(&self, file: &str) -> Option<&Rc<str>> {
        self.files.get(file).and_then(Content::text)
    }

    fn read(&mut self, mut files: Files, unsaved: &[String]) {
        for file in unsaved {
            if let Some(content) = self.files.get(file) {
                files.insert(file.clone(), content.clone());
            }
        }
        let before = self.text(&self.shown).cloned();
        self.files = files;
        self.loaded = true;
        self.open
            .retain(|file| self.files.get(file).is_some_and(|content| content.text().is_some()));
        if !self.open.contains(&self.shown) {
            self.shown = self.open.first().cloned().unwrap_or_default();
            self.put += 1;
        } else if self.text(&self.shown) != before.as_ref() {
            self.put += 1;
        }
    }

    fn show(&mut self, file: String) {
        if self.text(&file).is_none() {
            return;
        }
        if !self.open.contains(&file) {
            self.open.push(file.clone());
        }
        self.shown = file;
    }

    /// One file stays open.
    fn close(&mut self, file: &str) {
        let Some(at) = self.open.iter().position(|one| one == file) else { return };
        self.open.remove(at);
        if self.open.is_empty() {
            let first = self.files.iter().find(|(_, content)| content.text().is_some());
            self.open.extend(first.map(|(name, _)| name.clone()));
        }
        if self.shown == file {
            let next = self.open.get(at).or(self.open.last());
            self.shown = next.cloned().unwrap_or_default();
        }
    }

    fn rename(&mut self, from: &str, to: String) {
        if let Some(content) = self.files.remove(from) {
            self.files.insert(to.clone(), content);
        }
        for open in &mut self.open {
            if open == from {
                open.clone_from(&to);
            }
        }
        if self.shown == from {
            self.shown = to;
        }
    }
}

/// Whether a file is a script.
pub fn is_python(file: &str) -> bool {
    Path::new(file).extension().is_some_and(|ending| ending == "py")
}

/// Where a file is in the home.
pub fn path_of(file: &str) -> String {
    format!("{WORK}/{file}")
}

/// What was read before, by path: its version, and its content.
pub type Known = BTreeMap<String, (f64, Content)>;

/// Reads all files below `work`; what has not changed is not read again.
pub async fn read(home: &str, known: &Known) -> Known {
    let mut files = Known::new();
    for entry in homes::list(home).await.entries {
        let below = entry.path.strip_prefix(WORK).and_then(|rest| rest.strip_prefix('/'));
        let Some(file) = below.filter(|_| !entry.folder) else { continue };
        let same = known.get(file).filter(|(version, _)| (version - entry.version).abs() < 0.5);
        let content = match same {
            Some((_, content)) => content.clone(),
            None if entry.bytes > TEXT_BYTES_MAX => Content::Large(entry.bytes),
            None => match homes::read(home, &entry.path).await {
                Ok(Some(bytes)) => content_of(bytes),
                // Gone meanwhile, or not to be read.
                _ => continue,
            },
        };
        files.insert(file.to_owned(), (entry.version, content));
    }
    files
}

fn content_of(bytes: Vec<u8>) -> Content {
    match String::from_utf8(bytes) {
        Ok(text) if !text.contains('\0') => Content::Text(text.into()),
        _ => Content::Binary,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use yew::Reducible as _;

    fn text(text: &str) -> Content {
        Content::Text(text.into())
    }

    fn with(files: &[(&str, &str)]) -> Rc<Workspace> {
        let files =
            files.iter().map(|(name, content)| ((*name).to_owned(), text(content))).collect();
        let begun = Rc::new(Workspace::new("main.py", "1".into()));
        begun.reduce(Did::Read { files, unsaved: vec![] })
    }

    #[test]
    fn a_file_that_changed_elsewhere_is_put_into_the_editor() {
        let space = with(&[("main.py", "1"), ("b.py", "b")]);
        assert_eq!((space.put, space.loaded), (0, true));
        let files = [("main.py".to_owned(), text("2"))].into();
        let space = space.reduce(Did::Read { files, unsaved: vec![] });
        assert_eq!((space.put, &**space.text("main.py").unwrap()), (1, "2"));
    }

    #[test]
    fn what_is_not_saved_yet_is_not_overwritten() {
        let space = with(&[("main.py", "1")]).reduce(Did::Typed("main.py".into(), "typed".into()));
        let files = [("main.py".to_owned(), text("old"))].into();
        let space = space.reduce(Did::Read { files, unsaved: vec!["main.py".into()] });
        assert_eq!((space.put, &**space.text("main.py").unwrap()), (0, "typed"));
    }

    #[test]
    fn closing_shows_a_neighbour_and_one_stays() {
        let space = with(&[("main.py", "1"), ("b.py", "b")]).reduce(Did::Show("b.py".into()));
        assert_eq!(space.open, ["main.py", "b.py"]);
        let space = space.reduce(Did::Close("b.py".into()));
        assert_eq!((&*space.shown, space.open.len()), ("main.py", 1));
        let space = space.reduce(Did::Close("main.py".into()));
        assert_eq!(space.open, ["b.py"]);
    }

    #[test]
    fn what_a_lesson_gives_is_open_and_one_is_shown() {
        let begun = Workspace::new("main.py", "1".into()).beside("handler.py", "h".into());
        let files = [("main.py", "1"), ("handler.py", "h"), ("own.py", "o")]
            .map(|(name, content)| (name.to_owned(), text(content)));
        let space = Rc::new(begun).reduce(Did::Read { files: files.into(), unsaved: vec![] });
        assert_eq!(space.open, ["main.py", "handler.py"]);
        assert_eq!((&*space.shown, space.put), ("main.py", 0));
    }

    #[test]
    fn a_new_name_and_an_end() {
        let space = with(&[("main.py", "1"), ("b.py", "b")]).reduce(Did::Show("b.py".into()));
        let space = space.reduce(Did::Renamed("b.py".into(), "c.py".into()));
        assert_eq!(
            (&*space.shown, space.open.clone()),
            ("c.py", vec!["main.py".to_owned(), "c.py".to_owned()])
        );
        let space = space.reduce(Did::Removed("c.py".into()));
        assert_eq!(&*space.shown, "main.py");
        assert!(space.text("c.py").is_none());
    }

    #[test]
    fn what_has_no_text_is_not_opened() {
        let space = with(&[("main.py", "1")]);
        let mut files = space.files.clone();
        files.insert("x.bin".into(), content_of(vec![0xff, 0xfe]));
        files.insert("y.bin".into(), content_of(vec![0]));
        let space = space.reduce(Did::Read { files, unsaved: vec![] });
        let space = space.reduce(Did::Show("x.bin".into())).reduce(Did::Show("y.bin".into()));
        assert_eq!(&*space.shown, "main.py");
    }
}
