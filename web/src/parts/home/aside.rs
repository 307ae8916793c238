//! Beside the tracks: where you were, and free play.

use yew::prelude::*;

use crate::parts::home::way::Way;
use crate::parts::icon::Icon;
use crate::parts::keep::EverythingCard;
use crate::route::{Begin, Route};
use crate::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub way: Way,
}

/// Two cards.
#[component]
pub fn Aside(props: &Props) -> Html {
    html! {
        <aside aria-label={words::ASIDE}>
            { go_on(&props.way) }
            <section class="card box">
                <h2>{ words::FREE_PLAY }</h2>
                <p>{ words::FREE_PLAY_MORE }</p>
                <div class="row wrap">
                    <a class="btn" href={Route::Begin(Begin::Empty).href()}><Icon name="sky" />{ words::EMPTY_PLAY }</a>
                    <a class="btn" href={Route::Begin(Begin::Sample).href()}>{ words::SAMPLE_PLAY }</a>
                </div>
            </section>
            <EverythingCard />
        </aside>
    }
}

fn go_on(way: &Way) -> Html {
    let Some(lesson) = way.now().filter(|_| way.begun()) else { return html! {} };
    let (step, steps, done) = way.step();
    let title = lesson.steps.get(step - 1).map(|step| step.title.clone()).unwrap_or_default();
    let open = u32::try_from(steps.saturating_sub(done)).unwrap_or_default();
    let left = (lesson.minutes * open).div_ceil(u32::try_from(steps.max(1)).unwrap_or(1));
    html! {
        <section class="card box">
            <h2>{ words::WHERE_YOU_WERE }</h2>
            <div>
                <p class="label">{ words::lesson_of(&lesson.track, lesson.index_in_track, 0) }</p>
                <p class="box-title">{ &lesson.title }</p>
            </div>
            <div>
                <p class="small row"><span class="grow">{ words::step_of(step, steps, &title) }</span><span class="dim nowrap">{ words::minutes_of(left) }</span></p>
                <progress class="bar" aria-label={words::steps_done(done, steps)} max={steps.to_string()} value={done.to_string()} />
            </div>
            <a class="btn" href={way.href()}><Icon name="run" />{ words::GO_ON }</a>
        </section>
    }
}
