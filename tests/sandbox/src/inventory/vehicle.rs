//! A vehicle, in the words of the portal.

use serde::{Deserialize, Serialize};

/// A vehicle that is for sale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vehicle {
    /// Its identification number: 17 characters, by which it is known from one pull to the next.
    pub vin: String,
    /// The model year.
    pub year: i64,
    /// Its maker.
    pub make: String,
    /// Its model.
    pub model: String,
    /// The price in cents.
    pub price_cents: i64,
    /// In the words of the dealer's system.
    pub status: String,
}

/// Why a vehicle is refused, whatever its own document says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum VehicleFault {
    /// The number is none by ISO 3779.
    #[error("a VIN has 17 capital letters and digits, and none of them is I, O or Q")]
    Vin,
    /// The year is none of a vehicle.
    #[error("a model year has four digits")]
    Year,
    /// The price is negative.
    #[error("a price is not negative")]
    Price,
    /// A text is too long.
    #[error("a text has at most {MOST_TEXT} characters")]
    Text,
}

/// The most characters of a text.
const MOST_TEXT: usize = 200;

impl Vehicle {
    /// Everything that is wrong with it: the property, and why.
    #[must_use]
    pub fn faults(&self) -> Vec<(&'static str, VehicleFault)> {
        let is_long = |text: &str| text.chars().count() > MOST_TEXT;
        let all = [
            ("vin", VehicleFault::Vin, !is_vin(&self.vin)),
            (
                "year",
                VehicleFault::Year,
                !(1000..=9999).contains(&self.year),
            ),
            ("make", VehicleFault::Text, is_long(&self.make)),
            ("model", VehicleFault::Text, is_long(&self.model)),
            ("price", VehicleFault::Price, self.price_cents < 0),
            ("status", VehicleFault::Text, is_long(&self.status)),
        ];
        let wrong = all.into_iter().filter(|(_, _, is_wrong)| *is_wrong);
        wrong
            .map(|(property, fault, _)| (property, fault))
            .collect()
    }
}

fn is_vin(text: &str) -> bool {
    let is_of_it = |byte: u8| {
        (byte.is_ascii_uppercase() || byte.is_ascii_digit()) && !matches!(byte, b'I' | b'O' | b'Q')
    };
    text.len() == 17 && text.bytes().all(is_of_it)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_fault_has_its_property() {
        let good = Vehicle {
            vin: "1HGCM82633A004352".into(),
            year: 2003,
            make: "Honda".into(),
            model: "Accord".into(),
            price_cents: 0,
            status: "available".into(),
        };
        assert_eq!(good.faults(), []);
        for vin in [
            "",
            "1HGCM82633A00435",
            "1hgcm82633a004352",
            "1HGCM82633A00435O",
        ] {
            let bad = Vehicle {
                vin: vin.into(),
                ..good.clone()
            };
            assert_eq!(bad.faults(), [("vin", VehicleFault::Vin)], "{vin}");
        }
        let bad = Vehicle {
            year: 26,
            model: "é".repeat(MOST_TEXT + 1),
            price_cents: -1,
            ..good
        };
        let expected = [
            ("year", VehicleFault::Year),
            ("model", VehicleFault::Text),
            ("price", VehicleFault::Price),
        ];
        assert_eq!(bad.faults(), expected);
    }
}
