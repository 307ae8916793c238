//! What has to be said of the cloud's keeping: one message at a time, the gravest first.

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::hooks::cloud::{CloudState, Phase};
use crate::hooks::frame::{Act, Frame, FrameState, use_frame};
use crate::js;
use crate::state::toasts::{Remedy, Toast, Tone};
use crate::words;

/// The message to show, and how to close it. A closed one comes again only if it changes.
#[hook]
pub fn use_toast(cloud: Option<&CloudState>) -> (Option<Toast>, Callback<()>) {
    let frame = use_frame();
    let closed = use_state_eq(|| None::<Toast>);
    let toast = cloud.and_then(said).or_else(|| said_of_frame(&frame));
    let close = {
        let (closed, toast) = (closed.setter(), toast.clone());
        Callback::from(move |()| closed.set(toast.clone()))
    };
    {
        // A message that has gone may come again.
        let closed = closed.setter();
        use_effect_with(toast.is_none(), move |none| {
            if *none {
                closed.set(None);
            }
        });
    }
    (toast.filter(|toast| closed.as_ref() != Some(toast)), close)
}

fn said(cloud: &CloudState) -> Option<Toast> {
    let warn = |title: &str, words: &str, remedy| {
        Some(Toast { title: title.into(), words: words.into(), remedy, tone: Tone::Warn })
    };
    match &cloud.phase {
        Phase::Crashed(why) => {
            return warn(words::CRASHED, &words::crashed(why), Some(Remedy::Restart));
        }
        Phase::Opening | Phase::Refused(_) => return None,
        Phase::Ready => {}
    }
    if !cloud.opened.owned {
        return warn(words::OTHER_TAB, words::OTHER_TAB_MORE, Some(Remedy::TakeOver));
    }
    if let Some(why) = &cloud.unkept {
        return warn(words::UNKEPT, if why.is_empty() { words::UNKEPT_MORE } else { why }, None);
    }
    // What was brought back when it was opened, if that has to be said.
    let brought_back = Some(&cloud.opened.words).filter(|words| !words.is_empty())?;
    warn(words::BROUGHT_BACK, brought_back, None)
}

/// What has happened to everything, and that a newer version is there.
fn said_of_frame(frame: &FrameState) -> Option<Toast> {
    if let Some(undo) = &frame.undo {
        return Some(Toast {
            title: undo.title.into(),
            words: undo.words.into(),
            remedy: Some(Remedy::TakeBack),
            tone: Tone::Good,
        });
    }
    frame.update.then(|| Toast {
        title: words::UPDATE.into(),
        words: words::UPDATE_MORE.into(),
        remedy: Some(Remedy::Update),
        tone: Tone::Plain,
    })
}

/// Does what a message of the frame offers.
pub fn mend_frame(frame: &Frame, remedy: Remedy) {
    match remedy {
        Remedy::Update => js::update_now(),
        Remedy::TakeBack => {
            let (tell, undo) = (frame.dispatcher(), frame.undo.clone());
            spawn_local(async move {
                if let Some(undo) = undo {
                    // What could not be put back stays offered.
                    if undo.before.take_back().await.is_ok() {
                        tell.dispatch(Act::TakenBack);
                    }
                }
            });
        }
        Remedy::TakeOver | Remedy::Restart => {}
    }
}
