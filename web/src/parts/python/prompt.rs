//! Below the output: the prompt, in the names that the last run left; and in its place a field while a script asks for a line.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::hooks::focus::use_focus_at_first;
use crate::hooks::python;
use crate::parts::icon::Icon;
use crate::parts::python::inputs::Inputs;
use crate::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub can_run: bool,
}

/// The prompt, or the field that a script asks for.
#[component]
pub fn Prompt(props: &Props) -> Html {
    if props.desk.python.asking.is_some() {
        html! { <Field desk={props.desk.clone()} key={props.desk.python.asking.clone().unwrap_or_default()} /> }
    } else {
        html! { <Inputs desk={props.desk.clone()} can_run={props.can_run} /> }
    }
}

#[derive(Properties, PartialEq)]
struct FieldProps {
    desk: Desk,
}

/// A line for `input()`.
#[component]
fn Field(props: &FieldProps) -> Html {
    let field = use_focus_at_first();
    let give = {
        let python = props.desk.python.clone();
        Callback::from(move |line: Option<String>| python::answer(&python, line))
    };
    let onsubmit = {
        let (give, field) = (give.clone(), field.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let line = field.cast::<HtmlInputElement>().map(|field| field.value());
            give.emit(Some(line.unwrap_or_default()));
        })
    };
    let onkeydown = {
        let (give, field) = (give.clone(), field.clone());
        Callback::from(move |event: KeyboardEvent| {
            let empty =
                field.cast::<HtmlInputElement>().is_none_or(|field| field.value().is_empty());
            if event.ctrl_key() && event.key() == "d" && empty {
                event.prevent_default();
                give.emit(None);
            }
        })
    };
    let label = words::input_for(&props.desk.python.output.open_line());
    html! {
        <form class="prompt asks" {onsubmit}>
            <label for="input-line"><Icon name="star" class="here" /><span>{ label }</span></label>
            <span class="vh" role="status">{ words::INPUT_ASKS }</span>
            <input ref={field} id="input-line" class="mono" autocomplete="off" autocapitalize="off" spellcheck="false" {onkeydown} />
            <button class="btn small" type="submit">{ words::INPUT_SUBMIT }</button>
            <button class="btn ghost small" type="button" title="Ctrl D" onclick={give.reform(|_| None)}>{ words::INPUT_END }</button>
        </form>
    }
}
