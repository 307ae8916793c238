//! The editor as a whole.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::events::EventListener;
use gloo::utils::document;
use wasm_bindgen::JsCast;
use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::hooks::states::use_diagnostics;
use crate::parts::console::styles::use_styles;
use crate::parts::console::told::Tell;
use crate::parts::icon::Icon;
use crate::parts::states::debug::stops_of;
use crate::parts::states::diagnostics::Diagnostics;
use crate::parts::states::editor::canvas::{Canvas, FIRST_PLACE};
use crate::parts::states::editor::ed::Ed;
use crate::parts::states::editor::flow::Flow;
use crate::parts::states::editor::form::Form;
use crate::parts::states::editor::machine_form::MachineForm;
use crate::parts::states::editor::palette::Palette;
use crate::parts::states::editor::toolbar::Toolbar;
use crate::parts::states::editor::tree::Tree;
use crate::parts::states::picture::Drawing;
use crate::parts::states::source::Source;
use crate::parts::states::start::sample;
use crate::state::states::draft::Place;
use crate::state::states::problems::{Problems, problems};
use crate::state::states::session::{Action, Data, Pane, Session};
use crate::state::states::{Diagnostic, Machine};
use crate::words::state_editor as said;
use crate::words::{self};

#[derive(Clone, Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub tell: Tell,
    pub machine: Rc<Machine>,
}

thread_local! {
    /// What was edited last, and where its draft is kept: who looks at something else in between finds it again, with all that
    /// can be taken back.
    static KEPT: RefCell<Option<(Place, Session)>> = const { RefCell::new(None) };
}

fn begin(desk: &Desk, machine: &Machine) -> Session {
    let place = Place::of(&desk.home(), machine);
    let fresh = || {
        let mut session = Session::new(&machine.definition, sample(machine));
        if let Some(data) = place.read_data() {
            session.data = data;
        }
        session
    };
    // A draft is of the present.
    if desk.cloud.past.is_some() {
        return fresh();
    }
    let Some(draft) = place.read() else { return fresh() };
    let same = |(of, session): &(Place, Session)| *of == place && session.text() == draft.text;
    let kept = KEPT.with_borrow(|kept| kept.clone().filter(same));
    kept.map_or_else(|| fresh().with_draft(&draft, said::DRAFT), |(_, session)| session)
}

/// Keeps what is not saved. Whether it outlives this page.
#[hook]
fn use_draft_kept(desk: &Desk, machine: &Machine, session: &UseReducerHandle<Session>) -> bool {
    let kept = use_state_eq(|| true);
    let (setter, place) = (kept.setter(), Place::of(&desk.home(), machine));
    let may = desk.cloud.may_change();
    let first = Data { input: sample(machine), ..Data::default() };
    use_effect_with(((**session).clone(), may), move |(session, may)| {
        if *may {
            place.keep_data(&session.data, &first);
            setter.set(place.keep(session.draft().as_ref()));
            KEPT.with_borrow_mut(|kept| *kept = Some((place, session.clone())));
        }
    });
    *kept
}

/// The editor.
#[component]
pub fn Editor(props: &Props) -> Html {
    let Props { desk, tell, machine } = props;
    let (styles, styled) = use_styles("styles/state-editor.css");
    let session = {
        let (desk, machine) = (desk.clone(), machine.clone());
        use_reducer_eq(move || begin(&desk, &machine))
    };
    let points = (machine.breakpoints.as_slice(), &[][..]);
    let ed = Ed {
        desk: desk.clone(),
        tell: tell.clone(),
        machine: machine.clone(),
        session: session.clone(),
        stops: stops_of((desk, tell), &machine.row.name, points, !machine.row.express),
    };
    {
        let session = session.clone();
        use_effect_with(machine.definition.clone(), move |saved| {
            session.dispatch(Action::Saved(saved.clone()));
        });
    }
    let kept = use_draft_kept(desk, machine, &session);
    use_shortcuts(&ed);
    use_focus_on_places(&ed);
    let found = use_diagnostics(desk, session.text(), machine.row.express);
    let drawing = use_memo(session.shown.clone(), |text| Drawing::of(text));
    let sorted = {
        let drawing = drawing.clone();
        use_memo((session.shown.clone(), found.clone()), move |(_, found)| {
            problems(drawing.definition(), found.as_ref().map_or(&[], |found| found.as_slice()))
        })
    };
    let wish = use_state_eq(|| (0_u32, AttrValue::default()));
    let show = {
        let (wish, ed) = (wish.clone(), ed.clone());
        Callback::from(move |place: String| {
            ed.act(Action::Show(Pane::Text));
            wish.set((wish.0 + 1, place.into()));
        })
    };
    if !styled {
        return html! { <>{ styles }<p class="later dim" aria-busy="true">{ words::PART_COMING }</p></> };
    }
    html! {
        <div class="sfe" data-pane={session.pane.id()} id="state-editor">
            { styles }
            <Toolbar ed={ed.clone()} found={found.clone()} {kept} />
            { panes(&ed) }
            <div class="sfe-body">
                <Palette ed={ed.clone()} />
                { text_pane(&ed, found, show, (*wish).clone()) }
                { middle(&ed, (*drawing).clone(), sorted.clone()) }
                <Flow ed={ed.clone()} key={session.chosen.clone().unwrap_or_default()} />
                { form(&ed, &sorted) }
            </div>
        </div>
    }
}

/// What a narrow window shows one at a time.
fn panes(ed: &Ed) -> Html {
    let one = |pane: Pane| {
        let on = ed.session.pane == pane;
        let onclick = {
            let ed = ed.clone();
            Callback::from(move |_: MouseEvent| ed.act(Action::Show(pane)))
        };
        html! { <button class={classes!("btn", "small", (pane == Pane::Form).then_some("sfe-only-narrow"))} aria-pressed={on.to_string()} id={format!("pane-{}", pane.id())} {onclick}>{ said::pane(pane) }</button> }
    };
    html! { <div class="group sfe-panes" role="group" aria-label={said::PANES}>{ for Pane::ALL.into_iter().map(one) }</div> }
}

fn text_pane(
    ed: &Ed,
    found: Option<Rc<Vec<Diagnostic>>>,
    show: Callback<String>,
    wish: (u32, AttrValue),
) -> Html {
    let change = {
        let ed = ed.clone();
        Callback::from(move |text: String| ed.act(Action::Type(text, said::TYPING)))
    };
    let history = {
        let ed = ed.clone();
        Callback::from(move |back: bool| ed.act(if back { Action::Undo } else { Action::Redo }))
    };
    let text = ed.text().to_owned();
    html! {
        <section class="sfe-text" aria-label={said::TEXT}>
            <div class="sf-text">
                <Source {text} {change} problems={found.clone()} {wish} read_only={!ed.may()} {history} />
                <Diagnostics {found} {show} />
            </div>
        </section>
    }
}

fn middle(ed: &Ed, drawing: Drawing, problems: Rc<Problems>) -> Html {
    let session = &ed.session;
    let outline = session.pane == Pane::Outline;
    let pane = |pane: Pane, icon: &'static str| {
        let onclick = {
            let ed = ed.clone();
            Callback::from(move |_: MouseEvent| ed.act(Action::Show(pane)))
        };
        html! { <button class="btn small" id={format!("as-{}", pane.id())} aria-pressed={((pane == Pane::Outline) == outline).to_string()} {onclick}><Icon name={icon} />{ said::pane(pane) }</button> }
    };
    html! {
        <section class="sfe-mid" aria-label={said::PICTURE}>
            <div class="sub-head sfe-ways-to-see"><span class="group" role="group" aria-label={said::SEE_AS}>{ pane(Pane::Graph, "sfn") }{ pane(Pane::Outline, "list") }</span></div>
            { placing(ed) }
            if let Some(broken) = session.broken() {
                <p class="note bad" role="alert"><Icon name="x" /><span>{ said::broken(&broken) }</span></p>
            }
            if outline { <div class="scroll sfe-scroll" tabindex="0" role="region" aria-label={said::OUTLINE}><Tree ed={ed.clone()} {problems} /></div> } else { <Canvas ed={ed.clone()} {drawing} {problems} /> }
        </section>
    }
}

/// What is in hand, or where something is to come.
fn placing(ed: &Ed) -> Html {
    let words = match (&ed.session.hand, &ed.session.place) {
        (Some(hand), _) => said::choose_place(hand),
        (None, Some(_)) => said::CHOOSE_STATE.to_owned(),
        (None, None) => return html! {},
    };
    let leave = {
        let ed = ed.clone();
        Callback::from(move |_: MouseEvent| ed.act(Action::LeavePlace))
    };
    html! {
        <p class="sfe-placing" role="status"><span><b>{ words }</b>{ " " }<span class="sfe-keys">{ said::PLACE_KEYS }</span></span>
            <button class="btn small" id="leave-place" onclick={leave}>{ words::CANCEL }</button></p>
    }
}

fn form(ed: &Ed, problems: &Problems) -> Html {
    let chosen = ed.session.chosen.clone();
    html! {
        <section class="sfe-form scroll" tabindex="0" aria-labelledby="form-h">
            if let Some(name) = chosen {
                <Form key={name.clone()} ed={ed.clone()} problem={problems.get(&name).cloned()} name={name.clone()} />
            } else {
                <MachineForm ed={ed.clone()} />
            }
        </section>
    }
}

/// Ctrl and Z, Ctrl, Shift and Z, Ctrl and Y take back and do again, wherever the focus is in the editor; Escape leaves a place.
#[hook]
fn use_shortcuts(ed: &Ed) {
    let latest = use_mut_ref(|| ed.clone());
    latest.replace(ed.clone());
    use_effect_with((), move |()| {
        let listener = EventListener::new_with_options(
            &document(),
            "keydown",
            gloo::events::EventListenerOptions::enable_prevent_default(),
            move |event| {
                let Some(key) = event.dyn_ref::<web_sys::KeyboardEvent>() else { return };
                let ed = latest.borrow().clone();
                if key.default_prevented() || !ed.may() || is_elsewhere() {
                    return;
                }
                let ctrl = key.ctrl_key() || key.meta_key();
                match key.key().to_lowercase().as_str() {
                    "z" if ctrl && key.shift_key() => ed.act(Action::Redo),
                    "z" if ctrl => ed.act(Action::Undo),
                    "y" if ctrl => ed.act(Action::Redo),
                    "escape" if ed.session.hand.is_some() || ed.session.place.is_some() => {
                        ed.act(Action::LeavePlace);
                    }
                    _ => return,
                }
                event.prevent_default();
            },
        );
        move || drop(listener)
    });
}

/// Whether the focus is in something that is not the editor's.
fn is_elsewhere() -> bool {
    let editor = document().get_element_by_id("state-editor");
    let focused = document().active_element();
    match (editor, focused) {
        (Some(editor), Some(focused)) => {
            focused.tag_name() != "BODY" && !editor.contains(Some(&focused))
        }
        _ => true,
    }
}

/// Once something is in hand the focus goes to the first place; once it is put, to what was put.
#[hook]
fn use_focus_on_places(ed: &Ed) {
    let held = ed.session.hand.is_some();
    let first = use_mut_ref(|| true);
    let outline = ed.session.pane == Pane::Outline;
    let ed = ed.clone();
    use_effect_with(held, move |held| {
        if first.replace(false) {
            return;
        }
        if *held {
            // A narrow window shows the places now.
            if !matches!(ed.session.pane, Pane::Graph | Pane::Outline) {
                ed.act(Action::Show(Pane::Graph));
            }
            gloo::timers::callback::Timeout::new(0, move || {
                if outline {
                    focus_first_put();
                } else {
                    super::focus_on(FIRST_PLACE);
                }
            })
            .forget();
        } else if ed.session.chosen.is_some() {
            gloo::timers::callback::Timeout::new(0, focus_chosen).forget();
        }
    });
}

fn focus_first_put() {
    let first = document().query_selector(".sfe-put").ok().flatten();
    if let Some(first) = first {
        // It is a button that is shown.
        let _ = first.unchecked_ref::<web_sys::HtmlElement>().focus();
    }
}

fn focus_chosen() {
    let chosen = document()
        .query_selector(".sfe-mid .nd[aria-pressed=true], .sfe-tree button[aria-pressed=true]");
    if let Some(chosen) = chosen.ok().flatten() {
        // An element of a picture takes the focus as any other does.
        let _ = chosen.unchecked_ref::<web_sys::HtmlElement>().focus();
    }
}
