//! What this would have cost on AWS, line by line, and what a month of it would.

use yew::prelude::*;

use crate::hooks::cloud::Cloud;
use crate::state::travel::{Bill, BillLine};
use crate::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub cloud: Cloud,
}

/// Lines, sums, and where the prices are from.
#[component]
pub fn BillBox(props: &Props) -> Html {
    let (after, bill) = props.cloud.bill_shown();
    let sum = after.map_or_else(|| words::hood::BILL_SO_FAR.to_owned(), words::hood::bill_at);
    let paid = bill.lines.iter().filter(|line| line.quantity > 0 || line.usd > 0.0);
    html! {
        <section class="bill" aria-label={words::hood::BILL}>
            if bill.lines.is_empty() {
                <p class="small dim2">{ words::hood::BILL_EMPTY }</p>
            }
            <dl>
                { for paid.map(|line| html! { <><dt title={line.words.clone()}>{ name(line) }</dt><dd>{ words::hood::usd(line.usd) }</dd></> }) }
                <dt class="total">{ sum }</dt><dd class="total">{ words::hood::usd(bill.usd) }</dd>
                <dt title={words::hood::BILL_MONTH_MORE}>{ words::hood::BILL_MONTH }</dt><dd>{ words::hood::usd(bill.month_usd) }</dd>
            </dl>
            if !bill.lines.is_empty() { { prices(bill) } }
        </section>
    }
}

/// `S3, 2 PUT, 1 LIST`
fn name(line: &BillLine) -> String {
    let what = match line.unit.as_str() {
        "stored" => words::hood::stored(line.quantity),
        "sent" => words::hood::sent(line.quantity),
        "gb-seconds" => words::hood::gb_seconds(line.quantity),
        _ => {
            let verbs = line.verbs.iter().map(|(verb, count)| format!("{count} {verb}"));
            verbs.collect::<Vec<_>>().join(", ")
        }
    };
    words::hood::bill_line(&line.service, &what, &line.region)
}

fn prices(bill: &Bill) -> Html {
    html! {
        <details class="prices">
            <summary>{ words::hood::PRICES }</summary>
            <ul>
                { for bill.lines.iter().map(|line| html! { <li>{ price(line) }</li> }) }
            </ul>
            <p>{ words::hood::BILL_MONTH }{ ": " }{ words::hood::BILL_MONTH_MORE }</p>
            <p>{ &bill.free_tier }{ " " }<a href={bill.free_tier_url.clone()} target="_blank" rel="noreferrer noopener">{ words::hood::FREE_TIER_LINK }</a></p>
        </details>
    }
}

fn price(line: &BillLine) -> Html {
    let Some(source) = &line.source else {
        return html! { <>{ name(line) }{ ": " }{ words::hood::NO_PRICE }</> };
    };
    html! {
        <>
            { &line.words }{ ": " }
            <a href={source.url.clone()} target="_blank" rel="noreferrer noopener">{ words::hood::price_source(&source.date) }</a>
            if source.guess { { ", " }{ words::hood::GUESS } }
        </>
    }
}
