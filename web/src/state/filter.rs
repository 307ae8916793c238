//! Which calls of the list are shown.

use std::rc::Rc;

use crate::state::calls::{Call, Who};

/// What is asked of a call.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Filter {
    /// All of these words, somewhere in the line.
    pub text: String,
    pub who: Option<Who>,
    /// `s3:PutObject`
    pub operation: Option<String>,
    pub access: Access,
    pub errors: bool,
}

/// Reads, writes, or both.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Access {
    #[default]
    Both,
    Reads,
    Writes,
}

impl Filter {
    /// Whether it lets all calls through.
    pub fn is_open(&self) -> bool {
        *self == Self::default()
    }

    /// The places of the calls that are shown, in their order.
    pub fn places(&self, calls: &[Rc<Call>]) -> Vec<usize> {
        let words: Vec<String> = self.text.split_whitespace().map(str::to_lowercase).collect();
        let fits = |(_, call): &(usize, &Rc<Call>)| self.fits(call, &words);
        calls.iter().enumerate().filter(fits).map(|(at, _)| at).collect()
    }

    fn fits(&self, call: &Call, words: &[String]) -> bool {
        self.who.is_none_or(|who| who == call.who)
            && (!self.errors || call.failed())
            && match self.access {
                Access::Both => true,
                Access::Reads => call.read_only,
                Access::Writes => !call.read_only,
            }
            && self.operation.as_ref().is_none_or(|name| *name == call.name())
            && (words.is_empty() || has_words(call, words))
    }
}

fn has_words(call: &Call, words: &[String]) -> bool {
    let mut line = format!(
        "{} {} {} {}",
        call.name(),
        call.answer(),
        call.source.as_deref().unwrap_or_default(),
        call.region
    );
    if let Some(error) = &call.error {
        line.push(' ');
        line.push_str(&error.message);
    }
    let line = line.to_lowercase();
    words.iter().all(|word| line.contains(word.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::calls::CallError;

    fn calls() -> Vec<Rc<Call>> {
        let call = |operation: &str, who, status| Call {
            service: "s3".into(),
            operation: operation.into(),
            who,
            status,
            read_only: operation.starts_with("Get"),
            error: (status >= 400)
                .then(|| CallError { code: "NoSuchKey".into(), ..CallError::default() }),
            source: (who == Who::Learner).then(|| "main.py:6".into()),
            ..Call::default()
        };
        vec![
            Rc::new(call("CreateBucket", Who::Lesson, 200)),
            Rc::new(call("PutObject", Who::Learner, 200)),
            Rc::new(call("GetObject", Who::Learner, 404)),
            Rc::new(call("GetObject", Who::Check, 200)),
        ]
    }

    #[test]
    fn each_condition_narrows_the_list() {
        let places = |filter: Filter| filter.places(&calls());
        assert_eq!(places(Filter::default()), [0, 1, 2, 3]);
        assert_eq!(places(Filter { who: Some(Who::Learner), ..Filter::default() }), [1, 2]);
        assert_eq!(places(Filter { errors: true, ..Filter::default() }), [2]);
        assert_eq!(places(Filter { access: Access::Writes, ..Filter::default() }), [0, 1]);
        assert_eq!(places(Filter { access: Access::Reads, ..Filter::default() }), [2, 3]);
        let operation = Some("s3:GetObject".to_owned());
        assert_eq!(places(Filter { operation, ..Filter::default() }), [2, 3]);
    }

    #[test]
    fn all_words_must_be_there_in_any_order() {
        let places =
            |text: &str| Filter { text: text.into(), ..Filter::default() }.places(&calls());
        assert_eq!(places("MAIN.py getobject"), [2]);
        assert_eq!(places("404"), [2]);
        assert_eq!(places("nosuchkey put"), Vec::<usize>::new());
        assert!(!Filter { text: "x".into(), ..Filter::default() }.is_open());
    }
}
