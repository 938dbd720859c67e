//! Media types that a client takes (RFC 9110, 12.5.1).

use super::problem::Problem;
use crate::data::media_type;
use http::header::ACCEPT;
use http::{HeaderMap, StatusCode};

/// Refuses a request whose client takes none of the media types that an operation answers with. A client that says
/// nothing takes all, and so does one whose header cannot be read.
pub(super) fn check(headers: &HeaderMap, answers: &[&str]) -> Result<(), Problem> {
    let values: Result<Vec<&str>, _> = headers
        .get_all(ACCEPT)
        .iter()
        .map(|it| it.to_str())
        .collect();
    let Ok(values) = values else {
        return Ok(());
    };
    let mut ranges = values.iter().flat_map(|it| it.split(',')).map(str::trim);
    let is_taken = answers.is_empty() || values.is_empty() || ranges.any(|it| takes(it, answers));
    match is_taken {
        true => Ok(()),
        false => {
            let offered = answers.join(", ");
            let problem = Problem::new(StatusCode::NOT_ACCEPTABLE).at("header.Accept");
            Err(problem.detail(format!("expected {offered}")))
        }
    }
}

/// Whether a range with its weight takes any of the media types. Parameters of a range narrow it to what is not
/// known here before an answer is made.
fn takes(range: &str, answers: &[&str]) -> bool {
    let (essence, parameters) = range.split_once(';').unwrap_or((range, ""));
    let weight = |it: &str| {
        let (name, value) = it.split_once('=')?;
        name.trim()
            .eq_ignore_ascii_case("q")
            .then(|| value.trim().parse::<f32>().ok())
    };
    let weight = parameters.split(';').find_map(weight).flatten();
    let is_refused = weight == Some(0.0);
    !is_refused
        && answers.iter().any(|answer| {
            media_type::fit(answer, essence).is_some() || media_type::fit(essence, answer).is_some()
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    #[test]
    fn a_client_that_takes_nothing_of_what_there_is_is_refused() {
        for (accept, is_taken) in [
            ("", false),
            ("text/html", false),
            ("application/json;q=0", false),
            ("text/html, application/json;q=0.1", true),
            ("application/json; version=2", true),
            ("application/*", true),
            ("image/svg+xml, */*", true),
        ] {
            let value = HeaderValue::from_static(accept);
            let headers: HeaderMap = [(ACCEPT, value)].into_iter().collect();
            let checked = check(&headers, &["application/json", "text/csv"]);
            assert_eq!(checked.is_ok(), is_taken, "{accept}");
            assert!(check(&headers, &[]).is_ok());
        }
        assert!(check(&HeaderMap::new(), &["text/csv"]).is_ok());
    }
}
