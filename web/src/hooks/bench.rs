//! How the bench stands: which regions are open, and what one region has asked of another.

use std::collections::BTreeMap;
use std::rc::Rc;

use yew::prelude::*;

use crate::parts::hood::drawer::Pane;
use crate::parts::regions::Region;
use crate::state::lesson::Lesson;
use crate::state::prefs;
use crate::words::HOME_REGION;

/// The bench's own state.
#[derive(Clone, PartialEq, Debug)]
pub struct Bench {
    /// The one region that a narrow window shows.
    pub region: Region,
    pub lesson_open: bool,
    pub drawer_open: bool,
    pub pane: Pane,
    pub call: Option<u64>,
    pub hotspot: Option<AttrValue>,
    /// A line to show in the editor, and a count.
    pub line_wish: (u32, u32),
    /// A line to put below the script, and a count.
    pub line_put: (u32, AttrValue),
    /// Whether the solution is shown beside the script.
    pub comparing: bool,
    /// Counts how often the script was changed as a whole: the editor is then made anew.
    pub files_put: u32,
    /// Answers chosen in the lesson's questions, by check.
    pub answers: Rc<BTreeMap<String, usize>>,
    /// The AWS Region that was picked here, if one was.
    pub aws_region: Option<AttrValue>,
    /// Under which name it is kept: each lesson has its own, and free play.
    region_name: String,
}

/// What changes it.
#[derive(Debug)]
pub enum Act {
    Region(Region),
    Lesson(bool),
    Drawer,
    Pane(Pane),
    /// Shows a call, wherever the drawer is.
    Call(u64),
    /// The same, from the drawer's own list.
    Choose(u64),
    Hotspot(Option<AttrValue>),
    GoToLine(u32),
    PutLine(String),
    AwsRegion(AttrValue),
    Compare(bool),
    FilePut,
    Answer(String, usize),
    Reset,
}

impl Bench {
    /// As it was left, or as it begins.
    pub fn new(lesson: Option<&str>) -> Self {
        let region_name = prefs::region_name(lesson);
        Self {
            region: if lesson.is_some() { Region::Lesson } else { Region::Stage },
            lesson_open: true,
            drawer_open: prefs::read("drawer").as_deref() != Some("shut"),
            pane: Pane::Calls,
            call: None,
            hotspot: None,
            line_wish: (0, 0),
            line_put: (0, AttrValue::default()),
            comparing: false,
            files_put: 0,
            answers: Rc::default(),
            aws_region: prefs::read(&region_name).map(AttrValue::from),
            region_name,
        }
    }

    /// The Region that calls go to: as it was picked, else the lesson's own.
    pub fn region_of(&self, lesson: Option<&Lesson>) -> AttrValue {
        let lessons = lesson.map(|lesson| lesson.region.clone()).filter(|name| !name.is_empty());
        let own = || lessons.map_or_else(|| HOME_REGION.into(), AttrValue::from);
        self.aws_region.clone().unwrap_or_else(own)
    }
}

impl Reducible for Bench {
    type Action = Act;

    fn reduce(self: Rc<Self>, act: Act) -> Rc<Self> {
        let mut next = (*self).clone();
        match act {
            Act::Region(region) => next.region = region,
            Act::Lesson(open) => next.lesson_open = open,
            Act::Drawer => {
                next.drawer_open = !self.drawer_open;
                prefs::write("drawer", if next.drawer_open { "open" } else { "shut" });
            }
            Act::Pane(pane) => next.pane = pane,
            Act::Call(seq) => {
                next.call = Some(seq);
                next.pane = Pane::Detail;
                next.drawer_open = true;
                next.region = Region::Hood;
            }
            Act::Choose(seq) => {
                next.call = Some(seq);
                next.pane = Pane::Detail;
            }
            Act::Hotspot(name) => next.hotspot = name,
            Act::GoToLine(line) => {
                next.line_wish = (line, self.line_wish.1 + 1);
                next.comparing = false;
                next.region = Region::Stage;
            }
            Act::PutLine(line) => {
                next.line_put = (self.line_put.0 + 1, line.into());
                next.comparing = false;
                next.region = Region::Stage;
            }
            Act::AwsRegion(region) => {
                prefs::write(&self.region_name, &region);
                next.aws_region = Some(region);
            }
            Act::Compare(on) => {
                next.comparing = on;
                next.region = Region::Stage;
            }
            Act::FilePut => next.files_put += 1,
            Act::Answer(check, at) => {
                Rc::make_mut(&mut next.answers).insert(check, at);
            }
            Act::Reset => {
                next.answers = Rc::default();
                next.call = None;
                next.pane = Pane::Calls;
                next.hotspot = None;
                next.comparing = false;
                prefs::forget(&self.region_name);
                next.aws_region = None;
            }
        }
        Rc::new(next)
    }
}
