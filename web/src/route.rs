//! Where the learner is, as the part of the address after `#`: it works under any path of any static host.

use gloo::utils::window;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

const SEGMENT: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~').remove(b'=');
const PREFIX: &AsciiSet = &SEGMENT.remove(b'/');

/// What the address names.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Route {
    Home,
    Lesson { id: String, step: usize, place: Place },
    Play { place: Place },
    Missing,
}

/// What the stage shows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Place {
    /// The stage's own choice: the tab the lesson opens with.
    Unsaid,
    Python,
    S3 {
        bucket: Option<String>,
        prefix: String,
    },
}

impl Place {
    /// The S3 console without a bucket chosen.
    pub fn s3() -> Self {
        Self::S3 { bucket: None, prefix: String::new() }
    }

    /// A bucket, and the keys in it that begin with `prefix`.
    pub fn bucket(bucket: impl Into<String>, prefix: impl Into<String>) -> Self {
        Self::S3 { bucket: Some(bucket.into()), prefix: prefix.into() }
    }

    /// Reads a console route as lessons write it: `/s3/{bucket}/{prefix}`.
    pub fn parse(path: &str) -> Self {
        let path = path.trim_start_matches('/');
        let (tab, rest) = path.split_once('/').unwrap_or((path, ""));
        match tab {
            "python" => Self::Python,
            "s3" => {
                let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
                let bucket = Some(decode(bucket)).filter(|name| !name.is_empty());
                Self::S3 { bucket, prefix: decode(prefix) }
            }
            _ => Self::Unsaid,
        }
    }

    fn path(&self) -> String {
        match self {
            Self::Unsaid => String::new(),
            Self::Python => "/python".into(),
            Self::S3 { bucket: None, .. } => "/s3".into(),
            Self::S3 { bucket: Some(bucket), prefix } => {
                format!("/s3/{}/{}", encode(bucket, SEGMENT), encode(prefix, PREFIX))
            }
        }
    }
}

impl Route {
    /// Reads what stands after `#`.
    pub fn parse(hash: &str) -> Self {
        let path = hash.trim_start_matches('#').trim_start_matches('/');
        let (head, rest) = path.split_once('/').unwrap_or((path, ""));
        match head {
            "" => Self::Home,
            "play" => Self::Play { place: Place::parse(rest) },
            "lesson" => Self::parse_lesson(rest),
            _ => Self::Missing,
        }
    }

    fn parse_lesson(rest: &str) -> Self {
        let (id, rest) = rest.split_once('/').unwrap_or((rest, ""));
        let (step, place) = rest.split_once('/').unwrap_or((rest, ""));
        if id.is_empty() {
            return Self::Missing;
        }
        let step = if step.is_empty() { Some(1) } else { step.parse().ok().filter(|n| *n > 0) };
        step.map_or(Self::Missing, |step| Self::Lesson {
            id: decode(id),
            step,
            place: Place::parse(place),
        })
    }

    /// The address to put into a link.
    pub fn href(&self) -> String {
        match self {
            Self::Home | Self::Missing => "#/".into(),
            Self::Play { place } => format!("#/play{}", place.path()),
            Self::Lesson { id, step, place } => {
                format!("#/lesson/{}/{step}{}", encode(id, SEGMENT), place.path())
            }
        }
    }

    /// The same lesson and step, another place on the stage.
    pub fn at(&self, place: Place) -> Self {
        match self {
            Self::Lesson { id, step, .. } => Self::Lesson { id: id.clone(), step: *step, place },
            _ => Self::Play { place },
        }
    }

    /// What the stage shows.
    pub fn place(&self) -> Place {
        match self {
            Self::Lesson { place, .. } | Self::Play { place } => place.clone(),
            _ => Place::Unsaid,
        }
    }

    /// Where the browser is now.
    pub fn current() -> Self {
        Self::parse(&window().location().hash().unwrap_or_default())
    }

    /// Goes there; the way back is the browser's.
    pub fn go(&self) {
        // Setting a hash cannot fail for a string that is one.
        let _ = window().location().set_hash(&self.href());
    }
}

fn encode(text: &str, keep: &'static AsciiSet) -> String {
    utf8_percent_encode(text, keep).to_string()
}

fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_route_reads_back_as_it_was_written() {
        let lesson = |place| Route::Lesson { id: "s3-put-get".into(), step: 2, place };
        let routes = [
            Route::Home,
            Route::Play { place: Place::Unsaid },
            Route::Play { place: Place::Python },
            Route::Play { place: Place::s3() },
            Route::Play { place: Place::bucket("photos", "") },
            Route::Play { place: Place::bucket("photos", "a b/ü%/#?//c/") },
            lesson(Place::Unsaid),
            lesson(Place::bucket("photos", "2026/")),
        ];
        for route in routes {
            assert_eq!(Route::parse(&route.href()), route, "{}", route.href());
        }
    }

    #[test]
    fn a_lesson_without_a_step_opens_at_its_first() {
        let route = Route::Lesson { id: "x".into(), step: 1, place: Place::Unsaid };
        assert_eq!(Route::parse("#/lesson/x"), route);
        assert_eq!(Route::parse("#/lesson/x/"), route);
    }

    #[test]
    fn what_names_nothing_is_missing() {
        for hash in ["#/nowhere", "#/lesson/", "#/lesson/x/zero", "#/lesson/x/0"] {
            assert_eq!(Route::parse(hash), Route::Missing, "{hash}");
        }
    }
}
