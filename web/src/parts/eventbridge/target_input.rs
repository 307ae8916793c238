//! What a target gets of an event: all of it, a part, a constant, or a text with parts of it.

use yew::prelude::*;

use crate::parts::eventbridge::fields::{picked, typed};
use crate::parts::eventbridge::json_field::JsonField;
use crate::state::eventbridge::target::{Gets, TargetDraft};
use crate::words::eventbridge as said;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub draft: TargetDraft,
    pub write: Callback<TargetDraft>,
}

/// The list, and the fields of what is chosen in it.
#[component]
pub fn TargetInput(props: &Props) -> Html {
    let draft = &props.draft;
    let change = |how: fn(&mut TargetDraft, String)| {
        let (draft, write) = (draft.clone(), props.write.clone());
        move |text: String| {
            let mut next = draft.clone();
            how(&mut next, text);
            write.emit(next);
        }
    };
    let pick = picked(change(|draft, id| {
        draft.gets = Gets::named(&id);
        sample(draft.gets).clone_into(&mut draft.input);
        if draft.gets == Gets::Transformer && draft.paths.is_empty() {
            said::SAMPLE_PATHS.clone_into(&mut draft.paths);
        }
    }));
    html! {
        <>
            <label class="fld">{ said::INPUT }
                <select class="select" id="target-input" onchange={pick}>{ for Gets::ALL.iter().map(|one| html! { <option value={one.id()} selected={*one == draft.gets}>{ said::gets(*one) }</option> }) }</select></label>
            { match draft.gets {
                Gets::Matched => Html::default(),
                Gets::Path => html! {
                    <label class="fld">{ said::PATH }<input class="input mono" id="input-path" value={draft.input.clone()} oninput={typed(change(|draft, text| draft.input = text))} autocomplete="off" autocapitalize="off" spellcheck="false" /></label>
                },
                Gets::Constant => html! { <JsonField id="input-constant" label={said::CONSTANT} text={draft.input.clone()} write={Callback::from(change(|draft, text| draft.input = text))} /> },
                Gets::Transformer => html! {
                    <div class="ev-two">
                        <JsonField id="input-paths" label={said::PATHS} text={draft.paths.clone()} write={Callback::from(change(|draft, text| draft.paths = text))} />
                        <label class="fld">{ said::TEMPLATE }
                            <textarea id="input-template" class="input mono doc-field" rows="3" spellcheck="false" autocomplete="off" autocapitalize="off" oninput={typed(change(|draft, text| draft.input = text))} value={draft.input.clone()} /></label>
                    </div>
                },
            } }
        </>
    }
}

/// What such a field begins with.
fn sample(gets: Gets) -> &'static str {
    match gets {
        Gets::Matched => "",
        Gets::Path => said::SAMPLE_PATH,
        Gets::Constant => said::SAMPLE_CONSTANT,
        Gets::Transformer => said::SAMPLE_TEMPLATE,
    }
}
