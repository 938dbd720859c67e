//! Settings that map schemas to types: where they stand in the documents, and what they did not find.

use crate::config::Setting;
use crate::diagnostic::{Code, Place, Problem};
use crate::lower::context::Context;
use crate::lower::sources::Sources;
use crate::model::{Scalar, Shape, Type, TypeRef};
use crate::place::pointer::Pointer;
use crate::source::Node;

/// Finds the schemas that settings map.
pub(in crate::lower) fn find_schemas<'d>(
    context: &mut Context<'d>,
    components: &[(&str, Node<'d>)],
) {
    let config = context.config;
    let Sources {
        documents,
        openapi,
        asyncapi,
    } = context.sources;
    for (key, ty) in &config.types.schema {
        let nodes: Vec<Node<'d>> = match key.strip_prefix('#') {
            Some(pointer) => {
                let pointer = Pointer::from(pointer.to_owned());
                let roots = openapi.iter().copied().chain(asyncapi);
                roots
                    .filter_map(|root| documents.at(root, &pointer))
                    .collect()
            }
            None => {
                let named = components.iter().filter(|(name, _)| name == key);
                named.map(|(_, node)| *node).collect()
            }
        };
        if nodes.is_empty() {
            let message = format!("there is no schema `{key}`, so none is `{ty}`");
            unmatched(context, Setting::TypeSchema(key), message);
        }
        context.mapped.map(nodes.iter().map(|node| node.key()), ty);
    }
}

/// Reports settings that found nothing, once all schemas are built.
pub(in crate::lower) fn check(context: &mut Context<'_>) {
    let config = context.config;
    for (format, ty) in &config.types.format {
        if !context.mapped.is_met(format) {
            let message = format!("no schema has the format `{format}`, so none is `{ty}`");
            unmatched(context, Setting::TypeFormat(format), message);
        }
    }
    for (pattern, ty) in &config.types.property {
        if !context.mapped.is_met_as_property(pattern) {
            let message = format!("no text is a property `{pattern}`, so none is `{ty}`");
            unmatched(context, Setting::TypeProperty(pattern), message);
        }
    }
    let without: Vec<String> = context
        .mapped
        .types()
        .iter()
        .filter(|ty| config.parts.samples && ty.is_used() && ty.sample.is_none())
        .map(|ty| ty.name.clone())
        .collect();
    for name in without {
        let message = format!(
            "the documents have no example of what is mapped to `{name}`: types that require one have no sample"
        );
        let root = context.documents().root_node();
        let problem = Problem::new(Code::MAPPED_SAMPLE, root, message);
        context.problem(problem.help("add an `example` to the schema"));
    }
}

fn unmatched(context: &mut Context<'_>, setting: Setting<'_>, message: String) {
    let help = "write a format as the document has it in [types.format], the name of a schema or `#/components/schemas/…` in \
                [types.schema], the name of a property in [types.property]";
    context.at_setting(setting, Code::UNMATCHED_MAPPING, message, help.to_owned());
}

/// Reports unions of objects in which nothing but trying tells a mapped type from the others.
pub(in crate::lower) fn report_unions(context: &mut Context<'_>, types: &[Type]) {
    let mapped = context.mapped.types().to_vec();
    let is_object = |ty: &TypeRef| match ty {
        TypeRef::Scalar(Scalar::Mapped(id)) => mapped[id.0].kinds.object.then_some(Some(id.0)),
        TypeRef::Named(id) => matches!(types[id.0].shape, Shape::Struct(_)).then_some(None),
        _ => None,
    };
    for ty in types {
        let Shape::Union(union) = &ty.shape else {
            continue;
        };
        let objects = union.variants.iter().filter_map(|it| is_object(&it.ty));
        let objects: Vec<Option<usize>> = objects.collect();
        let first = objects.iter().flatten().next();
        let (Some(first), true, None) = (first, objects.len() > 1, &union.discriminator) else {
            continue;
        };
        let message = format!(
            "`{}` is one of several objects in `{}`, and no discriminator tells them apart: it is read where all others \
             fail, or are less like the value",
            mapped[*first].name, ty.name
        );
        let documents = context.documents();
        let stands = ty.places.iter().flatten().find_map(|place| {
            let document = documents.iter().find(|it| it.name == place.document)?;
            Some(Place::Pointer(document.id, place.pointer.clone()))
        });
        let place = stands.unwrap_or_else(|| documents.root_node().into());
        context.problem(Problem::new(Code::MAPPED_ALTERNATIVE, place, message));
    }
}
