//! A small chart over time. What it shows is said in its label, and stands in a table beside it.

use yew::prelude::*;

/// How values are drawn.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    Bars,
    /// A surface of steps.
    Steps,
}

/// Values over time, one a stretch.
#[derive(Clone, PartialEq, Debug)]
pub struct Series {
    pub form: Form,
    pub class: &'static str,
    pub values: Vec<f64>,
}

#[derive(Properties, PartialEq)]
pub struct Props {
    pub id: &'static str,
    pub title: &'static str,
    /// What the chart says, in one number.
    pub figure: String,
    /// All of it in a sentence.
    pub label: String,
    pub series: Vec<Series>,
    /// What the highest value is, in words.
    pub top: String,
    /// When it begins and ends, in words.
    pub span: (String, String),
}

const LEFT: f64 = 8.0;
const RIGHT: f64 = 312.0;
const TOP: f64 = 16.0;
const BOTTOM: f64 = 92.0;

/// A card with the chart.
#[component]
pub fn Chart(props: &Props) -> Html {
    let highest = highest(&props.series);
    html! {
        <section class="card small-chart" id={format!("chart-{}", props.id)} aria-labelledby={format!("chart-{}-h", props.id)}>
            <div class="row"><h3 id={format!("chart-{}-h", props.id)} class="grow">{ props.title }</h3><b class="figure">{ &props.figure }</b></div>
            <svg viewBox="0 0 320 110" role="img" aria-label={props.label.clone()}>
                <path class="grid" d={format!("M{LEFT} {TOP}H{RIGHT}M{LEFT} {BOTTOM}H{RIGHT}")} />
                { for props.series.iter().map(|series| draw(series, highest)) }
                <text x={LEFT.to_string()} y="11">{ &props.top }</text>
                <text x={LEFT.to_string()} y="106">{ &props.span.0 }</text>
                <text x={RIGHT.to_string()} y="106" text-anchor="end">{ &props.span.1 }</text>
            </svg>
        </section>
    }
}

/// The highest of all values; one where all are nothing, so that they lie on the ground.
pub fn highest(series: &[Series]) -> f64 {
    let all = series.iter().flat_map(|series| series.values.iter().copied());
    Some(all.fold(0.0, f64::max)).filter(|top| *top > 0.0).unwrap_or(1.0)
}

#[expect(clippy::cast_precision_loss, reason = "a few dozen")]
fn draw(series: &Series, highest: f64) -> Html {
    let count = series.values.len().max(1) as f64;
    let width = (RIGHT - LEFT) / count;
    let x = |at: usize| (at as f64).mul_add(width, LEFT);
    let y = |value: f64| BOTTOM - value / highest * (BOTTOM - TOP);
    let values = series.values.iter().copied().enumerate();
    let path = match series.form {
        Form::Bars => joined(values.filter(|(_, value)| *value > 0.0).map(|(at, value)| {
            let (from, wide) = (x(at) + width * 0.1, width * 0.8);
            format!("M{from:.1} {BOTTOM}V{:.1}h{wide:.1}V{BOTTOM}z", y(value))
        })),
        Form::Steps => {
            let steps =
                joined(values.map(|(at, value)| format!("V{:.1}H{:.1}", y(value), x(at + 1))));
            format!("M{LEFT} {BOTTOM}{steps}V{BOTTOM}z")
        }
    };
    html! { <path class={series.class} d={path} /> }
}

/// A path of parts.
pub fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.fold(String::new(), |path, part| path + &part)
}
