//! Going on in free play with the lesson's cloud and file. Asks before it takes the place of another.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::hooks::frame::{Act, Frame, Undo, use_frame};
use crate::parts::confirm::Confirm;
use crate::parts::icon::Icon;
use crate::route::{Place, Route};
use crate::state::keep::Before;
use crate::state::lesson::{Lesson, open_file};
use crate::state::{cloud, files};
use crate::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub lesson: Rc<Lesson>,
    /// Whether this tab has the cloud.
    pub can: bool,
}

/// Free play's script is always called so.
const SCRIPT: &str = "main.py";

/// The button, and its question.
#[component]
pub fn PlayOn(props: &Props) -> Html {
    let frame = use_frame();
    let asking = use_state_eq(|| None::<usize>);
    let failure = use_state_eq(String::new);
    let take = {
        let (frame, lesson, failure, asking) =
            (frame, props.lesson.clone(), failure.setter(), asking.setter());
        Callback::from(move |()| {
            let (frame, lesson, failure) = (frame.clone(), lesson.clone(), failure.clone());
            asking.set(None);
            spawn_local(async move {
                if let Err(why) = take(&frame, &lesson).await {
                    failure.set(words::not_opened(&why));
                }
            });
        })
    };
    if let Some(buckets) = *asking {
        let keep = {
            let asking = asking.setter();
            Callback::from(move |()| asking.set(None))
        };
        return html! {
            <Confirm label={words::PLAY_ON} yes={words::PLAY_ON_YES} no={words::PLAY_ON_NO} on_yes={take} on_no={keep}>
                <p class="small">{ words::play_on_ask(buckets) }</p>
            </Confirm>
        };
    }
    let onclick = {
        let (asking, take) = (asking.setter(), take);
        Callback::from(move |_| {
            let (asking, take) = (asking.clone(), take.clone());
            spawn_local(async move {
                let look = cloud::look(None).await.unwrap_or_default();
                if look.fresh || look.buckets == 0 {
                    take.emit(());
                } else {
                    asking.set(Some(look.buckets));
                }
            });
        })
    };
    html! {
        <>
            <button class="btn small" id="play-on" {onclick} disabled={!props.can}><Icon name="sky" />{ words::PLAY_ON }</button>
            if !failure.is_empty() { <p class="small bad-words" role="alert">{ (*failure).clone() }</p> }
        </>
    }
}

async fn take(frame: &Frame, lesson: &Lesson) -> Result<(), String> {
    let clouds = cloud::copy_to_play().await?;
    let name = open_file(Some(lesson));
    let given = lesson.files.iter().find(|file| file.name == name).map(|file| file.text.clone());
    let before = vec![(
        files::FREE_PLAY.to_owned(),
        SCRIPT.to_owned(),
        files::read(files::FREE_PLAY, SCRIPT),
    )];
    if let Some(text) = files::read(&lesson.id, &name).or(given) {
        files::write(files::FREE_PLAY, SCRIPT, &text);
    }
    Route::Play { place: Place::Unsaid }.go();
    frame.dispatch(Act::Replaced(Undo {
        title: words::PLAYS_ON,
        words: words::PLAYS_ON_MORE,
        before: Before::Part { clouds, files: before, prefs: vec![] }.into(),
    }));
    Ok(())
}
