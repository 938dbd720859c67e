//! The names that drafts have by now.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::lower::draft::Draft;
use crate::lower::naming::places::Places;
use crate::lower::naming::way::Way;
use crate::lower::sources::Sources;
use crate::model::TypeId;
use crate::place::pointer::Pointer;

/// All drafts, and the names that were found for them.
pub(super) struct Naming<'a, 'd> {
    pub(super) drafts: &'a [Draft<'d>],
    pub(super) pointers: &'a [Pointer],
    pub(super) places: &'a Places,
    pub(super) sources: Sources<'a>,
    pub(super) rename: &'a BTreeMap<String, String>,
    /// Previous names of drafts.
    pub(super) previous: Vec<Option<String>>,
    /// None of them was called anything.
    pub(super) is_first: bool,
    pub(super) names: Vec<String>,
    /// How to come to the types that have a name.
    pub(super) ways: Vec<Way>,
    pub(super) unrenamed: Vec<String>,
    pub(super) modules: Vec<String>,
    /// Names that drafts have before the configuration replaces any.
    pub(super) reserved: HashSet<String>,
    /// The names that come out.
    pub(super) taken: HashSet<String>,
    /// The number to try next behind a name that is taken.
    pub(super) next: HashMap<String, usize>,
    /// Drafts that have a name by now, by structure and name.
    pub(super) given: HashMap<(TypeId, String), usize>,
    /// The equal drafts that drafts are the same type as.
    pub(super) merged: Vec<Option<TypeId>>,
    /// The names that the configuration renames types to.
    pub(super) wanted: HashSet<&'a str>,
    pub(super) renamed: BTreeSet<String>,
    pub(super) collisions: Vec<(usize, String)>,
}
