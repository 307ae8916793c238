//! Links to what a rule tells: a function, a queue, a state machine, a log group, another bus.

use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::parts::icon::Icon;
use crate::route::eventbridge::{EventsPart, EventsPlace};
use crate::route::states::{StatesPlace, View};
use crate::route::{FunctionPart, Place, QueuePart};
use crate::state::eventbridge::target::{Kind, is_in, named_by, short};

/// The page of what an ARN is of, if there is one in this Region.
fn place_of(arn: &str, region: &str) -> Option<Place> {
    let (kind, name) = named_by(arn).filter(|_| is_in(arn, region))?;
    Some(match kind {
        Kind::Function => Place::function(name, FunctionPart::Monitor),
        Kind::Queue => Place::queue(name, QueuePart::Messages),
        Kind::Machine => Place::States(StatesPlace::machine(name, View::Executions)),
        Kind::LogGroup => Place::logs(name, None),
        Kind::Bus => Place::EventBridge(EventsPlace::bus(name, EventsPart::First)),
        // They stand below the buses.
        Kind::Destination => Place::EventBridge(EventsPlace::default()),
    })
}

/// The name of what an ARN is of, with a way to its page.
pub fn link(desk: &Desk, arn: &str) -> Html {
    let (icon, class) = named_by(arn).map_or(("arrow", ""), |(kind, _)| kind.icon());
    let name = short(arn);
    let title = arn.to_owned();
    html! {
        <span class="ev-link"><Icon name={icon} class={classes!("sm", class)} />
            if let Some(place) = place_of(arn, &desk.region) { <a href={desk.route.at(place).href()} {title}>{ name }</a> } else { <span {title}>{ name }</span> }
        </span>
    }
}
