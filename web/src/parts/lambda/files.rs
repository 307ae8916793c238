//! The files of a function as tabs; beside them a new file, and the end of the one that is shown.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::hooks::dismiss::use_escape;
use crate::hooks::focus::{use_focus_at_first, use_focus_kept};
use crate::parts::icon::Icon;
use crate::parts::tabs::{Tab, Tabs};
use crate::words::{self, lambda as said};

#[derive(Properties, PartialEq)]
pub struct Props {
    pub files: Vec<String>,
    pub shown: AttrValue,
    pub show: Callback<AttrValue>,
    pub add: Callback<String>,
    pub remove: Callback<AttrValue>,
    /// What stands at the end of the strip.
    pub children: Html,
}

/// The strip above the editor.
#[component]
pub fn FileTabs(props: &Props) -> Html {
    let adding = use_state_eq(|| false);
    use_focus_kept(*adding, "new-code-file");
    let open = |to: bool| {
        let adding = adding.setter();
        Callback::from(move |()| adding.set(to))
    };
    let tabs: Vec<Tab> = props.files.iter().map(|name| Tab::of_file(name)).collect();
    let remove = {
        let shown = props.shown.clone();
        props.remove.reform(move |_: MouseEvent| shown.clone())
    };
    html! {
        <div class="files fn-files">
            <Tabs class="small mono" label={said::FILES} prefix="code" {tabs} chosen={&props.shown} choose={&props.show} />
            <button class="btn ghost icon small" id="new-code-file" aria-label={said::NEW_FILE} title={said::NEW_FILE} aria-expanded={adding.to_string()}
                onclick={open(!*adding).reform(|_: MouseEvent| ())}><Icon name="plus" /></button>
            if props.files.len() > 1 {
                <button class="btn ghost icon small" aria-label={said::DELETE_FILE} title={said::DELETE_FILE} onclick={remove}><Icon name="trash" /></button>
            }
            <span class="row push">{ props.children.clone() }</span>
            if *adding { <NewFile taken={props.files.clone()} add={&props.add} close={open(false)} /> }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct NewProps {
    taken: Vec<String>,
    add: Callback<String>,
    close: Callback<()>,
}

/// Asks for a name.
#[component]
fn NewFile(props: &NewProps) -> Html {
    let field = use_focus_at_first();
    let wrong = use_state_eq(|| None::<String>);
    use_escape(true, props.close.clone());
    let onsubmit = {
        let (field, wrong, taken) = (field.clone(), wrong.setter(), props.taken.clone());
        let (add, close) = (props.add.clone(), props.close.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let name =
                field.cast::<HtmlInputElement>().map(|field| field.value()).unwrap_or_default();
            if taken.contains(&name) {
                wrong.set(Some(said::no_name(&name)));
            } else if is_path(&name) {
                add.emit(name);
                close.emit(());
            } else {
                wrong.set(Some(said::BAD_FILE_NAME.to_owned()));
            }
        })
    };
    html! {
        <form class="file-form" {onsubmit}>
            <label class="row"><span>{ said::FILE_NAME }</span>
                <input ref={field} id="code-file-name" class="input mono" autocomplete="off" autocapitalize="off" spellcheck="false"
                    aria-invalid={wrong.is_some().then_some("true")} aria-describedby={wrong.is_some().then_some("code-file-wrong")} />
            </label>
            <button class="btn small" type="submit">{ said::ADD }</button>
            <button class="btn ghost small" type="button" onclick={props.close.reform(|_| ())}>{ words::CANCEL }</button>
            if let Some(why) = &*wrong { <p class="file-wrong" id="code-file-wrong" role="alert"><Icon name="warn" />{ why }</p> }
        </form>
    }
}

/// Whether a path stays in the package, and is one that people can read.
fn is_path(name: &str) -> bool {
    let part = |part: &str| !part.is_empty() && part != "." && part != "..";
    let letter = |letter: char| letter.is_alphanumeric() || "._-/".contains(letter);
    name.len() <= 100 && name.split('/').all(part) && name.chars().all(letter)
}
