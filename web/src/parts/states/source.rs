//! The editor of a definition, fetched when it is first shown. Without it (no network, say) a plain text field does the same.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Function, Object};
use serde_json::json;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::hooks::editor::{Phase, use_editor, use_follow};
use crate::js;
use crate::parts::states::fields::typed;
use crate::state::cloud::set;
use crate::state::states::Diagnostic;
use crate::words::{self, states as said};

#[wasm_bindgen]
extern "C" {
    /// What `createAslEditor` gives.
    type Editor;
    #[wasm_bindgen(method, js_name = setText)]
    fn set_text(this: &Editor, text: &str);
    #[wasm_bindgen(method, js_name = setProblems)]
    fn set_problems(this: &Editor, found: &str);
    #[wasm_bindgen(method, js_name = goTo)]
    fn go_to(this: &Editor, location: &str);
    #[wasm_bindgen(method, js_name = destroy)]
    fn destroy(this: &Editor);
}

#[derive(Properties, PartialEq, Clone)]
pub struct Props {
    pub text: AttrValue,
    pub change: Callback<String>,
    pub problems: Option<Rc<Vec<Diagnostic>>>,
    /// The place to show, and a count that makes each wish new.
    pub wish: (u32, AttrValue),
    pub read_only: bool,
    /// Takes back (`true`) or does again what was done, where the text is not all that is edited.
    #[prop_or_default]
    pub history: Option<Callback<bool>>,
}

/// An editor, and what JavaScript calls back; both live as long as the part.
struct Made {
    editor: Editor,
    _change: Closure<dyn Fn(String)>,
    _history: Option<Closure<dyn Fn(bool)>>,
}

impl Drop for Made {
    fn drop(&mut self) {
        self.editor.destroy();
    }
}

type Latest = Rc<RefCell<Props>>;

/// The editor.
#[component]
pub fn Source(props: &Props) -> Html {
    let latest: Latest = use_mut_ref(|| props.clone());
    latest.replace(props.clone());
    let (place, held, phase) =
        use_editor(props.read_only, move |place| async move { make(&place, &latest).await });
    let text = props.text.clone();
    use_follow(&held, (text.clone(), phase), text, |made: &Made, text| made.editor.set_text(text));
    let found = props.problems.clone();
    use_follow(&held, (found.clone(), phase), found, |made: &Made, found| {
        made.editor.set_problems(&told(found.as_deref()));
    });
    let wish = props.wish.clone();
    use_follow(&held, (wish.clone(), phase), wish, |made: &Made, (count, location)| {
        if *count > 0 {
            made.editor.go_to(location);
        }
    });
    let plain = || {
        html! {
            <textarea id="definition" class="mono sf-source" aria-label={said::DEFINITION} spellcheck="false" autocomplete="off" autocapitalize="off" readonly={props.read_only}
                oninput={typed({ let change = props.change.clone(); move |text| change.emit(text) })} value={props.text.clone()} />
        }
    };
    html! {
        <>
            if phase == Phase::Coming { <p class="dim sf-words" aria-busy="true">{ words::PART_COMING }</p> }
            if phase == Phase::Plain { { plain() } }
            <div ref={place} class="sf-cm" hidden={phase != Phase::Here}></div>
        </>
    }
}

/// What is wrong, as the editor takes it. What is wrong with the JSON itself has its place in its words.
fn told(found: Option<&Vec<Diagnostic>>) -> String {
    let one = |one: &Diagnostic| {
        let location = one.location.clone().or_else(|| position(&one.message)).unwrap_or_default();
        json!({ "message": format!("{}: {}", one.code, one.message), "severity": one.severity, "location": location })
    };
    serde_json::Value::from(found.into_iter().flatten().map(one).collect::<Vec<_>>()).to_string()
}

/// `... at line 3 column 5` is `3:5`.
pub fn position(message: &str) -> Option<String> {
    let (_, place) = message.rsplit_once(" at line ")?;
    let (line, column) = place.split_once(" column ")?;
    let digits = |text: &str| text.chars().take_while(char::is_ascii_digit).collect::<String>();
    Some(format!("{}:{}", digits(line), digits(column)))
}

async fn make(place: &NodeRef, latest: &Latest) -> Option<Made> {
    let create: Function = JsFuture::from(js::load_asl_editor()).await.ok()?.dyn_into().ok()?;
    let parent = place.cast::<HtmlElement>()?;
    let change = {
        let latest = latest.clone();
        Closure::<dyn Fn(String)>::new(move |text: String| {
            let props = latest.borrow().clone();
            if *props.text != *text {
                props.change.emit(text);
            }
        })
    };
    let options: JsValue = Object::new().into();
    let props = latest.borrow().clone();
    let history = props
        .history
        .clone()
        .map(|history| Closure::<dyn Fn(bool)>::new(move |back: bool| history.emit(back)));
    if let Some(history) = &history {
        set(&options, "onHistory", history.as_ref());
    }
    set(&options, "text", &JsValue::from_str(&props.text));
    set(&options, "label", &JsValue::from_str(said::DEFINITION_EDITOR));
    set(&options, "readOnly", &JsValue::from_bool(props.read_only));
    set(&options, "onChange", change.as_ref());
    let editor = create.call2(&JsValue::NULL, &parent, &options).ok()?;
    Some(Made { editor: editor.unchecked_into(), _change: change, _history: history })
}
