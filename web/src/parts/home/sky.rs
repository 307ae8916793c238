//! Your sky: each track a constellation, each lesson a star. Done is white, now is gold.

use yew::prelude::*;

use crate::parts::home::way::{Entry, Standing, Way};
use crate::words;

/// A track's stars, in the order of its lessons, the line through them, and where its name stands.
#[derive(Debug)]
pub struct Constellation {
    pub track: &'static str,
    pub line: &'static str,
    pub stars: &'static [(f64, f64)],
    name_at: (f64, f64),
}

/// The stars of a track.
pub fn of_track(track: &str) -> Option<&'static Constellation> {
    CONSTELLATIONS.iter().find(|one| one.track == track)
}

static CONSTELLATIONS: [Constellation; 6] = [
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
        name_at: (108., 268.),
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
        name_at: (240., 260.),
    },
    Constellation {
        track: "lambda",
        line: "M394 218 420 196 412 164 442 148 470 166 466 202 440 224 414 240",
        stars: &[
            (394., 218.),
            (420., 196.),
            (412., 164.),
            (442., 148.),
            (470., 166.),
            (466., 202.),
            (440., 224.),
            (414., 240.),
        ],
        name_at: (398., 262.),
    },
    Constellation {
        track: "step-functions",
        line: "M372 104 392 72 424 62 452 84 434 112 404 118 M452 84 474 94 494 114 488 138 516 150",
        stars: &[
            (372., 104.),
            (392., 72.),
            (424., 62.),
            (452., 84.),
            (434., 112.),
            (404., 118.),
            (474., 94.),
            (494., 114.),
            (488., 138.),
            (516., 150.),
        ],
        name_at: (366., 138.),
    },
    Constellation {
        track: "glue",
        line: "M478 284 500 262 520 228 548 246 566 216 544 186 514 196 M566 216 584 250 560 278 530 276 514 290",
        stars: &[
            (478., 284.),
            (500., 262.),
            (520., 228.),
            (548., 246.),
            (566., 216.),
            (544., 186.),
            (514., 196.),
            (584., 250.),
            (560., 278.),
            (530., 276.),
            (514., 290.),
        ],
        name_at: (532., 168.),
    },
    Constellation {
        track: "capstone",
        line: "M196 84 222 64 250 72",
        stars: &[(196., 84.), (222., 64.), (250., 72.)],
        name_at: (196., 108.),
    },
];

/// Far stars, for the depth of the sky.
const DUST: [(f64, f64); 12] = [
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
    let tracks = way.tracks();
    let entries = tracks.iter().find(|(track, _)| *track == one.track).map(|(_, entries)| entries);
    let star = |(number, (x, y)): (usize, &(f64, f64))| {
        let standing = match entries.and_then(|entries| entries.get(number)) {
            Some(Entry::There(at, _)) => Some(way.standing(*at)),
            _ => None,
        };
        match standing {
            Some(Standing::Done) => circle("lit", "4", (*x, *y)),
            Some(Standing::Open) => circle("todo", "3.5", (*x, *y)),
            Some(Standing::Now) => html! {
                <path class="nowstar twinkle" d={format!("M{x} {}c1.5 10 4.5 14 15 16-10.5 2-13.5 6-15 16-1.5-10-4.5-14-15-16 10.5-2 13.5-6 15-16z", y - 16.)} />
            },
            // A lesson that is not written yet: its star is not born.
            None => circle("unborn", "2.2", (*x, *y)),
        }
    };
    html! {
        <g>
            <path class="con" d={one.line} />
            { for one.stars.iter().enumerate().map(star) }
            <text x={one.name_at.0.to_string()} y={one.name_at.1.to_string()}>{ words::track_name(one.track) }</text>
        </g>
    }
}

fn circle(class: &'static str, r: &'static str, (x, y): (f64, f64)) -> Html {
    html! { <circle {class} cx={x.to_string()} cy={y.to_string()} {r} /> }
}
