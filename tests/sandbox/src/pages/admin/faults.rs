//! Faults to switch on: what goes wrong with requests and events to come.

use std::sync::Arc;
use std::time::Duration;

use askama::Template;
use axum::extract::{Request, State as Shared};
use http::{Method, StatusCode};

use super::door::{self, Answered, Frame};
use crate::api::operations;
use crate::app::App;
use crate::fault::{Fault, Trigger};
use crate::lock::lock;
use crate::pages::page;
use crate::server::TOKEN_PATH;

pub(super) const PATH: &str = "/admin/faults";

/// Longer than clients wait.
const TOO_LONG: Duration = Duration::from_secs(90);

/// Faults by their names in forms.
const FAULTS: &[(&str, &str)] = &[
    ("500", "answer 500, and do nothing"),
    ("429", "answer 429, and do nothing"),
    ("late", "do it, and answer after 90 seconds"),
    ("lost_answer", "do it, and lose the answer"),
    ("lost_request", "lose the request"),
    ("truncated", "do it, and lose half of the answer"),
    ("events_twice", "deliver events twice"),
    (
        "events_late",
        "deliver events late, so that others overtake them",
    ),
];

#[derive(Template)]
#[template(path = "admin_faults.html")]
struct FaultsPage {
    frame: Frame,
    waiting: Vec<Waiting>,
    faults: &'static [(&'static str, &'static str)],
    routes: Vec<String>,
}

/// A fault that is on.
struct Waiting {
    what: String,
    of: String,
    times: usize,
}

pub(super) async fn show(Shared(app): Shared<Arc<App>>, request: Request) -> Answered {
    let frame = door::frame(&app, &request, PATH)?;
    let faults = FaultsPage {
        frame,
        waiting: waiting(&app),
        faults: FAULTS,
        routes: routes().into_iter().map(|(name, _)| name).collect(),
    };
    Ok(page(StatusCode::OK, &faults, None))
}

/// All that are on, those of events too.
fn waiting(app: &App) -> Vec<Waiting> {
    let mut waiting: Vec<Waiting> = Vec::new();
    for (trigger, fault) in lock(&app.faults).iter() {
        let (of, times) = trigger.shown();
        let what = what(fault);
        waiting.push(Waiting { what, of, times });
    }
    let disorder = app.read(|state| state.webhooks.disorder_to_come());
    for (name, times) in [
        ("events_twice", disorder.twice),
        ("events_late", disorder.late),
    ] {
        if times > 0 {
            let what = named(name);
            let of = "events".to_owned();
            waiting.push(Waiting { what, of, times });
        }
    }
    waiting
}

/// A fault in the words of the form.
fn what(fault: &Fault) -> String {
    match fault {
        Fault::Answer { status, .. } => format!("answer {status}, and do nothing"),
        Fault::LostRequest => named("lost_request"),
        Fault::LostAnswer => named("lost_answer"),
        Fault::TruncatedAnswer => named("truncated"),
        Fault::Delay(time) => format!("do it, and answer after {} seconds", time.as_secs_f32()),
    }
}

fn named(name: &str) -> String {
    let text = FAULTS.iter().find(|(known, _)| *known == name);
    text.map(|(_, text)| (*text).to_owned()).unwrap_or_default()
}

pub(super) async fn switch_on(Shared(app): Shared<Arc<App>>, request: Request) -> Answered {
    let form = door::form(&app, request).await?;
    let times = form.text("times").parse::<usize>().ok();
    let Some(times) = times.filter(|times| (1..=1000).contains(times)) else {
        return form.refused(&app, PATH, "A fault happens 1 to 1000 times.");
    };
    let fault = match form.text("fault") {
        "500" => Fault::status(500),
        "429" => Fault::too_many_requests(2),
        "late" => Fault::Delay(TOO_LONG),
        "lost_answer" => Fault::LostAnswer,
        "lost_request" => Fault::LostRequest,
        "truncated" => Fault::TruncatedAnswer,
        "events_twice" => {
            app.change(|state, _| state.webhooks.disorder().twice = times);
            return form.done(&app, PATH, "Events to come are delivered twice.");
        }
        "events_late" => {
            app.change(|state, _| state.webhooks.disorder().late = times);
            return form.done(&app, PATH, "Events to come are delivered late.");
        }
        _ => return form.refused(&app, PATH, "There is no such fault."),
    };
    let route = form.text("route");
    let faults = &app.faults;
    if route.is_empty() {
        // Any operation, but none of these pages: whoever asks for a fault wants to see its page again.
        lock(faults).add(Trigger::to_api().times(times), fault);
        return form.done(&app, PATH, "The next requests meet it.");
    }
    let Some((name, (method, path))) = routes().into_iter().find(|(name, _)| name == route) else {
        return form.refused(&app, PATH, "There is no such operation.");
    };
    lock(faults).add(Trigger::to(method, path).times(times), fault);
    form.done(&app, PATH, format!("The next requests to {name} meet it."))
}

pub(super) async fn clear(Shared(app): Shared<Arc<App>>, request: Request) -> Answered {
    let form = door::form(&app, request).await?;
    lock(&app.faults).clear();
    app.change(|state, _| *state.webhooks.disorder() = Default::default());
    form.done(&app, PATH, "All faults are off.")
}

/// Operations and the token endpoint, as forms name them.
fn routes() -> Vec<(String, (Method, &'static str))> {
    let operations = operations().into_iter().map(|it| (it.method, it.path));
    let token = (Method::POST, TOKEN_PATH);
    let named =
        |(method, path): (Method, &'static str)| (format!("{method} {path}"), (method, path));
    operations.chain([token]).map(named).collect()
}
