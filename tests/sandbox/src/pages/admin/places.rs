//! Locations, the card that customers present at each, and the users of the POS.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, Request, State as Shared};
use http::StatusCode;

use super::door::{self, Answered, Frame};
use crate::api::parameters::parse_uuid;
use crate::app::App;
use crate::card::TestCard;
use crate::pages::card::test_cards;
use crate::pages::page;

pub(super) const PATH: &str = "/admin/locations";

#[derive(Template)]
#[template(path = "admin_places.html")]
struct Places {
    frame: Frame,
    locations: Vec<LocationRow>,
    users: Vec<UserRow>,
    test_cards: Vec<(String, &'static str)>,
}

struct LocationRow {
    name: String,
    id: String,
    features: String,
    card: String,
}

struct UserRow {
    id: String,
    name: String,
    role: String,
}

pub(super) async fn show(Shared(app): Shared<Arc<App>>, request: Request) -> Answered {
    let frame = door::frame(&app, &request, PATH)?;
    let test_cards: Vec<(String, &str)> = test_cards();
    let shown = |card: TestCard| {
        let mut numbers = test_cards.iter().map(|(number, _)| number);
        let shown = numbers.find(|number| number.replace(' ', "") == card.number());
        shown.cloned().unwrap_or_default()
    };
    let (locations, users) = app.read(|state| {
        let locations = state.locations.iter().map(|location| LocationRow {
            name: location.name.clone(),
            id: location.location_id.to_string(),
            features: location.features.join(", "),
            card: shown(location.card),
        });
        let users = state.users.to_vec().into_iter().map(|user| UserRow {
            id: user.external_user_id,
            name: user.display_name.unwrap_or_default(),
            role: user.role_slug,
        });
        (locations.collect(), users.collect())
    });
    let places = Places {
        frame,
        locations,
        users,
        test_cards,
    };
    Ok(page(StatusCode::OK, &places, None))
}

pub(super) async fn present(
    Shared(app): Shared<Arc<App>>,
    Path(id): Path<String>,
    request: Request,
) -> Answered {
    let form = door::form(&app, request).await?;
    let Some(card) = TestCard::of_number(&form.text("card").replace(' ', "")) else {
        return form.refused(&app, PATH, "There is no such test card.");
    };
    let id = parse_uuid(&id).unwrap_or_default();
    let name = app.change(|state, _| {
        let mut locations = state.locations.iter_mut();
        let location = locations.find(|location| location.location_id == id)?;
        location.card = card;
        Some(location.name.clone())
    });
    match name {
        Some(name) => form.done(
            &app,
            PATH,
            format!("Customers at {name} present that card."),
        ),
        None => form.refused(&app, PATH, "There is no such location."),
    }
}
