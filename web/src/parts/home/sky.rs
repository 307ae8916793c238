//! Your sky: each track a constellation, each lesson a star. Done is white, now is gold.

use yew::prelude::*;

use crate::parts::home::way::{Standing, Way};
use crate::words;

/// A track's stars, in the order of its lessons, the line through them, and where its name stands.
struct Constellation {
    track: &'static str,
    line: &'static str,
    stars: &'static [(f64, f64)],
    name_at: (f64, f64),
}

const CONSTELLATIONS: [Constellation; 2] = [
    Constellation {
        track: "boto3",
        line: "M112 244 138 206 176 192 186 154 160 128 146 166",
        stars: &[
            (112., 244.),
            (138., 206.),
            (176., 192.),
            (186., 154.),
            (160., 128.),
            (146., 166.),
        ],
        name_at: (96., 278.),
    },
    Constellation {
        track: "s3",
        line: "M246 236 252 196 284 176 304 206 338 210 352 178 338 142 304 134 276 100 312 84",
        stars: &[
            (246., 236.),
            (252., 196.),
            (284., 176.),
            (304., 206.),
            (338., 210.),
            (352., 178.),
            (338., 142.),
            (304., 134.),
            (276., 100.),
            (312., 84.),
        ],
        name_at: (240., 264.),
    },
];

/// Far stars that belong to no track yet.
const DUST: [(f64, f64); 26] = [
    (120., 120.),
    (232., 56.),
    (300., 118.),
    (384., 40.),
    (452., 150.),
    (520., 96.),
    (560., 196.),
    (178., 212.),
    (96., 226.),
    (268., 276.),
    (410., 246.),
    (340., 62.),
    (394., 218.),
    (420., 196.),
    (442., 148.),
    (470., 166.),
    (440., 224.),
    (392., 72.),
    (424., 62.),
    (434., 112.),
    (494., 114.),
    (516., 150.),
    (500., 262.),
    (548., 246.),
    (530., 276.),
    (196., 84.),
];

#[derive(Properties, PartialEq)]
pub struct Props {
    pub way: Way,
}

/// The picture; its words say the same.
#[component]
pub fn Sky(props: &Props) -> Html {
    let (done, all) = props.way.done();
    html! {
        <svg class="sky" viewBox="0 0 640 316" preserveAspectRatio="xMidYMax meet" role="img" aria-label={words::sky(done, all)}>
            <g class="dust">{ for DUST.iter().map(|(x, y)| html! { <circle cx={x.to_string()} cy={y.to_string()} r="1.1" /> }) }</g>
            <path class="rim" d="M40 304a280 280 0 0 1 560 0" />
            <path class="mer" d="M133 304a187 280 0 0 1 374 0M226 304a94 280 0 0 1 188 0M320 24v280M56 210q264-36 528 0M110 118q210-30 420 0" />
            <path class="rim" d="M18 304h604" /><path class="mer" d="M60 312h520" />
            { for CONSTELLATIONS.iter().map(|one| constellation(one, &props.way)) }
        </svg>
    }
}

fn constellation(one: &Constellation, way: &Way) -> Html {
    let lessons: Vec<usize> = way
        .tracks()
        .into_iter()
        .filter(|(track, _)| track == one.track)
        .flat_map(|(_, lessons)| lessons.into_iter().map(|(at, _)| at))
        .collect();
    let star = |(number, (x, y)): (usize, &(f64, f64))| match lessons
        .get(number)
        .map(|at| way.standing(*at))
    {
        Some(Standing::Done) => {
            html! { <circle class="lit" cx={x.to_string()} cy={y.to_string()} r="4" /> }
        }
        Some(Standing::Open) => {
            html! { <circle class="todo" cx={x.to_string()} cy={y.to_string()} r="3.5" /> }
        }
        Some(Standing::Now) => html! {
            <path class="nowstar twinkle" d={format!("M{x} {}c1.5 10 4.5 14 15 16-10.5 2-13.5 6-15 16-1.5-10-4.5-14-15-16 10.5-2 13.5-6 15-16z", y - 16.)} />
        },
        // A lesson that is not written yet: its star is not born.
        None => html! { <circle class="unborn" cx={x.to_string()} cy={y.to_string()} r="1.6" /> },
    };
    html! {
        <g>
            <path class="con" d={one.line} />
            { for one.stars.iter().enumerate().map(star) }
            <text x={one.name_at.0.to_string()} y={one.name_at.1.to_string()}>{ words::track_name(one.track) }</text>
        </g>
    }
}
