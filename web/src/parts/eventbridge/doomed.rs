//! What is deleted from a table: the button in its row, and the question before it is gone.

use serde_json::Value;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::hooks::focus::use_focus_kept;
use crate::parts::confirm::Confirm;
use crate::parts::console::act::act;
use crate::parts::console::told::Tell;
use crate::parts::icon::Icon;
use crate::words::{self, eventbridge as said};

/// The name of what is to be deleted, while that is asked.
pub struct Doomed {
    pub name: Option<String>,
    pub doom: Callback<Option<String>>,
}

/// Nothing at first; the focus goes to the element called `back_to` where the one before is gone.
#[hook]
pub fn use_doomed(back_to: &'static str) -> Doomed {
    let doomed = use_state_eq(|| None::<String>);
    use_focus_kept((*doomed).clone(), back_to);
    let setter = doomed.setter();
    Doomed { name: (*doomed).clone(), doom: Callback::from(move |to| setter.set(to)) }
}

/// What is asked, and what is called when the answer is yes.
pub struct Question {
    pub asks: String,
    pub more: &'static str,
    /// What kind of thing it is.
    pub what: &'static str,
    pub operation: &'static str,
    pub input: Value,
}

impl Doomed {
    /// The question, while there is one.
    pub fn ask(&self, desk: &Desk, tell: &Tell, question: impl FnOnce(&str) -> Question) -> Html {
        let Some(name) = self.name.clone() else { return Html::default() };
        let Question { asks, more, what, operation, input } = question(&name);
        let on_yes = {
            let (desk, tell, doom) = (desk.clone(), tell.clone(), self.doom.clone());
            Callback::from(move |()| {
                doom.emit(None);
                let (desk, tell, input) = (desk.clone(), tell.clone(), input.clone());
                let said = (said::deleting(&name), said::deleted(&name));
                spawn_local(async move {
                    act(&desk, &tell, said, ("events", operation), input).await;
                });
            })
        };
        html! {
            <Confirm class="ask-delete" label={asks.clone()} yes={words::delete(what)} no={words::KEEP} {on_yes} on_no={self.doom.reform(|()| None)}>
                <p><b>{ asks }</b>{ " " }{ more }</p>
            </Confirm>
        }
    }

    /// The button in the row of `name`.
    pub fn button(&self, desk: &Desk, class: &'static str, name: &str) -> Html {
        let label = said::deleting(name);
        let onclick = {
            let name = name.to_owned();
            self.doom.reform(move |_: MouseEvent| Some(name.clone()))
        };
        html! {
            <button class={classes!("btn", "small", "ghost", "icon", class)} aria-label={label.clone()} title={label} disabled={!desk.cloud.may_change()} {onclick}><Icon name="trash" /></button>
        }
    }
}
