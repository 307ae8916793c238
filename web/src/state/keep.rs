//! Everything as one file, links that hold work, and what was there before something took its place.

use std::collections::BTreeMap;

use js_sys::Uint8Array;
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use crate::js;
use crate::state::cloud::{self, get};
use crate::state::{files, homes, prefs as kept};

/// The head of a link: what it holds besides the cloud.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Shared {
    /// Free play if there is none.
    pub lesson: Option<String>,
    pub step: usize,
    pub region: String,
    /// As whom the lesson was set up whose cloud this is: names of its resources follow from it.
    pub learner: Option<String>,
    /// By name.
    pub files: BTreeMap<String, String>,
}

/// A link that was read.
#[derive(Clone, PartialEq, Debug)]
pub struct Opened {
    pub shared: Shared,
    /// The export of a cloud.
    pub cloud: Option<Vec<u8>>,
}

/// Why a link or a file holds nothing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Unreadable {
    Damaged,
    Newer,
    Foreign,
    TooLarge,
    /// It is whole, but cannot be brought back: in words.
    Content(String),
}

/// What a cloud holds that is not open.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Look {
    pub fresh: bool,
    pub buckets: usize,
}

/// What was there before something took its place.
#[derive(Debug)]
pub enum Before {
    /// Clouds, and files by home and name; a file that was not there has no text.
    Part {
        clouds: JsValue,
        files: Vec<(String, String, Option<String>)>,
        /// Preferences by name.
        prefs: Vec<(String, Option<String>)>,
    },
    /// All of it, as `importAll` gave it.
    All(JsValue),
}

impl Before {
    /// Puts it back.
    pub async fn take_back(&self) -> Result<(), String> {
        match self {
            Self::All(before) => {
                JsFuture::from(js::import_all(before)).await.map(drop).map_err(|why| words(&why))
            }
            Self::Part { clouds, files, prefs } => {
                if clouds.is_object() {
                    cloud::replace_clouds(clouds).await?;
                }
                for (home, name, text) in files {
                    if let Some(text) = text {
                        files::write(home, name, text);
                        continue;
                    }
                    files::forget(home, name);
                    // It may not have reached the home yet.
                    drop(homes::remove(home, &format!("{}/{name}", homes::WORK)).await);
                }
                for (name, value) in prefs {
                    match value {
                        Some(value) => drop(kept::write(name, value)),
                        None => kept::forget(name),
                    }
                }
                Ok(())
            }
        }
    }
}

/// The text of a link: what stands after `#/shared/`.
pub async fn pack(shared: &Shared, cloud: Option<&[u8]>) -> Result<String, String> {
    let head = serde_json::to_string(shared).map_err(|error| error.to_string())?;
    let cloud = cloud.map_or(JsValue::NULL, |bytes| Uint8Array::from(bytes).into());
    let link = JsFuture::from(js::pack_link(&head, &cloud)).await.map_err(|why| words(&why))?;
    Ok(link.as_string().unwrap_or_default())
}

/// Reads a link.
pub async fn unpack(link: &str) -> Result<Opened, Unreadable> {
    let read = JsFuture::from(js::unpack_link(link)).await.map_err(|_| Unreadable::Damaged)?;
    refused(&read)?;
    let head = get(&read, "head").as_string().unwrap_or_default();
    let shared = serde_json::from_str(&head).map_err(|_| Unreadable::Damaged)?;
    let cloud = get(&read, "cloud").dyn_into::<Uint8Array>().ok().map(|bytes| bytes.to_vec());
    Ok(Opened { shared, cloud })
}

/// A file of everything that was looked into.
#[derive(Clone, PartialEq, Debug)]
pub struct Found {
    pub lessons: usize,
    pub clouds: usize,
    /// For [`import_all`].
    pub read: JsValue,
}

/// The file of everything, and its name.
pub async fn export_all() -> Result<(String, Vec<u8>), String> {
    let bytes = JsFuture::from(js::export_all()).await.map_err(|why| words(&why))?;
    let date = String::from(js_sys::Date::new_0().to_iso_string());
    let day = date.get(..10).unwrap_or_default();
    Ok((format!("{day}.cloudarium"), Uint8Array::new(&bytes).to_vec()))
}

/// Looks into a file; nothing changes.
pub async fn open_file(file: &web_sys::File) -> Result<Found, Unreadable> {
    let read = JsFuture::from(js::open_file(file))
        .await
        .map_err(|why| Unreadable::Content(words(&why)))?;
    refused(&read)?;
    let count = |name: &str| {
        let number = get(&read, name).as_f64().unwrap_or_default();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a length")]
        let number = number as usize;
        number
    };
    Ok(Found { lessons: count("lessons"), clouds: count("clouds"), read: get(&read, "read") })
}

/// Puts what was found in the place of everything.
pub async fn import_all(read: &JsValue) -> Result<Before, String> {
    JsFuture::from(js::import_all(read)).await.map(Before::All).map_err(|why| words(&why))
}

/// Puts shared work in its place: cloud first, then files.
pub async fn take_over(opened: &Opened) -> Result<Before, String> {
    let shared = &opened.shared;
    let clouds = match &opened.cloud {
        None => JsValue::NULL,
        Some(bytes) => cloud::replace_by_export(shared.lesson.as_deref(), bytes).await?,
    };
    let home = shared.lesson.clone().unwrap_or_else(|| files::FREE_PLAY.into());
    let mut before = vec![];
    for (name, text) in &shared.files {
        before.push((home.clone(), name.clone(), files::read(&home, name)));
        if !files::write(&home, name, text) {
            let part = Before::Part { clouds, files: before, prefs: vec![] };
            part.take_back().await?;
            return Err("this browser keeps no files, or has no room left".into());
        }
    }
    Ok(Before::Part { clouds, files: before, prefs: take_over_prefs(shared) })
}

/// The Region, and as whom the lesson is set up; the answer is what was kept before.
fn take_over_prefs(shared: &Shared) -> Vec<(String, Option<String>)> {
    let lesson = shared.lesson.as_deref();
    let mut wanted = vec![];
    if crate::words::REGIONS.contains(&shared.region.as_str()) {
        wanted.push((kept::region_name(lesson), shared.region.clone()));
    }
    if let (Some(lesson), Some(learner)) = (lesson, &shared.learner) {
        wanted.push((kept::learner_name(lesson), learner.clone()));
    }
    let mut before = vec![];
    for (name, value) in wanted {
        before.push((name.clone(), kept::read(&name)));
        kept::write(&name, &value);
    }
    before
}

fn refused(read: &JsValue) -> Result<(), Unreadable> {
    match get(read, "why").as_string().as_deref() {
        None => Ok(()),
        Some("newer") => Err(Unreadable::Newer),
        Some("foreign") => Err(Unreadable::Foreign),
        Some("large") => Err(Unreadable::TooLarge),
        Some("content") => {
            Err(Unreadable::Content(get(read, "words").as_string().unwrap_or_default()))
        }
        Some(_) => Err(Unreadable::Damaged),
    }
}

fn words(error: &JsValue) -> String {
    get(error, "message").as_string().or_else(|| error.as_string()).unwrap_or_default()
}
