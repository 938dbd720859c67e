//! Documents that the proof changes.

use crate::drift::wire::{self, Side};
use crate::drift::{Severity, outline};
use crate::source::{DocumentId, Documents, Input, Limits, NodeKey};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// The environment variable that names a folder of other documents.
pub(super) const CORPUS: &str = "TILT_CORPUS";

/// A document, loaded.
pub(super) struct State {
    pub(super) name: String,
    pub(super) value: Value,
    documents: Documents,
    outline: OnceLock<BTreeSet<String>>,
}

impl State {
    pub(super) fn of(name: &str, value: Value) -> State {
        let input = Input::Bytes {
            name: "api.json".to_owned(),
            bytes: value.to_string().into_bytes(),
        };
        let documents = Documents::load(input, &Limits::default());
        let documents = documents.unwrap_or_else(|error| panic!("{name}: {error}"));
        State {
            name: name.to_owned(),
            value,
            documents,
            outline: OnceLock::new(),
        }
    }

    pub(super) fn edited(&self, value: Value) -> State {
        State::of(&self.name, value)
    }

    pub(super) fn side(&self) -> Side<'_> {
        let root = Some(DocumentId(0));
        let is_messages = self.value.get("asyncapi").is_some();
        Side {
            documents: &self.documents,
            openapi: root.filter(|_| !is_messages),
            asyncapi: root.filter(|_| is_messages),
            events: crate::config::EventOperations::Subscribe,
        }
    }

    pub(super) fn outline(&self) -> &BTreeSet<String> {
        self.outline.get_or_init(|| outline::outline(self.side()))
    }
}

/// A finding, as far as the proof looks at it.
pub(super) struct Found {
    pub(super) rule: String,
    pub(super) severity: Severity,
    pub(super) address: String,
    /// The numbers of operations and events.
    pub(super) reach: (usize, usize),
    /// Pointers.
    pub(super) old: String,
    pub(super) new: String,
}

pub(super) fn compare(old: &State, new: &State) -> Vec<Found> {
    let (was, is) = (old.side(), new.side());
    let reach = wire::reach(was, is);
    found(old, new, &reach)
}

/// The findings of the way there, and of the way back.
pub(super) fn both_ways(old: &State, new: &State) -> [Vec<Found>; 2] {
    let (was, is) = wire::reach(old.side(), new.side());
    let reach = (was, is);
    let forth = found(old, new, &reach);
    let (was, is) = reach;
    [forth, found(new, old, &(is, was))]
}

fn found(old: &State, new: &State, reach: &(wire::Reach, wire::Reach)) -> Vec<Found> {
    let edits = wire::compare(old.side(), new.side(), reach);
    let pointers = |state: &State, keys: Vec<NodeKey>| {
        let pointers = state.documents.pointers(&keys).into_iter();
        let pointers = pointers.map(|it| it.unwrap_or_default().to_string());
        pointers.collect::<Vec<_>>()
    };
    let olds = pointers(old, edits.iter().map(|edit| edit.told.0.key()).collect());
    let news = pointers(new, edits.iter().map(|edit| edit.told.1.key()).collect());
    let places = olds.into_iter().zip(news);
    edits
        .into_iter()
        .zip(places)
        .map(|(edit, (old, new))| Found {
            old,
            new,
            reach: (edit.operations.len(), edit.events.len()),
            rule: edit.rule,
            severity: edit.severity,
            address: edit.address.to_string(),
        })
        .collect()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn text(path: &Path) -> String {
    let text = std::fs::read_to_string(path);
    text.unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A file of this repository.
pub(super) fn read_text(name: &str) -> String {
    text(&root().join(name))
}

pub(super) fn read(path: &Path) -> Value {
    let text = text(path);
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The accepted documents.
pub(super) fn specs() -> [State; 2] {
    ["openapi.json", "asyncapi.json"].map(|name| {
        let path = root().join("specs").join(name);
        State::of(name, read(&path))
    })
}

/// An API whose path items, callbacks and their parts are definitions, used by one side, by the other, and by both.
pub(super) fn shared() -> State {
    let refer = |to: &str| json!({"$ref": format!("#/components/{to}")});
    let order = || {
        json!({"type": "object", "required": ["id"], "properties": {
            "id": {"type": "string", "maxLength": 20}, "note": {"type": "string"},
        }})
    };
    let content = |schema: Value| json!({"application/json": {"schema": schema}});
    let item = |id: &str| {
        let answer = json!({"description": "It.", "content": content(order())});
        json!({"post": {
            "operationId": id,
            "parameters": [{"name": "page", "in": "query", "schema": {"type": "integer"}}, refer("parameters/Trace")],
            "requestBody": {"content": content(order())},
            "responses": {"200": answer, "400": refer("responses/Refused")},
        }})
    };
    let mut asked = item("asked");
    asked["post"]["callbacks"] = json!({"done": refer("callbacks/Done")});
    let header = json!({"description": "Left.", "schema": {"type": "integer"}});
    State::of(
        "shared.json",
        json!({
            "openapi": "3.1.0",
            "info": {"title": "Shop", "version": "1"},
            "paths": {"/asked": refer("pathItems/Asked"), "/both": refer("pathItems/Both"), "/seen": item("seen")},
            "webhooks": {"told": refer("pathItems/Told"), "both": refer("pathItems/Both"), "seen": refer_path()},
            "components": {
                "pathItems": {"Asked": asked, "Told": item("told"), "Both": item("both"), "Back": item("back")},
                "callbacks": {"Done": {"{$request.body#/url}": refer("pathItems/Back")}},
                "parameters": {"Trace": {"name": "trace", "in": "header", "schema": {"type": "string"}}},
                "headers": {"Left": header},
                "responses": {"Refused": {
                    "description": "No.", "headers": {"X-Left": refer("headers/Left")}, "content": content(order()),
                }},
            },
        }),
    )
}

fn refer_path() -> Value {
    json!({"$ref": "#/paths/~1seen"})
}

/// The folder that an environment variable names.
pub(super) fn folder(variable: &str) -> Option<PathBuf> {
    let folder = std::env::var_os(variable).map(|folder| root().join(folder));
    if folder.is_none() {
        eprintln!("not run: {variable} names no folder of documents");
    }
    folder
}

/// Ten other documents, of the smaller ones, where there is a folder of them.
pub(super) fn corpus() -> Vec<State> {
    let Some(folder) = folder(CORPUS) else {
        return Vec::new();
    };
    let files = std::fs::read_dir(&folder);
    let files = files.unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<PathBuf> = files
        .filter_map(Result::ok)
        .filter(|it| {
            it.metadata()
                .is_ok_and(|it| (50_000..400_000).contains(&it.len()))
        })
        .map(|it| it.path())
        .filter(|it| it.extension().is_some_and(|ending| ending == "json"))
        .collect();
    files.sort();
    let step = (files.len() / 10).max(1);
    let files = files.into_iter().step_by(step).take(10);
    files
        .map(|path| {
            let name = path
                .file_stem()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            State::of(&name, read(&path))
        })
        .collect()
}

/// Numbers that are the same each time: SplitMix64 (Steele, Lea and Flood, 2014).
pub(super) struct Chance(u64);

impl Chance {
    pub(super) fn of(name: &str) -> Chance {
        let add = |sum: u64, byte: u8| sum.wrapping_mul(31).wrapping_add(byte.into());
        Chance(name.bytes().fold(7, add))
    }

    pub(super) fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        (mixed % most.max(1) as u64) as usize
    }

    /// In another order (Fisher and Yates, as Durstenfeld has it).
    pub(super) fn shuffle<T>(&mut self, all: &mut [T]) {
        for last in (1..all.len()).rev() {
            all.swap(last, self.below(last + 1));
        }
    }

    pub(super) fn one_of(&mut self, all: usize) -> Option<usize> {
        (all > 0).then(|| self.below(all))
    }
}
