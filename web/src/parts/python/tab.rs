//! The Python tab: the files above, the output of the run below, and under it the prompt.

use std::collections::BTreeMap;
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::hooks::focus::use_focus_kept;
use crate::hooks::python::{self, Script};
use crate::hooks::workspace::{Desk as Files, use_workspace};
use crate::parts::python::editor::CodeEditor;
use crate::parts::python::files::FileStrip;
use crate::parts::python::output::Output;
use crate::parts::python::prompt::Prompt;
use crate::parts::python::toolbar::Toolbar;
use crate::parts::python::unsupported::Unsupported;
use crate::state::cloud::ClockWish;
use crate::state::lesson::open_file;
use crate::state::python::{Phase, read_ahead, unsupported};
use crate::state::workspace::is_python;
use crate::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    /// A line that another part puts below the script, and a count that makes each wish new.
    pub line_put: (u32, AttrValue),
}

/// Files, editor, run bar, output, prompt.
#[component]
pub fn PythonTab(props: &Props) -> Html {
    let desk = &props.desk;
    let first = open_file(desk.lesson.as_deref());
    let given = use_memo(desk.lesson.clone(), |_| given_files(desk, &first));
    let files = use_workspace(desk.home(), &first, (*given).clone());
    let shown = AttrValue::from(files.space.shown.clone());
    let main = main_file(desk, &first, &shown);
    let wish = use_wish(&files, &first, desk);
    use_line_put(&files, &main, &props.line_put);
    use_focus_kept(desk.python.asking.is_some(), "prompt");
    let change = {
        let files = files.clone();
        Callback::from(move |(file, text): (String, Rc<str>)| files.typed(&file, text))
    };
    let run = {
        let (desk, files, main) = (desk.clone(), files.clone(), main.clone());
        Callback::from(move |()| run(&desk, &files, &main))
    };
    let stop = {
        let python = desk.python.clone();
        Callback::from(move |()| python::stop(&python))
    };
    let original = given.iter().find(|(name, _)| *name == *shown).map(|(_, text)| text.clone());
    let restore = original.filter(|_| desk.lesson.is_some()).map(|text| {
        let (files, shown) = (files.clone(), shown.clone());
        Callback::from(move |()| files.put(&shown, text.clone()))
    });
    let texts = {
        let files = files.clone();
        Callback::from(move |()| files.texts())
    };
    let why = use_memo((), |()| unsupported());
    use_effect_with((), |()| read_ahead());
    let can_run = why.is_none() && desk.cloud.may_change();
    let failed = desk.python.place.clone().filter(|_| desk.python.phase == Phase::Failed);
    let text = files.space.text(&shown).cloned().unwrap_or_else(|| "".into());
    html! {
        <div class="py">
            <FileStrip files={files.clone()} main={AttrValue::from(first)} />
            <CodeEditor file={shown.clone()} {text} text_count={files.space.put} {failed} line_wish={wish.line}
                {change} run={run.clone()} stop={stop.clone()} {texts} region={desk.region.clone()} />
            <Toolbar run_state={desk.python.clone()} file={shown} main={main} saved={files.saved().clone()} {run} {stop}
                {restore} {can_run} />
            if let Some(why) = &*why {
                <Unsupported desk={desk.clone()} why={why.clone()} />
            } else {
                <Output desk={desk.clone()} go_to={wish.go_to} />
                <Prompt desk={desk.clone()} {can_run} />
            }
        </div>
    }
}

/// A line to be shown, and the way to wish for one.
struct Wish {
    line: (u32, u32),
    go_to: Callback<(AttrValue, u32)>,
}

/// Lines are wished for by the output (in any file), and by other parts: in the file where the run failed at that line, else in the
/// file that the lesson begins with.
#[hook]
fn use_wish(files: &Files, first: &str, desk: &Desk) -> Wish {
    let line = use_state_eq(|| (0_u32, 0_u32));
    let count = use_mut_ref(|| 0_u32);
    let go_to = {
        let (files, line) = (files.clone(), line.setter());
        Callback::from(move |(file, number): (AttrValue, u32)| {
            files.show(&file);
            *count.borrow_mut() += 1;
            line.set((number, *count.borrow()));
        })
    };
    {
        let (go_to, first, failed) = (go_to.clone(), first.to_owned(), desk.python.place.clone());
        use_effect_with(desk.line_wish, move |(number, _)| {
            if *number > 0 {
                let file = failed.filter(|place| place.line == *number).map(|place| place.file);
                go_to.emit((AttrValue::from(file.unwrap_or(first)), *number));
            }
        });
    }
    Wish { line: *line, go_to }
}

/// Puts a line below the script when another part asks for it.
#[hook]
fn use_line_put(files: &Files, main: &str, wish: &(u32, AttrValue)) {
    let (files, main) = (files.clone(), main.to_owned());
    use_effect_with(wish.clone(), move |(count, line)| {
        if *count > 0 {
            let text = files.texts().remove(&main).unwrap_or_else(|| "".into());
            files.put(&main, with_line(&text, line).into());
            files.show(&main);
        }
    });
}

/// A lesson is about one file; outside, the script that is looked at runs.
fn main_file(desk: &Desk, first: &str, shown: &str) -> AttrValue {
    let own = desk.lesson.is_none() && is_python(shown);
    AttrValue::from(if own { shown.to_owned() } else { first.to_owned() })
}

/// Everything that was typed is in the home before the script can read it.
fn run(desk: &Desk, files: &Files, main: &str) {
    if desk.python.is_going() || !desk.cloud.may_change() || unsupported().is_some() {
        return;
    }
    crate::hooks::cloud::set_clock(&desk.cloud, ClockWish::Look);
    let texts = files.texts();
    let texts =
        texts.into_iter().map(|(name, text)| (name, text.to_string())).collect::<BTreeMap<_, _>>();
    let script = Script {
        number: python::pressed(&desk.python, texts.clone()),
        file: main.to_owned(),
        text: texts.get(main).cloned().unwrap_or_default(),
        region: desk.region.to_string(),
        home: desk.home(),
    };
    let (python, files) = (desk.python.clone(), files.clone());
    spawn_local(async move {
        files.flush().await;
        python::run(&python, script).await;
    });
}

/// The files as the lesson gives them, or as free play begins.
fn given_files(desk: &Desk, first: &str) -> Rc<[(String, Rc<str>)]> {
    let given = desk.lesson.iter().flat_map(|lesson| &lesson.files);
    let mut files: Vec<(String, Rc<str>)> =
        given.map(|file| (file.name.clone(), file.text.as_str().into())).collect();
    if !files.iter().any(|(name, _)| name == first) {
        files.push((first.to_owned(), words::FREE_PLAY_FILE.into()));
    }
    files.into()
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
