//! The rules: every way in which documents can differ, as one table of data, in the files beside this one.
//! `docs/drift.md` is made from it.

mod documentation;
#[cfg(test)]
pub(super) mod examples;
mod relation;

pub(crate) use self::documentation::documentation;
#[cfg(test)]
pub(crate) use self::relation::ends;
pub(crate) use self::relation::{Change, Relation};
use crate::drift::grammar::Kind;
use crate::drift::{Direction, Severity};
use serde::Deserialize;
use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

/// One way in which documents can differ.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Rule {
    pub(crate) id: Id,
    /// The kind of object whose member differs.
    pub(crate) kind: Kind,
    /// The member; of a map or a list, its elements.
    pub(crate) member: String,
    pub(crate) action: Action,
    pub(crate) change: Change,
    /// The sentence, in which `{what}` is the place and `{before}` and `{after}` are the values.
    pub(crate) says: String,
    /// An object of the kind before and after, as JSON.
    pub(crate) example: Pair,
    /// Another pair, which looks alike and is no finding of this rule.
    pub(crate) near_miss: Pair,
}

/// Two objects, as JSON.
pub(crate) type Pair = (String, String);

/// The name of a rule.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
pub(crate) enum Id {
    /// This one.
    Is { is: String },
    /// Behind `request-body-`, `request-parameter-`, `request-property-`, `response-body-` and so on.
    Of { of: String },
    /// Of what is sent, and, behind `response-` or `event-`, of what is received.
    Ways { sent: String, received: String },
}

/// The change of the member.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Action {
    Added,
    Removed,
    Changed,
    Renamed,
    /// A bound.
    Increased,
    Decreased,
    Set,
    Unset,
    /// A type or format that has all values of the one before, or has none but these.
    Generalized,
    Specialized,
    /// A value of a list of values.
    ValueAdded,
    ValueRemoved,
    /// One element of a list in the place of another.
    Replaced,
    /// A required thing.
    RequiredAdded,
    RequiredRemoved,
    RequiredRenamed,
    /// Another text for people.
    Reworded,
    /// A whole map or list.
    WholeAdded,
    WholeRemoved,
    /// Another key for a value, where one of the two means nothing.
    Respelled,
}

/// The part of a message that a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Subject {
    Body,
    Parameter,
    Header,
    Property,
}

impl Rule {
    /// The id for what travels so, and what it does to programs in use.
    pub(crate) fn judge(
        &self,
        subject: Subject,
        directions: &BTreeSet<Direction>,
    ) -> (String, Severity) {
        let mut judged: Vec<(Severity, String)> = directions
            .iter()
            .map(|direction| {
                let id = self.id.of(subject, *direction);
                (relation::severity(&id, self.change, [*direction]), id)
            })
            .collect();
        // Of several, the gravest; of equals, the first direction.
        judged.sort_by_key(|(severity, _)| std::cmp::Reverse(*severity));
        match judged.into_iter().next() {
            Some((severity, id)) => (id, severity),
            None => (self.id.of(subject, Direction::Request), Severity::Editorial),
        }
    }
}

impl Id {
    /// As findings have it.
    pub(crate) fn of(&self, subject: Subject, direction: Direction) -> String {
        let way = match direction {
            Direction::Request => "request",
            Direction::Answer => "response",
            Direction::Event => "event",
        };
        match (self, direction) {
            (Id::Is { is }, _) => is.clone(),
            (Id::Of { of }, _) => {
                let part = match (subject, direction) {
                    (Subject::Body, _) => "body",
                    (Subject::Property, _) => "property",
                    (Subject::Parameter | Subject::Header, Direction::Request) => "parameter",
                    (Subject::Parameter | Subject::Header, _) => "header",
                };
                format!("{way}-{part}-{of}")
            }
            (Id::Ways { sent, .. }, Direction::Request) => sent.clone(),
            (Id::Ways { received, .. }, _) => format!("{way}-{received}"),
        }
    }

    /// As `docs/drift.md` has it.
    pub(crate) fn shown(&self) -> String {
        match self {
            Id::Is { is } => is.clone(),
            Id::Of { of } => format!("…-{of}"),
            Id::Ways { sent, received } => format!("{sent}, …-{received}"),
        }
    }
}

/// Every rule.
pub(crate) fn all() -> &'static [Rule] {
    static ALL: LazyLock<Vec<Rule>> = LazyLock::new(|| {
        #[derive(Deserialize)]
        struct Table {
            rule: Vec<Rule>,
        }
        let files = [
            include_str!("documents.toml"),
            include_str!("components.toml"),
            include_str!("operations.toml"),
            include_str!("parameters.toml"),
            include_str!("contents.toml"),
            include_str!("security.toml"),
            include_str!("flows.toml"),
            include_str!("channels.toml"),
            include_str!("messages.toml"),
            include_str!("values.toml"),
            include_str!("bounds.toml"),
            include_str!("properties.toml"),
            include_str!("compositions.toml"),
            include_str!("conditions.toml"),
        ];
        files
            .into_iter()
            .flat_map(|file| {
                let table: Table =
                    toml::from_str(file).expect("the tables of this crate, which a test reads");
                table.rule
            })
            .collect()
    });
    &ALL
}

/// Every name that a finding can have by these rules.
pub(crate) fn names() -> BTreeSet<String> {
    let subjects = [
        Subject::Body,
        Subject::Parameter,
        Subject::Header,
        Subject::Property,
    ];
    let directions = [Direction::Request, Direction::Answer, Direction::Event];
    let of_rule = |id: &Id| {
        let names = subjects.into_iter().flat_map(|subject| {
            let of = directions.into_iter();
            of.map(move |direction| id.of(subject, direction))
        });
        names.collect::<Vec<_>>()
    };
    let rules = all().iter().chain([&*UNCLASSIFIED]);
    rules.flat_map(|rule| of_rule(&rule.id)).collect()
}

/// The rule for a difference; for one that no rule knows, that of what is unclassified.
pub(crate) fn rule(kind: Kind, member: &str, action: Action) -> &'static Rule {
    static BY_PLACE: LazyLock<HashMap<(Kind, &str, Action), &'static Rule>> = LazyLock::new(|| {
        let places = all().iter();
        places
            .map(|rule| ((rule.kind, rule.member.as_str(), rule.action), rule))
            .collect()
    });
    let found = |kind, member, action| BY_PLACE.get(&(kind, member, action)).copied();
    found(kind, member, action).unwrap_or_else(|| match action {
        // Words are words wherever they stand.
        Action::Reworded => found(Kind::Info, "", action).unwrap_or(&UNCLASSIFIED),
        // Definitions of any kind.
        Action::Replaced if member == "$ref" => {
            found(Kind::Response, member, action).unwrap_or(&UNCLASSIFIED)
        }
        Action::WholeAdded | Action::WholeRemoved | Action::Respelled => {
            found(Kind::Operation, "", action).unwrap_or(&UNCLASSIFIED)
        }
        _ => &UNCLASSIFIED,
    })
}

/// Whether rules are about a member, of one kind of objects or of any.
pub(crate) fn has_rule(kind: Option<Kind>, member: &str) -> bool {
    let is_of = |rule: &Rule| kind.is_none_or(|kind| rule.kind == kind);
    let mut rules = all().iter();
    rules.any(|rule| is_of(rule) && rule.member == member)
}

/// The rule of what no other rule claims: it may be anything, so it is told.
pub(crate) static UNCLASSIFIED: LazyLock<Rule> = LazyLock::new(|| Rule {
    id: Id::Is {
        is: "unclassified".to_owned(),
    },
    kind: Kind::OpenApi,
    member: String::new(),
    action: Action::Changed,
    change: Change {
        sent: Relation::CannotTell,
        received: Relation::CannotTell,
    },
    says: "{what} differs, and no rule knows what that means: {before} became {after}".to_owned(),
    example: pair(
        r#"{"openapi": "3.1.0", "paths": {}, "future": 1}"#,
        r#"{"openapi": "3.1.0", "paths": {}, "future": 2}"#,
    ),
    near_miss: pair(
        r#"{"openapi": "3.1.0", "paths": {}, "x-future": 1}"#,
        r#"{"openapi": "3.1.0", "paths": {}, "x-future": 2}"#,
    ),
});

fn pair(before: &str, after: &str) -> Pair {
    (before.to_owned(), after.to_owned())
}

#[cfg(test)]
mod tests;
