//! Draws what may not be here yet.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use wasm_bindgen_futures::spawn_local;
use wasm_split_helpers::SplitLoaderError;
use yew::prelude::*;

use crate::words;

/// A drawn part, or none because its module could not be fetched.
pub type Drawn = Result<Html, NotHere>;

/// The module could not be fetched: no network, or a site that is being renewed. The browser's console says which.
#[derive(Debug)]
pub struct NotHere;

impl From<SplitLoaderError> for NotHere {
    fn from(_: SplitLoaderError) -> Self {
        Self
    }
}

type Drawing = Pin<Box<dyn Future<Output = Drawn>>>;

/// Draws by a function whose module is fetched first, unless it is here.
pub fn later<F>(draw: impl Fn() -> F + 'static) -> Html
where
    F: Future<Output = Drawn> + 'static,
{
    let draw = Draw(Rc::new(move || Box::pin(draw())));
    html! { <Later {draw} /> }
}

#[derive(Clone)]
struct Draw(Rc<dyn Fn() -> Drawing>);

/// Never the same: what it draws compares its own properties.
impl PartialEq for Draw {
    fn eq(&self, _: &Self) -> bool {
        false
    }
}

#[derive(Properties, PartialEq)]
struct Props {
    draw: Draw,
}

/// One for all parts: it holds nothing of theirs.
#[component]
fn Later(props: &Props) -> Html {
    let failed = use_state_eq(|| false);
    let fetching = use_mut_ref(|| false);
    let again = use_force_update();
    if *failed {
        let retry = Callback::from(move |_: MouseEvent| failed.set(false));
        return html! {
            <div class="note bad" role="alert">
                <p>{ words::PART_NOT_HERE }</p><button class="btn small" onclick={retry}>{ words::PART_AGAIN }</button>
            </div>
        };
    }
    let mut drawing = (props.draw.0)();
    // What is here is drawn at once: nothing blinks.
    match drawing.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(Ok(drawn)) => return drawn,
        Poll::Ready(Err(NotHere)) => failed.set(true),
        Poll::Pending if fetching.replace(true) => {}
        Poll::Pending => spawn_local(async move {
            let drawn = drawing.await;
            fetching.replace(false);
            match drawn {
                Ok(_) => again.force_update(),
                Err(NotHere) => failed.set(true),
            }
        }),
    }
    html! { <p class="later dim" aria-busy="true">{ words::PART_COMING }</p> }
}
