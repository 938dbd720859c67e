//! Models with further properties.

use crate::scenarios::Scenarios;

#[path = "type-property-additional-properties/extends.rs"]
mod extends;
#[path = "type-property-additional-properties/is.rs"]
mod is;
#[path = "type-property-additional-properties/spread.rs"]
mod spread;

pub async fn call(scenarios: &mut Scenarios) {
    extends::call(scenarios).await;
    is::call(scenarios).await;
    spread::call(scenarios).await;
}
