//! The rules of a bus, with what has come of each.

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::hooks::focus::use_focus_kept;
use crate::parts::eventbridge::bus::BusPart;
use crate::parts::eventbridge::fields::typed;
use crate::parts::eventbridge::link::link;
use crate::parts::eventbridge::{counts, rule_actions as actions};
use crate::parts::icon::Icon;
use crate::route::Place;
use crate::route::eventbridge::{EventsPart, EventsPlace};
use crate::state::eventbridge::{Listed, in_a_line};
use crate::words::{eventbridge as said, s3};

/// So many of a rule's targets stand in its row.
const TARGETS_SHOWN: usize = 3;

/// The table.
#[component]
pub fn Rules(props: &BusPart) -> Html {
    let BusPart { desk, bus, rules, .. } = props;
    let find = use_state_eq(String::new);
    let doomed = use_state_eq(|| None::<String>);
    use_focus_kept((*doomed).clone(), "find-rules");
    let mine: Vec<&Listed> = rules.iter().filter(|one| one.event_bus_name == bus.name).collect();
    if mine.is_empty() {
        let new = Place::EventBridge(EventsPlace::bus(bus.name.clone(), EventsPart::New));
        return html! {
            <div class="void-middle grow"><Icon name="sched" class="c-sqs big" /><h3>{ said::NO_RULES }</h3><p class="dim2">{ said::NO_RULES_MORE }</p>
                <a class="btn primary" id="first-rule" href={desk.route.at(new).href()}><Icon name="plus" />{ said::CREATE_RULE }</a></div>
        };
    }
    let oninput = {
        let find = find.setter();
        typed(move |text| find.set(text))
    };
    let doom = {
        let doomed = doomed.setter();
        Callback::from(move |to: Option<String>| doomed.set(to))
    };
    let all = mine.len();
    let found: Vec<&Listed> = mine.iter().copied().filter(|one| one.has(&find)).collect();
    let asked = doomed.as_deref().and_then(|name| mine.iter().find(|one| one.name == name));
    html! {
        <section class="scroll grow fn-list" aria-labelledby="rules-h" tabindex="0">
            <div class="toolbar">
                <h2 id="rules-h">{ said::RULES }</h2>
                <span class="find grow"><Icon name="search" class="sm" /><input id="find-rules" class="input" type="search" aria-label={said::FIND} placeholder={said::FIND} value={(*find).clone()} {oninput} autocomplete="off" spellcheck="false" /></span>
                <span class="small dim2" role="status">{ if found.len() == all { said::rule_count(all) } else { format!("{} / {}", found.len(), said::rule_count(all)) } }</span>
            </div>
            { for asked.map(|rule| ask(props, rule, &doom)) }
            if found.is_empty() {
                <p class="small dim2 ev-words">{ said::NONE_FOUND }</p>
            } else {
                <table class="hoverable fn-table" id="rule-table">
                    <thead><tr>
                        <th scope="col">{ said::NAME }</th><th scope="col">{ said::STATE }</th><th scope="col">{ said::WANTS }</th><th scope="col">{ said::TARGETS }</th>
                        { counts::heads() }
                        <th scope="col"><span class="vh">{ s3::ACTIONS }</span></th>
                    </tr></thead>
                    <tbody>{ for found.into_iter().map(|one| row(props, one, &doom)) }</tbody>
                </table>
            }
        </section>
    }
}

fn row(props: &BusPart, one: &Listed, doom: &Callback<Option<String>>) -> Html {
    let desk = &props.desk;
    let to = |part| {
        let place = EventsPlace::rule(one.event_bus_name.clone(), one.name.clone(), part);
        desk.route.at(Place::EventBridge(place)).href()
    };
    let rest = one.targets.len().saturating_sub(TARGETS_SHOWN);
    let may = desk.cloud.may_change();
    let name = &one.name;
    let delete = {
        let name = name.clone();
        doom.reform(move |_: MouseEvent| Some(name.clone()))
    };
    html! {
        <tr key={name.clone()}>
            <td class="key"><a href={to(EventsPart::First)}>{ name }</a>{ counts::last_error(one) }</td>
            <td data-label={said::STATE}>{ actions::state(one) }</td>
            <td data-label={said::WANTS}>{ wants(one) }</td>
            <td data-label={said::TARGETS}>
                if one.targets.is_empty() { <a href={to(EventsPart::Targets)}>{ said::ADD_TARGET }</a> }
                <span class="ev-links">{ for one.targets.iter().take(TARGETS_SHOWN).map(|arn| link(desk, arn)) }</span>
                if rest > 0 { <span class="small dim2">{ said::more(rest) }</span> }
            </td>
            { counts::cells(one) }
            <td class="num nowrap">
                <button class="btn small toggle-rule" aria-label={said::toggle(!one.enabled, name)} disabled={!may} onclick={actions::toggle(desk, &props.tell, one)}>{ if one.enabled { said::DISABLE } else { said::ENABLE } }</button>
                <button class="btn small ghost icon delete-rule" aria-label={said::deleting(name)} title={said::deleting(name)} disabled={!may} onclick={delete}><Icon name="trash" /></button>
            </td>
        </tr>
    }
}

/// What a rule wants, on a line each.
fn wants(rule: &Listed) -> Html {
    let pattern = rule.event_pattern.as_deref().map(in_a_line);
    let all = rule.schedule_expression.iter().cloned().chain(pattern);
    html! { { for all.map(|text| html! { <code class="ev-wants" title={text.clone()}>{ text.clone() }</code> }) } }
}

fn ask(props: &BusPart, rule: &Listed, doom: &Callback<Option<String>>) -> Html {
    let (props, rule, doom) = (props.clone(), rule.clone(), doom.clone());
    let close = doom.reform(|()| None);
    actions::question(&rule.clone(), close, move || {
        doom.emit(None);
        let (desk, tell, rule) = (props.desk.clone(), props.tell.clone(), rule.clone());
        spawn_local(async move {
            actions::delete(&desk, &tell, &rule).await;
        });
    })
}
