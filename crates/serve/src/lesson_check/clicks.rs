//! The seventh proof: the way by clicks, as the calls that the console makes on it.

use std::time::Duration;

use cloudarium_cloud::links::{self, LinkWish};
use cloudarium_cloud::{Call, Caller, CallerKind, Cloud, Effect, Fault, Request, User};
use cloudarium_lesson::{ConsoleCall, Lesson, Link, Proofs, Run};
use cloudarium_shape::Value;
use cloudarium_wire::http::HttpRequest;

use super::prove::{Proven, not_passed, right};
use super::stage::Stage;

/// The number of a request that opens a link; [`Cloud::call`] counts its own.
const LINK_ID: u64 = 1;

/// Makes the clicks of `proofs` on a stage of their own; every step must pass by them.
pub(super) fn clicks(lesson: &Lesson, proofs: &Proofs, proven: &mut Proven) -> Result<(), String> {
    if proofs.console.is_empty() {
        return Ok(());
    }
    let mut stage = Stage::new(lesson).map_err(|error| error.to_string())?;
    let mut hand = Hand { before: Value::Null, link: None };
    for click in &proofs.console {
        let answer = hand.click(&mut stage, click)?;
        let code = answer.as_ref().err().map(|fault| fault.code.clone());
        hand.before = answer.unwrap_or(Value::Null);
        proven.hold(code == click.error, || {
            format!("7. \"{}\" answered {code:?} instead of {:?}.", click.click, click.error)
        });
        stage.lab.observe(&mut stage.cloud);
    }
    // The questions of a step are answered by clicks, too.
    let answered = Run { ran: false, answers: right(lesson), ..Run::default() };
    let checked = stage.lab.check_all(&mut stage.cloud, Some(&answered));
    for step in &lesson.steps {
        proven.hold(stage.lab.step_passed(&step.id), || {
            let told = not_passed(&checked).join("; ");
            format!("7. The way by clicks does not pass the step `{}`: {told}", step.id)
        });
    }
    Ok(())
}

/// What who clicks has in hand.
struct Hand {
    /// The answer of the click before.
    before: Value,
    /// The link that was made last.
    link: Option<HttpRequest>,
}

impl Hand {
    fn click(
        &mut self,
        stage: &mut Stage,
        click: &ConsoleCall,
    ) -> Result<Result<Value, Fault>, String> {
        if click.wait_s > 0 {
            let later = stage.cloud.now().plus(Duration::from_secs(click.wait_s));
            stage.cloud.advance(later);
        }
        let call = stage.lab.call_after(&click.call, CallerKind::Console, &self.before);
        let call = call.map_err(|asset| {
            format!("7. \"{}\" needs assets/{asset}, which is not there.", click.click)
        })?;
        let call = Call { at: stage.cloud.now(), ..call };
        let Some(how) = click.link else { return Ok(stage.cloud.call(call)) };
        let config = stage.lab.config();
        let user = config.users.first().ok_or("7. Nobody is there to sign a link.")?;
        self.open(&mut stage.cloud, (&call, how), user)
            .ok_or_else(|| format!("7. \"{}\" is nothing that a link can do.", click.click))
    }

    /// Opens a link that does what `call` does, as anybody would who holds it.
    fn open(
        &mut self,
        cloud: &mut Cloud,
        (call, how): (&Call, Link),
        user: &User,
    ) -> Option<Result<Value, Fault>> {
        let asked = match call.request() {
            Ok(request) => request,
            Err(fault) => return Some(Err(fault)),
        };
        let text = |name: &str| call.input.get(name).and_then(Value::as_str);
        let (bucket, key) = (text("Bucket")?, text("Key")?);
        let (method, region) = (asked.http.method.as_str(), call.region.as_str());
        let link = match (how, self.link.take()) {
            (Link::LivesS(expires_s), _) => {
                let wish = LinkWish { method, bucket, key, region, expires_s };
                links::presigned(user, &wish, call.at)
            }
            (Link::Again, made) => {
                let made = made?;
                let (_, query) = made.target.split_once('?')?;
                HttpRequest { target: format!("{}?{query}", links::path_of(key)), ..made.clone() }
            }
        };
        self.link = Some(link.clone());
        Some(answered(cloud, call, HttpRequest { body: asked.http.body, ..link }))
    }
}

/// What the cloud answers to the request of a link, which the page sends with this source.
#[allow(clippy::result_large_err, reason = "an answer either way, and one at a time")]
fn answered(cloud: &mut Cloud, call: &Call, mut http: HttpRequest) -> Result<Value, Fault> {
    http.headers.set("x-cloudarium-source", "link");
    if !http.body.is_empty() {
        http.headers.set("Content-Length", http.body.len().to_string());
    }
    let request = Request { id: LINK_ID, at: call.at, wall: call.at, caller: Caller::Client, http };
    let response = cloud.handle(request).into_iter().find_map(|effect| match effect {
        Effect::Respond { id: LINK_ID, response } => Some(response),
        _ => None,
    });
    match response {
        Some(response) => call.answer(&response),
        None => Err(Fault::new("NoAnswer", 503, "A link waits for nothing.")),
    }
}
