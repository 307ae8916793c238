//! Calls of the console's: what was done is said, and so is what was refused.

use serde_json::Value;

use crate::hooks::desk::{Deed, Desk};
use crate::parts::console::told::Tell;
use crate::state::cloud::Answer;

/// Makes a call; `done` and `asked` say it in words, after and before. Nothing if it was refused, which has been said then.
pub async fn act(
    desk: &Desk,
    tell: &Tell,
    (asked, done): (String, String),
    (service, operation): (&'static str, &'static str),
    input: Value,
) -> Option<Answer> {
    match desk.call(service, operation, input).await {
        Ok(answer) => {
            tell.did.emit(Deed { words: done, seq: answer.seq });
            Some(answer)
        }
        Err(why) => {
            tell.refused.emit((asked, why));
            None
        }
    }
}
