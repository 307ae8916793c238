//! Free play begun in a certain way: emptied, or with sample data. Asks when something is there already.

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::hooks::cloud::words_of;
use crate::hooks::desk::Desk;
use crate::parts::dialog::Dialog;
use crate::parts::icon::Icon;
use crate::route::{Begin, Place, Route};
use crate::state::{cloud, sample};
use crate::words;

#[derive(Clone, Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub how: Begin,
    /// Empties the cloud, then calls back.
    pub empty: Callback<Callback<()>>,
}

/// How far it has come.
#[derive(Clone, PartialEq)]
enum Stage {
    Looking,
    /// So many buckets are there.
    Ask(usize),
    Refused(String),
}

/// Looks, asks if it must, and goes on to free play.
#[component]
pub fn BeginPlay(props: &Props) -> Html {
    let stage = use_state_eq(|| Stage::Looking);
    let on = {
        let (desk, how, stage) = (props.desk.clone(), props.how, stage.setter());
        Callback::from(move |()| go_on(&desk, how, &stage))
    };
    {
        let (stage, on, region) = (stage.setter(), on.clone(), props.desk.region.clone());
        use_effect_with(props.desk.cloud.is_ours(), move |ready| {
            if *ready {
                spawn_local(async move {
                    match cloud::view("s3", "buckets", &region).await {
                        Ok(view) => match view.as_array().map_or(0, Vec::len) {
                            0 => on.emit(()),
                            buckets => stage.set(Stage::Ask(buckets)),
                        },
                        Err(why) => stage.set(Stage::Refused(words_of(&why))),
                    }
                });
            }
        });
    }
    let leave = Callback::from(|()| Route::Play { place: Place::Unsaid }.replace());
    let empty_first = {
        let (empty, on) = (props.empty.clone(), on.clone());
        Callback::from(move |_: MouseEvent| empty.emit(on.clone()))
    };
    let body = match &*stage {
        Stage::Looking => return html! {},
        Stage::Refused(why) => {
            html! { <p class="note bad" role="alert"><Icon name="warn" /><span>{ words::not_opened(why) }</span></p> }
        }
        Stage::Ask(buckets) => html! {
            <>
                <p>{ words::play_holds(*buckets) }</p>
                if props.how == Begin::Sample { <p class="dim2">{ words::BEGIN_SAMPLE_MORE }</p> }
                <div class="row wrap">
                    if props.how == Begin::Sample {
                        <button class="btn primary" id="begin-add" onclick={on.reform(|_| ())}>{ words::BEGIN_ADD }</button>
                        <button class="btn" onclick={empty_first}>{ words::BEGIN_EMPTY_ADD }</button>
                    } else {
                        <button class="btn danger" id="begin-empty" onclick={empty_first}>{ words::BEGIN_EMPTY }</button>
                    }
                    <button class="btn" autofocus={true} onclick={leave.reform(|_| ())}>{ words::BEGIN_AS_IS }</button>
                </div>
            </>
        },
    };
    html! {
        <Dialog labelledby="begin-h" class="ask" close={leave}>
            <div class="palin"><Icon name="sky" /><h2 id="begin-h" class="grow">{ words::BEGIN }</h2></div>
            <div class="ask-body">{ body }</div>
        </Dialog>
    }
}

/// Makes the sample data if it is wanted, then shows free play.
fn go_on(desk: &Desk, how: Begin, stage: &UseStateSetter<Stage>) {
    if how == Begin::Empty {
        Route::Play { place: Place::Unsaid }.replace();
        return;
    }
    let (region, stage) = (desk.region.clone(), stage.clone());
    spawn_local(async move {
        match sample::make(&region).await {
            Ok(()) => Route::Play { place: Place::s3() }.replace(),
            Err(why) => stage.set(Stage::Refused(words_of(&why))),
        }
    });
}
