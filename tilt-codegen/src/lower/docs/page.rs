//! A document's text about the API, for a page that has headings of its own.

use crate::model::Docs;

/// The first paragraph, if the text begins with one that stands for itself; and all else, with headings below those of the page.
pub(super) fn apart(docs: &Docs) -> (Docs, Docs) {
    let text = docs.0.trim();
    let (first, rest) = text.split_once("\n\n").unwrap_or((text, ""));
    // Text behind an item of a list belongs to it where it is indented.
    let is_alone = first.starts_with(|it: char| it.is_alphanumeric())
        && !rest.starts_with(char::is_whitespace);
    let (beginning, rest) = if is_alone { (first, rest) } else { ("", text) };
    (Docs(beginning.to_owned()), Docs(below(rest)))
}

/// A text with its headings one deeper, as far as there is a deeper one.
fn below(text: &str) -> String {
    let mut fence: Option<&str> = None;
    let mut lines = Vec::new();
    for line in text.lines() {
        let mark = line.trim_start();
        let mark = &mark[..mark.len() - mark.trim_start_matches('`').len()];
        match fence {
            Some(open) if line.trim() == open => fence = None,
            None if mark.len() >= 3 => fence = Some(mark),
            _ => {}
        }
        let is_heading = fence.is_none() && line.starts_with('#') && !line.starts_with("######");
        lines.push(match is_heading {
            true => format!("#{line}"),
            false => line.to_owned(),
        });
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn about(text: &str) -> (Option<String>, String) {
        let (beginning, rest) = apart(&Docs(text.to_owned()));
        (Some(beginning.0).filter(|it| !it.is_empty()), rest.0)
    }

    #[test]
    fn a_first_paragraph_is_the_beginning() {
        assert_eq!(
            about("A shop.\nOf all."),
            (Some("A shop.\nOf all.".to_owned()), String::new())
        );
        assert_eq!(
            about("A shop.\n\n# Errors\n\nNone."),
            (Some("A shop.".to_owned()), "## Errors\n\nNone.".to_owned())
        );
        assert_eq!(about(""), (None, String::new()));
    }

    #[test]
    fn parts_of_a_list_stay_together() {
        let list = "1. One.\n\n   More of it.";
        assert_eq!(about(list), (None, list.to_owned()));
    }

    #[test]
    fn code_has_no_headings() {
        let (beginning, rest) = about("# Start\n\n```text\n# run\n```\n\n###### Six");
        assert_eq!(beginning, None);
        assert_eq!(rest, "## Start\n\n```text\n# run\n```\n\n###### Six");
    }
}
