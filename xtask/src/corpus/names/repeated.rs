//! Names that say something twice, or what path and HTTP method say.

use tilt_codegen::model::Operation;

use super::words::{deed, words};

/// Words that lead to others, of which a name may have several.
const JOINING: &[&str] = &[
    "a", "and", "by", "for", "in", "of", "or", "the", "to", "with",
];

/// Whether a method has a word twice, or begins with what all of its resource is called: `create_or_update_or_update`,
/// `transfers.transfer_bulk`. A word that its path has twice is its author's.
pub(super) fn stutters(resource: &str, operation: &Operation) -> bool {
    let named = words(operation.name.trim_start_matches("r#"));
    let path = words(&operation.path);
    let is_repeated = |at: usize| {
        let word = &named[at];
        let in_path = path.iter().filter(|it| *it == word).count();
        named[..at].contains(word) && !JOINING.contains(&word.as_str()) && in_path < 2
    };
    let noun = words(resource);
    let begins = named.len() > noun.len() && named.starts_with(&noun) && deed(&named[0]).is_some();
    (0..named.len()).any(is_repeated) || begins
}

/// The words of an operation's path, and its HTTP method.
pub(super) fn echo(operation: &Operation) -> Vec<String> {
    let mut echo = words(&operation.path);
    echo.push(operation.method.as_str().to_lowercase());
    echo
}

/// Whether a type is called after one of several paths and HTTP methods, which stands behind other words or goes before
/// them.
pub(super) fn is_echo(name: &str, echoes: &[Vec<String>]) -> bool {
    const FEWEST: usize = 3;
    /// `GetExchangeAccounts` may be a person's word.
    const FEWEST_IN_FRONT: usize = 6;
    let named = words(name);
    echoes
        .iter()
        .filter(|echo| echo.len() >= FEWEST)
        .any(|echo| {
            let (http, path) = echo
                .split_last()
                .map_or(("", &[][..]), |(http, path)| (http.as_str(), path));
            let is_in_front = path.len() >= FEWEST_IN_FRONT
                && named.first().is_some_and(|first| first == http)
                && named[1..].starts_with(path);
            named.ends_with(echo) || is_in_front
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_with_its_method_is_no_name_of_a_type() {
        let echoes = [vec![
            "files".to_owned(),
            "upload".to_owned(),
            "post".to_owned(),
        ]];
        assert!(is_echo("BodySendFilesUploadPost", &echoes));
        assert!(!is_echo("PostFilesUpload", &echoes));
        assert!(!is_echo("UploadFileBody", &echoes));
    }
}
