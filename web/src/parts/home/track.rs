//! A track: what it is about, how far you are, and its lessons.

use yew::prelude::*;

use crate::parts::home::way::{Standing, Way};
use crate::parts::icon::Icon;
use crate::state::lesson::Outline;
use crate::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub way: Way,
}

/// All tracks, open: there are few enough lessons to see them all.
#[component]
pub fn Tracks(props: &Props) -> Html {
    html! { { for props.way.tracks().into_iter().map(|(track, lessons)| one(&props.way, &track, &lessons)) } }
}

fn one(way: &Way, track: &str, lessons: &[(usize, &Outline)]) -> Html {
    let done = lessons.iter().filter(|(at, _)| way.standing(*at) == Standing::Done).count();
    let minutes: u32 = lessons.iter().map(|(_, lesson)| lesson.minutes).sum();
    let pip = |(at, _): &(usize, &Outline)| match way.standing(*at) {
        Standing::Done => html! { <i class="d" /> },
        Standing::Now => html! { <i class="n" /> },
        Standing::Open => html! { <i /> },
    };
    html! {
        <details class="card track" key={track.to_owned()} open={true}>
            <summary>
                <span class={classes!("tile", format!("c-{track}"))}><Icon name={words::track_icon(track)} /></span>
                <span><h3>{ words::track_name(track) }</h3><span class="sub">{ words::track_about(track) }</span></span>
                <span class="meta"><span>{ words::track_meta(done, lessons.len(), minutes) }</span><span class="pips" aria-hidden="true">{ for lessons.iter().map(pip) }</span></span>
                <Icon name="chev" class="chev" />
            </summary>
            <ol class="lessons">{ for lessons.iter().map(|(at, lesson)| self::lesson(way, *at, lesson)) }</ol>
        </details>
    }
}

fn lesson(way: &Way, at: usize, lesson: &Outline) -> Html {
    let standing = way.standing(at);
    let (class, icon, said) = match standing {
        Standing::Done => ("done", "check", words::DONE_SAID),
        Standing::Now => ("now", "star", words::HERE_SAID),
        Standing::Open => ("todo", "ring", ""),
    };
    let steps = words::steps_done(way.steps_done(at), lesson.steps.len());
    html! {
        <li class={class} key={lesson.id.clone()}>
            <a href={way.lesson_href(at, lesson)} aria-current={(standing == Standing::Now).then_some("step")}>
                <Icon name={icon} />
                <span><span class="vh">{ said }</span>{ &lesson.title }</span>
                <small>{ words::lesson_meta(lesson.minutes, &lesson.level, &steps) }</small>
            </a>
        </li>
    }
}
