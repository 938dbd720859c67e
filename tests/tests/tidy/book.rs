//! The book in `docs/`, and what pages refer to.

use crate::project::Project;
use crate::rules::Rules;
use std::collections::BTreeSet;

const SUMMARY: &str = "docs/SUMMARY.md";

/// Every page of `docs/` is in the summary, under its own heading.
pub(crate) fn pages(project: &Project, _: &Rules) -> Vec<String> {
    let Some(summary) = project.get(SUMMARY) else {
        return vec![format!("{SUMMARY}: is not there")];
    };
    let mut wrong = Vec::new();
    for file in project.under("docs") {
        let Some(name) = page(&file.path).filter(|_| file.path != SUMMARY) else {
            continue;
        };
        let heading = file.text.lines().next().unwrap_or_default();
        let entry = format!("- [{}]({name})", heading.trim_start_matches("# "));
        if !summary.text.lines().any(|line| line.trim() == entry) {
            wrong.push(format!("{SUMMARY}: has no `{entry}`"));
        }
    }
    wrong
}

fn page(path: &str) -> Option<&str> {
    let name = path.strip_prefix("docs/")?;
    (name.ends_with(".md") && !name.contains('/')).then_some(name)
}

/// Every link of a page leads to a file that is there, and to a heading in it.
pub(crate) fn links(project: &Project, _: &Rules) -> Vec<String> {
    let places: BTreeSet<&str> = project.files.iter().map(|it| it.path.as_str()).collect();
    let is_there = |path: &str| {
        let folder = format!("{path}/");
        path.is_empty() || places.contains(path) || places.iter().any(|it| it.starts_with(&folder))
    };
    let mut wrong = Vec::new();
    for file in &project.files {
        if !file.path.ends_with(".md") || file.path.contains("/fixtures/") {
            continue;
        }
        for link in targets(&file.text) {
            let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
            let to = match path {
                "" => file.path.clone(),
                path => resolved(&file.path, path),
            };
            if !is_there(&to) {
                wrong.push(format!("{}: `{link}` leads nowhere", file.path));
            } else if let Some(page) = project.get(&to)
                && to.ends_with(".md")
                && !anchor.is_empty()
                && !headings(&page.text).any(|it| it == anchor)
            {
                wrong.push(format!("{}: `{link}` is no heading there", file.path));
            }
        }
    }
    wrong
}

/// The targets of links that stand in running text and are no address of the web.
fn targets(text: &str) -> impl Iterator<Item = &str> {
    let mut is_code = false;
    let lines = text.lines().filter(move |line| {
        let is_fence = line.trim_start().starts_with("```");
        is_code ^= is_fence;
        !is_code && !is_fence
    });
    lines
        .flat_map(|line| line.split("](").skip(1))
        .filter_map(|rest| Some(rest.split_once(')')?.0))
        .filter(|link| !link.contains(':') && !link.contains('`') && !link.contains(' '))
}

/// A relative path, from the file that has it.
fn resolved(from: &str, path: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." | "" => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// Headings as links name them: in lower case, hyphens for spaces, without punctuation.
fn headings(text: &str) -> impl Iterator<Item = String> {
    let headings = text.lines().filter(|line| line.starts_with('#'));
    headings.map(|line| {
        let words = line.trim_start_matches('#').trim().to_lowercase();
        let kept = words.chars().filter_map(|c| match c {
            ' ' => Some('-'),
            c if c.is_alphanumeric() || c == '-' || c == '_' => Some(c),
            _ => None,
        });
        kept.collect()
    })
}

#[cfg(test)]
mod tests {
    use super::{links, pages};
    use crate::{found, holds};

    #[test]
    fn the_book_has_every_page() {
        holds(pages);
    }

    #[test]
    fn a_page_that_the_book_does_not_have_is_found() {
        let files = [
            ("docs/SUMMARY.md", "- [One](one.md)\n  - [Second](two.md)\n"),
            ("docs/one.md", "# One\n"),
            ("docs/two.md", "# Two\n"),
        ];
        let found = found(pages, files);
        assert_eq!(found, "docs/SUMMARY.md: has no `- [Two](two.md)`");
    }

    #[test]
    fn links_lead_to_what_is_there() {
        holds(links);
    }

    #[test]
    fn a_link_that_leads_nowhere_is_found() {
        let page = "# One\n[a](two.md#second-page) [b](../src/) [c](#one) [d](https://example.com)\n```\n[e](e.md)\n```\n\
                [f](two.md#third) [g](three.md)\n";
        let files = [
            ("docs/one.md", page),
            ("docs/two.md", "## Second: `page`\n"),
            ("src/lib.rs", ""),
        ];
        assert_eq!(
            found(links, files),
            "docs/one.md: `two.md#third` is no heading there\ndocs/one.md: `three.md` leads nowhere"
        );
    }
}
