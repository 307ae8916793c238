//! The bar on top of the bench: where you are, and which account and Region.

use yew::prelude::*;

use crate::parts::account::Account;
use crate::parts::finder::{Finder, ShareButton};
use crate::parts::logo::Logo;
use crate::parts::region_picker::RegionPicker;
use crate::parts::theme_switch::ThemeSwitch;
use crate::route::Route;
use crate::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    /// The track of the lesson; empty in free play.
    pub track: AttrValue,
    pub title: AttrValue,
    pub region: AttrValue,
    pub pick_region: Callback<AttrValue>,
    /// Whether the lesson points at the Region.
    pub region_hot: bool,
}

/// The top bar.
#[component]
pub fn TopBar(props: &Props) -> Html {
    let track = (!props.track.is_empty()).then(|| {
        html! {
            <>
                <a href={Route::Home.href()}>{ words::track_name(&props.track) }</a>
                <span aria-hidden="true">{ "/" }</span>
            </>
        }
    });
    html! {
        <header class="topbar">
            <Logo />
            <nav class="crumb" aria-label={words::WHERE_YOU_ARE}>
                { track }
                <span aria-current="page">{ &props.title }</span>
            </nav>
            <Finder />
            <span class="row topbar-end">
                <ShareButton />
                <RegionPicker region={&props.region} pick={&props.pick_region} hot={props.region_hot} />
                <Account />
                <ThemeSwitch />
            </span>
        </header>
    }
}
