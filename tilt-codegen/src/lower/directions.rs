//! The fifth pass: a schema with properties of one direction, in itself or in what it contains, is a type of answers
//! and one of requests, where both are asked for.
//!
//! That of answers has no write-only properties and no files of forms, that of requests no read-only ones; a value that comes nevertheless is
//! kept with all others that no field names. A schema that was one type of both directions in the generation before
//! stays one, and so does what it contains: there, such properties are optional.

use crate::lock::Way;
use crate::lower::aliases::Resolved;
use crate::lower::context::Context;
use crate::lower::draft::{Draft, OneWay, Origin};
use crate::lower::drafted::Drafted;
use crate::lower::previous::PreviousNames;
use crate::model::{Operation, Presence, Rest, Scalar, Shape, TypeId, TypeRef};

/// Drafts of which each goes the way that it is made for.
pub(in crate::lower) struct Directed<'d>(pub Drafted<'d>);

pub(in crate::lower) fn direct<'d>(context: &Context<'d>, resolved: Resolved<'d>) -> Directed<'d> {
    let Resolved(mut drafted) = resolved;
    mark_read_only(&mut drafted.drafts, &context.previous);
    let ways = Ways::of(&drafted, &context.previous);
    let versions = Versions::make(&mut drafted.drafts, &ways, &context.previous);
    for (_, operation) in &mut drafted.operations {
        for ty in operation.sent_types_mut() {
            *ty = versions.directed(ty.clone(), Way::Request);
        }
        for ty in operation.answered_types_mut() {
            *ty = versions.directed(ty.clone(), Way::Answer);
        }
    }
    for event in &mut drafted.events.events {
        event.ty = versions.directed(event.ty.clone(), Way::Answer);
    }
    Directed(drafted)
}

/// Marks optional properties as read-only that hold nothing else than what is: in a request, they would hold nothing.
/// A property that could be set in the generation before still can be.
fn mark_read_only(drafts: &mut [Draft<'_>], previous: &PreviousNames<'_>) {
    let is_new = |draft: &Draft<'_>| {
        let was_sent = |name| previous.was_sent(name);
        !draft.previous_name.is_some_and(was_sent)
    };
    let may_lack =
        |presence: Presence| matches!(presence, Presence::Optional | Presence::OptionalNullable);
    loop {
        let are_read: Vec<bool> = drafts
            .iter()
            .map(|draft| is_new(draft) && is_read_only(draft))
            .collect();
        let mut any = false;
        for draft in drafts.iter_mut() {
            let Some(Shape::Struct(shape)) = &draft.shape else {
                continue;
            };
            for field in shape.fields.iter().filter(|it| may_lack(it.presence)) {
                let is_read = matches!(&field.ty, TypeRef::Named(id) if are_read[id.0]);
                if is_read && !draft.one_way.contains_key(&field.wire) {
                    draft.one_way.insert(field.wire.clone(), OneWay::Read);
                    any = true;
                }
            }
        }
        if !any {
            return;
        }
    }
}

/// Whether a draft has properties, all of which are read-only.
fn is_read_only(draft: &Draft<'_>) -> bool {
    let Some(Shape::Struct(shape)) = &draft.shape else {
        return false;
    };
    let mut fields = shape.fields.iter();
    !shape.fields.is_empty()
        && fields.all(|it| direction(draft, &shape.rest, &it.wire) == Some(OneWay::Read))
}

/// A reference of a draft to another.
#[derive(Clone, Copy)]
struct Reference {
    to: usize,
    /// The direction of the property that refers.
    one_way: Option<OneWay>,
}

/// On which ways each draft goes.
struct Ways {
    /// In requests, in answers.
    reached: Vec<[bool; 2]>,
    /// Types that depend on the direction.
    differ: Vec<bool>,
    /// Types that stay one.
    stay_one: Vec<bool>,
    /// By [`Way`], those of types that depend on it.
    on: Vec<[bool; 3]>,
}

impl Ways {
    fn of(drafted: &Drafted<'_>, previous: &PreviousNames<'_>) -> Self {
        let drafts = &drafted.drafts;
        let references: Vec<Vec<Reference>> = drafts.iter().map(references).collect();
        let operations = || drafted.operations.iter().map(|(_, operation)| operation);
        let sent = operations().flat_map(Operation::sent_types);
        let answered = operations().flat_map(Operation::answered_types);
        let events = drafted.events.events.iter().map(|event| &event.ty);
        let requests = named(sent);
        let answers = named(answered.chain(events));
        let in_requests = reached(&references, &requests, OneWay::Read);
        let in_answers = reached(&references, &answers, OneWay::Write);
        let reached: Vec<[bool; 2]> = in_requests
            .into_iter()
            .zip(in_answers)
            .map(|(request, answer)| [request, answer])
            .collect();
        let goes_both = |index: usize| reached[index] == [true, true];
        let named_before = |index: usize| drafts[index].previous_name;
        let starts = (0..drafts.len()).filter(|&index| {
            let was_split = |name| goes_both(index) && previous.was_split(name);
            let is_one_way = !drafts[index].one_way.is_empty();
            let has_files = goes_both(index) && !drafts[index].files.is_empty();
            is_one_way || has_files || named_before(index).is_some_and(was_split)
        });
        let differ = leading_to(&references, starts.collect());
        let stay_one: Vec<bool> = (0..drafts.len())
            .map(|index| {
                let went_both = |name| previous.went_both_ways(name);
                goes_both(index) && differ[index] && named_before(index).is_some_and(went_both)
            })
            .collect();
        let mut ways = Self {
            reached,
            differ,
            stay_one,
            on: vec![[false; 3]; drafts.len()],
        };
        ways.walk(&references, requests, answers);
        ways
    }

    fn walk(&mut self, references: &[Vec<Reference>], requests: Vec<usize>, answers: Vec<usize>) {
        let requests = requests.into_iter().map(|index| (index, Way::Request));
        let answers = answers.into_iter().map(|index| (index, Way::Answer));
        let mut stack: Vec<(usize, Way)> = requests.chain(answers).collect();
        while let Some((index, way)) = stack.pop() {
            let way = self.of_type(index, way);
            let on = &mut self.on[index][way as usize];
            if !self.differ[index] || std::mem::replace(on, true) {
                continue;
            }
            for reference in &references[index] {
                stack.extend(behind(way, reference.one_way).map(|way| (reference.to, way)));
            }
        }
    }

    /// The way of a type that is referred to on this one.
    fn of_type(&self, index: usize, way: Way) -> Way {
        match self.stay_one[index] {
            true => Way::Both,
            false => way,
        }
    }
}

/// The way of what a property holds, in a type on this way; `None` where the type does not have the property.
fn behind(way: Way, one_way: Option<OneWay>) -> Option<Way> {
    match (way, one_way) {
        (way, None) => Some(way),
        (Way::Answer | Way::Both, Some(OneWay::Read)) => Some(Way::Answer),
        (Way::Request | Way::Both, Some(OneWay::Write)) => Some(Way::Request),
        (Way::Answer, Some(OneWay::Write)) | (Way::Request, Some(OneWay::Read)) => None,
    }
}

/// The direction in which alone a draft has a property. Where all other properties have one type, one that comes in the
/// other direction has no place but its own.
fn direction(draft: &Draft<'_>, rest: &Rest, wire: &str) -> Option<OneWay> {
    match rest {
        Rest::Any => draft.one_way.get(wire).copied(),
        Rest::Typed(_) => None,
    }
}

fn references(draft: &Draft<'_>) -> Vec<Reference> {
    let mut references = Vec::new();
    let mut refer = |ty: &TypeRef, one_way: Option<OneWay>| {
        ty.each_named(&mut |id| references.push(Reference { to: id.0, one_way }));
    };
    match &draft.shape {
        Some(Shape::Struct(shape)) => {
            for field in &shape.fields {
                refer(&field.ty, direction(draft, &shape.rest, &field.wire));
            }
            if let Rest::Typed(ty) = &shape.rest {
                refer(ty, None);
            }
        }
        Some(shape) => shape.types().into_iter().for_each(|ty| refer(ty, None)),
        None => {}
    }
    references
}

fn named<'t>(types: impl Iterator<Item = &'t TypeRef>) -> Vec<usize> {
    let mut named = Vec::new();
    for ty in types {
        ty.each_named(&mut |id| named.push(id.0));
    }
    named
}

/// Everything that is reached without properties of the other direction.
fn reached(references: &[Vec<Reference>], from: &[usize], without: OneWay) -> Vec<bool> {
    let mut reached = vec![false; references.len()];
    let mut stack = from.to_vec();
    while let Some(index) = stack.pop() {
        if !std::mem::replace(&mut reached[index], true) {
            let there = references[index].iter();
            stack.extend(
                there
                    .filter(|it| it.one_way != Some(without))
                    .map(|it| it.to),
            );
        }
    }
    reached
}

/// Everything that refers to any of these, over any number of others.
fn leading_to(references: &[Vec<Reference>], mut to: Vec<usize>) -> Vec<bool> {
    let mut back: Vec<Vec<usize>> = vec![Vec::new(); references.len()];
    for (from, references) in references.iter().enumerate() {
        for reference in references {
            back[reference.to].push(from);
        }
    }
    let mut leads = vec![false; references.len()];
    while let Some(index) = to.pop() {
        if !std::mem::replace(&mut leads[index], true) {
            to.extend(&back[index]);
        }
    }
    leads
}

/// The types of schemas that depend on the direction.
struct Versions<'w> {
    ways: &'w Ways,
    /// By [`Way`].
    of: Vec<[Option<TypeId>; 3]>,
}

impl<'w> Versions<'w> {
    /// Makes drafts what they are on their ways, and adds those of further ways behind them.
    fn make(drafts: &mut Vec<Draft<'_>>, ways: &'w Ways, previous: &PreviousNames<'_>) -> Self {
        let mut versions = Self {
            ways,
            of: vec![[None; 3]; drafts.len()],
        };
        for index in 0..versions.of.len() {
            let all = Way::ALL
                .into_iter()
                .filter(|way| ways.on[index][*way as usize]);
            let all: Vec<Way> = all.collect();
            let name = drafts[index].previous_name;
            let on = |way: Way| previous.on(name?, way);
            // The draft itself goes on the way that had a name.
            let named = all.iter().copied().find(|way| on(*way).is_some());
            let Some(own) = named.or(all.first().copied()) else {
                let way = match ways.reached[index] {
                    [true, false] => Way::Request,
                    [false, true] => Way::Answer,
                    _ => Way::Both,
                };
                drafts[index].previous_name = on(way).or_else(|| on(Way::Both)).or(name);
                continue;
            };
            versions.of[index][own as usize] = Some(TypeId(index));
            for way in all.into_iter().filter(|way| *way != own) {
                versions.of[index][way as usize] = Some(TypeId(drafts.len()));
                let twin = Draft {
                    origin: Origin::Twin(TypeId(index)),
                    way,
                    previous_name: on(way),
                    sites: Vec::new(),
                    ..drafts[index].clone()
                };
                drafts.push(twin);
            }
            drafts[index].way = own;
            drafts[index].previous_name = on(own).or(name);
        }
        for id in versions.of.iter().flatten().flatten() {
            versions.redraw(&mut drafts[id.0]);
        }
        versions
    }

    /// Leaves a draft what it has on its way.
    fn redraw(&self, draft: &mut Draft<'_>) {
        let Some(mut shape) = draft.shape.take() else {
            return;
        };
        let way = draft.way;
        if let Shape::Struct(structure) = &mut shape {
            let fields = std::mem::take(&mut structure.fields);
            for mut field in fields {
                let one_way = direction(draft, &structure.rest, &field.wire);
                let Some(inside) = behind(way, one_way) else {
                    draft.absent.push(field.wire);
                    continue;
                };
                let mark = draft.one_way.get(&field.wire).copied();
                let is_of_way = matches!(
                    (way, mark),
                    (_, None)
                        | (Way::Answer, Some(OneWay::Read))
                        | (Way::Request, Some(OneWay::Write))
                );
                field.only_read = way != Way::Answer && mark == Some(OneWay::Read);
                if !is_of_way {
                    field.demanded =
                        (way, mark) == (Way::Both, Some(OneWay::Write)) && field.is_asked_for();
                    field.presence = not_demanded(field.presence, &structure.rest);
                }
                if let Some(elsewhere) = draft
                    .files
                    .get(&field.wire)
                    .filter(|_| inside == Way::Answer)
                {
                    field.ty = without_files(field.ty, *elsewhere);
                }
                field.ty = self.directed(field.ty, inside);
                structure.fields.push(field);
            }
            if let Rest::Typed(ty) = &mut structure.rest {
                *ty = self.directed(ty.clone(), way);
            }
        } else {
            for ty in shape.types_mut() {
                *ty = self.directed(ty.clone(), way);
            }
        }
        draft.shape = Some(shape);
    }

    /// A reference on this way.
    fn directed(&self, ty: TypeRef, way: Way) -> TypeRef {
        match ty {
            TypeRef::Named(id) => {
                let way = self.ways.of_type(id.0, way);
                let version = self.of[id.0][way as usize];
                TypeRef::Named(version.unwrap_or(id))
            }
            ty => ty.map_inner(&mut |ty| self.directed(ty, way)),
        }
    }
}

/// A type in which files are something else: no answer has a form.
fn without_files(ty: TypeRef, elsewhere: Scalar) -> TypeRef {
    match ty {
        TypeRef::Scalar(Scalar::File) => TypeRef::Scalar(elsewhere),
        ty => ty.map_inner(&mut |ty| without_files(ty, elsewhere)),
    }
}

/// A property of one direction cannot be demanded in the other. A null that should not be there has a place only among
/// other properties of any type.
fn not_demanded(presence: Presence, rest: &Rest) -> Presence {
    match (presence, rest) {
        (Presence::Required | Presence::Optional, Rest::Any) => Presence::Optional,
        (Presence::Required | Presence::Optional, Rest::Typed(_))
        | (Presence::Nullable | Presence::OptionalNullable, _) => Presence::OptionalNullable,
    }
}
