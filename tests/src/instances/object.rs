//! Objects.

use serde_json::{Map, Value, json};

use super::EXTRA;
use super::flat::{Flat, Others, together};
use super::pattern;
use super::synthesis::{Synthesizer, most, most_objects, unlisted};

/// More properties than this are not varied one by one.
const MOST_COLUMNS: usize = 400;

/// A property and its values.
struct Column<'s> {
    name: &'s str,
    is_required: bool,
    values: Vec<Value>,
}

/// The minimal object, the maximal one, and then each value of each property somewhere.
pub(super) fn candidates(
    synthesizer: Synthesizer<'_>,
    flat: &Flat<'_>,
    depth: usize,
) -> Vec<Value> {
    let columns = columns(synthesizer, flat, depth);
    let Some(minimal) = minimal(flat, &columns) else {
        return Vec::new();
    };
    if synthesizer.is_deep(depth) {
        return vec![minimal];
    }
    let rows = columns.iter().map(|column| column.values.len()).max();
    let others = others(synthesizer, flat, depth);
    let rows = rows
        .unwrap_or(0)
        .max(others.len())
        .min(most_objects(depth).0);
    let mut values = vec![minimal];
    values.extend((0..rows).map(|row| {
        let mut object = row_of(&columns, row);
        if let Some(members) = others.get(row % others.len().max(1)) {
            object.extend(members.clone());
        }
        object.into()
    }));
    if !others.is_empty() {
        values.insert(2.min(values.len()), row_of(&columns, 0).into());
    }
    values
}

/// For what no row shows because something else in it is wrong: the minimal object, and each value of
/// each property with it.
pub(super) fn one_by_one(
    synthesizer: Synthesizer<'_>,
    flat: &Flat<'_>,
    is_valid: &dyn Fn(&Value) -> bool,
) -> Vec<Value> {
    let columns = columns(synthesizer, flat, 0);
    let Some(minimal) = minimal(flat, &columns) else {
        return Vec::new();
    };
    let rows = columns
        .iter()
        .map(|column| column.values.len())
        .max()
        .unwrap_or(0);
    let sound: Vec<bool> = (0..rows.min(most(0)))
        .map(|row| is_valid(&row_of(&columns, row).into()))
        .collect();
    if sound.iter().all(|sound| *sound) {
        return Vec::new();
    }
    let mut values = Vec::new();
    for column in columns.iter().take(MOST_COLUMNS) {
        for (index, value) in column.values.iter().enumerate() {
            let is_shown = (index..sound.len())
                .step_by(column.values.len())
                .any(|row| sound[row]);
            if !is_shown {
                let mut object = minimal.clone();
                object[column.name] = value.clone();
                values.push(object);
            }
        }
    }
    values
}

/// The minimal object with an unlisted value in each place that has a list.
pub(super) fn with_unlisted(synthesizer: Synthesizer<'_>, flat: &Flat<'_>) -> Vec<Value> {
    if !flat.kinds().contains(&"object") {
        return Vec::new();
    }
    let columns = columns(synthesizer, flat, 0);
    let Some(minimal) = minimal(flat, &columns) else {
        return Vec::new();
    };
    let mut values = Vec::new();
    for (name, schemas) in &flat.properties {
        let schema = together(schemas);
        let alternatives = Flat::alternatives(synthesizer.document, &schema);
        let mut found: Vec<Value> = unlisted(&alternatives).into_iter().collect();
        for list in &alternatives {
            if list.kinds() == ["array"]
                && let Some(items) = list.items
            {
                let items = Flat::alternatives(synthesizer.document, items);
                found.extend(unlisted(&items).map(|value| json!([value])));
            }
        }
        values.extend(found.into_iter().map(|value| {
            let mut object = minimal.clone();
            object[*name] = value;
            object
        }));
    }
    values
}

fn columns<'s>(synthesizer: Synthesizer<'_>, flat: &Flat<'s>, depth: usize) -> Vec<Column<'s>> {
    let mut optional = match synthesizer.is_deep(depth) {
        true => 0,
        false => most_objects(depth).1,
    };
    let declared = flat
        .properties
        .iter()
        .map(|(name, schemas)| (*name, together(schemas)));
    let undeclared = flat
        .required
        .iter()
        .filter(|name| {
            flat.properties
                .iter()
                .all(|(declared, _)| declared != *name)
        })
        .map(|name| {
            let schema = match flat.others {
                Others::Of(schema) => schema.clone(),
                _ => json!(true),
            };
            (*name, schema)
        });
    declared
        .chain(undeclared)
        .map(|(name, schema)| (name, flat.required.contains(name), schema))
        .filter(|(_, is_required, _)| {
            let is_wanted = *is_required || optional > 0;
            optional = optional.saturating_sub(usize::from(!is_required));
            is_wanted
        })
        .map(|(name, is_required, schema)| Column {
            name,
            is_required,
            values: synthesizer.candidates(&schema, depth + 1),
        })
        .collect()
}

fn minimal(flat: &Flat<'_>, columns: &[Column<'_>]) -> Option<Value> {
    let required = columns.iter().filter(|column| column.is_required);
    let mut members: Map<String, Value> = required
        .map(|column| Some((column.name.to_owned(), column.values.first()?.clone())))
        .collect::<Option<_>>()?;
    let least = flat.limit("minProperties").unwrap_or(0);
    let optional = columns.iter().filter(|column| !column.is_required);
    for column in optional {
        if members.len() as u64 >= least {
            break;
        }
        if let Some(value) = column.values.first() {
            members.insert(column.name.to_owned(), value.clone());
        }
    }
    Some(members.into())
}

/// A row takes from each column the value of its number, and begins anew where a column ends. In the
/// first row are the fullest values, which come second.
fn row_of(columns: &[Column<'_>], row: usize) -> Map<String, Value> {
    let pick = |column: &Column<'_>| {
        let count = column.values.len();
        let index = (row + 1).checked_rem(count)?;
        Some((column.name.to_owned(), column.values.get(index)?.clone()))
    };
    columns.iter().filter_map(pick).collect()
}

/// Properties that nobody names, in an order that is not alphabetic.
fn others(synthesizer: Synthesizer<'_>, flat: &Flat<'_>, depth: usize) -> Vec<Map<String, Value>> {
    let names = names(synthesizer, flat);
    let named = |values: &[Value]| -> Map<String, Value> {
        let values = values.iter().cycle();
        let members = names.iter().cloned().zip(values.cloned());
        members.collect()
    };
    let mut others = Vec::new();
    match flat.others {
        Others::None => {}
        Others::Any => {
            let any = [
                json!({"b": [1, null, 2.5], "a": {"z": "", "y": -0.5}}),
                json!(9_007_199_254_740_993_u64),
                json!(null),
            ];
            others.push(named(&any));
        }
        Others::Of(schema) => {
            let values = synthesizer.candidates(schema, depth + 1);
            let count = names.len().max(1);
            others.extend(values.chunks(count).map(named));
        }
    }
    for (regex, schema) in &flat.patterns {
        let values = synthesizer.candidates(schema, depth + 1);
        if let (Some(name), false) = (pattern::text(regex), values.is_empty()) {
            others.extend(
                values
                    .into_iter()
                    .map(|value| Map::from_iter([(name.clone(), value)])),
            );
        }
    }
    others.truncate(most(depth));
    others
}

fn names(synthesizer: Synthesizer<'_>, flat: &Flat<'_>) -> Vec<String> {
    if let Some(schema) = flat.names {
        let names = synthesizer.candidates(schema, 1);
        let names = names.iter().filter_map(Value::as_str);
        let names: Vec<String> = names.map(str::to_owned).collect();
        if !names.is_empty() {
            return names;
        }
    }
    ["zz_", "aa ", "ünï/"]
        .map(|start| format!("{start}{EXTRA}"))
        .to_vec()
}
