//! The parts that stand apart: their code is fetched when they are first shown, so that the page is there sooner.
//!
//! `#[wasm_split(name)]` marks a function. When the site is built (`crates/xtask/src/wasm.rs`), what is reached from
//! such functions alone leaves the page's module for another, one for each name.

mod later;

use wasm_split_helpers::wasm_split;
use yew::html::BaseComponent;
use yew::prelude::*;
use yew::virtual_dom::VChild;

use crate::pages::shared::SharedPage;
use crate::parts::apart::later::{Drawn, later};
use crate::parts::begin::BeginPlay;
use crate::parts::compare::Compare;
use crate::parts::eventbridge::console::Console as EventBridge;
use crate::parts::hood::detail::Detail;
use crate::parts::hood::filter::FilterBar;
use crate::parts::keep::Import;
use crate::parts::lambda::console::Console as LambdaConsole;
use crate::parts::logs::console::Console as LogsConsole;
use crate::parts::palette::keys::Keys;
use crate::parts::palette::list::Palette;
use crate::parts::python::file_forms::{FileList, NameForm};
use crate::parts::s3::console::Console;
use crate::parts::share::Share;
use crate::parts::sqs::console::Console as SqsConsole;
use crate::parts::states::console::Console as States;
use crate::parts::states::editor::page::Editor;
use crate::parts::terminal::tab::TerminalTab;

/// What a part is told.
type Props<Part> = <Part as BaseComponent>::Properties;

/// `name: Part in module`: a function that draws the part, from that module.
macro_rules! apart {
    ($($name:ident: $part:ident in $module:ident,)*) => { $(
        #[doc = concat!("Draws `", stringify!($part), "`.")]
        pub fn $name(props: Props<$part>) -> Html {
            #[wasm_split($module, fallible)]
            fn $name(props: Props<$part>) -> Drawn {
                Ok(VChild::<$part>::new(props, None).into())
            }
            later(move || $name(props.clone()))
        }
    )* };
}

apart! {
    s3_console: Console in s3,
    states_console: States in states,
    state_editor: Editor in state_editor,
    lambda_console: LambdaConsole in lambda,
    logs_console: LogsConsole in lambda,
    sqs_console: SqsConsole in sqs,
    eventbridge_console: EventBridge in eventbridge,
    terminal: TerminalTab in terminal,
    call_detail: Detail in hood,
    call_filter: FilterBar in hood,
    comparison: Compare in dialogs,
    file_name: NameForm in dialogs,
    file_list: FileList in dialogs,
    begin_play: BeginPlay in dialogs,
    import: Import in dialogs,
    keys: Keys in dialogs,
    palette: Palette in dialogs,
    share: Share in dialogs,
    shared_page: SharedPage in dialogs,
}
