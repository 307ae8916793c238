//! One object in the table. It is drawn anew only where something that it shows has changed: a table has hundreds, and all
//! of them are looked through at every call and at every movement of the scrubber.

use std::rc::Rc;

use yew::prelude::*;

use crate::hooks::browser::{Act, Held};
use crate::parts::icon::icon;
use crate::parts::s3::life;
use crate::state::listing::{Object, short};
use crate::state::lives::Fate;
use crate::state::preview::{Kind, kind};
use crate::state::{sizes, time};
use crate::words;

/// What a row tells of what became of its object.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// The present is shown.
    Nothing,
    /// It is not known yet.
    Soon,
    Here(Fate),
}

#[derive(Properties, PartialEq)]
pub struct Props {
    pub object: Rc<Object>,
    /// The prefix that is looked at.
    pub prefix: AttrValue,
    /// The cloud's date, as `state::time::day` has it.
    pub today: AttrValue,
    pub selected: bool,
    /// Whether its details are shown.
    pub shown: bool,
    /// Whether the lesson points at it.
    pub hot: bool,
    pub fate: Told,
    pub tell: UseReducerDispatcher<Held>,
    pub show: Callback<AttrValue>,
}

/// The row.
#[component]
pub fn Row(props: &Props) -> Html {
    let object = &props.object;
    let key = AttrValue::from(object.key.clone());
    let name = match short(&key, &props.prefix) {
        // The object that is named like the prefix itself.
        "" => key.to_string(),
        name => name.to_owned(),
    };
    let onchange = {
        let (tell, key) = (props.tell.clone(), object.key.clone());
        Callback::from(move |_| tell.dispatch(Act::Toggle(key.clone())))
    };
    let onclick = props.show.reform(move |_| key.clone());
    let picture = match kind("", &object.key) {
        Kind::Csv => "table",
        Kind::Image => "image",
        _ => "file",
    };
    let modified = object.last_modified.as_deref().and_then(time::parse);
    let modified = modified.map(|ms| time::moment_of(ms, &props.today));
    let fate = match props.fate {
        Told::Here(fate) => Some(fate),
        Told::Nothing | Told::Soon => None,
    };
    let done_then = fate.and_then(|fate| fate.then);
    html! {
        <tr class={classes!(props.shown.then_some("on"), done_then.map(|_| "new"))}>
            <td><input class="check" type="checkbox" aria-label={words::select(&name)} checked={props.selected} {onchange} /></td>
            <td>
                <span class="key">{ icon(picture, &Classes::new()) }
                    <button class={classes!(props.hot.then_some("hotspot"))} data-hotspot="s3.preview" aria-expanded={props.shown.to_string()} {onclick}>{ name }</button></span>
                if let Some(happened) = done_then { <small class="by">{ words::s3::by_this_call(happened) }</small> }
            </td>
            <td class="t">{ object.storage_class.clone().unwrap_or_default() }</td>
            <td class="num sz">{ sizes::bytes(object.size) }</td>
            <td class="dt">{ modified }</td>
            if props.fate != Told::Nothing { <td class="fate">{ fate.map(life::now) }</td> }
        </tr>
    }
}
