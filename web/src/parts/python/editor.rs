//! The editor of all open files, fetched when it is first shown. Without it (no network, say) a plain text field does the same.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use js_sys::{Function, Object};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlElement, HtmlTextAreaElement};
use yew::prelude::*;

use crate::hooks::editor::{Phase, use_editor, use_follow};
use crate::js;
use crate::state::cloud::{self, set};
use crate::state::python::Where;
use crate::words;

#[wasm_bindgen]
extern "C" {
    /// What `createEditor` gives.
    type Editor;
    #[wasm_bindgen(method, js_name = text)]
    fn text(this: &Editor) -> String;
    #[wasm_bindgen(method, js_name = show)]
    fn show(this: &Editor, file: &str, text: &str);
    #[wasm_bindgen(method, js_name = setText)]
    fn set_text(this: &Editor, text: &str);
    #[wasm_bindgen(method, js_name = markLine)]
    fn mark_line(this: &Editor, line: u32, column: i32, end: i32);
    #[wasm_bindgen(method, js_name = goTo)]
    fn go_to(this: &Editor, line: u32);
    #[wasm_bindgen(method, js_name = destroy)]
    fn destroy(this: &Editor);
}

#[derive(Properties, PartialEq, Clone)]
pub struct Props {
    pub file: AttrValue,
    /// What the editor is to hold; a new count means that the text is to be put in.
    pub text: Rc<str>,
    pub text_count: u32,
    /// Where the run failed.
    pub failed: Option<Where>,
    /// The line to show, and a count that makes each wish new.
    pub line_wish: (u32, u32),
    pub change: Callback<(String, Rc<str>)>,
    pub run: Callback<()>,
    pub stop: Callback<()>,
    /// The texts of all files, for what they import of one another.
    pub texts: Callback<(), BTreeMap<String, Rc<str>>>,
    pub region: AttrValue,
    /// Comes before the id of a file's tab, and names the panel with `-panel` after it.
    #[prop_or(AttrValue::Static("file"))]
    pub prefix: AttrValue,
}

/// An editor, and what JavaScript calls back; both live as long as the part.
struct Made {
    editor: Editor,
    _change: Closure<dyn Fn(String, String)>,
    _run: Closure<dyn Fn()>,
    _stop: Closure<dyn Fn()>,
    _files: Closure<dyn Fn() -> JsValue>,
    _view: Closure<dyn Fn(String, JsValue) -> js_sys::Promise>,
}

impl Drop for Made {
    fn drop(&mut self) {
        self.editor.destroy();
    }
}

type Latest = Rc<RefCell<Props>>;

/// The editor.
#[component]
pub fn CodeEditor(props: &Props) -> Html {
    let latest: Latest = use_mut_ref(|| props.clone());
    *latest.borrow_mut() = props.clone();
    let (place, held, phase) =
        use_editor((), move |place| async move { make(&place, &latest).await });
    let shown = (props.file.clone(), props.text.clone());
    use_follow(
        &held,
        (props.file.clone(), props.text_count, phase),
        shown,
        |made: &Made, (file, text)| {
            made.editor.show(file, text);
            if made.editor.text() != **text {
                made.editor.set_text(text);
            }
        },
    );
    let failed = props.failed.clone().filter(|place| place.file == *props.file);
    let when = (failed.clone(), props.file.clone(), phase);
    use_follow(&held, when, failed, |made: &Made, place| match place {
        Some(place) => made.editor.mark_line(place.line, units(place.column), units(place.end)),
        None => made.editor.mark_line(0, -1, -1),
    });
    let when = (props.line_wish, props.file.clone(), phase);
    use_follow(&held, when, props.line_wish, |made: &Made, (line, _)| {
        if *line > 0 {
            made.editor.go_to(*line);
        }
    });
    html! {
        <div class="editor" id={format!("{}-panel", props.prefix)} role="tabpanel" aria-labelledby={format!("{}-{}", props.prefix, props.file)} data-ready={(phase == Phase::Here).to_string()}>
            <div class="editor-place" ref={place} hidden={phase != Phase::Here} />
            if phase == Phase::Coming {
                <pre class="code plain editor-wait" aria-busy="true">{ &*props.text }</pre>
            } else if phase == Phase::Plain {
                { plain(props) }
            }
        </div>
    }
}

/// A column, or -1 for none.
fn units(column: Option<u32>) -> i32 {
    column.and_then(|column| i32::try_from(column).ok()).unwrap_or(-1)
}

async fn make(place: &NodeRef, latest: &Latest) -> Option<Made> {
    let create: Function = JsFuture::from(js::load_editor()).await.ok()?.dyn_into().ok()?;
    let parent = place.cast::<HtmlElement>()?;
    let options: JsValue = Object::new().into();
    // The callbacks of the latest drawing are called, not those of the first.
    let of = |latest: &Latest| latest.borrow().clone();
    let held = latest.clone();
    let change: Closure<dyn Fn(String, String)> =
        Closure::new(move |file, text: String| of(&held).change.emit((file, text.into())));
    let held = latest.clone();
    let run: Closure<dyn Fn()> = Closure::new(move || of(&held).run.emit(()));
    let held = latest.clone();
    let stop: Closure<dyn Fn()> = Closure::new(move || of(&held).stop.emit(()));
    let held = latest.clone();
    let files: Closure<dyn Fn() -> JsValue> =
        Closure::new(move || object(of(&held).texts.emit(())));
    let held = latest.clone();
    let view: Closure<dyn Fn(String, JsValue) -> js_sys::Promise> =
        Closure::new(move |name, params| {
            cloud::view_for_js("s3", name, params, of(&held).region.to_string())
        });
    let props = of(latest);
    set(&options, "file", &props.file.as_str().into());
    set(&options, "text", &(&*props.text).into());
    let words: JsValue = Object::new().into();
    for (name, said) in words::EDITOR {
        set(&words, name, &(*said).into());
    }
    set(&options, "words", &words);
    set(&options, "onChange", change.as_ref());
    set(&options, "onRun", run.as_ref());
    set(&options, "onStop", stop.as_ref());
    set(&options, "files", files.as_ref());
    set(&options, "view", view.as_ref());
    let editor = create.call2(&JsValue::NULL, &parent, &options).ok()?.unchecked_into();
    Some(Made { editor, _change: change, _run: run, _stop: stop, _files: files, _view: view })
}

fn object(texts: BTreeMap<String, Rc<str>>) -> JsValue {
    let object: JsValue = Object::new().into();
    for (name, text) in texts {
        set(&object, &name, &(&*text).into());
    }
    object
}

fn plain(props: &Props) -> Html {
    let file = props.file.to_string();
    let oninput = props.change.reform(move |event: InputEvent| {
        let field = event.target_dyn_into::<HtmlTextAreaElement>();
        (file.clone(), field.map(|field| field.value()).unwrap_or_default().into())
    });
    html! {
        <>
            <p class="note warn editor-note">{ words::EDITOR_PLAIN }</p>
            <textarea class="code plain editor-plain" aria-label={words::editor_label(&props.file)} spellcheck="false"
                {oninput} value={props.text.to_string()} />
        </>
    }
}
