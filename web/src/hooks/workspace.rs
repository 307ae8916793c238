//! The files of the Python tab: read from the learner's home, kept there on every pause, followed when something else changes them.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::state::files;
use crate::state::homes;
use crate::state::workspace::{self, Did, Files, Known, Saved, Workspace, path_of};

/// How long a pause is.
const PAUSE_MS: u32 = 400;
/// Several changes of a moment are read as one.
const READ_AFTER_MS: u32 = 60;

/// Texts that have not reached the home.
type Waiting = Rc<RefCell<BTreeMap<String, Rc<str>>>>;

/// The files, and what can be done with them.
#[derive(Clone)]
pub struct Desk {
    pub space: UseReducerHandle<Workspace>,
    home: String,
    waiting: Waiting,
    timer: Rc<RefCell<Option<Timeout>>>,
    /// Counts what was brought home: what was read meanwhile may be older.
    kept: Rc<Cell<u32>>,
    known: Rc<RefCell<Known>>,
}

impl PartialEq for Desk {
    fn eq(&self, other: &Self) -> bool {
        self.space == other.space && self.home == other.home
    }
}

/// The files of a home; `given` are those it begins with, all open, and `first` is the one that is shown.
#[hook]
pub fn use_workspace(home: String, first: &str, given: Rc<[(String, Rc<str>)]>) -> Desk {
    let space = use_reducer(|| {
        let known = |file: &str| files::read(&home, file).map(Rc::<str>::from);
        let text = given.iter().find(|(name, _)| name == first).map(|(_, text)| text.clone());
        let space = Workspace::new(first, known(first).or(text).unwrap_or_else(|| "".into()));
        let others = given.iter().filter(|(name, _)| name != first);
        others.fold(space, |space, (name, text)| {
            space.beside(name, known(name).unwrap_or_else(|| text.clone()))
        })
    });
    let waiting: Waiting = use_mut_ref(BTreeMap::new);
    let timer = use_mut_ref(|| None);
    let kept = (*use_memo((), |()| Rc::new(Cell::new(0)))).clone();
    let known = use_mut_ref(Known::new);
    let desk = Desk { space, home: home.clone(), waiting, timer, kept, known };
    {
        let desk = desk.clone();
        use_effect_with(home, move |home| {
            let (home, reading) = (home.clone(), Rc::new(RefCell::new(None::<Timeout>)));
            let look = {
                let desk = desk.clone();
                move || {
                    let desk = desk.clone();
                    spawn_local(async move { desk.look().await });
                }
            };
            let first = {
                let (home, look) = (home.clone(), look.clone());
                async move {
                    begin(&home, &given).await;
                    look();
                }
            };
            spawn_local(first);
            let ear = homes::listen(move |changed| {
                if changed == home {
                    *reading.borrow_mut() = Some(Timeout::new(READ_AFTER_MS, look.clone()));
                }
            });
            move || {
                drop(ear);
                let left = desk.clone();
                spawn_local(async move { left.flush().await });
            }
        });
    }
    desk
}

/// What was typed and not kept goes to the home first; then what the lesson gives and is not there yet.
async fn begin(home: &str, given: &[(String, Rc<str>)]) {
    for (file, text) in files::drafts(home) {
        bring_home(home, &file, &text).await;
    }
    let there = workspace::read(home, &Known::new()).await;
    for (file, text) in given {
        if !there.contains_key(file) {
            // Before homes there was only what was typed.
            let text = files::read(home, file).unwrap_or_else(|| text.to_string());
            bring_home(home, file, &text).await;
        }
    }
}

async fn bring_home(home: &str, file: &str, text: &str) {
    let kept = homes::write(home, &path_of(file), text.as_bytes()).await.is_ok();
    // What was typed meanwhile is a draft still.
    if kept && files::read(home, file).is_none_or(|newest| newest == text) {
        files::is_home(home, file);
    }
}

/// Lets the page's other parts read what the home holds.
fn mirror(home: &str, all: &Files) {
    let texts = all.iter().filter_map(|(name, content)| Some((&**name, &**content.text()?)));
    files::mirror(home, texts);
}

impl Desk {
    /// Reads the home again.
    async fn look(&self) {
        loop {
            let (kept, known) = (self.kept.get(), self.known.borrow().clone());
            let known = workspace::read(&self.home, &known).await;
            if self.kept.get() != kept {
                continue;
            }
            let files = known.iter().map(|(name, (_, content))| (name.clone(), content.clone()));
            let files: Files = files.collect();
            mirror(&self.home, &files);
            *self.known.borrow_mut() = known;
            let unsaved = self.waiting.borrow().keys().cloned().collect();
            return self.tell(Did::Read { files, unsaved });
        }
    }

    /// Something was typed into a file. The page is drawn anew at the next pause, or when something else is to be shown.
    pub fn typed(&self, file: &str, text: Rc<str>) {
        files::write(&self.home, file, &text);
        self.waiting.borrow_mut().insert(file.to_owned(), text);
        let desk = self.clone();
        *self.timer.borrow_mut() = Some(Timeout::new(PAUSE_MS, move || {
            spawn_local(async move { desk.flush().await });
        }));
    }

    /// Shows what was typed and has not reached the home.
    fn tell_typed(&self) {
        let waiting = self.waiting.borrow().clone();
        for (file, text) in waiting {
            self.space.dispatch(Did::Typed(file, text));
        }
    }

    fn tell(&self, did: Did) {
        self.tell_typed();
        self.space.dispatch(did);
    }

    /// Another part changes a file.
    pub fn put(&self, file: &str, text: Rc<str>) {
        self.tell(Did::Put(file.to_owned(), text.clone()));
        self.typed(file, text);
    }

    /// Keeps now what has been typed so far.
    pub async fn flush(&self) {
        self.timer.borrow_mut().take();
        self.tell_typed();
        let texts = self.waiting.borrow().clone();
        for (file, text) in texts {
            if files::read(&self.home, &file).is_some_and(|newest| *newest != *text) {
                // Another part has changed the file since; its own text is on the way.
                self.waiting.borrow_mut().remove(&file);
                continue;
            }
            let kept = homes::write(&self.home, &path_of(&file), text.as_bytes()).await;
            if kept.is_ok() {
                self.kept.set(self.kept.get() + 1);
                let mut waiting = self.waiting.borrow_mut();
                // More may have been typed meanwhile.
                if waiting.get(&file) == Some(&text) {
                    waiting.remove(&file);
                    files::is_home(&self.home, &file);
                }
            }
            if kept.is_err() || self.waiting.borrow().is_empty() {
                self.tell(Did::Kept(kept));
            }
        }
    }

    /// Opens a file of the list, or goes to its tab.
    pub fn show(&self, file: &str) {
        self.tell(Did::Show(file.to_owned()));
    }

    /// Takes a file's tab away; the file stays.
    pub fn close(&self, file: &str) {
        self.tell(Did::Close(file.to_owned()));
    }

    /// Makes an empty file and shows it. `done` hears why not.
    pub fn create(&self, file: String, done: Callback<Option<String>>) {
        let desk = self.clone();
        spawn_local(async move {
            let file = file.trim().to_owned();
            if desk.space.files.contains_key(&file) {
                desk.show(&file);
                return done.emit(None);
            }
            match homes::write(&desk.home, &path_of(&file), b"").await {
                Ok(()) => {
                    desk.tell(Did::Put(file.clone(), "".into()));
                    desk.tell(Did::Kept(Ok(())));
                    desk.show(&file);
                    done.emit(None);
                }
                Err(why) => done.emit(Some(why)),
            }
        });
    }

    /// Gives a file another name.
    pub fn rename(&self, from: String, to: String, done: Callback<Option<String>>) {
        let desk = self.clone();
        spawn_local(async move {
            let to = to.trim().to_owned();
            if from == to {
                return done.emit(None);
            }
            desk.flush().await;
            match homes::rename(&desk.home, &path_of(&from), &path_of(&to)).await {
                Ok(()) => {
                    files::forget(&desk.home, &from);
                    desk.tell(Did::Renamed(from, to));
                    done.emit(None);
                }
                Err(why) => done.emit(Some(why)),
            }
        });
    }

    /// Deletes a file.
    pub fn remove(&self, file: String) {
        let desk = self.clone();
        spawn_local(async move {
            desk.waiting.borrow_mut().remove(&file);
            files::forget(&desk.home, &file);
            match homes::remove(&desk.home, &path_of(&file)).await {
                Ok(()) => desk.tell(Did::Removed(file)),
                Err(why) => desk.tell(Did::Refused(why)),
            }
        });
    }

    /// The texts of all files that have one.
    pub fn texts(&self) -> BTreeMap<String, Rc<str>> {
        let files = self.space.files.iter();
        let mut texts: BTreeMap<_, _> = files
            .filter_map(|(name, content)| Some((name.clone(), content.text()?.clone())))
            .collect();
        // What was typed since the last drawing.
        texts.extend(self.waiting.borrow().iter().map(|(name, text)| (name.clone(), text.clone())));
        texts
    }

    /// Whether what was typed is kept.
    pub fn saved(&self) -> &Saved {
        &self.space.saved
    }
}
