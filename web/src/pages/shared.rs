//! A link that somebody shared: what it holds, and what opening it would replace. Nothing runs by itself.

use gloo::utils::document;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::hooks::frame::{Act, Frame, Undo, use_frame};
use crate::hooks::lesson::use_lessons;
use crate::parts::icon::Icon;
use crate::parts::logo::Logo;
use crate::parts::overlays::Overlays;
use crate::parts::skip::Skip;
use crate::parts::theme_switch::ThemeSwitch;
use crate::route::{Place, Route};
use crate::state::keep::{self, Look, Opened, Unreadable};
use crate::state::lesson::Outline;
use crate::state::{cloud, files};
use crate::words;

#[derive(Clone, Properties, PartialEq)]
pub struct Props {
    pub link: AttrValue,
}

/// What was read of it.
#[derive(Clone, PartialEq)]
enum Reading {
    Coming,
    No(Unreadable),
    Here(Box<Content>),
}

#[derive(Clone, PartialEq)]
struct Content {
    opened: Opened,
    /// What the shared cloud holds, and the cloud that it would take the place of.
    clouds: Option<(Look, Look)>,
}

/// The page.
#[component]
pub fn SharedPage(props: &Props) -> Html {
    use_effect_with((), |()| document().set_title(&words::title(words::SHARED_TITLE)));
    let lessons = use_lessons();
    let reading = use_state(|| Reading::Coming);
    let failure = use_state_eq(String::new);
    let frame = use_frame();
    {
        let reading = reading.setter();
        use_effect_with(props.link.clone(), move |link| {
            let link = link.clone();
            spawn_local(async move {
                reading.set(
                    read(&link)
                        .await
                        .map_or_else(Reading::No, |content| Reading::Here(Box::new(content))),
                );
            });
        });
    }
    let body = match (&*reading, &lessons) {
        (Reading::Coming, _) | (_, None) => {
            html! { <p class="dim" aria-busy="true">{ words::SHARED_READING }</p> }
        }
        (Reading::No(Unreadable::Newer), _) => {
            refused(words::SHARED_NEWER, words::SHARED_NEWER_MORE)
        }
        (Reading::No(_), _) => refused(words::SHARED_DAMAGED, words::SHARED_DAMAGED_MORE),
        (_, Some(Err(why))) => refused(words::SHARED_DAMAGED, &words::no_lessons(why)),
        (Reading::Here(content), Some(Ok(lessons))) => {
            let named = content.opened.shared.lesson.as_deref();
            let lesson = named.map(|id| lessons.iter().find(|lesson| lesson.id == id));
            match lesson {
                Some(None) => refused(words::SHARED_ELSEWHERE, words::SHARED_ELSEWHERE_MORE),
                lesson => shown(&frame, content, lesson.flatten(), &failure),
            }
        }
    };
    html! {
        <>
            <Skip />
            <header class="topbar"><Logo /><span class="push row"><ThemeSwitch /></span></header>
            <main class="page shared" id="main" tabindex="-1">{ body }</main>
            <Overlays />
        </>
    }
}

async fn read(link: &str) -> Result<Content, Unreadable> {
    let opened = keep::unpack(link).await?;
    let clouds = match &opened.cloud {
        None => None,
        Some(bytes) => {
            let theirs = cloud::look_at_export(bytes).await.map_err(|_| Unreadable::Damaged)?;
            let lesson = opened.shared.lesson.as_deref();
            // Where that cannot be told, it is taken for something that would be lost.
            let ours = cloud::look(lesson).await.unwrap_or_default();
            Some((theirs, ours))
        }
    };
    Ok(Content { opened, clouds })
}

fn refused(title: &str, more: &str) -> Html {
    html! {
        <>
            <h1>{ title }</h1>
            <p class="dim2" role="alert">{ more }</p>
            <p><a class="btn primary" href={Route::Home.href()}>{ words::ALL_LESSONS }</a></p>
        </>
    }
}

fn shown(
    frame: &Frame,
    content: &Content,
    lesson: Option<&Outline>,
    failure: &UseStateHandle<String>,
) -> Html {
    let shared = &content.opened.shared;
    let home = shared.lesson.as_deref().unwrap_or(files::FREE_PLAY);
    let onclick = {
        let (tell, content, failure) = (frame.dispatcher(), content.clone(), failure.setter());
        Callback::from(move |_| {
            let (tell, opened, failure) = (tell.clone(), content.opened.clone(), failure.clone());
            spawn_local(async move {
                match keep::take_over(&opened).await {
                    Ok(before) => {
                        place(&opened).replace();
                        tell.dispatch(Act::Replaced(Undo {
                            title: words::OPENED_SHARED,
                            words: words::OPENED_SHARED_MORE,
                            before: before.into(),
                        }));
                    }
                    Err(why) => failure.set(words::not_opened(&why)),
                }
            });
        })
    };
    html! {
        <>
            <h1>{ words::SHARED_TITLE }</h1>
            <p class="dim2">{ words::SHARED_MORE }</p>
            <section class="card box" aria-labelledby="holds-h">
                <h2 id="holds-h">{ words::SHARED_HOLDS }</h2>
                <ul class="load">
                    <li><Icon name="book" /><span>{ words::shared_place(lesson.map(|lesson| lesson.title.as_str())) }</span></li>
                    { for shared.files.iter().map(|(name, text)| file(home, name, text)) }
                    { for content.clouds.iter().map(clouds) }
                </ul>
            </section>
            <p class="small dim2">{ words::SHARED_UNDO }</p>
            if !failure.is_empty() { <p class="note bad" role="alert"><Icon name="warn" /><span>{ (**failure).clone() }</span></p> }
            <div class="row wrap">
                <button class="btn primary" id="open-shared" {onclick}>{ words::SHARED_OPEN }</button>
                <a class="btn" href={Route::Home.href()}>{ words::SHARED_NOT }</a>
            </div>
        </>
    }
}

fn file(home: &str, name: &str, text: &str) -> Html {
    let (class, said) = match files::read(home, name) {
        None => ("", words::SHARED_FILE_NEW),
        Some(own) if own == text => ("", words::SHARED_FILE_SAME),
        Some(_) => ("warn-words", words::SHARED_FILE_OVER),
    };
    html! {
        <li key={name.to_owned()}>
            <Icon name="file" />
            <details class="shared-file"><summary>{ words::shared_file(name, text.len()) }</summary>
                <pre class="code plain wrapped" tabindex="0" role="region" aria-label={name.to_owned()}>{ text }</pre></details>
            <small {class}>{ said }</small>
        </li>
    }
}

fn clouds((theirs, ours): &(Look, Look)) -> Html {
    let (class, said) = if ours.fresh {
        ("", words::SHARED_CLOUD_NEW.to_owned())
    } else {
        ("warn-words", words::shared_cloud_over(ours.buckets))
    };
    html! { <li><Icon name="sky" /><span>{ words::shared_cloud(theirs.buckets) }</span><small {class}>{ said }</small></li> }
}

fn place(opened: &Opened) -> Route {
    let shared = &opened.shared;
    match &shared.lesson {
        Some(id) => {
            Route::Lesson { id: id.clone(), step: shared.step.max(1), place: Place::Unsaid }
        }
        None => Route::Play { place: Place::Unsaid },
    }
}
