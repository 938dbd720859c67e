//! The table of kinds.

use super::*;
use std::collections::HashSet;

#[test]
fn every_kind_has_a_name_of_its_own_and_is_found_by_it() {
    let mut met = HashSet::new();
    for code in Code::ALL.iter().flat_map(|(_, codes)| *codes) {
        assert!(met.insert(*code), "{code} is there twice");
        assert_eq!(Code::named(code.as_str()), Some(*code));
        let is_word = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase());
        assert!(code.as_str().split('-').all(is_word), "{code}");
        assert!(code.meaning().ends_with('.'), "{code}");
    }
    assert_eq!(Code::named("nothing"), None);
}

#[test]
fn an_explanation_says_what_it_is_and_what_helps() {
    let explanation = Code::SEVERAL_DOCUMENTS.explanation();
    assert_eq!(
        explanation,
        "several-documents (error): A YAML file holds more than one document.\n\
         What to do: put each document into a file of its own.\n"
    );
    assert_eq!(Code::LINK.explanation().lines().count(), 1);
}
