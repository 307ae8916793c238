//! A browser in which Python cannot wait for an answer: what works all the same, and where it would work.

use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::route::Place;
use crate::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub why: AttrValue,
}

/// Says so, in place of the output.
#[component]
pub fn Unsupported(props: &Props) -> Html {
    html! {
        <div class="out prose-out scroll" tabindex="0" role="region" aria-label={words::OUTPUT}>
            <h2>{ words::PYTHON_NEEDS_NEWER }</h2>
            <p class="dim2">{ words::PYTHON_NEEDS_WHY }{ " " }{ &props.why }</p>
            <table class="browsers">
                <caption class="vh">{ words::BROWSERS }</caption>
                <thead><tr><th scope="col">{ words::BROWSER }</th><th scope="col">{ words::FROM }</th></tr></thead>
                <tbody>{ for words::BROWSERS_FROM.iter().map(|(name, from)| html! { <tr><td>{ *name }</td><td>{ *from }</td></tr> }) }</tbody>
            </table>
            <a class="btn" href={props.desk.route.at(Place::s3()).href()}>{ words::USE_CONSOLE }</a>
        </div>
    }
}
