//! What has to be said of the cloud's keeping: one message at a time, the gravest first.

use yew::prelude::*;

use crate::hooks::cloud::{CloudState, Phase};
use crate::state::toasts::{Remedy, Toast};
use crate::words;

/// The message to show, and how to close it. A closed one comes again only if it changes.
#[hook]
pub fn use_toast(cloud: &CloudState) -> (Option<Toast>, Callback<()>) {
    let closed = use_state_eq(|| None::<Toast>);
    let toast = said(cloud);
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
        Some(Toast { title: title.into(), words: words.into(), remedy })
    };
    match &cloud.phase {
        Phase::Crashed(why) => {
            return warn(words::CRASHED, &words::crashed(why), Some(Remedy::Restart));
        }
        Phase::Opening => return None,
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
