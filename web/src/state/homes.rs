//! The learner's files, /home/learner: one home for free play and one a lesson. `web/js/files.js` keeps them.

use js_sys::Uint8Array;
use serde::Deserialize;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use crate::js;
use crate::state::cloud::get;

/// The home outside any lesson.
pub const FREE_PLAY: &str = "play";
/// Where scripts and commands begin.
pub const WORK: &str = "work";

/// A file or a folder.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Entry {
    /// Relative to the home: `work/main.py`.
    pub path: String,
    pub folder: bool,
    pub bytes: f64,
    /// Milliseconds since 1970, by the virtual clock.
    pub modified: f64,
    /// Another one after every change.
    pub version: f64,
}

/// What a home holds, in the order of the paths.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Listing {
    pub entries: Vec<Entry>,
    /// All files together.
    pub bytes: f64,
    /// Set when the browser does not keep them.
    pub words: String,
}

impl Entry {
    /// The last part of the path.
    pub fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }
}

/// Follows a home: the listing now, and after every change. Ends when it is dropped.
#[derive(Debug)]
pub struct Ear {
    leave: js_sys::Function,
    _changed: Closure<dyn FnMut(String)>,
}

impl Drop for Ear {
    fn drop(&mut self) {
        // It only takes an entry out of a set.
        let _ = self.leave.call0(&JsValue::NULL);
    }
}

/// `changed` hears the name of every home that changes.
pub fn listen(changed: impl FnMut(String) + 'static) -> Ear {
    let changed = Closure::new(changed);
    Ear { leave: js::files_on_change(changed.as_ref().unchecked_ref()), _changed: changed }
}

/// All files and folders of a home.
pub async fn list(home: &str) -> Listing {
    let Ok(listing) = JsFuture::from(js::files_list(home)).await else { return Listing::default() };
    let text = js_sys::JSON::stringify(&listing).ok().and_then(|text| text.as_string());
    text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
}

/// The content of a file; none when there is no such file.
pub async fn read(home: &str, path: &str) -> Result<Option<Vec<u8>>, String> {
    let content = JsFuture::from(js::files_read(home, path)).await.map_err(words)?;
    Ok(content.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec))
}

/// Writes a file, and the folders above it. An error is in words for the learner.
pub async fn write(home: &str, path: &str, content: &[u8]) -> Result<(), String> {
    done(js::files_write(home, path, &Uint8Array::from(content))).await
}

/// Makes a folder, and those above it.
pub async fn make_folder(home: &str, path: &str) -> Result<(), String> {
    done(js::files_make_folder(home, path)).await
}

/// Removes a file, or a folder with all that is in it.
pub async fn remove(home: &str, path: &str) -> Result<(), String> {
    done(js::files_remove(home, path)).await
}

/// Gives a file or a folder another path.
pub async fn rename(home: &str, from: &str, to: &str) -> Result<(), String> {
    done(js::files_rename(home, from, to)).await
}

async fn done(promise: js_sys::Promise) -> Result<(), String> {
    JsFuture::from(promise).await.map(drop).map_err(words)
}

#[expect(clippy::needless_pass_by_value, reason = "for map_err")]
fn words(error: JsValue) -> String {
    get(&error, "message").as_string().or_else(|| error.as_string()).unwrap_or_default()
}
