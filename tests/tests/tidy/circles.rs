//! Files and rooms of a crate that need each other in a circle, and files that reach up into its root.
//!
//! Files alone do not show all circles: a name that the `mod.rs` of a room gives away needs the whole room. So the rooms that stand side by side, at any depth, are looked at as wholes as well.

use std::collections::{BTreeMap, BTreeSet};

use crate::house::module;
use crate::project::Project;
use crate::rules::Rules;
use crate::rust::imports;

/// A module's path in its crate.
type Module = Vec<String>;

/// The modules that each module of a crate names, without its own and without their parents: a module
/// is made of those in it, and they name what they share.
fn graph(project: &Project, source: &str) -> BTreeMap<Module, BTreeSet<Module>> {
    let files = project
        .rust(&[])
        .filter(|file| file.path.starts_with(source) && !file.path.ends_with("tests.rs"));
    let files: Vec<_> = files
        .map(|file| (module(&file.path, source), file))
        .collect();
    let modules: BTreeSet<&Module> = files.iter().map(|(module, _)| module).collect();
    let named = |path: &[String]| {
        let mut lengths = (0..=path.len()).rev();
        lengths.find_map(|length| modules.get(&path[..length].to_vec()).copied())
    };
    let mut graph: BTreeMap<Module, BTreeSet<Module>> = BTreeMap::new();
    for (from, file) in &files {
        let paths = imports(&file.text, from).into_iter().map(|it| it.path);
        let paths = paths.filter(|path| path[0] == "crate");
        let targets = paths.filter_map(|path| named(&path[1..]).cloned());
        let targets = targets.filter(|target| !target.starts_with(from));
        graph.entry(from.clone()).or_default().extend(targets);
    }
    graph
}

/// The shortest way from a module back to itself.
fn circle<'g>(
    graph: &'g BTreeMap<Module, BTreeSet<Module>>,
    start: &'g Module,
) -> Option<Vec<&'g Module>> {
    let mut ways = vec![vec![start]];
    let mut met = BTreeSet::new();
    while !ways.is_empty() {
        let mut longer = Vec::new();
        for way in ways {
            let next = way.last().and_then(|last| graph.get(*last));
            for next in next.into_iter().flatten() {
                if next == start {
                    return Some(way);
                }
                if met.insert(next) {
                    longer.push([&way[..], &[next]].concat());
                }
            }
        }
        ways = longer;
    }
    None
}

/// The circles between the files of all crates that must have none, each once, from its first module.
pub(crate) fn circles(project: &Project, rules: &Rules) -> Vec<String> {
    let mut wrong = Vec::new();
    for source in &rules.house.without_circles {
        wrong.extend(shown(source, &graph(project, source)));
    }
    wrong
}

/// The circles between rooms that stand side by side.
pub(crate) fn between_rooms(project: &Project, rules: &Rules) -> Vec<String> {
    let mut wrong = Vec::new();
    for source in &rules.house.without_circles {
        let modules = graph(project, source);
        let mut rooms: BTreeMap<Module, BTreeMap<Module, BTreeSet<Module>>> = BTreeMap::new();
        for (from, targets) in &modules {
            for target in targets {
                let pairs = from.iter().zip(target);
                let common = pairs.take_while(|(one, other)| one == other).count();
                if from.len() > common && target.len() > common {
                    let [from, target] = [from, target].map(|it| it[..=common].to_vec());
                    let siblings = rooms.entry(from[..common].to_vec()).or_default();
                    siblings.entry(from).or_default().insert(target);
                }
            }
        }
        for siblings in rooms.values() {
            wrong.extend(shown(source, siblings));
        }
    }
    wrong
}

fn shown(source: &str, graph: &BTreeMap<Module, BTreeSet<Module>>) -> Vec<String> {
    let mut shown = Vec::new();
    for start in graph.keys() {
        let Some(way) = circle(graph, start) else {
            continue;
        };
        if way.iter().all(|module| *module >= start) {
            let way = way.iter().chain([&start]).map(|module| module.join("/"));
            shown.push(format!("{source}: {}", way.collect::<Vec<_>>().join(" → ")));
        }
    }
    shown
}

/// Names that lead through what the root of a crate gives its users.
pub(crate) fn through_the_root(project: &Project, rules: &Rules) -> Vec<String> {
    let mut wrong = Vec::new();
    for source in &rules.house.without_circles {
        for (from, targets) in graph(project, source) {
            if targets.contains(&Module::new()) {
                wrong.push(format!(
                    "{source}{}: names the root of its crate",
                    from.join("/")
                ));
            }
        }
    }
    wrong
}
