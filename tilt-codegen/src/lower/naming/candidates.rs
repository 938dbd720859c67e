//! Names that would do for an inline type, from where it stands.

use crate::identifier;
use crate::lower::draft::{Origin, Root, Site, Step};
use crate::lower::naming::parts::last_text;
use crate::lower::naming::progress::Naming;
use crate::lower::naming::way::{Way, is_generic};
use crate::lower::naming::words::{entity, is_name_like, overlap};
use crate::model::{Field, Presence, Shape, TypeId};
use crate::place::pointer;

/// Names that are longer are taken only where there is no other.
const LONG: usize = 50;

impl Naming<'_, '_> {
    /// Names for a type at `steps` behind a way, best first: as short as says something, then longer
    /// and longer.
    pub(super) fn candidates(&self, index: usize, way: &Way, steps: &[Step]) -> Vec<String> {
        let is_enum = matches!(self.drafts[index].shape, Some(Shape::Enum(_)));
        let mut segments = segments(steps);
        let Some(mut last) = segments.pop() else {
            return beside(&way.name, steps);
        };
        if !last.is_property {
            last.words = without(&last.words, &identifier::words(&way.name));
        }
        let name =
            |words: &[String]| identifier::type_name(&identifier::abbreviated(words).join("_"));
        let mut candidates = Vec::new();
        if !is_enum && last.is_property && says_enough(way, &last.words) {
            candidates.push(name(&last.words));
        }
        let mut behind = last.words.clone();
        let around = segments.iter().map(|segment| &segment.words).rev();
        for words in around.chain(way.properties.iter().rev()) {
            behind = overlap(words, &behind);
            if !is_generic(words) {
                candidates.push(name(&behind));
            }
        }
        let (thing, root) = (entity(&way.root), identifier::words(&way.root));
        candidates.push(name(&overlap(&thing, &behind)));
        candidates.push(name(&overlap(&root, &behind)));
        // Short ones first; without what is between where there is no other.
        let (mut candidates, long): (Vec<String>, Vec<String>) =
            candidates.into_iter().partition(|name| name.len() <= LONG);
        candidates.push(name(&overlap(&thing, &last.words)));
        candidates.push(name(&overlap(&root, &last.words)));
        candidates.extend(long);
        let owner = identifier::words(&way.name);
        candidates.push(name(&overlap(&owner, &last.words)));
        // The owner ends as the property is called.
        let is_stutter = last.elements.is_none() && owner.ends_with(&last.words);
        let ending = match (last.elements, last.words.last().map(String::as_str)) {
            (Some(mut elements), _) => {
                elements.push("item".to_owned());
                elements
            }
            (None, Some("type")) => vec!["kind".to_owned()],
            (None, _) => last.words.clone(),
        };
        let ended = name(&[owner.clone(), ending].concat());
        let form = match &self.drafts[index].shape {
            Some(Shape::Enum(_)) => "value",
            Some(Shape::Union(_)) => "choice",
            _ => "object",
        };
        let formed = overlap(&owner, &last.words).into_iter();
        let formed: Vec<String> = formed.chain([form.to_owned()]).collect();
        // `StatusValue` for the status of a `Status`, before `StatusStatus`.
        let (first, second) = match is_stutter && (is_enum || owner == last.words) {
            true => (name(&formed), ended),
            false => (ended, name(&formed)),
        };
        candidates.extend([first, second]);
        candidates
    }

    /// Names for a type inside of another, best first. Where the other needs nothing else, and its name begins with
    /// the property, what it is about says all: the `plan` of a `PlanCreateInput` is a `PlanCreate`.
    pub(super) fn inside(&self, index: usize, parent: TypeId, steps: &[Step]) -> Vec<String> {
        let way = &self.ways[parent.0];
        let mut names = self.candidates(index, way, steps);
        let is_enum = matches!(self.drafts[index].shape, Some(Shape::Enum(_)));
        let (Some(Shape::Struct(owner)), [Step::Property(property)], false) =
            (&self.drafts[parent.0].shape, steps, is_enum)
        else {
            return names;
        };
        let is_needed = |field: &&Field| field.presence == Presence::Required;
        let mut needed = owner.fields.iter().filter(is_needed);
        let is_alone = match (needed.next(), needed.next()) {
            (Some(only), None) => only.wire == *property,
            _ => owner.fields.len() == 1,
        };
        if !is_alone {
            return names;
        }
        let (thing, label) = (way.thing(), identifier::words(property));
        let repeated = identifier::type_name(&overlap(&thing, &label).join("_"));
        let is_whole = identifier::words(&way.root).starts_with(&thing);
        if is_whole
            && thing.starts_with(&label)
            && let Some(at) = names.iter().position(|name| *name == repeated)
        {
            names.insert(at, identifier::type_name(&thing.join("_")));
        }
        names
    }

    /// Names for a type where its schema stands, which is not in its parent alone: `allOf` took it there.
    pub(super) fn in_own_place(&self, index: usize, parent: TypeId) -> Vec<String> {
        let draft = &self.drafts[index];
        let others = draft.sites.iter().any(|site| match site.root {
            Root::Type(other) => {
                self.pointers[other.0] == self.pointers[parent.0] && other != parent
            }
            Root::Suggested(_) => false,
        });
        if self.is_within(index, parent) && !others || draft.conjuncts.len() > 1 {
            return Vec::new();
        }
        let (way, steps) = self.of_own_pointer(index);
        match segments(&steps).is_empty() {
            true => Vec::new(),
            false => self.candidates(index, &way, &steps),
        }
    }

    /// Whether the schema of a draft stands in one of those of another.
    fn is_within(&self, index: usize, parent: TypeId) -> bool {
        let document = self.drafts[index].node.document;
        let document = &self.sources.documents.get(document).name;
        let pointer = self.pointers[index].to_string();
        let around = self.places.own(parent.0).iter();
        let mut around = around.filter(|place| place.document == *document);
        around.any(|place| {
            let inside = pointer.strip_prefix(&place.pointer.to_string());
            inside.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    }

    /// The way to the nearest thing around a draft's schema that has a name, be it its file, and the steps from there.
    pub(super) fn of_own_pointer(&self, index: usize) -> (Way, Vec<Step>) {
        of_pointer(self.file_of(index), &self.pointers[index].to_string())
    }

    /// The name of the file that a draft's schema stands in, where it is not the document itself.
    pub(super) fn file_of(&self, index: usize) -> Option<&str> {
        let documents = self.sources.documents;
        let document = self.drafts[index].node.document;
        let is_file = documents.root_of(document) != document;
        is_file.then(|| stem(documents.get(document).name.as_str()))
    }

    /// The way to a type at `steps` behind another, under the name that it got.
    pub(super) fn way(&self, index: usize, way: &Way, steps: &[Step], name: &str) -> Way {
        /// More would make ways as long as documents are deep.
        const MOST: usize = 6;
        let segments = segments(steps);
        if segments.is_empty() || self.title(index, steps).is_some_and(|title| title == name) {
            return Way::to(name);
        }
        let mut properties = way.properties.clone();
        properties.extend(segments.into_iter().map(|segment| segment.words));
        let surplus = properties.len().saturating_sub(MOST);
        properties.drain(..surplus);
        Way {
            root: way.root.clone(),
            properties,
            name: name.to_owned(),
        }
    }

    pub(super) fn title(&self, index: usize, steps: &[Step]) -> Option<String> {
        let title = self.drafts[index]
            .title
            .filter(|title| is_name_like(title))?;
        let name = identifier::type_name(title);
        let property = steps.iter().rev().find_map(|step| match step {
            Step::Property(property) => Some(property),
            _ => None,
        });
        // A title that only says the property's name again (as some frameworks add everywhere).
        let repeats = property.is_some_and(|property| identifier::pascal(property) == name);
        let framework = title.starts_with("Response ") || title.starts_with("Body_");
        (!repeats && !framework && name != "Wrapper").then_some(name)
    }

    /// Of several sites, the one that names the type best: in what it stands in, then a named type's
    /// before an inline one's, then the shorter name.
    pub(super) fn preference(
        &self,
        index: usize,
        (parent, site): (TypeId, &Site),
    ) -> (bool, bool, usize, String) {
        let elsewhere = !self.is_within(index, parent);
        let candidates = self.candidates(index, &self.ways[parent.0], &site.steps);
        let long = candidates.last().cloned().unwrap_or_default();
        let first = candidates.into_iter().next();
        let inline = self.drafts[parent.0].origin == Origin::Inline;
        (elsewhere, inline, first.unwrap_or_default().len(), long)
    }
}

/// Whether a property is a name without what it belongs to.
fn says_enough(way: &Way, property: &[String]) -> bool {
    let is_letter = matches!(property, [letter] if letter.len() == 1);
    !is_generic(property) && !is_letter || is_of_list(way, property)
}

/// Whether a property of a list is what that has: `users` of `UserList`.
fn is_of_list(way: &Way, property: &[String]) -> bool {
    let root = identifier::words(&way.root);
    let held = root.split_last();
    way.properties.is_empty()
        && held.is_some_and(|(last, held)| {
            held == property && matches!(last.as_str(), "list" | "page")
        })
}

/// The words of an alternative that its union does not have, if there are any.
fn without(words: &[String], of_union: &[String]) -> Vec<String> {
    let stems: Vec<String> = of_union
        .iter()
        .map(|word| identifier::singular(word))
        .collect();
    let own = words
        .iter()
        .filter(|word| !stems.contains(&identifier::singular(word)));
    let own: Vec<String> = own.cloned().collect();
    match own.is_empty() {
        true => words.to_vec(),
        false => own,
    }
}

/// A property or an alternative on the way to a type.
pub(super) struct Segment {
    pub words: Vec<String>,
    /// It can be known by these words alone: an alternative says little without its union.
    pub is_property: bool,
    /// The words of the list, where they are those of an element.
    elements: Option<Vec<String>>,
}

/// The properties and alternatives that steps lead through.
pub(super) fn segments(steps: &[Step]) -> Vec<Segment> {
    let mut segments: Vec<Segment> = Vec::new();
    for step in steps {
        match step {
            Step::Property(property) => segments.push(Segment {
                words: identifier::words(property),
                is_property: true,
                elements: None,
            }),
            Step::Variant(label) if label.is_empty() => {}
            Step::Variant(label) => segments.push(Segment {
                words: identifier::words(identifier::end_of_address(label).unwrap_or(label)),
                is_property: false,
                elements: None,
            }),
            Step::Item | Step::Value => {
                if let Some(segment) = segments.last_mut()
                    && segment.elements.is_none()
                    && let Some((last, before)) = segment.words.split_last()
                {
                    let singular = identifier::singular(last);
                    let words = before.iter().cloned().chain([singular]).collect();
                    segment.elements = Some(std::mem::replace(&mut segment.words, words));
                }
            }
        }
    }
    // An alternative that nothing tells from its siblings.
    if matches!(steps.last(), Some(Step::Variant(label)) if label.is_empty())
        && let Some(segment) = segments.last_mut()
    {
        segment.words.push("variant".to_owned());
    }
    segments
}

/// Names of a type that stands in another without a property between.
fn beside(root: &str, steps: &[Step]) -> Vec<String> {
    let mut name = identifier::words(root);
    let mut longer = name.clone();
    for (at, step) in steps.iter().enumerate() {
        let is_last = at + 1 == steps.len();
        match step {
            Step::Item => {
                longer.push("item".to_owned());
                let joined = name.join("_");
                let singular = identifier::singular(&joined);
                if singular == joined {
                    name.push("item".to_owned());
                } else {
                    name = identifier::words(&singular);
                }
            }
            Step::Value => {
                name.push("value".to_owned());
                longer.push("value".to_owned());
            }
            Step::Variant(_) if is_last => {
                name.push("variant".to_owned());
                longer.push("alternative".to_owned());
            }
            Step::Variant(_) | Step::Property(_) => {}
        }
    }
    let names = [name, longer].into_iter();
    names
        .map(|words| identifier::type_name(&words.join("_")))
        .collect()
}

/// A file's name without folders and what it ends in: `schemas/Order.yaml` is `Order`.
fn stem(file: &str) -> &str {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    name.split('.').next().unwrap_or(name)
}

/// The way to the nearest thing around a schema that has a name, and the steps from there. In an operation,
/// it is the end of its path; in a file that the root refers to and that names nothing itself, the file.
fn of_pointer(file: Option<&str>, pointer: &str) -> (Way, Vec<Step>) {
    let tokens: Vec<String> = pointer
        .split('/')
        .skip(1)
        .map(|token| pointer::unescape(token).into_owned())
        .collect();
    let named = |token: &String| matches!(token.as_str(), "schemas" | "definitions" | "$defs");
    let (root, from) = match (
        tokens.first().map(String::as_str),
        tokens.iter().position(named),
    ) {
        (Some("paths" | "webhooks" | "channels"), _) => {
            let path = tokens.get(1).map(String::as_str).unwrap_or_default();
            let is_sent = tokens.iter().any(|token| token == "requestBody");
            let last = last_text(path).unwrap_or("root");
            let suffix = if is_sent { "request" } else { "response" };
            (identifier::type_name(&format!("{last}_{suffix}")), 3)
        }
        (_, Some(at)) if at + 1 < tokens.len() => (
            identifier::schema_names(&tokens[at + 1]).swap_remove(0),
            at + 2,
        ),
        _ => match file {
            Some(file) => (identifier::schema_names(file).swap_remove(0), 0),
            None => {
                let name = tokens.get(2).or(tokens.last()).map(String::as_str);
                (identifier::type_name(name.unwrap_or("inline")), 3)
            }
        },
    };
    let mut steps = Vec::new();
    let mut rest = tokens.into_iter().skip(from);
    while let Some(token) = rest.next() {
        match token.as_str() {
            "properties" => steps.extend(rest.next().map(Step::Property)),
            "items" | "unevaluatedItems" => steps.push(Step::Item),
            "additionalProperties" | "unevaluatedProperties" => steps.push(Step::Value),
            _ => {}
        }
    }
    (Way::to(&root), steps)
}
