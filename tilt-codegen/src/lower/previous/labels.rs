//! Words by which elements of a list tell themselves from each other, wherever they stand in it.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::alternative::{Alternative, is_title, named, short};
use crate::dialect::keyword;
use crate::source::Node;

/// Labels of the elements of a list, and the elements that labels of the generation before stand for.
pub(super) struct Labels {
    labels: Vec<String>,
    indexes: HashMap<String, usize>,
    /// One for each element of a list of alternatives; none of other lists.
    alternatives: Vec<Alternative>,
    /// Labels as files have them in which alternatives without a word for themselves are counted.
    counted: HashMap<String, usize>,
    /// Elements that labels have led to.
    found: HashSet<usize>,
    /// Labels that no element has.
    missing: BTreeSet<String>,
}

/// Labels for elements, the shortest of each first.
const FORMS: usize = 3;

/// Comparisons of missing labels with elements, for one list.
const MOST_COMPARED: usize = 10_000;

impl Labels {
    pub(super) fn of(list: Node<'_>, keyword: &str) -> Self {
        let counted: Vec<Option<String>> = list.elements().map(label).collect();
        let counted = numbered(counted);
        let alternatives: Vec<Alternative> = match keyword::has_alternatives(keyword) {
            true => list.elements().map(Alternative::of).collect(),
            false => Vec::new(),
        };
        let labels = match alternatives.is_empty() {
            true => counted.clone(),
            false => told_apart(&alternatives),
        };
        let indexes = |labels: &[String]| -> HashMap<String, usize> {
            let labels = labels.iter().enumerate();
            labels
                .map(|(index, label)| (label.clone(), index))
                .collect()
        };
        Self {
            indexes: indexes(&labels),
            counted: indexes(&counted),
            labels,
            alternatives,
            found: HashSet::new(),
            missing: BTreeSet::new(),
        }
    }

    pub(super) fn of_element(&self, index: usize) -> Option<&str> {
        self.labels.get(index).map(String::as_str)
    }

    /// The element that has a label, which is noted where none has it.
    pub(super) fn find(&mut self, label: &str) -> Option<usize> {
        let index = self.indexes.get(label).copied();
        match index {
            Some(index) => _ = self.found.insert(index),
            None if self.alternatives.is_empty() => {}
            None => _ = self.missing.insert(label.to_owned()),
        }
        index
    }

    /// Gives missing labels to the elements that have grown out of those that had them, where that is clear.
    pub(super) fn recognize(&mut self) -> bool {
        let free = (0..self.alternatives.len()).filter(|it| !self.found.contains(it));
        let free: Vec<usize> = free.collect();
        let missing = std::mem::take(&mut self.missing);
        if missing.len().saturating_mul(free.len()) > MOST_COMPARED {
            return false;
        }
        let mut open: BTreeMap<&String, Vec<usize>> = missing
            .iter()
            .map(|label| (label, self.fitting(label, &free, &missing)))
            .collect();
        let mut any = false;
        // One that fits a single label leaves fewer for the others.
        loop {
            let mut claims: BTreeMap<usize, Vec<&String>> = BTreeMap::new();
            for (label, fitting) in &open {
                if let [only] = fitting.as_slice() {
                    claims.entry(*only).or_default().push(label);
                }
            }
            claims.retain(|_, labels| labels.len() == 1);
            if claims.is_empty() {
                return any;
            }
            any = true;
            for (index, labels) in &claims {
                for label in labels {
                    open.remove(*label);
                    self.indexes.insert((*label).clone(), *index);
                }
            }
            for fitting in open.values_mut() {
                fitting.retain(|index| !claims.contains_key(index));
            }
        }
    }

    /// The elements that a label of the generation before may stand for.
    fn fitting(&self, label: &str, free: &[usize], missing: &BTreeSet<String>) -> Vec<usize> {
        let grown = free.iter().copied();
        let grown = grown.filter(|index| self.alternatives[*index].has_grown_from(label));
        let grown: Vec<usize> = grown.collect();
        if !grown.is_empty() {
            return grown;
        }
        if is_title(label) {
            return self.untitled(free, missing).into_iter().collect();
        }
        let counted = self.counted.get(label).copied();
        let counted = counted.filter(|index| free.contains(index) && self.are_counted(missing));
        counted.into_iter().collect()
    }

    /// The one element that has no title, where one title is missing: it was taken away.
    fn untitled(&self, free: &[usize], missing: &BTreeSet<String>) -> Option<usize> {
        let titles = missing.iter().filter(|label| is_title(label));
        let mut nameless = free
            .iter()
            .filter(|at| self.alternatives[**at].is_nameless());
        match (titles.count(), nameless.next(), nameless.next()) {
            (1, Some(only), None) => Some(*only),
            _ => None,
        }
    }

    /// Whether these are the numbers of a list that had no more elements than this: in one that has more, it is
    /// unknown which of them come later.
    fn are_counted(&self, missing: &BTreeSet<String>) -> bool {
        let is_type = |index: &usize| self.alternatives[*index].has_properties();
        let mut types = self.counted.iter().filter(|(_, index)| is_type(index));
        types.all(|(label, index)| {
            self.found.contains(index) || label.parse::<usize>().is_err() || missing.contains(label)
        })
    }
}

/// The shortest labels that no two of the alternatives have, or else those with a number.
fn told_apart(alternatives: &[Alternative]) -> Vec<String> {
    let mut labels: Vec<String> = alternatives.iter().map(|it| it.label(0)).collect();
    for form in 1..FORMS {
        let mut count: HashMap<&str, usize> = HashMap::new();
        for label in &labels {
            *count.entry(label).or_insert(0) += 1;
        }
        let shared: Vec<bool> = labels.iter().map(|it| count[it.as_str()] > 1).collect();
        for (index, _) in shared.into_iter().enumerate().filter(|(_, shared)| *shared) {
            labels[index] = alternatives[index].label(form);
        }
    }
    let labels = labels.into_iter();
    numbered(
        labels
            .map(|it| Some(it).filter(|it| !it.is_empty()))
            .collect(),
    )
}

/// Labels with numbers: behind those that were there before, and in place of those that are missing.
fn numbered(labels: Vec<Option<String>>) -> Vec<String> {
    let mut unnamed = 0;
    let mut met: HashMap<String, usize> = HashMap::new();
    let labels = labels.into_iter().map(|label| {
        let label = label.unwrap_or_else(|| {
            unnamed += 1;
            (unnamed - 1).to_string()
        });
        let count = met.entry(label.clone()).or_insert(0);
        *count += 1;
        match *count {
            1 => label,
            count => format!("{label}.{count}"),
        }
    });
    labels.collect()
}

/// The words by which an element tells itself from its siblings: a parameter's location and name, the
/// target of a reference, a title, or a value that no other has.
fn label(element: Node<'_>) -> Option<String> {
    let name = keyword::name(element);
    if let (Some(name), Some(location)) = (name, keyword::location(element)) {
        return Some(format!("{location}.{}", short(name)));
    }
    named(element).or_else(|| {
        keyword::properties(element)?.find_map(|(name, property)| {
            let value = keyword::only_value(property)?.as_str()?;
            Some(format!("{}.{}", short(name), short(value)))
        })
    })
}
