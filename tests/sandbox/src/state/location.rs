//! Places of business.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::card::TestCard;
use crate::client::PARTNER;

/// A location of a partner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Location {
    /// Its id.
    pub location_id: Uuid,
    /// The partner it belongs to.
    pub partner: Uuid,
    /// Its organization.
    pub organization_id: Uuid,
    /// Its name.
    pub name: String,
    /// Street and number.
    pub line1: String,
    /// City.
    pub city: String,
    /// State.
    pub state: String,
    /// ZIP code.
    pub zip: String,
    /// Country.
    pub country: String,
    /// IANA time zone.
    pub timezone: String,
    /// ISO 4217 code.
    pub currency: String,
    /// Whether it is in business.
    pub active: bool,
    /// Its abilities; without `payments` it takes none.
    pub features: Vec<String>,
    /// When it was created.
    pub created_at: Timestamp,
    /// The card that customers present here.
    pub card: TestCard,
}

impl Location {
    /// A location of the sandbox's own partner that takes payments.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            location_id: Uuid::new_v4(),
            partner: PARTNER,
            organization_id: Uuid::from_u128(0x7117_0000_0000_4000_8000_0000_0000_0002),
            name: name.into(),
            line1: "100 Example Street".into(),
            city: "Springfield".into(),
            state: "IL".into(),
            zip: "62701".into(),
            country: "US".into(),
            timezone: "America/Chicago".into(),
            currency: "USD".into(),
            active: true,
            features: ["pos", "payments"].map(String::from).to_vec(),
            created_at: Timestamp::UNIX_EPOCH,
            card: TestCard::default(),
        }
    }

    /// Gives it an id that is known beforehand.
    pub fn id(mut self, id: Uuid) -> Self {
        self.location_id = id;
        self
    }

    /// Gives it to another partner.
    pub fn partner(mut self, partner: Uuid) -> Self {
        self.partner = partner;
        self
    }

    /// Sets what it can do.
    pub fn features<S: Into<String>>(mut self, features: impl IntoIterator<Item = S>) -> Self {
        self.features = features.into_iter().map(Into::into).collect();
        self
    }

    /// The locations that a sandbox has by itself: two that take payments, one that does not.
    pub(crate) fn seed() -> Vec<Self> {
        let id = |number: u128| Uuid::from_u128(0x7117_0000_0000_4000_8000_0000_0000_0100 + number);
        vec![
            Self::new("Main Street Motors").id(id(1)),
            Self::new("Harbor Service Center").id(id(2)),
            Self::new("Central Warehouse")
                .id(id(3))
                .features(["pos", "inventory"]),
        ]
    }

    pub(crate) fn takes_payments(&self) -> bool {
        self.features.iter().any(|feature| feature == "payments")
    }

    pub(crate) fn item(&self) -> Value {
        json!({
            "location_id": self.location_id.to_string(),
            "name": self.name,
            "address": {
                "line1": self.line1,
                "city": self.city,
                "state": self.state,
                "zip": self.zip,
                "country": self.country,
            },
            "timezone": self.timezone,
            "currency": self.currency,
            "active": self.active,
        })
    }

    pub(crate) fn detail(&self) -> Value {
        let mut detail = self.item();
        detail["organization_id"] = self.organization_id.to_string().into();
        detail["features"] = self.features.clone().into();
        detail["created_at"] = self.created_at.to_string().into();
        detail
    }

    /// Fuzzy search by name: every word of `search` is part of the name, or one typing error away
    /// from a word of it.
    pub(crate) fn is_named(&self, search: &str) -> bool {
        let name = self.name.to_lowercase();
        search.to_lowercase().split_whitespace().all(|word| {
            name.contains(word)
                || name
                    .split_whitespace()
                    .any(|part| is_one_edit_away(word, part))
        })
    }
}

/// Whether two words of at least four letters differ by one letter inserted, left out or replaced.
fn is_one_edit_away(left: &str, right: &str) -> bool {
    let (left, right): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    let (short, long) = if left.len() <= right.len() {
        (&left, &right)
    } else {
        (&right, &left)
    };
    if short.len() < 4 || long.len() - short.len() > 1 {
        return false;
    }
    let same = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    let skipped_in_short = usize::from(short.len() == long.len());
    let rest = |word: &[char], from: usize| word.get(from..).unwrap_or_default().to_vec();
    rest(short, same + skipped_in_short) == rest(long, same + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn search_forgives_case_word_order_and_one_error() {
        let location = Location::new("Main Street Motors");
        for search in [
            "main",
            "MOTORS main",
            "stret",
            "streeet",
            "stredt",
            "ain",
            "",
        ] {
            assert!(location.is_named(search), "{search}");
        }
        for search in ["harbor", "main harbor", "strt", "mian street"] {
            assert!(!location.is_named(search), "{search}");
        }
    }
}
