//! What all parts of the bench share, and what they may ask of each other.

use std::rc::Rc;

use serde_json::Value;
use yew::prelude::*;

use crate::hooks::cloud::Cloud;
use crate::hooks::python::Python;
use crate::hooks::terminal::Term;
use crate::route::Route;
use crate::state::cloud::{self, Answer, ApiCall, Refusal};
use crate::state::homes;
use crate::state::lesson::{File, Lesson, Outline};

/// Shared by lesson, stage and drawer.
#[derive(Clone, PartialEq)]
pub struct Desk {
    pub route: Route,
    pub lesson: Option<Rc<Lesson>>,
    /// What the list of lessons tells of it: there before the lesson is.
    pub outline: Option<Rc<Outline>>,
    pub region: AttrValue,
    pub cloud: Cloud,
    pub python: Python,
    pub terminal: Term,
    /// The control that the lesson points at.
    pub hotspot: Option<AttrValue>,
    /// The line of the file that is to be shown, and a count that makes each wish new.
    pub line_wish: (u32, u32),
    pub go_to_line: Callback<u32>,
    pub show_call: Callback<u64>,
    pub show_hotspot: Callback<Option<AttrValue>>,
    /// Puts a line below the script, and shows it.
    pub open_in_python: Callback<String>,
    /// Makes texts the whole of their files.
    pub put_files: Callback<Vec<File>>,
    /// Whether the solution is shown beside the script, and how that is changed.
    pub comparing: bool,
    pub compare: Callback<bool>,
    /// Switches to another AWS Region.
    pub pick_region: Callback<AttrValue>,
    pub toggle_drawer: Callback<()>,
}

impl Desk {
    /// The home of the learner's files here: the lesson's, or free play's.
    pub fn home(&self) -> String {
        home_of(&self.route)
    }

    /// `hotspot` when the lesson points at this control.
    pub fn hot(&self, name: &str) -> Option<&'static str> {
        (self.hotspot.as_deref() == Some(name)).then_some("hotspot")
    }

    /// Makes a call of any service's in the Region that was picked.
    pub async fn call(
        &self,
        service: &'static str,
        operation: &'static str,
        input: Value,
    ) -> Result<Answer, Refusal> {
        let call = ApiCall::of(service, operation, input, &self.region);
        cloud::call(call.after(self.cloud.past)).await
    }

    /// Makes an S3 call in the Region that was picked.
    pub async fn s3(&self, operation: &'static str, input: Value) -> Result<Answer, Refusal> {
        self.call("s3", operation, input).await
    }

    /// Asks without a trace, in no list and on no bill: what is seen is the cloud as it is, or as it was at the past that
    /// is looked at.
    pub async fn quietly(
        &self,
        service: &'static str,
        operation: &'static str,
        input: Value,
    ) -> Result<Answer, Refusal> {
        let at = self.cloud.past.unwrap_or_else(|| self.cloud.last_call());
        let call = ApiCall::of(service, operation, input, &self.region);
        cloud::call(call.after(Some(at))).await
    }

    /// Asks S3 without a trace.
    pub async fn s3_quietly(
        &self,
        operation: &'static str,
        input: Value,
    ) -> Result<Answer, Refusal> {
        self.quietly("s3", operation, input).await
    }

    /// Makes an S3 call as somebody else: another account, or nobody where it is empty.
    pub async fn s3_as(
        &self,
        account: Option<&str>,
        operation: &'static str,
        input: Value,
    ) -> Result<Answer, Refusal> {
        let call = ApiCall::s3(operation, input, &self.region).by(account);
        cloud::call(call.after(self.cloud.past)).await
    }

    /// A call with bytes.
    pub async fn s3_with(
        &self,
        operation: &'static str,
        input: Value,
        body: Vec<u8>,
    ) -> Result<Answer, Refusal> {
        cloud::call(ApiCall::s3(operation, input, &self.region).with_body(body)).await
    }
}

/// The home of the learner's files at a place of the page.
pub fn home_of(route: &Route) -> String {
    match route {
        Route::Lesson { id, .. } => id.clone(),
        _ => homes::FREE_PLAY.to_owned(),
    }
}

/// What the last click did, and the call that did it: its twin is asked for by its number.
#[derive(Clone, PartialEq, Debug)]
pub struct Deed {
    pub words: String,
    pub seq: u64,
}
