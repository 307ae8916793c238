//! The track's constellation when a lesson has passed: its star shines, and the next is named.

use yew::prelude::*;

use crate::hooks::lesson::use_lessons;
use crate::parts::home::sky::{Constellation, of_track};
use crate::parts::home::way::{Entry, Standing, Way};
use crate::state::lesson::Lesson;
use crate::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub lesson: std::rc::Rc<Lesson>,
}

/// Where the stars stand in the small dome.
const LEFT: f64 = 62.0;
const WIDTH: f64 = 192.0;
const TOP: f64 = 36.0;
const HEIGHT: f64 = 52.0;

/// The picture; its words say the same.
#[component]
pub fn Lit(props: &Props) -> Html {
    let Some(Ok(lessons)) = use_lessons() else { return html! {} };
    let Some(constellation) = of_track(&props.lesson.track) else { return html! {} };
    let way = Way::through(lessons);
    let tracks = way.tracks();
    let entries = tracks.into_iter().find(|(track, _)| *track == props.lesson.track);
    let entries = entries.map(|(_, entries)| entries).unwrap_or_default();
    let here = |entry: &Entry<'_>| matches!(entry, Entry::There(_, lesson) if lesson.id == props.lesson.id);
    let is_lit = |entry: &Entry<'_>| {
        here(entry) || matches!(entry, Entry::There(at, _) if way.standing(*at) == Standing::Done)
    };
    let at = entries.iter().position(here).unwrap_or_default();
    let next = entries.get(at + 1).and_then(|entry| match entry {
        Entry::There(_, lesson) => Some(lesson.title.as_str()),
        Entry::ToCome(_) => None,
    });
    let done = entries.iter().filter(|entry| is_lit(entry)).count();
    let frame = Frame::of(constellation);
    let star = |(number, place): (usize, &(f64, f64))| {
        let (x, y) = frame.place(*place);
        let entry = entries.get(number);
        if number == at {
            return html! { <path class="nowstar" d={format!("M{x:.1} {:.1}c1.2 8.2 3.7 11.2 12.7 12.7-9 1.5-11.5 4.5-12.7 12.8-1.2-8.3-3.7-11.3-12.7-12.8 9-1.5 11.5-4.5 12.7-12.7z", y - 12.7)} /> };
        }
        let lit = entry.is_some_and(is_lit);
        let (class, r) = if lit { ("lit", "4.5") } else { ("todo", "3.5") };
        html! { <circle {class} {r} cx={format!("{x:.1}")} cy={format!("{y:.1}")} /> }
    };
    let label = next.and_then(|_| constellation.stars.get(at + 1)).map(|place| {
        let (x, y) = frame.place(*place);
        html! { <text x={format!("{:.1}", x + 8.0)} y={format!("{:.1}", y - 6.0)}>{ words::LIT_NEXT }</text> }
    });
    html! {
        <div class="lit night">
            <svg viewBox="0 0 316 104" role="img" aria-label={words::lit(&props.lesson.track, done, entries.len(), next)}>
                <path class="rim" d="M14 100a144 90 0 0 1 288 0" />
                <path class="mer" d="M86 100a72 90 0 0 1 144 0M158 10v90M40 60q118-26 236 0" />
                <path class="con" d={frame.line(constellation.line)} />
                { for constellation.stars.iter().enumerate().map(star) }
                { for label }
            </svg>
        </div>
    }
}

/// From the places in the large sky to those in the small dome.
struct Frame {
    from: (f64, f64),
    scale: (f64, f64),
}

impl Frame {
    fn of(constellation: &Constellation) -> Self {
        let ends = |of: fn(&(f64, f64)) -> f64| {
            let all = constellation.stars.iter().map(of);
            all.fold((f64::MAX, f64::MIN), |(low, high), at| (low.min(at), high.max(at)))
        };
        let ((left, right), (top, bottom)) = (ends(|(x, _)| *x), ends(|(_, y)| *y));
        let scale = (WIDTH / (right - left).max(1.0), HEIGHT / (bottom - top).max(1.0));
        Self { from: (left, top), scale }
    }

    fn place(&self, (x, y): (f64, f64)) -> (f64, f64) {
        let of = |at: f64, from: f64, scale: f64, start: f64| (at - from).mul_add(scale, start);
        (of(x, self.from.0, self.scale.0, LEFT), of(y, self.from.1, self.scale.1, TOP))
    }

    /// The line through the stars: pairs of numbers, each piece after an `M`.
    fn line(&self, line: &str) -> String {
        let piece = |piece: &str| {
            let numbers: Vec<f64> =
                piece.split_whitespace().filter_map(|number| number.parse().ok()).collect();
            let pairs = numbers.chunks_exact(2).filter_map(|pair| match pair {
                [x, y] => Some(self.place((*x, *y))),
                _ => None,
            });
            let points: Vec<String> = pairs.map(|(x, y)| format!("{x:.1} {y:.1}")).collect();
            format!("M{}", points.join(" "))
        };
        line.split('M').filter(|part| !part.is_empty()).map(piece).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_and_their_line_stay_within_the_dome() {
        for track in ["boto3", "s3", "lambda", "step-functions", "glue", "capstone"] {
            let constellation = of_track(track).unwrap();
            let frame = Frame::of(constellation);
            for star in constellation.stars {
                let (x, y) = frame.place(*star);
                assert!((LEFT..=LEFT + WIDTH).contains(&x) && (TOP..=TOP + HEIGHT).contains(&y));
            }
            let line = frame.line(constellation.line);
            assert_eq!(line.matches('M').count(), constellation.line.matches('M').count());
        }
    }
}
