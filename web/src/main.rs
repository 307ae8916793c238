//! The page of Cloudarium: lesson, stage, and what happens under the hood.
//!
//! It must never know AWS's rules: it acts by calling the API through the cloud worker, and shows what came back.
//! Start at `app.rs` (which page is shown), then `state/` (what is known), `parts/` (what is drawn, one part a file).

mod app;
mod hooks;
mod js;
mod pages;
mod parts;
mod route;
mod state;
mod twin;
mod words;

fn main() {
    if let Some(root) = gloo::utils::document().get_element_by_id("app") {
        yew::Renderer::<app::App>::with_root(root).render();
    }
}
