//! The JavaScript modules beside the page: the two worker hosts, and a few helpers. Nothing else is imported.

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(raw_module = "./js/cloud.js")]
extern "C" {
    /// Starts the cloud worker once; every notice goes to the function.
    #[wasm_bindgen(js_name = start)]
    pub fn cloud_start(on_notice: &Function);
    /// Sends a message; the promise is its answer. Rejected only when the worker is gone.
    #[wasm_bindgen(js_name = send)]
    pub fn cloud_send(message: &JsValue) -> Promise;
    /// A new worker in place of one that crashed.
    #[wasm_bindgen(js_name = restart)]
    pub fn cloud_restart() -> Promise;
    /// Asks the tab that owns this cloud to let it go.
    #[wasm_bindgen(js_name = takeOver)]
    pub fn cloud_take_over() -> Promise;
}

#[wasm_bindgen(raw_module = "./js/cloud.js")]
extern "C" {
    /// Lets the newer version of the site take over, and reloads the page.
    #[wasm_bindgen(js_name = updateNow)]
    pub fn update_now();
    /// As whom a lesson is set up.
    #[wasm_bindgen(js_name = learnerOf)]
    pub fn learner_of(lesson: &str) -> String;
    /// Where a presigned link opens in a tab of its own; nothing where no service worker would answer there.
    #[wasm_bindgen(js_name = linkAddress)]
    pub fn link_address(url: &str) -> Option<String>;
}

#[wasm_bindgen(raw_module = "./js/website.js")]
extern "C" {
    /// Shows a page of a bucket's website in a frame within `place`; the promise tells what was answered.
    #[wasm_bindgen(js_name = showWebsite)]
    pub fn show_website(
        place: &web_sys::Element,
        url: &str,
        options: &JsValue,
        follow: &Function,
    ) -> Promise;
}

#[wasm_bindgen(raw_module = "./js/share.js")]
extern "C" {
    /// The promise of a link's text.
    #[wasm_bindgen(js_name = packLink)]
    pub fn pack_link(head: &str, cloud: &JsValue) -> Promise;
    /// The promise of `{head, cloud}`, or of `{why}`.
    #[wasm_bindgen(js_name = unpackLink)]
    pub fn unpack_link(link: &str) -> Promise;
}

#[wasm_bindgen(raw_module = "./js/everything.js")]
extern "C" {
    /// The promise of the bytes of a file of everything.
    #[wasm_bindgen(js_name = exportAll)]
    pub fn export_all() -> Promise;
    /// The promise of what a file holds, or of `{why}`.
    #[wasm_bindgen(js_name = openFile)]
    pub fn open_file(file: &web_sys::File) -> Promise;
    /// Puts it in the place of everything; the promise is of what takes it back.
    #[wasm_bindgen(js_name = importAll)]
    pub fn import_all(read: &JsValue) -> Promise;
}

#[wasm_bindgen(raw_module = "./js/lesson-files.js")]
extern "C" {
    /// The promise of all lessons, as the site lists them.
    #[wasm_bindgen(js_name = lessonList)]
    pub fn lesson_list() -> Promise;
    /// What the list has of one lesson; undefined where there is none such, or the list is not here yet.
    #[wasm_bindgen(js_name = knownSummary)]
    pub fn known_summary(id: &str) -> JsValue;
    /// The promise of all operations that are simulated: service, name, members.
    #[wasm_bindgen(js_name = operationList)]
    pub fn operation_list() -> Promise;
}

#[wasm_bindgen(raw_module = "./js/python.js")]
extern "C" {
    /// Who is told of output and of progress.
    #[wasm_bindgen(js_name = configure)]
    pub fn python_configure(handlers: &JsValue);
    /// Makes a later start quick, once the page is idle.
    #[wasm_bindgen(js_name = readAhead)]
    pub fn python_read_ahead();
    /// Runs the code; the promise tells how it ended.
    #[wasm_bindgen(js_name = run)]
    pub fn python_run(code: &str, options: &JsValue) -> Promise;
    /// The promise of what could stand at the cursor of an input, or of null.
    #[wasm_bindgen(js_name = suggest)]
    pub fn python_suggest(source: &str, point: u32, home: &str) -> Promise;
    /// Runs an input at the prompt; the promise tells how it ended.
    #[wasm_bindgen(js_name = evaluate)]
    pub fn python_evaluate(source: &str, options: &JsValue) -> Promise;
    /// The line that a script asked for, or null at the end of the input.
    #[wasm_bindgen(js_name = answer)]
    pub fn python_answer(ask: &str, text: &JsValue) -> Promise;
    /// Ends what runs; the cloud is kept.
    #[wasm_bindgen(js_name = stop)]
    pub fn python_stop();
    /// Empty, or why this browser cannot run Python.
    #[wasm_bindgen(js_name = supported)]
    pub fn python_supported() -> String;
}

#[wasm_bindgen(raw_module = "./js/page.js")]
extern "C" {
    /// The promise is kept when the element is first in sight.
    #[wasm_bindgen(js_name = inSight)]
    pub fn in_sight(element: &web_sys::Element) -> Promise;
    /// Fetches the editor; the promise is its `createEditor`.
    #[wasm_bindgen(js_name = loadEditor)]
    pub fn load_editor() -> Promise;
    /// The promise of a zip's files: a list of pairs, path and bytes.
    #[wasm_bindgen(js_name = unzip)]
    pub fn unzip(zip: &[u8]) -> Promise;
    /// Fetches the editor of definitions; the promise is its `createAslEditor`.
    #[wasm_bindgen(js_name = loadAslEditor)]
    pub fn load_asl_editor() -> Promise;
    /// The promise of a file of the site as text; of nothing, if it cannot be had.
    #[wasm_bindgen(js_name = readText)]
    pub fn read_text(url: &str) -> Promise;
    /// Lets the browser save bytes as a file.
    #[wasm_bindgen(js_name = saveAs)]
    pub fn save_as(name: &str, media_type: &str, bytes: &[u8]);
    /// The same of bytes in pieces.
    #[wasm_bindgen(js_name = saveParts)]
    pub fn save_parts(name: &str, media_type: &str, parts: &js_sys::Array);
    /// An address for bytes, given back by `forget`.
    #[wasm_bindgen(js_name = addressOf)]
    pub fn address_of(media_type: &str, bytes: &[u8]) -> String;
    /// Gives an address back.
    #[wasm_bindgen(js_name = forget)]
    pub fn forget(url: &str);
}

#[wasm_bindgen(raw_module = "./js/terminal.js")]
extern "C" {
    /// Who is told of output and of progress.
    #[wasm_bindgen(js_name = configure)]
    pub fn terminal_configure(handlers: &JsValue);
    /// Starts the worker, unless it was started.
    #[wasm_bindgen(js_name = startSoon)]
    pub fn terminal_start();
    /// Runs a line; the promise tells how it ended.
    #[wasm_bindgen(js_name = run)]
    pub fn terminal_run(line: &str, session: &JsValue, home: &str) -> Promise;
    /// The promise of what could stand at the cursor, or of null.
    #[wasm_bindgen(js_name = complete)]
    pub fn terminal_complete(line: &str, point: u32, session: &JsValue, home: &str) -> Promise;
    /// Ends what runs.
    #[wasm_bindgen(js_name = stop)]
    pub fn terminal_stop();
}

#[wasm_bindgen(raw_module = "./js/files.js")]
extern "C" {
    /// Calls the function with a home's name after every change; what it gives ends that.
    #[wasm_bindgen(js_name = onChange)]
    pub fn files_on_change(listener: &Function) -> Function;
    /// The promise of `{entries, bytes, words}`.
    #[wasm_bindgen(js_name = list)]
    pub fn files_list(home: &str) -> Promise;
    /// The promise of a file's bytes, or null.
    #[wasm_bindgen(js_name = read)]
    pub fn files_read(home: &str, path: &str) -> Promise;
    /// Writes a file, and the folders above it.
    #[wasm_bindgen(js_name = write)]
    pub fn files_write(home: &str, path: &str, content: &js_sys::Uint8Array) -> Promise;
    /// Makes a folder, and those above it.
    #[wasm_bindgen(js_name = makeFolder)]
    pub fn files_make_folder(home: &str, path: &str) -> Promise;
    /// Removes a file, or a folder with all that is in it.
    #[wasm_bindgen(js_name = remove)]
    pub fn files_remove(home: &str, path: &str) -> Promise;
    /// Gives a file or a folder another path.
    #[wasm_bindgen(js_name = rename)]
    pub fn files_rename(home: &str, from: &str, to: &str) -> Promise;
}
