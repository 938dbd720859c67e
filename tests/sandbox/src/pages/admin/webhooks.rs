//! Webhook endpoints, and what became of each delivery.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, Request, State as Shared};
use http::StatusCode;
use secrecy::SecretString;

use super::door::{self, Answered, Frame};
use crate::app::App;
use crate::builder::random_secret;
use crate::client::PARTNER;
use crate::pages::page;
use crate::sandbox::local_url;
use crate::webhook::{AttemptOutcome, Delivery, DeliveryStatus, Endpoint, NoReplay};

pub(super) const PATH: &str = "/admin/webhooks";

/// So many deliveries are shown, the latest first.
const SHOWN: usize = 50;

#[derive(Template)]
#[template(path = "admin_webhooks.html")]
struct Webhooks {
    frame: Frame,
    endpoints: Vec<String>,
    deliveries: Vec<Row>,
}

struct Row {
    id: u64,
    event_id: String,
    kind: String,
    url: String,
    status: &'static str,
    attempts: Vec<String>,
}

pub(super) async fn show(Shared(app): Shared<Arc<App>>, request: Request) -> Answered {
    let frame = door::frame(&app, &request, PATH)?;
    let webhooks = app.read(|state| Webhooks {
        frame,
        endpoints: state
            .webhooks
            .endpoints()
            .iter()
            .map(|endpoint| endpoint.url.to_string())
            .collect(),
        deliveries: state
            .webhooks
            .deliveries()
            .rev()
            .take(SHOWN)
            .map(row)
            .collect(),
    });
    Ok(page(StatusCode::OK, &webhooks, None))
}

fn row(delivery: &Delivery) -> Row {
    let attempts = delivery.attempts.iter().map(|attempt| {
        let at = attempt.at.strftime("%Y-%m-%d %H:%M:%S");
        match attempt.outcome {
            AttemptOutcome::Answered(status) => format!("{at} answered {status}"),
            AttemptOutcome::TimedOut => format!("{at} no answer in time"),
            AttemptOutcome::Unreachable => format!("{at} not reached"),
        }
    });
    Row {
        id: delivery.id,
        event_id: delivery.event_id.clone(),
        kind: delivery.event_kind.clone(),
        url: delivery.url.clone(),
        status: match delivery.status {
            DeliveryStatus::Pending => "pending",
            DeliveryStatus::Delivered => "delivered",
            DeliveryStatus::DeadLetter => "dead letter",
        },
        attempts: attempts.collect(),
    }
}

pub(super) async fn register(Shared(app): Shared<Arc<App>>, request: Request) -> Answered {
    let form = door::form(&app, request).await?;
    let url = match local_url(form.text("url")) {
        Ok(url) => url,
        Err(error) => return form.refused(&app, PATH, format!("Not registered: {error}.")),
    };
    let secret = random_secret("whsec");
    let endpoint = Endpoint {
        partner: PARTNER,
        url: url.clone(),
        secret: SecretString::from(secret.clone()),
    };
    let is_new = app.change(|state, _| {
        let known = state.webhooks.endpoints();
        let is_new = !known.iter().any(|it| it.is_at(&endpoint));
        if is_new {
            state.webhooks.register(endpoint);
        }
        is_new
    });
    if !is_new {
        let text = format!(
            "Events go to {url} already, and it keeps its secret. Remove it first to get another one."
        );
        return form.refused(&app, PATH, text);
    }
    let text = format!("Events go to {url} from now on.");
    form.done_with_secret(&app, PATH, text, ("Signing secret", secret))
}

pub(super) async fn remove(Shared(app): Shared<Arc<App>>, request: Request) -> Answered {
    let form = door::form(&app, request).await?;
    match local_url(form.text("url")) {
        Ok(url) => {
            app.change(|state, _| state.unregister(&url));
            let text =
                format!("No more events go to {url}. Those on their way there are dead letters.");
            form.done(&app, PATH, text)
        }
        Err(error) => form.refused(&app, PATH, format!("Not removed: {error}.")),
    }
}

pub(super) async fn replay(
    Shared(app): Shared<Arc<App>>,
    Path(id): Path<String>,
    request: Request,
) -> Answered {
    let form = door::form(&app, request).await?;
    let number = id.parse().map_err(|_| NoReplay::Unknown);
    let replayed = number.and_then(|id| app.change(|state, now| state.replay(id, now)));
    match replayed {
        Ok(()) => form.done(&app, PATH, format!("Delivery {id} is on its way again.")),
        Err(NoReplay::Unknown) => form.refused(&app, PATH, "There is no such delivery any more."),
        Err(NoReplay::Removed) => form.refused(
            &app,
            PATH,
            "Not replayed: its endpoint was removed. Register it again first.",
        ),
    }
}
