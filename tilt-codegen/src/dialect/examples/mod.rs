//! Examples and defaults of documents, each held against its schema.

mod fault;
mod judge;
mod limits;
mod places;

use self::fault::Fault;
use self::judge::Judge;
use self::places::Example;
use crate::diagnostic::{Code, Problem, Problems};
use crate::dialect::roles::{Role, Way};
use crate::dialect::schema::JsonType;
use crate::source::{Documents, Node};
use serde_json::Value;

/// Reports the examples and defaults in these parts of documents that do not fit their schemas. `ignores`: what stands
/// beside a `$ref` says nothing.
pub(crate) fn check<'d>(
    documents: &'d Documents,
    parts: Vec<(Role, Node<'d>)>,
    ignores: &dyn Fn(Node<'_>) -> bool,
    problems: &mut Problems,
) {
    let mut judge = Judge::new(documents);
    for example in places::examples(documents, parts, ignores) {
        problems.extend(unfit(&mut judge, &example));
    }
}

/// The problem of an example that does not fit.
fn unfit<'d>(judge: &mut Judge<'d>, example: &Example<'d>) -> Option<Problem> {
    let Example {
        schema,
        value,
        way,
        what,
    } = *example;
    let misfit = judge.misfit(schema, value)?;
    let text = value.as_str();
    match way {
        Way::Json => {
            // A text may hold the JSON that is meant (OpenAPI 3.1, 4.8.14 and 4.8.19).
            let held = text.and_then(|text| serde_json::from_str::<Value>(text).ok());
            if held.is_some_and(|held| judge.fits(schema, &held)) {
                return None;
            }
        }
        // A text says a number or a flag as JSON does; what more a text may hold, its schema does not say how.
        Way::Text if matches!(misfit.fault, Fault::Type(..)) => return None,
        // A form is shown as its object, or as its own text.
        Way::Pairs if text.is_some() => return None,
        Way::Parameter
            if text.is_some_and(|text| is_styled(judge, schema, text, &misfit.fault)) =>
        {
            return None;
        }
        Way::Pairs | Way::Text | Way::Value | Way::Parameter => {}
    }
    let at = Node {
        document: value.document,
        value: misfit.at,
    };
    let message = format!("the {what} does not fit its schema: {}", misfit.fault);
    Some(Problem::new(Code::UNFIT_EXAMPLE, at, message))
}

/// A text may be what is sent of a parameter, by its style (OpenAPI 3.1.1, section 4.8.12.4): of a list `a,b`.
fn is_styled<'d>(
    judge: &mut Judge<'d>,
    schema: Node<'d>,
    text: &str,
    fault: &Fault<'_, '_>,
) -> bool {
    let Fault::Type(expected, _) = fault else {
        return false;
    };
    let has_parts = expected.has(JsonType::Array) || expected.has(JsonType::Object);
    let held = || serde_json::from_str::<Value>(text).ok();
    has_parts || held().is_some_and(|held| judge.fits(schema, &held))
}
