//! The fields of a card: what a person typed, what is wrong with it, and which card it is.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::api::parameters::Parameters;
use crate::card::TestCard;

/// For a form with faults.
pub(super) const FAULTY: &str = "Look at the fields that are marked.";
/// For a card that no test card is.
pub(super) const UNKNOWN: &str = "The card was declined: it is none of the test cards.";

/// One field of the form.
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) label: &'static str,
    /// The detail token of autofill (HTML).
    pub(super) autocomplete: &'static str,
    pub(super) most: u8,
    pub(super) is_short: bool,
    /// Number and CVV are not shown again.
    pub(super) value: String,
    pub(super) error: Option<&'static str>,
}

/// The fields, in their order.
pub(super) struct CardForm {
    pub(super) fields: [Field; 4],
}

/// A card as a form has it.
pub(super) enum CardRead {
    /// A form with faults.
    Faulty(CardForm),
    /// A card in order, and the form to show again if it is refused. `None` is a card that no test card is.
    Read(Option<TestCard>, CardForm),
}

impl CardForm {
    pub(super) fn empty() -> Self {
        let field = |name, label, autocomplete, most, is_short| Field {
            name,
            label,
            autocomplete,
            most,
            is_short,
            value: String::new(),
            error: None,
        };
        Self {
            fields: [
                field("card_number", "Card number", "cc-number", 23, false),
                field("expiry", "Expiry (MM/YY)", "cc-exp", 7, true),
                field("cvv", "CVV", "cc-csc", 4, true),
                field("zip", "ZIP code", "postal-code", 5, true),
            ],
        }
    }

    pub(super) fn read(form: &Parameters, now: Timestamp) -> CardRead {
        let text = |name: &str| form.text(name).ok().flatten().unwrap_or_default().trim();
        let mut read = Self::empty();
        let number: String = text("card_number")
            .chars()
            .filter(|c| !matches!(c, ' ' | '-'))
            .collect();
        let cvv = text("cvv");
        let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let errors = [
            (!is_card_number(&number)).then_some("Enter the number as it is on the card."),
            expiry_error(text("expiry"), now),
            // American Express prints four digits, and the documentation asks for any three.
            (!(3..=4).contains(&cvv.len()) || !are_digits(cvv))
                .then_some("Enter the three digits of the code."),
            (text("zip").len() != 5 || !are_digits(text("zip")))
                .then_some("Enter a ZIP code of five digits."),
        ];
        for (field, error) in read.fields.iter_mut().zip(errors) {
            field.error = error;
            if matches!(field.name, "expiry" | "zip") {
                field.value = text(field.name).chars().take(7).collect();
            }
        }
        match read.fields.iter().any(|field| field.error.is_some()) {
            true => CardRead::Faulty(read),
            false => CardRead::Read(TestCard::of_number(&number), read),
        }
    }
}

/// The digits of a card, the last of which guards the others (ISO/IEC 7812-1, annex B).
fn is_card_number(number: &str) -> bool {
    if !(12..=19).contains(&number.len()) || !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let digits = number.bytes().rev().map(|byte| u32::from(byte - b'0'));
    let sum: u32 = digits
        .enumerate()
        .map(|(at, digit)| match at % 2 {
            0 => digit,
            _ => digit * 2 / 10 + digit * 2 % 10,
        })
        .sum();
    sum.is_multiple_of(10)
}

/// A card is good to the end of its month.
fn expiry_error(text: &str, now: Timestamp) -> Option<&'static str> {
    const FORM: Option<&str> = Some("Enter month and year, such as 04/29.");
    let Some((month, year)) = text.split_once('/') else {
        return FORM;
    };
    let (month, year) = (month.trim(), year.trim());
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (Ok(month_number), Ok(year_number)) = (month.parse::<i8>(), year.parse::<i16>()) else {
        return FORM;
    };
    let year_number = match year.len() {
        2 => 2000 + year_number,
        4 => year_number,
        _ => return FORM,
    };
    if !(1..=12).contains(&month_number) || !are_digits(month) || !are_digits(year) {
        return FORM;
    }
    let today = now.to_zoned(TimeZone::UTC);
    let is_over = (year_number, month_number) < (today.year(), today.month());
    is_over.then_some("This card has expired.")
}

/// The documented cards, as people read them.
pub(super) fn test_cards() -> Vec<(String, &'static str)> {
    let shown = |card: TestCard| {
        let digits: Vec<char> = card.number().chars().collect();
        let groups: Vec<String> = digits.chunks(4).map(|it| it.iter().collect()).collect();
        let outcome = match card {
            TestCard::VisaApproved => "Visa, approved",
            TestCard::VisaDeclined => "Visa, declined: do not honor",
            TestCard::MastercardApproved => "Mastercard, approved",
            TestCard::AmexApproved => "American Express, approved",
            TestCard::DiscoverApproved => "Discover, approved",
        };
        (groups.join(" "), outcome)
    };
    TestCard::ALL.into_iter().map(shown).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(number: &str, expiry: &str, cvv: &str, zip: &str) -> CardRead {
        let pairs = [
            ("card_number", number),
            ("expiry", expiry),
            ("cvv", cvv),
            ("zip", zip),
        ];
        let form = Parameters::new(pairs);
        let now = "2026-01-15T09:00:00Z".parse().expect("a timestamp");
        CardForm::read(&form, now)
    }

    fn faults(read: CardRead) -> Vec<&'static str> {
        let form = match read {
            CardRead::Faulty(form) | CardRead::Read(_, form) => form,
        };
        let faulty = form.fields.iter().filter(|field| field.error.is_some());
        faulty.map(|field| field.name).collect()
    }

    #[test]
    fn every_documented_card_is_read_however_its_digits_are_grouped() {
        for card in TestCard::ALL {
            for (number, _) in test_cards() {
                if number.replace(' ', "") == card.number() {
                    let read = read(&number, "01/26", "123", "62701");
                    assert!(matches!(read, CardRead::Read(Some(found), _) if found == card));
                }
            }
        }
    }

    #[test]
    fn each_field_is_told_of_its_own_fault() {
        let visa = TestCard::VisaApproved.number();
        for (card, expected) in [
            (["4111111111111112", "01/26", "123", "62701"], "card_number"),
            ([visa, "12/25", "123", "62701"], "expiry"),
            ([visa, "13/26", "123", "62701"], "expiry"),
            ([visa, "01/26", "12", "62701"], "cvv"),
            ([visa, "01/26", "123", "6270"], "zip"),
        ] {
            let [number, expiry, cvv, zip] = card;
            assert_eq!(faults(read(number, expiry, cvv, zip)), [expected]);
        }
        assert_eq!(faults(read(visa, "1 / 2026", "1234", "62701")), [""; 0]);
    }

    #[test]
    fn a_card_of_nobody_is_no_test_card() {
        let read = read("4242 4242 4242 4242", "01/26", "123", "62701");
        assert!(matches!(read, CardRead::Read(None, _)));
    }

    #[test]
    fn number_and_cvv_are_not_shown_again() {
        let CardRead::Faulty(form) = read("4111111111111111", "01/26", "12", "62701") else {
            panic!("the CVV is too short");
        };
        let values: Vec<&str> = form
            .fields
            .iter()
            .map(|field| field.value.as_str())
            .collect();
        assert_eq!(values, ["", "01/26", "", "62701"]);
    }
}
