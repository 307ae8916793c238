//! A track: what it is about, how far you are, and its lessons.

use yew::prelude::*;

use crate::parts::home::way::{Entry, Standing, Way};
use crate::parts::icon::Icon;
use crate::state::lesson::Outline;
use crate::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub way: Way,
}

/// All tracks of the syllabus; the one with the star is open.
#[component]
pub fn Tracks(props: &Props) -> Html {
    let here = props.way.now().map(|lesson| lesson.track.clone());
    html! {
        { for props.way.tracks().into_iter().map(|(track, entries)| {
            one(&props.way, track, &entries, here.as_deref().unwrap_or("boto3") == track)
        }) }
    }
}

fn one(way: &Way, track: &str, entries: &[Entry<'_>], open: bool) -> Html {
    let there: Vec<(usize, &Outline)> = entries
        .iter()
        .filter_map(|entry| match entry {
            Entry::There(at, lesson) => Some((*at, *lesson)),
            Entry::ToCome(_) => None,
        })
        .collect();
    let done = there.iter().filter(|(at, _)| way.standing(*at) == Standing::Done).count();
    let minutes: u32 = there.iter().map(|(_, lesson)| lesson.minutes).sum();
    let meta = words::track_meta(done, there.len(), entries.len(), minutes);
    html! {
        <details class="card track" key={track.to_owned()} {open}>
            <summary>
                <span class={classes!("tile", format!("c-{track}"))}><Icon name={words::track_icon(track)} /></span>
                <span><h3>{ words::track_name(track) }</h3><span class="sub">{ words::track_about(track) }</span></span>
                <span class="meta"><span>{ meta }</span><span class="pips" aria-hidden="true">{ for entries.iter().map(|entry| pip(way, entry)) }</span></span>
                <Icon name="chev" class="chev" />
            </summary>
            <ol class="lessons">{ for entries.iter().map(|entry| self::entry(way, entry)) }</ol>
        </details>
    }
}

fn pip(way: &Way, entry: &Entry<'_>) -> Html {
    let class = match entry {
        Entry::ToCome(_) => "c",
        Entry::There(at, _) => match way.standing(*at) {
            Standing::Done => "d",
            Standing::Now => "n",
            Standing::Open => "o",
        },
    };
    html! { <i {class} /> }
}

fn entry(way: &Way, entry: &Entry<'_>) -> Html {
    match entry {
        Entry::There(at, lesson) => self::lesson(way, *at, lesson),
        Entry::ToCome(title) => html! {
            <li class="coming" key={*title}>
                <span class="coming-lesson"><Icon name="clock" /><span>{ *title }</span><small>{ words::TO_COME }</small></span>
            </li>
        },
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
