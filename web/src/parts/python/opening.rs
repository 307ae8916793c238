//! The Python tab while the lesson's cloud is being opened: the script that it opens with can be read already.

use yew::prelude::*;

use crate::state::files;
use crate::state::lesson::Outline;
use crate::words;

/// The script, where the editor will have it (`web/js/first-words.js` has it before): as the learner left it, else as the
/// lesson gives it.
pub fn opening(lesson: Option<&Outline>) -> Html {
    let Some((lesson, file)) = lesson.and_then(|lesson| Some((lesson, lesson.opens.as_ref()?)))
    else {
        return html! { <p class="dim table-words" aria-busy="true">{ words::OPENING }</p> };
    };
    let text = files::read(&lesson.id, &file.name).unwrap_or_else(|| file.text.clone());
    html! {
        <div class="py">
            <div class="files" />
            <div class="editor"><pre class="code plain editor-wait">{ text }</pre></div>
            <div class="toolbar" />
            <p class="out dim" aria-busy="true">{ words::OPENING }</p>
        </div>
    }
}
