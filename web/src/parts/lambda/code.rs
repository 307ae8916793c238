//! A function's code in an editor of several files, the test below it, and the environments beside them.

use std::collections::BTreeMap;
use std::rc::Rc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use js_sys::{Array, Uint8Array};
use serde_json::{Value, json};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::js;
use crate::parts::console::act::act;
use crate::parts::console::told::Tell;
use crate::parts::icon::Icon;
use crate::parts::lambda::environments::Environments;
use crate::parts::lambda::files::FileTabs;
use crate::parts::lambda::result::Result as Shown;
use crate::parts::lambda::test::{Run, Test};
use crate::parts::python::editor::CodeEditor;
use crate::state::cloud;
use crate::state::lambda::draft::{self, Files};
use crate::state::lambda::{Whole, zip};
use crate::words::lambda as said;

/// More is not edited in a page.
const TEXT_BYTES_MAX: u32 = 1_000_000;

#[derive(Properties, PartialEq, Clone)]
pub struct Props {
    pub desk: Desk,
    pub tell: Tell,
    pub whole: Whole,
}

/// The files, as they are edited.
#[derive(Clone, PartialEq, Debug)]
struct Held {
    files: Files,
    deployed: Files,
    shown: String,
    /// Counts texts that were put in from outside.
    put: u32,
    line: (u32, u32),
}

impl Held {
    fn is_changed(&self) -> bool {
        self.files != self.deployed
    }
}

/// How far the code has come.
#[derive(Clone, PartialEq, Debug)]
enum Load {
    Coming,
    Here(Held),
    /// It cannot be edited here.
    NotText,
}

/// Editor, test and environments.
#[component]
pub fn Code(props: &Props) -> Html {
    let load = use_state_eq(|| Load::Coming);
    let run = use_state_eq(|| Run::None);
    let times = use_mut_ref(|| 0_u32);
    let set_run = {
        let run = run.setter();
        Callback::from(move |now| run.set(now))
    };
    // What callbacks read: they may come after a drawing that has not been made yet.
    let latest = use_mut_ref(|| Load::Coming);
    let name = props.whole.configuration.function_name.clone();
    let set = {
        let (latest, setter) = (latest.clone(), load.setter());
        let (home, region, name) = (props.desk.home(), props.desk.region.clone(), name.clone());
        Callback::from(move |next: Load| {
            if let Load::Here(held) = &next {
                draft::keep(&home, &region, &name, held.is_changed().then_some(&held.files));
            }
            *latest.borrow_mut() = next.clone();
            setter.set(next);
        })
    };
    let change = {
        let (latest, set) = (latest, set.clone());
        Callback::from(move |change: Box<dyn FnOnce(&mut Held)>| {
            let now = latest.borrow().clone();
            if let Load::Here(mut held) = now {
                change(&mut held);
                set.emit(Load::Here(held));
            }
        })
    };
    {
        // Counts readings in steps, so that no text that was put in since has the same number.
        let (desk, set, times) = (props.desk.clone(), set, times);
        let when = (props.whole.configuration.sha256.clone(), desk.cloud.past, desk.cloud.openings);
        use_effect_with(when, move |_| {
            let put = {
                let mut times = times.borrow_mut();
                *times += 1000;
                *times
            };
            spawn_local(async move { set.emit(read(&desk, &name, put).await) });
        });
    }
    let code = match &*load {
        Load::Coming => {
            html! { <p class="dim table-words" aria-busy="true">{ said::READING_CODE }</p> }
        }
        Load::NotText => html! { <p class="note table-words">{ said::NOT_TEXT }</p> },
        Load::Here(held) => editor(props, held, &change),
    };
    let changed = matches!(&*load, Load::Here(held) if held.is_changed());
    let go_to = {
        let change = change.clone();
        Callback::from(move |(file, line): (String, u32)| {
            change.emit(Box::new(move |held| {
                if held.files.contains_key(&file) {
                    held.shown = file;
                    held.line = (line, held.line.1 + 1);
                }
            }));
        })
    };
    html! {
        <div class="fnx">
            <section class="codecol" aria-label={said::CODE_AND_TEST}>
                { code }
                <Test desk={props.desk.clone()} tell={props.tell.clone()} whole={props.whole.clone()} {changed} run={(*run).clone()} {set_run} />
            </section>
            <div class="fn-side scroll" tabindex="0" role="region" aria-label={said::RESULT_AND_ENVIRONMENTS}>
                <Shown desk={props.desk.clone()} run={(*run).clone()} group={props.whole.group().to_owned()} {go_to} />
                <Environments desk={props.desk.clone()} whole={props.whole.clone()} />
            </div>
        </div>
    }
}

type Change = Callback<Box<dyn FnOnce(&mut Held)>>;

fn editor(props: &Props, held: &Held, change: &Change) -> Html {
    let desk = &props.desk;
    let on_text = {
        let change = change.clone();
        Callback::from(move |(file, text): (String, Rc<str>)| {
            change.emit(Box::new(move |held| {
                if let Some(place) = held.files.get_mut(&file) {
                    *place = text;
                }
            }));
        })
    };
    let texts = {
        let files = held.files.clone();
        Callback::from(move |()| files.clone().into_iter().collect::<BTreeMap<_, _>>())
    };
    let show = {
        let change = change.clone();
        Callback::from(move |file: AttrValue| {
            change.emit(Box::new(move |held| held.shown = file.to_string()));
        })
    };
    let add = {
        let change = change.clone();
        Callback::from(move |file: String| {
            change.emit(Box::new(move |held| {
                held.files.entry(file.clone()).or_insert_with(|| Rc::from(""));
                held.shown = file;
            }));
        })
    };
    let remove = {
        let change = change.clone();
        Callback::from(move |file: AttrValue| {
            change.emit(Box::new(move |held| {
                held.files.remove(&*file);
                held.shown = held.files.keys().next().cloned().unwrap_or_default();
            }));
        })
    };
    let discard = {
        let change = change.clone();
        Callback::from(move |_: MouseEvent| {
            change.emit(Box::new(|held| {
                held.files.clone_from(&held.deployed);
                held.put += 1;
                if !held.files.contains_key(&held.shown) {
                    held.shown = held.files.keys().next().cloned().unwrap_or_default();
                }
            }));
        })
    };
    let text = held.files.get(&held.shown).cloned().unwrap_or_else(|| Rc::from(""));
    let shown = AttrValue::from(held.shown.clone());
    let changed = held.is_changed();
    html! {
        <>
            <FileTabs files={held.files.keys().cloned().collect::<Vec<_>>()} shown={shown.clone()} {show} {add} {remove}>
                <span class="small dim2 fn-handler only-wide">{ said::handler_is(&props.whole.configuration.handler) }</span>
                if changed {
                    <span class="pill warn" id="unsaved"><Icon name="warn" />{ said::UNSAVED }</span>
                    <button class="btn small ghost" id="discard" onclick={discard}>{ said::DISCARD }</button>
                }
                <button class={classes!("btn", "small", desk.hot("lambda.deploy"))} data-hotspot="lambda.deploy" id="deploy"
                    disabled={!changed || !desk.cloud.may_change()} onclick={deploy(props, held)}><Icon name="upload" />{ said::DEPLOY }</button>
            </FileTabs>
            <CodeEditor file={shown} {text} text_count={held.put} failed={None} line_wish={held.line} change={on_text} run={press("test")}
                stop={Callback::noop()} {texts} region={desk.region.clone()} prefix="code" />
        </>
    }
}

/// Presses a button of the page: what a key of the editor stands for.
fn press(id: &'static str) -> Callback<()> {
    Callback::from(move |()| {
        let found = gloo::utils::document().get_element_by_id(id);
        if let Some(button) = found.and_then(|one| one.dyn_into::<web_sys::HtmlElement>().ok()) {
            button.click();
        }
    })
}

fn deploy(props: &Props, held: &Held) -> Callback<MouseEvent> {
    let (desk, tell, files) = (props.desk.clone(), props.tell.clone(), held.files.clone());
    let name = props.whole.configuration.function_name.clone();
    Callback::from(move |_| {
        let (desk, tell, name, files) = (desk.clone(), tell.clone(), name.clone(), files.clone());
        spawn_local(async move {
            let said = (said::deploying(&name), said::deployed(&name));
            let zip = STANDARD.encode(zip::pack(&files));
            let input = json!({ "FunctionName": name, "ZipFile": zip });
            act(&desk, &tell, said, ("lambda", "UpdateFunctionCode"), input).await;
        });
    })
}

/// The code that is deployed, and what was changed of it.
async fn read(desk: &Desk, name: &str, put: u32) -> Load {
    let params = json!({ "FunctionName": name });
    let zip = cloud::view_at("lambda", "code", &desk.region, &params, desk.cloud.past).await;
    let Ok(Value::String(zip)) = zip else { return Load::NotText };
    let Ok(zip) = STANDARD.decode(zip) else { return Load::NotText };
    let Some(deployed) = unpack(&zip).await else { return Load::NotText };
    let kept = draft::read(&desk.home(), &desk.region, name);
    let files = kept.filter(|_| desk.cloud.past.is_none()).unwrap_or_else(|| deployed.clone());
    let shown = files.keys().next().cloned().unwrap_or_default();
    Load::Here(Held { files, deployed, shown, put, line: (0, 0) })
}

/// The texts in a package; nothing if not all of it is text.
async fn unpack(zip: &[u8]) -> Option<Files> {
    let entries = JsFuture::from(js::unzip(zip)).await.ok()?;
    let mut files = Files::new();
    let mut bytes = 0;
    for entry in entries.dyn_into::<Array>().ok()? {
        let entry: Array = entry.dyn_into().ok()?;
        let content: Uint8Array = entry.get(1).dyn_into().ok()?;
        bytes += content.length();
        if bytes > TEXT_BYTES_MAX {
            return None;
        }
        let text = String::from_utf8(content.to_vec()).ok()?;
        files.insert(JsValue::as_string(&entry.get(0))?, text.into());
    }
    Some(files)
}
