//! What this would have cost on AWS, line by line, and what a month of it would.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::hooks::cloud::Cloud;
use crate::state::cloud;
use crate::state::travel::{Bill, BillLine};
use crate::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub cloud: Cloud,
}

/// Lines, sums, and where the prices are from.
#[component]
pub fn BillBox(props: &Props) -> Html {
    let bill = use_bill(&props.cloud);
    let past = props.cloud.past;
    let sum = past.map_or_else(|| words::hood::BILL_SO_FAR.to_owned(), words::hood::bill_at);
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
            if !bill.lines.is_empty() { { prices(&bill) } }
        </section>
    }
}

/// The bill as it is shown: of now, or of the moment that is looked at.
#[hook]
pub fn use_bill(cloud: &Cloud) -> Rc<Bill> {
    let then = use_state_eq(|| None::<(u64, Rc<Bill>)>);
    {
        let setter = then.setter();
        use_effect_with((cloud.past, cloud.changes), move |(past, _)| {
            if let Some(call) = *past {
                spawn_local(async move {
                    if let Ok(Some(bill)) = cloud::bill(Some(call)).await {
                        setter.set(Some((call, Rc::new(bill))));
                    }
                });
            }
        });
    }
    match (cloud.past, &*then) {
        (Some(past), Some((call, bill))) if past == *call => bill.clone(),
        _ => cloud.bill.clone(),
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
