//! The editor, fetched when it is first shown. Without it (no network, say) a plain text field does the same.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Function, Object};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{HtmlElement, HtmlTextAreaElement};
use yew::prelude::*;

use crate::js;
use crate::state::cloud::set;
use crate::words;

#[wasm_bindgen]
extern "C" {
    /// What `createEditor` gives.
    type Editor;
    #[wasm_bindgen(method, js_name = text)]
    fn text(this: &Editor) -> String;
    #[wasm_bindgen(method, js_name = setText)]
    fn set_text(this: &Editor, text: &str);
    #[wasm_bindgen(method, js_name = markLine)]
    fn mark_line(this: &Editor, line: u32);
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
    /// The line that failed; 0 for none.
    pub failed_line: u32,
    /// The line to show, and a count that makes each wish new.
    pub line_wish: (u32, u32),
    pub change: Callback<String>,
    pub run: Callback<()>,
    pub stop: Callback<()>,
}

/// An editor, and what JavaScript calls back; both live as long as the part.
struct Made {
    editor: Editor,
    _change: Closure<dyn Fn(String)>,
    _run: Closure<dyn Fn()>,
    _stop: Closure<dyn Fn()>,
}

impl Drop for Made {
    fn drop(&mut self) {
        self.editor.destroy();
    }
}

/// How far the editor has come.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    Coming,
    Here,
    /// It could not be fetched: a plain field stands in.
    Plain,
}

type Held = Rc<RefCell<Option<Made>>>;
type Latest = Rc<RefCell<Props>>;

/// The editor of one file.
#[component]
pub fn CodeEditor(props: &Props) -> Html {
    let place = use_node_ref();
    let held: Held = use_mut_ref(|| None);
    let phase = use_state_eq(|| Phase::Coming);
    let latest: Latest = use_mut_ref(|| props.clone());
    *latest.borrow_mut() = props.clone();
    {
        let (place, held, phase, latest) = (place.clone(), held.clone(), phase.setter(), latest);
        use_effect_with((), move |()| {
            let (gone, at_end) = (Rc::new(Cell::new(false)), held.clone());
            let left = gone.clone();
            spawn_local(async move {
                let made = make(&place, &latest).await;
                if !left.get() {
                    phase.set(if made.is_some() { Phase::Here } else { Phase::Plain });
                    *held.borrow_mut() = made;
                }
            });
            move || {
                gone.set(true);
                at_end.borrow_mut().take();
            }
        });
    }
    use_follow(&held, (props.text_count, *phase), props.text.clone(), |editor, text| {
        if editor.text() != **text {
            editor.set_text(text);
        }
    });
    use_follow(&held, (props.failed_line, *phase), props.failed_line, |editor, line| {
        editor.mark_line(*line);
    });
    use_follow(&held, (props.line_wish, *phase), props.line_wish, |editor, (line, _)| {
        if *line > 0 {
            editor.go_to(*line);
        }
    });
    html! {
        <div class="editor" data-ready={(*phase == Phase::Here).to_string()}>
            <div class="editor-place" ref={place} hidden={*phase != Phase::Here} />
            if *phase == Phase::Coming {
                <pre class="code plain editor-wait" aria-busy="true">{ &*props.text }</pre>
            } else if *phase == Phase::Plain {
                { plain(props) }
            }
        </div>
    }
}

/// Tells the editor of a change, when it is there.
#[hook]
fn use_follow<D: PartialEq + 'static, T: 'static>(
    held: &Held,
    when: D,
    what: T,
    tell: impl Fn(&Editor, &T) + 'static,
) {
    let held = held.clone();
    use_effect_with(when, move |_| {
        if let Some(made) = held.borrow().as_ref() {
            tell(&made.editor, &what);
        }
    });
}

async fn make(place: &NodeRef, latest: &Latest) -> Option<Made> {
    let create: Function = JsFuture::from(js::load_editor()).await.ok()?.dyn_into().ok()?;
    let parent = place.cast::<HtmlElement>()?;
    let options: JsValue = Object::new().into();
    let (text, label) = {
        let props = latest.borrow();
        (props.text.to_string(), words::editor_label(&props.file))
    };
    // The callbacks of the latest drawing are called, not those of the first.
    let of = |latest: &Latest| latest.borrow().clone();
    let (a, b, c) = (latest.clone(), latest.clone(), latest.clone());
    let change: Closure<dyn Fn(String)> = Closure::new(move |text| of(&a).change.emit(text));
    let run: Closure<dyn Fn()> = Closure::new(move || of(&b).run.emit(()));
    let stop: Closure<dyn Fn()> = Closure::new(move || of(&c).stop.emit(()));
    set(&options, "text", &text.into());
    set(&options, "label", &label.into());
    set(&options, "onChange", change.as_ref());
    set(&options, "onRun", run.as_ref());
    set(&options, "onStop", stop.as_ref());
    let editor = create.call2(&JsValue::NULL, &parent, &options).ok()?.unchecked_into();
    Some(Made { editor, _change: change, _run: run, _stop: stop })
}

fn plain(props: &Props) -> Html {
    let oninput = props.change.reform(|event: InputEvent| {
        event
            .target_dyn_into::<HtmlTextAreaElement>()
            .map(|field| field.value())
            .unwrap_or_default()
    });
    html! {
        <>
            <p class="note warn editor-note">{ words::EDITOR_PLAIN }</p>
            <textarea class="code plain editor-plain" aria-label={words::editor_label(&props.file)} spellcheck="false"
                {oninput} value={props.text.to_string()} />
        </>
    }
}
