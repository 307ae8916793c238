//! How the bench stands: which regions are open, and what one region has asked of another.

use std::collections::BTreeMap;
use std::rc::Rc;

use yew::prelude::*;

use crate::parts::hood::drawer::Pane;
use crate::parts::regions::Region;
use crate::state::prefs;

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
    /// Answers chosen in the lesson's questions, by check.
    pub answers: Rc<BTreeMap<String, usize>>,
    /// The AWS Region that was picked.
    pub aws_region: AttrValue,
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
    Answer(String, usize),
    Reset,
}

impl Bench {
    /// As it was left, or as it begins.
    pub fn new(has_lesson: bool) -> Self {
        Self {
            region: if has_lesson { Region::Lesson } else { Region::Stage },
            lesson_open: true,
            drawer_open: prefs::read("drawer").as_deref() != Some("shut"),
            pane: Pane::Calls,
            call: None,
            hotspot: None,
            line_wish: (0, 0),
            line_put: (0, AttrValue::default()),
            answers: Rc::default(),
            aws_region: prefs::read("region")
                .map_or_else(|| crate::words::HOME_REGION.into(), AttrValue::from),
        }
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
                next.region = Region::Stage;
            }
            Act::PutLine(line) => {
                next.line_put = (self.line_put.0 + 1, line.into());
                next.region = Region::Stage;
            }
            Act::AwsRegion(region) => {
                prefs::write("region", &region);
                next.aws_region = region;
            }
            Act::Answer(check, at) => {
                Rc::make_mut(&mut next.answers).insert(check, at);
            }
            Act::Reset => {
                next.answers = Rc::default();
                next.call = None;
                next.pane = Pane::Calls;
                next.hotspot = None;
            }
        }
        Rc::new(next)
    }
}
