//! The machine's own fields, while no state is chosen.

use yew::prelude::*;

use crate::parts::icon::Icon;
use crate::parts::states::editor::ed::Props;
use crate::parts::states::editor::field::{Field, Shape};
use crate::parts::states::editor::form::language_select;
use crate::words::state_editor as said;

/// The form.
#[component]
pub fn MachineForm(props: &Props) -> Html {
    let ed = &props.ed;
    html! {
        <>
            <div class="sub-head sfe-form-head"><Icon name="sfn" /><h3 id="form-h" class="grow">{ said::MACHINE }</h3></div>
            <div class="sfe-fields">
                <p class="small dim2">{ said::CHOOSE_ONE }</p>
                { language_select(ed, None, ed.language(None)) }
                <Field ed={ed.clone()} pointer="/Comment" label="Comment" shape={Shape::Text} />
                <Field ed={ed.clone()} pointer="/TimeoutSeconds" label="TimeoutSeconds" shape={Shape::Number} hint={said::hint("MachineTimeout").map(AttrValue::from)} />
            </div>
        </>
    }
}
