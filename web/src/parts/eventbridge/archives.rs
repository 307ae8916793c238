//! Archives of a bus: what comes is kept in them, to be sent again.

use serde_json::{Value, json};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::hooks::live::use_live;
use crate::hooks::s3::Load;
use crate::parts::console::act::act;
use crate::parts::eventbridge::beside::use_beside;
use crate::parts::eventbridge::bus::BusPart;
use crate::parts::eventbridge::console::{LIVE_MS, list};
use crate::parts::eventbridge::doomed::{Doomed, Question, use_doomed};
use crate::parts::eventbridge::json_field::JsonField;
use crate::parts::eventbridge::replays::Replays;
use crate::parts::icon::Icon;
use crate::parts::lambda::field::Field;
use crate::parts::sqs::fields::text;
use crate::state::eventbridge::{Archive, in_a_line, said as of_said};
use crate::state::sizes::{bytes, grouped};
use crate::state::time;
use crate::words::{eventbridge as said, s3};

/// The archives, and the replays of them.
#[component]
pub fn Archives(props: &BusPart) -> Html {
    let shown = use_live(&props.desk, ("events", "archives"), json!({}), LIVE_MS);
    let doomed = use_doomed("archive-name");
    let mut archives: Vec<Archive> = match shown {
        Load::Here(shown) => list(shown),
        _ => Vec::new(),
    };
    archives.retain(|one| one.event_bus_name == props.bus.name);
    let asked = doomed.ask(&props.desk, &props.tell, |name| Question {
        asks: said::delete_archive_ask(name),
        more: said::DELETE_ARCHIVE_MORE,
        what: said::ARCHIVE,
        operation: "DeleteArchive",
        input: json!({ "ArchiveName": name }),
    });
    html! {
        <div class="fn-scroll scroll" tabindex="0" role="region" aria-label={said::ARCHIVES}>
            <section class="fn-policy" aria-labelledby="archives-h">
                <h2 id="archives-h">{ said::ARCHIVES }</h2>
                <p class="small dim2">{ said::ARCHIVES_MORE }</p>
                { asked }
                if archives.is_empty() {
                    <p class="small" id="no-archives">{ said::NO_ARCHIVES }</p>
                } else {
                    <div class="framed scroll-x" tabindex="0" role="region" aria-labelledby="archives-h"><table id="archive-table">
                        <thead><tr><th scope="col">{ said::NAME }</th><th scope="col" class="num">{ said::EVENTS }</th><th scope="col" class="num">{ said::SIZE }</th><th scope="col">{ said::PATTERN }</th><th scope="col">{ said::KEPT }</th><th scope="col">{ said::CREATED }</th><th scope="col"><span class="vh">{ s3::ACTIONS }</span></th></tr></thead>
                        <tbody>{ for archives.iter().map(|one| row(props, one, &doomed)) }</tbody>
                    </table></div>
                }
            </section>
            <NewArchive ..props.clone() />
            <Replays desk={props.desk.clone()} tell={props.tell.clone()} bus={props.bus.clone()} rules={props.rules.clone()} {archives} />
        </div>
    }
}

fn row(props: &BusPart, one: &Archive, doomed: &Doomed) -> Html {
    let now = props.desk.cloud.clock.now();
    html! {
        <tr key={one.name.clone()}>
            <th scope="row">{ &one.name }{ for one.description.iter().map(|text| html! { <span class="small dim2 ev-sub">{ text }</span> }) }</th>
            <td class="num">{ grouped(one.events as u64) }</td><td class="num nowrap">{ bytes(one.bytes) }</td>
            <td>{ match one.event_pattern.as_deref().map(in_a_line) {
                Some(pattern) => html! { <code class="ev-wants" title={pattern.clone()}>{ pattern }</code> },
                None => html! { said::ALL_EVENTS },
            } }</td>
            <td>{ said::days(one.retention_days) }</td>
            <td class="nowrap">{ time::moment(one.created, now) }</td>
            <td class="num">{ doomed.button(&props.desk, "delete-archive", &one.name) }</td>
        </tr>
    }
}

/// The form of one more.
#[component]
fn NewArchive(props: &BusPart) -> Html {
    let [name, description, days] = [use_node_ref(), use_node_ref(), use_node_ref()];
    let pattern = use_state_eq(String::new);
    let (beside, tell) = use_beside(&props.desk, &props.tell);
    let onsubmit = {
        let (props, pattern) = (props.clone(), (*pattern).clone());
        let fields = [name.clone(), description.clone(), days.clone()];
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let [name, description, days] = fields.each_ref().map(text);
            let mut input =
                of_said([("Description", description), ("EventPattern", pattern.clone())]);
            input.insert("ArchiveName".to_owned(), json!(name));
            input.insert("EventSourceArn".to_owned(), json!(props.bus.arn));
            if let Ok(days) = days.parse::<u32>() {
                input.insert("RetentionDays".to_owned(), days.into());
            }
            let (desk, tell) = (props.desk.clone(), tell.clone());
            spawn_local(async move {
                let said = (said::creating(&name), said::created(&name));
                let input = Value::from(input);
                act(&desk, &tell, said, ("events", "CreateArchive"), input).await;
            });
        })
    };
    let write = {
        let pattern = pattern.setter();
        Callback::from(move |text| pattern.set(text))
    };
    html! {
        <form class="new-trigger" {onsubmit} aria-labelledby="new-archive-h">
            <h3 id="new-archive-h">{ said::CREATE_ARCHIVE }</h3>
            <div class="two">
                <label class="fld">{ said::ARCHIVE_NAME }<input ref={name} id="archive-name" class="input mono" placeholder={said::SAMPLE_ARCHIVE} autocomplete="off" autocapitalize="off" spellcheck="false" /></label>
                <Field node={days} id="archive-days" label={said::RETENTION} kind="number" min="0" value="0" describedby="retention-more" />
                <Field node={description} id="archive-description" label={said::OPTIONAL_DESCRIPTION} value={String::new()} />
            </div>
            <p class="small dim" id="retention-more">{ said::RETENTION_MORE }</p>
            <JsonField id="archive-pattern" label={said::ARCHIVE_PATTERN} text={(*pattern).clone()} {write} />
            { beside }
            <div class="row"><button class="btn" id="make-archive" type="submit" disabled={!props.desk.cloud.may_change()}><Icon name="plus" />{ said::CREATE_ARCHIVE }</button></div>
        </form>
    }
}
