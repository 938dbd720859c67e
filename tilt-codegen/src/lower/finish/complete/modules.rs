//! The modules of the data types, and what each names of the others.

use std::collections::{BTreeMap, BTreeSet};

use crate::identifier::bare;
use crate::model::{Module, Type, TypeId};

/// The modules of some types, sorted by name.
pub(super) fn of(types: &[Type]) -> Vec<Module> {
    let mut modules: BTreeMap<(&str, &str), Vec<TypeId>> = BTreeMap::new();
    for (index, ty) in types.iter().enumerate() {
        let key = (bare(&ty.module), ty.module.as_str());
        modules.entry(key).or_default().push(TypeId(index));
    }
    modules
        .into_iter()
        .map(|((_, name), ids)| {
            let of_module = ids.iter().filter_map(|id| types.get(id.0));
            let named: BTreeSet<TypeId> = of_module.flat_map(|ty| ty.shape.named()).collect();
            let named = named
                .into_iter()
                .filter_map(|id| Some((id, types.get(id.0)?)));
            let mut imports: Vec<_> = named.filter(|(_, ty)| ty.module != name).collect();
            imports.sort_by_key(|(_, ty)| &ty.name);
            Module {
                name: name.to_owned(),
                types: ids,
                imports: imports.into_iter().map(|(id, _)| id).collect(),
                features: BTreeSet::new(),
            }
        })
        .collect()
}
