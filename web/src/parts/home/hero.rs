//! The dome at night: what this is, and the one thing to do next.

use yew::prelude::*;

use crate::parts::home::sky::Sky;
use crate::parts::home::way::Way;
use crate::parts::icon::Icon;
use crate::route::{Place, Route};
use crate::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub way: Way,
}

/// The head of the home page.
#[component]
pub fn Hero(props: &Props) -> Html {
    let way = &props.way;
    let next = match way.now() {
        Some(lesson) if way.begun() => words::go_on(&lesson.title),
        Some(lesson) => words::start(&lesson.title),
        None => words::FREE_PLAY.into(),
    };
    html! {
        <section class="hero night" aria-labelledby="hero-h">
            <div class="hero-text">
                <h1 id="hero-h">{ words::HERO_1 }<br />{ words::HERO_2 }</h1>
                <p>{ words::HERO_MORE }</p>
                <div class="row wrap">
                    <a class="btn primary big" id="go-on" href={way.href()}><Icon name="run" />{ next }</a>
                    if way.now().is_some() {
                        <a class="btn big" href={Route::Play { place: Place::Unsaid }.href()}>{ words::FREE_PLAY }</a>
                    }
                </div>
            </div>
            <Sky way={way.clone()} />
        </section>
    }
}
