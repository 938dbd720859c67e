//! Names that the configuration gives: that they are names, and find something, and no two of them
//! become one.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::Setting;
use crate::diagnostic::{Code, Place, Problem};
use crate::dialect::openapi::Operation;
use crate::identifier;
use crate::lower::context::Context;
use crate::lower::draft::Draft;
use crate::lower::naming::TypeIdentifiers;
use crate::lower::naming::paths;
use crate::lower::naming::unnamed::OperationName;

impl Context<'_> {
    /// Reports faults of `[[environments]]`: a client's enum has a variant for each.
    pub(in crate::lower) fn check_environments(&mut self) {
        let environments = &self.config.environments;
        let mut taken: BTreeMap<String, usize> = BTreeMap::new();
        for (index, environment) in environments.iter().enumerate() {
            let setting = Setting::Environment(index, "name");
            let fitting = identifier::environment_name(&environment.name);
            let help = |name: &str| format!("`{name}` could be; see [[environments]]");
            if fitting != environment.name {
                let message = format!(
                    "`{}` cannot be the name of an environment",
                    environment.name.escape_debug()
                );
                self.at_setting(setting, Code::INVALID_ENVIRONMENT, message, help(&fitting));
            } else if let Some(first) = taken.get(&fitting) {
                let url = &environments[*first].api;
                let message =
                    format!("two environments are called `{fitting}`: that of {url} is, too");
                let help = "give each of [[environments]] a name of its own".to_owned();
                self.at_setting(setting, Code::COLLIDING_ENVIRONMENT, message, help);
            } else {
                taken.insert(fitting, index);
            }
        }
    }

    /// Reports faults of `[types.rename]`, once all types have their names.
    pub(in crate::lower) fn check_types(&mut self, named: &TypeIdentifiers, drafts: &[Draft<'_>]) {
        let rename = &self.config.types.rename;
        for (from, to) in rename {
            let fitting = identifier::type_name(to);
            if fitting != *to {
                let message = format!("`{}` cannot be the name of a type", to.escape_debug());
                let help = format!("`{fitting}` could be; see [types.rename]");
                let setting = Setting::TypeRename(from);
                self.at_setting(setting, Code::INVALID_RENAME, message, help);
            } else if !named.renamed.contains(from) {
                let message = format!("no type is called `{from}`, so none is renamed to `{to}`");
                let help = "`inspect` prints the names; see [types.rename]".to_owned();
                let setting = Setting::TypeRename(from);
                self.at_setting(setting, Code::UNMATCHED_RENAME, message, help);
            }
        }
        let mut entries: BTreeMap<&str, &str> = BTreeMap::new();
        for (from, to) in rename {
            entries.entry(to).or_insert(from);
        }
        for (index, name) in &named.collisions {
            let draft = &drafts[*index];
            let mut others = named.names.iter().enumerate();
            let other = others.find(|(at, other)| at != index && *other == name);
            let both = [Some(*index), other.map(|(at, _)| at)];
            let both = both.into_iter().flatten().map(|at| drafts[at].node.key());
            let places = self.documents().pointers(&both.collect::<Vec<_>>());
            let places = places.into_iter().flatten().map(|at| format!("`#{at}`"));
            let places = places.collect::<Vec<_>>().join(" and ");
            let message = format!("two types would be called `{name}`: {places}");
            let help = "choose another name in [types.rename]";
            let entry = entries.get(name.as_str());
            let setting = entry.map(|from| Setting::TypeRename(from));
            self.collision(setting, draft.node.into(), message, help);
        }
    }

    /// Reports faults of `[operations.rename]`; two operations of one name are an error.
    pub(in crate::lower) fn check_operations(
        &mut self,
        operations: &[Operation<'_>],
        names: &[OperationName],
    ) {
        let rename = &self.config.operations.rename;
        let mut keys = BTreeSet::new();
        for operation in operations {
            keys.insert(format!("{} {}", operation.method.as_str(), operation.path));
            keys.extend(operation.id.clone());
        }
        for (from, to) in rename {
            let is_name = |text: &str| !text.is_empty() && identifier::snake(text) == text;
            let fits = to
                .split_once('.')
                .is_some_and(|(resource, method)| is_name(resource) && is_name(method));
            if !fits {
                let message = format!("`{}` cannot be the name of an operation", to.escape_debug());
                let help = "write `resource.method`, both in snake_case, in [operations.rename]";
                let setting = Setting::OperationRename(from);
                self.at_setting(setting, Code::INVALID_RENAME, message, help.to_owned());
            } else if !keys.contains(from) {
                let message =
                    format!("there is no operation `{from}`, so none is renamed to `{to}`");
                let help = "write `METHOD /path` or an operationId in [operations.rename]";
                let setting = Setting::OperationRename(from);
                self.at_setting(setting, Code::UNMATCHED_RENAME, message, help.to_owned());
            }
        }
        let mut taken: BTreeMap<(&str, &str), &Operation<'_>> = BTreeMap::new();
        for (operation, name) in operations.iter().zip(names) {
            let key = (name.resource.as_str(), name.method.as_str());
            let Some(first) = taken.insert(key, operation) else {
                continue;
            };
            let message = format!(
                "two operations would be called `{}.{}`",
                name.resource, name.method
            );
            let help = "choose another name in [operations.rename]";
            let entry = |operation: &Operation<'_>| {
                let key = paths::key(operation.method, operation.path);
                let by_key = rename.get_key_value(&key);
                let entry = by_key.or_else(|| rename.get_key_value(operation.id.as_ref()?));
                entry.map(|(from, _)| Setting::OperationRename(from))
            };
            let setting = entry(operation).or_else(|| entry(first));
            self.collision(setting, operation.node.into(), message, help);
        }
    }

    /// Two names became one, by a setting if there is one.
    fn collision(
        &mut self,
        setting: Option<Setting<'_>>,
        place: Place,
        message: String,
        help: &str,
    ) {
        const CODE: Code = Code::COLLIDING_RENAME;
        match setting {
            Some(setting) => self.at_setting(setting, CODE, message, help.to_owned()),
            None => self
                .problems
                .push(Problem::new(CODE, place, message).help(help)),
        }
    }
}
