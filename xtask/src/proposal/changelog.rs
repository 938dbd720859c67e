//! `CHANGELOG.md`: the entry about the API's documents, between two marks that nobody sees.

const HEADING: &str = "## Unreleased";
const BEGIN: &str = "<!-- The API since the last release: written by `cargo xtask regenerate`. -->";
const END: &str = "<!-- The end of that. -->";

/// The text with this entry in place of the one before; with an empty one, without any.
pub(crate) fn with_entry(text: &str, entry: &str) -> String {
    let mut out = without_entry(text);
    if entry.is_empty() {
        return out;
    }
    let entry = format!("{BEGIN}\n{entry}{END}\n");
    let line = |text: &str, start: &str| {
        let mut ends = text.split_inclusive('\n').scan(0, |at, line| {
            let start = *at;
            *at += line.len();
            Some((start, line))
        });
        ends.find(|(_, line)| line.starts_with(start))
            .map(|(at, line)| (at, at + line.len()))
    };
    match (line(&out, HEADING), line(&out, "## ")) {
        (Some((_, after)), _) => {
            let rest = out.split_off(after);
            out.push_str(&format!(
                "\n{entry}{}",
                rest.strip_prefix('\n').unwrap_or(&rest)
            ));
        }
        (None, Some((before, _))) => {
            out.insert_str(before, &format!("{HEADING}\n\n{entry}\n"));
        }
        (None, None) => out.push_str(&format!("\n{HEADING}\n\n{entry}")),
    }
    out
}

fn without_entry(text: &str) -> String {
    let before = text.split_once(BEGIN);
    let parts = before.and_then(|(before, rest)| Some((before, rest.split_once(END)?.1)));
    match parts {
        Some((before, after)) => {
            format!("{before}{}", after.strip_prefix('\n').unwrap_or(after))
        }
        None => text.to_owned(),
    }
}

/// The text when all that is in it so far is released.
pub(crate) fn released(text: &str, version: &semver::Version) -> String {
    let marks = [BEGIN, END];
    let lines = text.split_inclusive('\n');
    let lines = lines.filter(|line| !marks.contains(&line.trim_end()));
    let heading = |line: &str| match line.trim_end() == HEADING {
        true => format!("{HEADING}\n\n## {version}\n"),
        false => line.to_owned(),
    };
    lines.map(heading).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "# Changelog\n\nWords.\n\n## Unreleased\n\n- By hand.\n\n## 0.1.0\n\n- First.\n";

    #[test]
    fn there_is_one_entry_however_often_it_is_written() {
        let once = with_entry(TEXT, "- One.\n");
        assert_eq!(
            once,
            format!(
                "# Changelog\n\nWords.\n\n## Unreleased\n\n{BEGIN}\n- One.\n{END}\n- By hand.\n\n## 0.1.0\n\n- First.\n"
            )
        );
        assert_eq!(with_entry(&once, "- One.\n"), once);
        assert_eq!(with_entry(&once, "- Two.\n"), once.replace("One", "Two"));
        assert_eq!(with_entry(&once, ""), TEXT);
    }

    #[test]
    fn the_heading_is_made_where_it_is_missing() {
        let released = "# Changelog\n\n## 0.1.0\n\n- First.\n";
        let with = with_entry(released, "- One.\n");
        assert!(
            with.contains(&format!(
                "## Unreleased\n\n{BEGIN}\n- One.\n{END}\n\n## 0.1.0"
            )),
            "{with}"
        );
        assert!(with_entry("# Changelog\n", "- One.\n").contains("## Unreleased\n\n<!--"));
    }

    #[test]
    fn a_release_takes_all_that_is_there_and_leaves_no_marks() {
        let text = released(
            &with_entry(TEXT, "- One.\n"),
            &semver::Version::new(0, 2, 0),
        );
        assert_eq!(
            text,
            "# Changelog\n\nWords.\n\n## Unreleased\n\n## 0.2.0\n\n- One.\n- By hand.\n\n## 0.1.0\n\n- First.\n"
        );
    }
}
