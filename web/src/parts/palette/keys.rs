//! The list of keyboard shortcuts. Single keys can be turned off, as WCAG 2.1.4 asks.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::hooks::frame::{Act, use_frame};
use crate::hooks::keys::{keep_single_keys, single_keys};
use crate::parts::dialog::Dialog;
use crate::parts::icon::Icon;
use crate::words::{self, Shortcut};

/// The dialog.
#[component]
pub fn Keys() -> Html {
    let frame = use_frame();
    let single = use_state_eq(single_keys);
    let close = {
        let tell = frame.dispatcher();
        Callback::from(move |()| tell.dispatch(Act::Close))
    };
    let onchange = {
        let single = single.setter();
        Callback::from(move |event: Event| {
            let on =
                event.target_dyn_into::<HtmlInputElement>().is_some_and(|field| field.checked());
            keep_single_keys(on);
            single.set(on);
        })
    };
    html! {
        <Dialog labelledby="keys-h" class="keys" close={close.clone()}>
            <div class="palin">
                <Icon name="keys" />
                <h2 id="keys-h" class="grow">{ words::SHORTCUTS }</h2>
                <button class="btn ghost small" autofocus={true} onclick={close.reform(|_| ())}>{ words::CLOSE }{ " " }<kbd>{ "Esc" }</kbd></button>
            </div>
            <div class="keygrid scroll" tabindex="0" role="region" aria-label={words::SHORTCUTS_LIST}>
                { for words::SHORTCUT_GROUPS.iter().map(|(name, all)| html! {
                    <section key={*name}><h3 class="label">{ *name }</h3><dl>{ for all.iter().map(one) }</dl></section>
                }) }
            </div>
            <p class="menu-foot">
                <label class="row"><input class="check" type="checkbox" checked={*single} {onchange} />{ words::SINGLE_KEYS }</label>
                <span class="push only-wide">{ words::ON_A_MAC.0 }<kbd>{ "⌘" }</kbd>{ words::ON_A_MAC.1 }</span>
            </p>
        </Dialog>
    }
}

fn one((does, keys): &Shortcut) -> Html {
    html! {
        <div><dt>{ *does }</dt><dd>{ for keys.iter().map(|key| {
            if *key == words::THEN_KEY { html! { <>{ *key }{ " " }</> } } else { html! { <><kbd>{ *key }</kbd>{ " " }</> } }
        }) }</dd></div>
    }
}
