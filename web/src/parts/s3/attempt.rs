//! A read that is really tried, as oneself, as another account or as anybody on the internet; and what came of it.

use serde_json::{Value, json};
use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::state::cloud::{Answer, Refusal};
use crate::state::sizes;
use crate::words::{self, s3 as said};

/// So much of an answer is shown.
const SHOWN_BYTES_MAX: usize = 2_000;

/// What is tried. Only what reads: who asks as somebody else is to learn what they see, not to change it.
#[derive(Clone, PartialEq, Debug)]
pub struct Trial {
    /// `*` is anybody, empty are you, else an account.
    pub who: String,
    /// `s3:GetObject`
    pub action: String,
    pub bucket: String,
    pub key: String,
    /// `bytes=0-3`; empty: all of it.
    pub range: String,
    pub version: Option<String>,
}

/// How it ended.
pub type Tried = Result<Answer, Refusal>;

impl Trial {
    /// The operation that is asked, and its input; nothing for what would change something.
    fn call(&self) -> Option<(&'static str, Value)> {
        let bucket = json!({ "Bucket": self.bucket });
        match self.action.as_str() {
            "s3:GetObject" | "s3:GetObjectVersion" => {
                let mut input = json!({ "Bucket": self.bucket, "Key": self.key });
                if let Some(input) = input.as_object_mut() {
                    if !self.range.trim().is_empty() {
                        input.insert("Range".into(), self.range.trim().into());
                    }
                    if let Some(version) = &self.version {
                        input.insert("VersionId".into(), version.as_str().into());
                    }
                }
                Some(("GetObject", input))
            }
            "s3:ListBucket" => Some(("ListObjectsV2", bucket)),
            "s3:GetBucketPolicy" => Some(("GetBucketPolicy", bucket)),
            _ => None,
        }
    }

    /// Whether it can be tried.
    pub fn can_be_tried(&self) -> bool {
        self.call().is_some()
    }

    /// Whom the cloud is to take for the caller; nobody where it is empty.
    fn account(&self) -> Option<&str> {
        match self.who.as_str() {
            "" => None,
            "*" => Some(""),
            account => Some(account),
        }
    }
}

/// Tries it: a call like any other, in the list and on the bill.
pub async fn attempt(desk: &Desk, trial: &Trial) -> Option<Tried> {
    let (operation, input) = trial.call()?;
    Some(desk.s3_as(trial.account(), operation, input).await)
}

/// What came of it.
pub fn outcome(desk: &Desk, tried: &Tried) -> Html {
    match tried {
        Ok(answer) => html! {
            <>
                <p class="row"><span class="pill good">{ said::ANSWERED }</span>{ see(desk, Some(answer.seq)) }</p>
                { content(answer) }
            </>
        },
        Err(Refusal::Host(words)) => html! { <p class="note bad" role="alert">{ words }</p> },
        Err(Refusal::Fault(fault)) => html! {
            <>
                <p class="row"><span class="pill bad">{ fault.status }{ " " }{ &fault.code }</span>{ see(desk, fault.seq) }</p>
                <p class="small">{ &fault.message }</p>
                if let Some(hint) = &fault.hint { <p class="small dim2">{ hint }</p> }
            </>
        },
    }
}

fn see(desk: &Desk, seq: Option<u64>) -> Html {
    match seq.filter(|seq| *seq > 0) {
        Some(seq) => html! {
            <button class="lnk2 small" type="button" onclick={desk.show_call.reform(move |_| seq)}>{ words::SEE_THE_CALL }</button>
        },
        None => html! {},
    }
}

fn content(answer: &Answer) -> Html {
    let text = match &answer.body {
        Some(body) => std::str::from_utf8(body).ok().map(str::to_owned),
        None => serde_json::to_string_pretty(&answer.output).ok(),
    };
    let size = answer.body.as_ref().map_or(0, Vec::len);
    match text.filter(|text| text.len() <= SHOWN_BYTES_MAX && !text.contains('\0')) {
        Some(text) if text.is_empty() => {
            html! { <p class="small dim2">{ words::EMPTY_OBJECT }</p> }
        }
        Some(text) => html! {
            <pre class="doc mono" tabindex="0" role="region" aria-label={said::THE_ANSWER}>{ text }</pre>
        },
        None => html! { <p class="small dim">{ sizes::bytes(size as u64) }</p> },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trial(who: &str, action: &str) -> Trial {
        let text = str::to_owned;
        Trial {
            who: text(who),
            action: text(action),
            bucket: text("b"),
            key: text("k"),
            range: text(" bytes=0-3 "),
            version: None,
        }
    }

    #[test]
    fn what_reads_is_tried_as_whoever_is_named() {
        let asked = trial("*", "s3:GetObject").call();
        let input = json!({ "Bucket": "b", "Key": "k", "Range": "bytes=0-3" });
        assert_eq!(asked, Some(("GetObject", input)));
        assert_eq!(trial("*", "s3:GetObject").account(), Some(""));
        assert_eq!(trial("", "s3:GetObject").account(), None);
        assert_eq!(trial("111122223333", "s3:ListBucket").account(), Some("111122223333"));
    }

    #[test]
    fn what_would_change_something_is_not_tried() {
        for action in ["s3:PutObject", "s3:DeleteObject", "s3:PutBucketPolicy", "s3:DeleteBucket"] {
            assert!(!trial("", action).can_be_tried(), "{action}");
        }
    }
}
