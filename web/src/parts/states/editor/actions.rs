//! What can be done with a state as a whole.

use cloudarium_asl_edit::place::{Place, Way};
use cloudarium_asl_edit::wrap::{self, Around};
use cloudarium_asl_edit::{Edited, Refusal, states};
use yew::prelude::*;

use crate::parts::icon::Icon;
use crate::parts::states::editor::ed::OfState;
use crate::parts::states::editor::field::select;
use crate::state::states::session::{Action, Hand};
use crate::words::state_editor as said;

/// What is done with a text and a state of it.
type Deed = Box<dyn Fn(&str, &str) -> Result<Edited, Refusal>>;

/// The buttons.
#[component]
pub fn Actions(props: &OfState) -> Html {
    let OfState { ed, name } = props;
    let upto = use_state_eq(|| name.to_string());
    let text = &ed.session.shown;
    let ends = wrap::ends(text, name);
    let last = if ends.contains(&upto) { (*upto).clone() } else { name.to_string() };
    let kind = ed.session.kind(name);
    let edit = |did: String, how: Deed| {
        let (ed, name) = (ed.clone(), name.clone());
        Callback::from(move |_: MouseEvent| {
            ed.act(Action::Edit(how(ed.text(), &name), did.clone()));
        })
    };
    let wrap_in = |around: Around| {
        let last = last.clone();
        let did = said::wrapped(name, around);
        edit(did, Box::new(move |text, name| wrap::wrap(text, name, &last, around)))
    };
    let take = {
        let (ed, name) = (ed.clone(), name.clone());
        Callback::from(move |_: MouseEvent| {
            ed.act(Action::Take(Some(Hand::Move(name.to_string()))));
        })
    };
    let after = {
        let (ed, name) = (ed.clone(), name.clone());
        Callback::from(move |_: MouseEvent| {
            let place = Place::On { state: name.to_string(), way: Way::Next };
            ed.act(Action::Put(place, said::put_after(&name)));
            ed.act(Action::Show(crate::state::states::session::Pane::Add));
            super::focus_on("find-call");
        })
    };
    let may = ed.may();
    let button = |id: &'static str,
                  icon: &'static str,
                  words: &'static str,
                  onclick: Callback<MouseEvent>,
                  off: bool| {
        html! { <button class="btn small" type="button" {id} disabled={!may || off} {onclick}><Icon name={icon} />{ words }</button> }
    };
    let options = ends.iter().map(|one| (one.clone(), said::up_to(one, name))).collect();
    let choose = {
        let upto = upto.setter();
        move |value: String| upto.set(value)
    };
    let flows = !matches!(kind.as_str(), "Choice" | "Succeed" | "Fail");
    html! {
        <fieldset class="sfe-list"><legend>{ said::ACTIONS }</legend>
            <div class="row wrap">
                { button("put-after", "plus", said::PUT_AFTER, after, !flows) }
                { button("move-state", "arrow", said::MOVE, take, false) }
                { button("duplicate-state", "copy", said::DUPLICATE, edit(said::duplicated(name), Box::new(states::duplicate)), matches!(kind.as_str(), "Succeed" | "Fail")) }
                { button("remove-state", "trash", said::DELETE, edit(said::deleted(name), Box::new(states::delete)), false) }
                { button("start-here", "run", said::START_HERE, edit(said::started_at(name), Box::new(states::start_at)), false) }
            </div>
            if ends.len() > 1 { { select(("wrap-to", said::WRAP_TO), options, &last, may, choose) } }
            <div class="row wrap">
                { button("wrap-parallel", "parallel", said::WRAP_PARALLEL, wrap_in(Around::Parallel), ends.is_empty()) }
                { button("wrap-map", "map", said::WRAP_MAP, wrap_in(Around::Map), ends.is_empty()) }
                if matches!(kind.as_str(), "Parallel" | "Map") { { button("unwrap", "diff", said::UNWRAP, edit(said::unwrapped(name), Box::new(wrap::unwrap)), false) } }
            </div>
        </fieldset>
    }
}
