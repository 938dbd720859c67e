//! Faults that there are still many of: no folder may have more than it had, and where it has fewer,
//! the allowance shrinks with them.

use std::collections::BTreeMap;

use crate::project::Project;
use crate::rules::Rules;
use crate::rust::{comments, functions};

/// A fault, and the folder that it counts for.
pub(crate) struct Fault {
    pub(crate) folder: String,
    pub(crate) text: String,
}

/// Sentences of comments that begin with a word that says nothing.
pub(crate) fn leading_words(project: &Project, rules: &Rules) -> Vec<Fault> {
    let mut faults = Vec::new();
    for file in project.rust(&rules.generated.folders) {
        for comment in comments(&file.text) {
            for sentence in sentences(&comment.text) {
                let word: String = sentence
                    .chars()
                    .skip_while(|c| !c.is_alphanumeric())
                    .take_while(|c| c.is_alphanumeric())
                    .collect();
                if rules.comments.never_first.contains(&word) {
                    let start: String = sentence.chars().take(60).collect();
                    let text = format!("{}:{}: `{start}`", file.path, comment.line);
                    faults.push(fault(&file.path, text));
                }
            }
        }
    }
    faults
}

/// The beginnings of sentences, with all that follows; examples of code have none.
fn sentences(comment: &str) -> Vec<&str> {
    let (mut found, mut fenced, mut open, mut offset) = (Vec::new(), false, false, 0);
    for line in comment.split_inclusive('\n') {
        let text = line.trim_start();
        if text.starts_with("```") {
            fenced = !fenced;
            open = false;
        } else if text.is_empty() {
            open = false;
        } else if !fenced {
            let fresh = text.starts_with(['-', '*', '#', '|']);
            if !open || fresh {
                found.push(comment[offset..].trim_start());
            }
            let mut ended = false;
            for (at, c) in line.char_indices() {
                if ended && c == ' ' {
                    found.push(comment[offset + at..].trim_start());
                }
                ended = matches!(c, '.' | '!' | '?');
            }
            open = !(ended || text.trim_end().ends_with(['.', '!', '?']));
        }
        offset += line.len();
    }
    found
}

pub(crate) fn long_files(project: &Project, rules: &Rules) -> Vec<Fault> {
    let files = project.rust(&rules.generated.folders);
    let lengths = files.map(|file| (file, file.text.lines().count()));
    lengths
        .filter(|(_, lines)| *lines > rules.sizes.file)
        .map(|(file, lines)| fault(&file.path, format!("{}: {lines} lines", file.path)))
        .collect()
}

pub(crate) fn long_functions(project: &Project, rules: &Rules) -> Vec<Fault> {
    let mut faults = Vec::new();
    for file in project.rust(&rules.generated.folders) {
        for function in functions(&file.text) {
            if function.lines > rules.sizes.function {
                let (line, name, lines) = (function.line, function.name, function.lines);
                let text = format!("{}:{line}: `{name}` has {lines} lines", file.path);
                faults.push(fault(&file.path, text));
            }
        }
    }
    faults
}

/// A fault of a file, which counts for the folder of the file.
pub(crate) fn fault(path: &str, text: String) -> Fault {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let folder = folder.to_owned();
    Fault { folder, text }
}

/// Compares faults with their allowance: folders with more, and folders with fewer.
pub(crate) fn compare(faults: &[Fault], allowed: &BTreeMap<String, usize>) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for fault in faults {
        *counts.entry(&fault.folder).or_default() += 1;
    }
    let mut wrong = Vec::new();
    for (folder, count) in &counts {
        let limit = allowed.get(*folder).copied().unwrap_or_default();
        if *count > limit {
            let here = faults.iter().filter(|fault| fault.folder == *folder);
            wrong.extend(here.map(|fault| fault.text.clone()));
            wrong.push(format!("`{folder}` has {count}, and {limit} are allowed"));
        }
    }
    for (folder, limit) in allowed {
        let count = counts.get(folder.as_str()).copied().unwrap_or_default();
        if count < *limit {
            wrong.push(format!(
                "`{folder}` has {count}; lower its allowance of {limit}"
            ));
        }
    }
    wrong
}
