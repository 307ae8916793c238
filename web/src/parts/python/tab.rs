//! The Python tab: the file above, its output below.

use std::rc::Rc;

use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::hooks::python;
use crate::parts::python::editor::CodeEditor;
use crate::parts::python::output::Output;
use crate::parts::python::toolbar::Toolbar;
use crate::parts::python::unsupported::Unsupported;
use crate::state::cloud::ClockWish;
use crate::state::files;
use crate::state::lesson::open_file;
use crate::state::python::{Phase, unsupported};
use crate::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    /// A line that another part puts below the script, and a count that makes each wish new.
    pub line_put: (u32, AttrValue),
}

/// Editor, run bar, output.
#[component]
pub fn PythonTab(props: &Props) -> Html {
    let desk = &props.desk;
    let file = open_file(desk.lesson.as_deref());
    let home = desk
        .lesson
        .as_ref()
        .map_or_else(|| files::FREE_PLAY.to_owned(), |lesson| lesson.id.clone());
    let given = given_text(desk, &file);
    let shown = use_state(|| {
        (0_u32, Rc::<str>::from(files::read(&home, &file).unwrap_or_else(|| given.to_string())))
    });
    let typed = use_mut_ref(|| shown.1.to_string());
    let saved = use_state_eq(|| true);
    let failed_line = use_state_eq(|| 0_u32);
    let change = {
        let (typed, saved, home, file) =
            (typed.clone(), saved.setter(), home.clone(), file.clone());
        Callback::from(move |text: String| {
            // At every key: a tab may be killed at any time.
            saved.set(files::write(&home, &file, &text));
            *typed.borrow_mut() = text;
        })
    };
    let put = {
        let (shown, change) = (shown.clone(), change.clone());
        Callback::from(move |text: Rc<str>| {
            change.emit(text.to_string());
            shown.set((shown.0 + 1, text));
        })
    };
    {
        let (put, typed) = (put.clone(), typed.clone());
        use_effect_with(props.line_put.clone(), move |(count, line)| {
            if *count > 0 {
                let text = with_line(&typed.borrow(), line);
                put.emit(text.into());
            }
        });
    }
    {
        let failed = failed_line.setter();
        use_effect_with((desk.python.phase, desk.python.line), move |(phase, line)| {
            failed.set(line.filter(|_| *phase == Phase::Failed).unwrap_or_default());
        });
    }
    let run = {
        let (desk, typed, file) = (desk.clone(), typed, file.clone());
        Callback::from(move |()| {
            if !desk.python.is_going() && desk.cloud.may_change() && unsupported().is_none() {
                crate::hooks::cloud::set_clock(&desk.cloud, ClockWish::Look);
                let text = typed.borrow().clone();
                python::run(&desk.python, file.clone(), text, &desk.region, desk.home());
            }
        })
    };
    let stop = {
        let python = desk.python.clone();
        Callback::from(move |()| python::stop(&python))
    };
    let restore = desk.lesson.is_some().then(|| put.reform(move |()| given.clone()));
    let why = use_memo((), |()| unsupported());
    let text = shown.1.clone();
    html! {
        <div class="py">
            <CodeEditor file={file.clone()} {text} text_count={shown.0} failed_line={*failed_line} line_wish={desk.line_wish}
                {change} run={run.clone()} stop={stop.clone()} />
            <Toolbar run_state={desk.python.clone()} file={file.clone()} saved={*saved} {run} {stop}
                {restore} can_run={why.is_none() && desk.cloud.may_change()} />
            if let Some(why) = &*why {
                <Unsupported desk={desk.clone()} why={why.clone()} />
            } else {
                <Output desk={desk.clone()} {file} />
            }
        </div>
    }
}

/// The file as the lesson gives it, or as free play begins.
fn given_text(desk: &Desk, file: &str) -> Rc<str> {
    let given =
        desk.lesson.as_ref().and_then(|lesson| lesson.files.iter().find(|one| one.name == file));
    given.map_or(words::FREE_PLAY_FILE, |one| one.text.as_str()).into()
}

/// The script with a line below it, and the client that the line needs above.
fn with_line(text: &str, line: &str) -> String {
    let service = line.split('.').next().unwrap_or("s3");
    let text = text.trim();
    let import = if text.contains("import boto3") { "" } else { "import boto3\n\n" };
    let client = format!("{service} = boto3.client(\"{service}\")");
    let client = if text.contains(&format!("{service} = ")) {
        String::new()
    } else {
        format!("\n\n{client}")
    };
    format!("{import}{text}{client}\n{line}\n").trim_start().to_owned()
}
