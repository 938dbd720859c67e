//! The files that a document refers to.

use super::reference;
use serde_json::Value;
use std::collections::HashSet;

/// The parts before `#` of all references to other files, each once, in document order.
pub(super) fn files_referred_to(value: &Value) -> Vec<String> {
    let mut files = Vec::new();
    let mut open = vec![value];
    while let Some(value) = open.pop() {
        match value {
            Value::Array(elements) => open.extend(elements.iter().rev()),
            Value::Object(members) => {
                let reference = members.get("$ref").and_then(Value::as_str);
                files.extend(reference.map(|it| reference::split(it).0));
                files.extend(mapped(value).filter(|it| may_be_file(it)));
                open.extend(members.values().rev());
            }
            _ => {}
        }
    }
    let mut seen = HashSet::new();
    files.retain(|file| !file.is_empty() && seen.insert(*file));
    files.into_iter().map(str::to_owned).collect()
}

/// The schemas that a discriminator maps its values to, which may be the only references to them.
fn mapped(schema: &Value) -> impl Iterator<Item = &str> {
    let mapping = schema.get("discriminator").and_then(|it| it.get("mapping"));
    let mapping = mapping.and_then(Value::as_object).into_iter().flatten();
    mapping.filter_map(|(_, target)| Some(reference::split(target.as_str()?).0))
}

/// Whether a name in a mapping may be that of a file rather than that of a schema.
fn may_be_file(name: &str) -> bool {
    name.contains(['/', '.'])
}
