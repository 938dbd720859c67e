//! Vehicles in a page, found by the mapping and held against the schema of the document.

use std::collections::BTreeMap;

use jsonschema::Validator;
use serde_json::Value;
use tilt_sandbox::{Offer, Vehicle};

use crate::mapping::Mapping;
use crate::property::{cents, integer, text};

/// A page whose vehicles cannot be told apart.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub(crate) enum PageError {
    /// The mapping says that there is a list, and there is none.
    #[error("there is no list at `{pointer}` of the answer")]
    NoList { pointer: String },
    /// The page is not as the document says, beside its vehicles.
    #[error("`{pointer}` of the answer is not as the document says: {reason}")]
    Page { pointer: String, reason: String },
}

/// The vehicles of a page, each with all that is wrong with it.
pub(crate) fn offers(
    page: &Value,
    mapping: &Mapping,
    schema: &Validator,
) -> Result<Vec<Offer>, PageError> {
    let list = &mapping.list.vehicles;
    let vehicles = page.pointer(list).and_then(Value::as_array);
    let vehicles = vehicles.ok_or_else(|| PageError::NoList {
        pointer: list.clone(),
    })?;
    let mut faults = faults(page, list, schema)?;
    let offers = vehicles.iter().enumerate().map(|(at, value)| {
        let place = format!("{list}/{at}");
        let stated = faults.remove(&at).unwrap_or_default();
        offer(value, place, stated, mapping)
    });
    Ok(offers.collect())
}

type Faults = Vec<(String, String)>;

/// All that the schema says of the page, by the vehicle that it is about.
fn faults(
    page: &Value,
    list: &str,
    schema: &Validator,
) -> Result<BTreeMap<usize, Faults>, PageError> {
    let mut by_vehicle = BTreeMap::<usize, Faults>::new();
    for error in schema.iter_errors(page) {
        let pointer = error.instance_path().to_string();
        let reason = error.masked().to_string();
        match vehicle_at(&pointer, list) {
            Some(at) => by_vehicle.entry(at).or_default().push((pointer, reason)),
            None => return Err(PageError::Page { pointer, reason }),
        }
    }
    Ok(by_vehicle)
}

/// The vehicle that a place is in.
fn vehicle_at(pointer: &str, list: &str) -> Option<usize> {
    let rest = pointer.strip_prefix(list)?.strip_prefix('/')?;
    rest.split('/').next()?.parse().ok()
}

fn offer(value: &Value, place: String, mut faults: Faults, mapping: &Mapping) -> Offer {
    let places = &mapping.vehicle;
    let mut reading = Reading {
        value,
        place: &place,
        faults: &mut faults,
    };
    let vin = reading.read(&places.vin, text);
    let year = reading.read(&places.year, integer);
    let make = reading.read(&places.make, text);
    let model = reading.read(&places.model, text);
    let price_cents = reading.read(&places.price, |it| cents(it, places.price_unit));
    let status = reading.read(&places.status, text);
    let read = match (&vin, year, make, model, price_cents, status) {
        (Some(vin), Some(year), Some(make), Some(model), Some(price_cents), Some(status)) => {
            Some(Vehicle {
                vin: vin.clone(),
                year,
                make,
                model,
                price_cents,
                status,
            })
        }
        _ => None,
    };
    let vehicle = match read {
        Some(vehicle) if faults.is_empty() => Ok(vehicle),
        _ => Err(faults),
    };
    Offer {
        place,
        vin,
        vehicle,
    }
}

/// The properties of one vehicle on their way.
struct Reading<'v> {
    value: &'v Value,
    place: &'v str,
    faults: &'v mut Faults,
}

impl Reading<'_> {
    fn read<T>(
        &mut self,
        pointer: &str,
        read: impl FnOnce(&Value) -> Result<T, &'static str>,
    ) -> Option<T> {
        let found = self.value.pointer(pointer).ok_or("it is not there");
        match found.and_then(read) {
            Ok(read) => Some(read),
            Err(reason) => {
                let place = format!("{}{pointer}", self.place);
                // The document has said it of this place, in its own words.
                if !self.faults.iter().any(|(known, _)| *known == place) {
                    self.faults.push((place, reason.to_owned()));
                }
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn mapping() -> Mapping {
        let text = r#"
            operation = "GET /cars"
            list.vehicles = "/cars"
            vehicle = { vin = "/vin", year = "/year", make = "/make", model = "/model", price = "/price", price_unit = "cents", status = "/status" }
        "#;
        Mapping::from_toml(text).expect("a mapping")
    }

    fn schema() -> Validator {
        let car = json!({"type": "object", "properties": {"year": {"minimum": 1950}}});
        let page = json!({"properties": {"cars": {"items": car}, "more": {"type": "boolean"}}});
        jsonschema::validator_for(&page).expect("a schema")
    }

    fn car() -> Value {
        json!({"vin": "V", "year": 2024, "make": "M", "model": "O", "price": 5, "status": "s"})
    }

    #[test]
    fn a_fault_is_that_of_its_vehicle_and_the_others_are_read() {
        let (mut old, mut without) = (car(), car());
        old["year"] = 1900.into();
        without["price"] = "much".into();
        let page = json!({"cars": [car(), old, without, 7]});

        let offers = offers(&page, &mapping(), &schema()).expect("a page");

        assert_eq!(offers[0].vehicle.as_ref().map(|it| it.year), Ok(2024));
        let faults = |at: usize| match &offers[at].vehicle {
            Err(faults) => faults.iter().map(|(place, _)| place.as_str()).collect(),
            Ok(_) => Vec::new(),
        };
        assert_eq!(faults(1), ["/cars/1/year"]);
        assert_eq!(faults(2), ["/cars/2/price"]);
        assert_eq!(offers[1].vin.as_deref(), Some("V"));
        assert_eq!(faults(3)[0], "/cars/3", "and no VIN: {:?}", offers[3].vin);
        assert_eq!(offers[3].vin, None);
    }

    #[test]
    fn a_page_that_is_none_fails_as_a_whole() {
        for (page, expected) in [
            (json!({}), "no list at `/cars`"),
            (json!({"cars": {}}), "no list at `/cars`"),
            (
                json!({"cars": [], "more": "a secret"}),
                "`/more` of the answer",
            ),
        ] {
            let error = offers(&page, &mapping(), &schema()).expect_err("no page");
            let error = error.to_string();
            assert!(error.contains(expected), "{error}");
            assert!(!error.contains("secret"), "no value: {error}");
        }
    }
}
