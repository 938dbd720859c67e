//! Single keywords of nodes, by a function each, for rooms that must not read raw ones. Schemas are taken apart
//! as a whole in `schema/`.

use serde_json::Value;

use crate::source::Node;

fn text<'d>(node: Node<'d>, key: &str) -> Option<&'d str> {
    node.get(key)?.as_str()
}

/// `$ref`.
pub(crate) fn reference(node: Node<'_>) -> Option<&str> {
    text(node, "$ref")
}

/// Whether a node is a whole OpenAPI or AsyncAPI document, which is no schema.
pub(crate) fn is_document(node: Node<'_>) -> bool {
    let has = |key: &str| node.get(key).is_some();
    (has("openapi") || has("asyncapi") || has("swagger")) && has("info")
}

/// `title`.
pub(crate) fn title(node: Node<'_>) -> Option<&str> {
    text(node, "title")
}

/// `description`.
pub(crate) fn description(node: Node<'_>) -> Option<&str> {
    text(node, "description")
}

/// `name`, of a parameter, tag or message.
pub(crate) fn name(node: Node<'_>) -> Option<&str> {
    text(node, "name")
}

/// `in`, of a parameter.
pub(crate) fn location(node: Node<'_>) -> Option<&str> {
    text(node, "in")
}

/// `contentMediaType`, of a schema.
pub(crate) fn content_media_type(node: Node<'_>) -> Option<&str> {
    text(node, "contentMediaType")
}

fn is_true(node: Node<'_>, key: &str) -> bool {
    node.get(key)
        .is_some_and(|flag| flag.value == &Value::Bool(true))
}

/// `nullable: true`, of OpenAPI 3.0, in any version.
pub(crate) fn is_nullable(node: Node<'_>) -> bool {
    is_true(node, "nullable")
}

/// `readOnly: true`.
pub(crate) fn is_read_only(node: Node<'_>) -> bool {
    is_true(node, "readOnly")
}

/// `writeOnly: true`.
pub(crate) fn is_write_only(node: Node<'_>) -> bool {
    is_true(node, "writeOnly")
}

/// `properties`, of a schema, in the order of the document; `None` where it has none.
pub(crate) fn properties<'d>(
    node: Node<'d>,
) -> Option<impl Iterator<Item = (&'d str, Node<'d>)> + use<'d>> {
    Some(node.get("properties")?.members())
}

/// The only value that a schema allows, by `const` or by an `enum` of one.
pub(crate) fn only_value<'d>(node: Node<'d>) -> Option<&'d Value> {
    let values = node.get("enum").map(|values| values.elements());
    let mut values = values.into_iter().flatten();
    let only = values.next().filter(|_| values.next().is_none());
    Some(node.get("const").or(only)?.value)
}

/// The values of `enum`, where there is one.
pub(crate) fn values<'d>(node: Node<'d>) -> impl Iterator<Item = &'d Value> + use<'d> {
    let values = node.get("enum").into_iter();
    values
        .flat_map(|values| values.elements())
        .map(|it| it.value)
}

/// The texts that a schema lists, by `const` or `enum`.
pub(crate) fn texts(node: Node<'_>) -> Vec<&str> {
    let constant = node.get("const").map(|it| it.value);
    let listed = values(node).chain(constant);
    listed.filter_map(Value::as_str).collect()
}

/// The values of a discriminator by this property, with the references that they are mapped to.
pub(crate) fn mapped_to<'d>(node: Node<'d>, property: &str) -> Vec<(&'d str, &'d str)> {
    let discriminator = node.get("discriminator");
    let discriminator = discriminator.filter(|it| text(*it, "propertyName") == Some(property));
    let mapping = discriminator.and_then(|it| it.get("mapping"));
    let members = mapping.into_iter().flat_map(|it| it.members());
    members
        .filter_map(|(value, target)| Some((value, target.as_str()?)))
        .collect()
}

/// Whether a schema allows null and nothing else.
pub(crate) fn is_only_null(node: Node<'_>) -> bool {
    let mut names = types(node).peekable();
    let is_of_null = names.peek().is_some() && names.all(|name| name == "null");
    let constant = node.get("const");
    let mut listed = values(node).peekable();
    is_of_null
        || constant.is_some_and(|it| it.value.is_null())
        || listed.peek().is_some() && listed.all(Value::is_null)
}

/// Whether a schema says that there may be null, be it beside any object, and no more: as an alternative, it is how some
/// write that another one is nullable.
pub(crate) fn is_any_object_or_null(node: Node<'_>) -> bool {
    let says_more =
        |(key, _): (&str, Node<'_>)| !matches!(key, "type" | "nullable" | "description");
    let is_of_objects = types(node).all(|name| name == "object");
    is_nullable(node) && is_of_objects && !node.members().any(says_more)
}

/// The schema of each value of a map: `additionalProperties`, where it is a schema that says something.
pub(crate) fn map_values(node: Node<'_>) -> Option<Node<'_>> {
    let values = node.get("additionalProperties")?;
    values.value.is_object().then_some(values)
}

/// `propertyNames`: the schema of the names of an object.
pub(crate) fn property_names(node: Node<'_>) -> Option<Node<'_>> {
    node.get("propertyNames")
}

/// Whether two schemas say the same of values, in whatever words.
pub(crate) fn are_alike(one: Node<'_>, other: Node<'_>) -> bool {
    let are_schemas = one.value.is_object() && other.value.is_object();
    one.key() == other.key() || are_schemas && said(one) == said(other)
}

/// The keywords of a schema that are no words, sorted.
fn said<'d>(node: Node<'d>) -> Vec<(&'d str, &'d Value)> {
    const WORDS: [&str; 5] = ["title", "description", "default", "example", "examples"];
    let members = node.members().map(|(key, member)| (key, member.value));
    let mut said: Vec<_> = members.filter(|(key, _)| !WORDS.contains(key)).collect();
    said.sort_unstable_by_key(|(key, _)| *key);
    said
}

/// The members of `oneOf` and `anyOf`.
pub(crate) fn alternatives<'d>(node: Node<'d>) -> impl Iterator<Item = Node<'d>> + use<'d> {
    let lists = ["oneOf", "anyOf"].into_iter();
    lists
        .filter_map(move |keyword| node.get(keyword))
        .flat_map(|all| all.elements())
}

/// The texts of `required`.
pub(crate) fn required<'d>(node: Node<'d>) -> impl Iterator<Item = &'d str> + use<'d> {
    let names = node.get("required").into_iter();
    names
        .flat_map(|names| names.elements())
        .filter_map(|name| name.as_str())
}

/// The members of `allOf`.
pub(crate) fn all_of<'d>(node: Node<'d>) -> impl Iterator<Item = Node<'d>> + use<'d> {
    node.get("allOf").into_iter().flat_map(|all| all.elements())
}

/// Whether a keyword lists schemas that hold together.
pub(crate) fn has_parts(keyword: &str) -> bool {
    keyword == "allOf"
}

/// Whether a keyword has the properties of a schema.
pub(crate) fn has_properties(keyword: &str) -> bool {
    keyword == "properties"
}

/// `items`, of a schema.
pub(crate) fn items(node: Node<'_>) -> Option<Node<'_>> {
    node.get("items")
}

/// `format`
pub(crate) fn format(node: Node<'_>) -> Option<&str> {
    text(node, "format")
}

/// The texts of `type`: one, or several.
pub(crate) fn types<'d>(node: Node<'d>) -> impl Iterator<Item = &'d str> + use<'d> {
    let stated = node.get("type");
    let one = stated.and_then(|it| it.as_str());
    let several = stated.into_iter().flat_map(|it| it.elements());
    one.into_iter().chain(several.filter_map(|it| it.as_str()))
}

/// Whether elements of a list under this keyword are alternatives, which no place among them tells apart.
pub(crate) fn has_alternatives(keyword: &str) -> bool {
    matches!(keyword, "oneOf" | "anyOf")
}

/// Where `required` stands, or else its schema.
pub(crate) fn at_required(node: Node<'_>) -> Node<'_> {
    node.get("required").unwrap_or(node)
}

/// Where `patternProperties` stands.
pub(crate) fn at_pattern_properties(node: Node<'_>) -> Option<Node<'_>> {
    node.get("patternProperties")
}

/// Where `security` stands, or else its operation.
pub(crate) fn at_security(node: Node<'_>) -> Node<'_> {
    node.get("security").unwrap_or(node)
}

/// The schemas under conditions about the whole of a value (JSON Schema 2020-12 core, 10.2.2).
pub(crate) struct Conditions<'d> {
    /// `if`
    pub when: Option<Node<'d>>,
    pub then: Option<Node<'d>>,
    /// `else`
    pub otherwise: Option<Node<'d>>,
    /// `dependentSchemas`, and the schemas of `dependencies`.
    pub dependent: Vec<Node<'d>>,
}

/// The conditions of a schema. `then` and `else` say nothing without an `if`.
pub(crate) fn conditions(node: Node<'_>) -> Conditions<'_> {
    let when = node.get("if");
    let beside = |key: &str| when.and_then(|_| node.get(key));
    let lists = ["dependentSchemas", "dependencies"].into_iter();
    let dependent = lists
        .filter_map(|key| node.get(key))
        .flat_map(|map| map.members());
    Conditions {
        when,
        then: beside("then"),
        otherwise: beside("else"),
        dependent: dependent.map(|(_, schema)| schema).collect(),
    }
}
