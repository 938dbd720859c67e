//! Constraints in words, for documentation: `at most 40 characters`.

use serde_json::Value;

use crate::code_span::code_span;
use crate::dialect::schema::Constraints;

/// Patterns that are longer than this say nothing to a reader.
const LONGEST_PATTERN: usize = 200;

/// One and several of what is counted.
type Counted = [&'static str; 2];
const CHARACTERS: Counted = ["character", "characters"];
const ITEMS: Counted = ["item", "items"];
const PROPERTIES: Counted = ["property", "properties"];

/// A phrase for each constraint, in a fixed order.
pub(in crate::lower) fn in_words(constraints: &Constraints<'_>) -> Vec<String> {
    let mut phrases = lengths(constraints);
    phrases.extend(bounds(constraints));
    if let Some(step) = number(constraints.multiple_of) {
        phrases.push(format!("a multiple of {step}"));
    }
    if let Some(pattern) = constraints.pattern.and_then(Value::as_str)
        && pattern.len() <= LONGEST_PATTERN
    {
        phrases.push(format!("matches {}", code_span(pattern)));
    }
    phrases.extend(counts(constraints));
    phrases
}

fn lengths(constraints: &Constraints<'_>) -> Vec<String> {
    let (min, max) = (
        number(constraints.min_length),
        number(constraints.max_length),
    );
    match (min, max) {
        (Some(min), Some(max)) if min == max => {
            vec![format!("exactly {}", counted(min, CHARACTERS))]
        }
        (min, max) => {
            let min = min.filter(|min| min.as_u64() != Some(0));
            let min = min.map(|min| format!("at least {}", counted(min, CHARACTERS)));
            let max = max.map(|max| format!("at most {}", counted(max, CHARACTERS)));
            min.into_iter().chain(max).collect()
        }
    }
}

/// OpenAPI 3.0 states by a flag that the bound itself is excluded, later versions by a bound of its own.
fn bounds(constraints: &Constraints<'_>) -> Vec<String> {
    let mut phrases = Vec::new();
    if let Some(min) = number(constraints.minimum) {
        phrases.push(match is_true(constraints.exclusive_minimum) {
            true => format!("greater than {min}"),
            false => format!("at least {min}"),
        });
    }
    if let Some(min) = number(constraints.exclusive_minimum) {
        phrases.push(format!("greater than {min}"));
    }
    if let Some(max) = number(constraints.maximum) {
        phrases.push(match is_true(constraints.exclusive_maximum) {
            true => format!("less than {max}"),
            false => format!("at most {max}"),
        });
    }
    if let Some(max) = number(constraints.exclusive_maximum) {
        phrases.push(format!("less than {max}"));
    }
    phrases
}

fn counts(constraints: &Constraints<'_>) -> Vec<String> {
    let mut phrases = Vec::new();
    let more_than_none = |min: &&Value| min.as_u64() != Some(0);
    if let Some(min) = number(constraints.min_items).filter(more_than_none) {
        phrases.push(format!("at least {}", counted(min, ITEMS)));
    }
    if let Some(max) = number(constraints.max_items) {
        phrases.push(format!("at most {}", counted(max, ITEMS)));
    }
    if is_true(constraints.unique_items) {
        phrases.push("no two items equal".to_owned());
    }
    if let Some(min) = number(constraints.min_properties).filter(more_than_none) {
        phrases.push(format!("at least {}", counted(min, PROPERTIES)));
    }
    if let Some(max) = number(constraints.max_properties) {
        phrases.push(format!("at most {}", counted(max, PROPERTIES)));
    }
    phrases
}

fn counted(count: &Value, [one, several]: Counted) -> String {
    let noun = if count.as_f64() == Some(1.0) {
        one
    } else {
        several
    };
    format!("{count} {noun}")
}

fn number(value: Option<&Value>) -> Option<&Value> {
    value.filter(|value| value.is_number())
}

fn is_true(value: Option<&Value>) -> bool {
    value == Some(&Value::Bool(true))
}

#[cfg(test)]
mod tests {
    use super::in_words;
    use crate::dialect::schema::Constraints;
    use serde_json::json;

    #[test]
    fn one_is_counted_as_one() {
        let [one, two] = [json!(1), json!(2)];
        let constraints = Constraints {
            min_length: Some(&one),
            max_length: Some(&two),
            min_items: Some(&one),
            max_properties: Some(&one),
            ..Constraints::default()
        };
        let words = [
            "at least 1 character",
            "at most 2 characters",
            "at least 1 item",
            "at most 1 property",
        ];
        assert_eq!(in_words(&constraints), words);
    }
}
