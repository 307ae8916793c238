//! How the bench's parts ask things of each other.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::hooks::bench::{Act, Bench as Held};
use crate::hooks::cloud::{self, Cloud};
use crate::hooks::desk::Desk;
use crate::hooks::frame::Frame;
use crate::hooks::python::{self, Python};
use crate::hooks::terminal::Term;
use crate::hooks::toast::mend_frame;
use crate::parts::stage::shown;
use crate::route::{Place, Route};
use crate::state::lesson::{File, Lesson, Outline};
use crate::state::toasts::Remedy;
use crate::state::{files, homes};

/// The bench's own state.
pub type Bar = UseReducerHandle<Held>;

/// What the parts share.
pub fn desk(
    route: &Route,
    held: &Bar,
    cloud: &Cloud,
    (python, terminal): (&Python, &Term),
    (lesson, outline): (Option<Rc<Lesson>>, Option<Rc<Outline>>),
) -> Desk {
    let (line, call, hotspot, put) =
        (held.dispatcher(), held.dispatcher(), held.dispatcher(), held.dispatcher());
    let to_python = route.at(Place::Python);
    let mut desk = Desk {
        route: route.clone(),
        region: held.region_of(lesson.as_deref()),
        lesson: lesson.clone(),
        outline,
        cloud: cloud.clone(),
        python: python.clone(),
        terminal: terminal.clone(),
        hotspot: held.hotspot.clone(),
        line_wish: held.line_wish,
        go_to_line: Callback::noop(),
        show_call: Callback::from(move |seq| call.dispatch(Act::Call(seq))),
        show_hotspot: Callback::from(move |name| hotspot.dispatch(Act::Hotspot(name))),
        open_in_python: {
            let to = to_python.clone();
            Callback::from(move |text| {
                to.go();
                put.dispatch(Act::PutLine(text));
            })
        },
        put_files: put_files(held, lesson),
        comparing: held.comparing,
        compare: {
            let (tell, to) = (held.dispatcher(), to_python.clone());
            Callback::from(move |on| {
                if on {
                    to.go();
                }
                tell.dispatch(Act::Compare(on));
            })
        },
        pick_region: {
            let tell = held.dispatcher();
            Callback::from(move |region| tell.dispatch(Act::AwsRegion(region)))
        },
        toggle_drawer: {
            let tell = held.dispatcher();
            Callback::from(move |()| tell.dispatch(Act::Drawer))
        },
    };
    let on_python = shown(&desk) == Place::Python;
    desk.go_to_line = Callback::from(move |number| {
        if !on_python {
            to_python.go();
        }
        line.dispatch(Act::GoToLine(number));
    });
    desk
}

/// Makes these texts the whole of their files.
fn put_files(held: &Bar, lesson: Option<Rc<Lesson>>) -> Callback<Vec<File>> {
    let tell = held.dispatcher();
    Callback::from(move |put: Vec<File>| {
        let home = lesson.as_ref().map_or(files::FREE_PLAY, |lesson| lesson.id.as_str());
        for file in &put {
            // A browser that keeps no files says so below the editor.
            files::write(home, &file.name, &file.text);
        }
        tell.dispatch(Act::FilePut);
    })
}

/// Empties free play's cloud, then calls back.
pub fn empty(held: &Bar, cloud: &Cloud, python: &Python) -> Callback<Callback<()>> {
    let (held, cloud, python) = (held.clone(), cloud.clone(), python.clone());
    Callback::from(move |then: Callback<()>| {
        let forget = Callback::from(move |()| then.emit(()));
        reset(&held, &cloud, &python, None, forget).emit(());
    })
}

/// Empties the cloud, and does the lesson's set-up again.
pub fn reset(
    held: &Bar,
    cloud: &Cloud,
    python: &Python,
    lesson: Option<String>,
    forget: Callback<()>,
) -> Callback<()> {
    let (held, cloud, python) = (held.dispatcher(), cloud.clone(), python.dispatcher());
    Callback::from(move |()| {
        let (held, cloud, python) = (held.clone(), cloud.clone(), python.clone());
        let (lesson, forget) = (lesson.clone(), forget.clone());
        crate::state::python::stop();
        spawn_local(async move {
            if crate::state::cloud::reset().await.is_ok() {
                held.dispatch(Act::Reset);
                python.dispatch(python::Told::Cleared);
                let home = lesson.as_deref().unwrap_or(homes::FREE_PLAY);
                crate::state::states::draft::forget_all(home);
                cloud::reopen(&cloud, lesson.clone());
                forget.emit(());
                if let Some(id) = lesson {
                    Route::Lesson { id, step: 1, place: Place::Unsaid }.go();
                }
            }
        });
    })
}

/// Does what a message offers.
pub fn mend(frame: &Frame, cloud: &Cloud, lesson: Option<String>, remedy: Remedy) {
    match remedy {
        Remedy::TakeBack | Remedy::Update => mend_frame(frame, remedy),
        Remedy::Restart => cloud::restart(cloud, lesson),
        Remedy::TakeOver => {
            let cloud = cloud.clone();
            spawn_local(async move {
                if crate::state::cloud::take_over().await {
                    cloud::reopen(&cloud, lesson);
                }
            });
        }
    }
}
