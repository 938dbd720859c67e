//! ARCHITECTURE.md as rules: which rooms there are, and what each may never import.
//!
//! A table whose first heading has a folder in backticks is about the rooms in that folder; `room/` is
//! `room.rs` as well. If the second heading is `never imports`, its rows are rules. Otherwise it is a
//! map: of everything there, or only of its folders where the heading begins with that word.

use crate::counts::{Fault, fault};
use crate::project::{File, Project, is_under};
use crate::rules::Rules;
use crate::rust::imports;

/// A row of a table: what is in backticks in its first two cells.
struct Row {
    rooms: Vec<String>,
    excepted: Vec<String>,
    second: Vec<String>,
}

struct Table {
    /// With `/` at its end.
    folder: String,
    kind: TableKind,
    rows: Vec<Row>,
}

#[derive(PartialEq)]
enum TableKind {
    Walls,
    MapOfAll,
    MapOfFolders,
}

/// Whether the rooms of the map are the folders that exist.
pub(crate) fn rooms(project: &Project, rules: &Rules) -> Vec<String> {
    let mut wrong = Vec::new();
    let tables = tables(project, rules);
    let maps: Vec<_> = tables
        .iter()
        .filter(|table| table.kind != TableKind::Walls)
        .collect();
    if maps.is_empty() {
        wrong.push(format!("{}: no table lists rooms", rules.house.document));
    }
    for table in maps {
        let listed: Vec<_> = table.rows.iter().flat_map(|row| &row.rooms).collect();
        for room in &listed {
            let path = join(&table.folder, room);
            if !present(project, &path) {
                wrong.push(format!("{}: there is no `{path}`", rules.house.document));
            }
        }
        let mut there: Vec<_> = project
            .files
            .iter()
            .filter_map(|file| child(as_room(&file.path), &table.folder))
            .filter(|(_, is_folder)| *is_folder || table.kind == TableKind::MapOfAll)
            .map(|(room, _)| room)
            .collect();
        there.sort();
        there.dedup();
        for room in there {
            let free = rules.house.unlisted.contains(&room) || room.ends_with("_tests");
            let folder = format!("{room}/");
            if !free && !listed.contains(&&room) && !listed.contains(&&folder) {
                let path = join(&table.folder, &room);
                wrong.push(format!("{}: `{path}` is not listed", rules.house.document));
            }
        }
    }
    wrong
}

/// Whether the tables that forbid imports speak of rooms that exist.
pub(crate) fn walls(project: &Project, rules: &Rules) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut tables = tables(project, rules);
    tables.retain(|table| table.kind == TableKind::Walls);
    if tables.is_empty() {
        wrong.push(format!(
            "{}: no table forbids imports",
            rules.house.document
        ));
    }
    for table in &tables {
        let rows = table.rows.iter();
        let named = rows.flat_map(|row| row.rooms.iter().chain(&row.excepted).chain(&row.second));
        for room in named.filter(|name| name.ends_with('/')) {
            let path = join(&table.folder, room);
            if !present(project, &path) {
                wrong.push(format!("{}: there is no `{path}`", rules.house.document));
            }
        }
    }
    wrong
}

/// Names in a room's code that lead to what the room must not know.
pub(crate) fn broken_walls(project: &Project, rules: &Rules) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut tables = tables(project, rules);
    tables.retain(|table| table.kind == TableKind::Walls);
    for file in project.rust(&rules.generated.folders) {
        let sources = &rules.house.crates;
        let source = sources.values().find(|source| is_under(&file.path, source));
        let Some(source) = source.filter(|_| !file.path.ends_with("tests.rs")) else {
            continue;
        };
        let path = as_room(&file.path);
        let mut never = Vec::new();
        for table in &tables {
            let in_room = |rooms: &[String]| {
                let mut paths = rooms.iter().map(|room| join(&table.folder, room));
                paths.any(|room| is_under(path, &room))
            };
            let rows = table.rows.iter();
            for row in rows.filter(|row| in_room(&row.rooms) && !in_room(&row.excepted)) {
                never.extend(row.second.iter().map(|what| (what, &table.folder)));
            }
        }
        if !never.is_empty() {
            faults.extend(broken(file, source, &never, rules));
        }
    }
    faults
}

/// The names in a file that lead to what it must never name.
fn broken(file: &File, source: &str, never: &[(&String, &String)], rules: &Rules) -> Vec<Fault> {
    let mut wrong = Vec::new();
    for import in imports(&file.text, &module(&file.path, source)) {
        let crate_source = match import.path[0].as_str() {
            "crate" | "$crate" => Some(source),
            name => rules.house.crates.get(name).map(String::as_str),
        };
        let place = crate_source.map(|source| {
            let rest = import.path[1..].join("/");
            format!("{source}{rest}")
        });
        let named = import.path.join("::");
        for (what, folder) in never {
            let broken = if let Some(place) = place.as_ref().filter(|_| what.ends_with('/')) {
                is_under(place, &join(folder, what))
            } else {
                named == **what || named.starts_with(&format!("{what}::"))
            };
            if broken {
                wrong.push(format!(
                    "{}:{}: `{named}`, and nothing here may name `{what}`",
                    file.path, import.line
                ));
            }
        }
    }
    wrong.sort();
    wrong.dedup();
    wrong
        .into_iter()
        .map(|text| fault(&file.path, text))
        .collect()
}

/// A file's place in its crate.
pub(crate) fn module(path: &str, source: &str) -> Vec<String> {
    let path = path.strip_prefix(source).unwrap_or(path);
    let path = path.strip_suffix(".rs").unwrap_or(path);
    let mut parts: Vec<_> = path.split('/').map(str::to_owned).collect();
    if let Some("mod" | "lib" | "main") = parts.last().map(String::as_str) {
        parts.pop();
    }
    parts
}

/// The path of a file; one of Rust without its extension, as if it were a folder.
fn as_room(path: &str) -> &str {
    path.strip_suffix(".rs").unwrap_or(path)
}

fn present(project: &Project, path: &str) -> bool {
    let mut paths = project.files.iter().map(|file| as_room(&file.path));
    paths.any(|there| is_under(there, path))
}

/// The entry of a folder that a path leads to, and whether the path goes on.
fn child(path: &str, folder: &str) -> Option<(String, bool)> {
    let rest = path.strip_prefix(folder.trim_start_matches("./"))?;
    let (name, more) = rest
        .split_once('/')
        .map_or((rest, false), |(name, _)| (name, true));
    (!name.is_empty()).then(|| (name.to_owned(), more))
}

fn join(folder: &str, room: &str) -> String {
    let folder = folder.trim_start_matches("./");
    let room = room.trim_start_matches("./");
    format!("{folder}{room}")
}

fn tables(project: &Project, rules: &Rules) -> Vec<Table> {
    let text = project
        .get(&rules.house.document)
        .map_or("", |file| file.text.as_str());
    let mut tables: Vec<Table> = Vec::new();
    let (mut inside, mut ours) = (false, false);
    for line in text.lines() {
        let Some(cells) = line.strip_prefix('|') else {
            inside = false;
            continue;
        };
        let mut cells = cells.split('|');
        let first = cells.next().unwrap_or_default();
        let second = cells.next().unwrap_or_default();
        if !inside {
            inside = true;
            let folder = code(first).into_iter().next();
            ours = folder.is_some();
            if let Some(folder) = folder {
                let kind = if second.trim() == "never imports" {
                    TableKind::Walls
                } else if first.trim_start().starts_with("folder") {
                    TableKind::MapOfFolders
                } else {
                    TableKind::MapOfAll
                };
                let rows = Vec::new();
                tables.push(Table { folder, kind, rows });
            }
        } else if ours && !first.trim_start().starts_with("--") {
            let (rooms, excepted) = first.split_once(" but ").unwrap_or((first, ""));
            let row = Row {
                rooms: code(rooms),
                excepted: code(excepted),
                second: code(second),
            };
            tables.last_mut().expect("a table is open").rows.push(row);
        }
    }
    tables
}

/// Each text between backticks.
fn code(text: &str) -> Vec<String> {
    let parts = text.split('`').skip(1).step_by(2);
    parts.map(str::to_owned).collect()
}
