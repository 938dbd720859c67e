//! The time here, and ways to put it forward.

use std::sync::Arc;
use std::time::Duration;

use askama::Template;
use axum::extract::{Request, State as Shared};
use http::StatusCode;

use super::door::{self, Answered, Frame};
use crate::app::App;
use crate::clock::{after, next_midnight};
use crate::pages::page;
use crate::runner;

pub(super) const PATH: &str = "/admin/clock";

#[derive(Template)]
#[template(path = "admin_clock.html")]
struct ClockPage {
    frame: Frame,
    now: String,
    is_manual: bool,
}

pub(super) async fn show(Shared(app): Shared<Arc<App>>, request: Request) -> Answered {
    let frame = door::frame(&app, &request, PATH)?;
    let clock = ClockPage {
        frame,
        now: app
            .clock
            .now()
            .strftime("%Y-%m-%d %H:%M:%S UTC")
            .to_string(),
        is_manual: app.clock.is_manual(),
    };
    Ok(page(StatusCode::OK, &clock, None))
}

pub(super) async fn put_forward(Shared(app): Shared<Arc<App>>, request: Request) -> Answered {
    let form = door::form(&app, request).await?;
    let count = form.text("count").parse::<u64>().ok();
    let count = count.filter(|count| (1..=1000).contains(count));
    let seconds = match form.text("unit") {
        "minutes" => 60,
        "hours" => 60 * 60,
        "days" => 24 * 60 * 60,
        _ => 0,
    };
    let Some(count) = count.filter(|_| seconds > 0) else {
        return form.refused(&app, PATH, "Put the clock forward by 1 to 1000 of a unit.");
    };
    move_by(&app, Duration::from_secs(count * seconds)).await;
    let now = app.clock.now().strftime("%Y-%m-%d %H:%M:%S UTC");
    form.done(&app, PATH, format!("It is {now} now."))
}

pub(super) async fn run_to_midnight(Shared(app): Shared<Arc<App>>, request: Request) -> Answered {
    let form = door::form(&app, request).await?;
    let now = app.clock.now();
    let left = next_midnight(now).duration_since(now);
    move_by(&app, Duration::try_from(left).unwrap_or_default()).await;
    form.done(
        &app,
        PATH,
        "A day has begun: approved payments are settled.",
    )
}

/// A clock that stands still does all that is due on the way; one that runs lets its runner see to it.
async fn move_by(app: &App, duration: Duration) {
    match app.clock.is_manual() {
        true => runner::advance(app, after(app.clock.now(), duration)).await,
        false => {
            app.clock.put_forward(duration);
            app.scheduled.notify_one();
        }
    }
}
