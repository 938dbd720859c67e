//! One difference between the documents, before it is judged.

use crate::drift::Direction;
use crate::drift::grammar::Turn;
use crate::drift::rules::{Rule, Subject};
use crate::place::Pointer;
use crate::source::{Node, NodeKey};
use std::collections::{HashMap, HashSet};

/// The way that a part travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Way {
    /// As everything does that refers to its owner.
    Own,
    /// That of a part, wherever operations stand that are called so.
    Turned(Turn, Callers),
}

impl Way {
    /// The directions that it says; none, where it is that of the owner.
    pub(super) fn directions(self) -> impl Iterator<Item = Direction> {
        let (turn, callers) = match self {
            Way::Own => (Turn::Stay, Callers::default()),
            Way::Turned(turn, callers) => (turn, callers),
        };
        let called = [(callers.program, false), (callers.api, true)].into_iter();
        called.filter_map(move |(is, is_called_back)| turn.way(is_called_back).filter(|_| is))
    }
}

/// The callers of what stands here. A definition may be used by operations of both sides, or by none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(super) struct Callers {
    pub(super) program: bool,
    pub(super) api: bool,
}

impl Callers {
    pub(super) const PROGRAM: Callers = Callers {
        program: true,
        api: false,
    };

    pub(super) fn or(self, other: Callers) -> Callers {
        Callers {
            program: self.program || other.program,
            api: self.api || other.api,
        }
    }

    pub(super) fn and(self, other: Callers) -> Callers {
        Callers {
            program: self.program && other.program,
            api: self.api && other.api,
        }
    }

    pub(super) fn turned(self, turn: Turn) -> Callers {
        match turn.is_called_back(false) {
            false => self,
            true => Callers {
                program: self.api,
                api: self.program,
            },
        }
    }
}

/// The nearest thing around a part that operations can be counted of: a definition that references lead to, or an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(super) struct Owner {
    pub(super) old: Option<NodeKey>,
    pub(super) new: Option<NodeKey>,
}

/// The place of two parts that are compared.
#[derive(Debug, Clone)]
pub(super) struct Site {
    pub(super) owner: Owner,
    pub(super) way: Way,
    pub(super) callers: Callers,
    pub(super) subject: Subject,
    /// In words that stay true when lists grow: elements are called after what they say of themselves.
    pub(super) address: Pointer,
    /// Of a property, whether it is always there, in the old and in the new documents.
    pub(super) required: [bool; 2],
}

impl Site {
    /// The site of a whole document.
    pub(super) fn root() -> Site {
        Site {
            owner: Owner::default(),
            way: Way::Turned(Turn::Asked, Callers::PROGRAM),
            callers: Callers::PROGRAM,
            subject: Subject::Property,
            address: Pointer::default(),
            required: [false; 2],
        }
    }

    /// A part of what stands here.
    pub(super) fn at(&self, name: &str) -> Site {
        Site {
            address: self.address.child(name),
            required: [false; 2],
            ..self.clone()
        }
    }

    pub(super) fn with(&self, subject: Subject) -> Site {
        Site {
            subject,
            ..self.clone()
        }
    }

    /// The site of what operations and messages have that have none of their own, or that refer to it.
    pub(super) fn of_users(&self, old: Option<Node<'_>>, new: Option<Node<'_>>) -> Site {
        Site {
            way: Way::Own,
            ..self.owned(old, new)
        }
    }

    /// Whose parts these two are.
    pub(super) fn owned(&self, old: Option<Node<'_>>, new: Option<Node<'_>>) -> Site {
        let key = |node: Option<Node<'_>>| node.map(|node| node.key());
        Site {
            owner: Owner {
                old: key(old),
                new: key(new),
            },
            ..self.clone()
        }
    }
}

/// One difference.
#[derive(Debug)]
pub(super) struct Edit<'d> {
    pub(super) rule: &'static Rule,
    pub(super) address: Pointer,
    pub(super) subject: Subject,
    /// In which owners it is seen, and how it travels there.
    pub(super) seen: HashSet<(Owner, Way)>,
    /// The ways on which the part does not travel, whatever its owner does.
    pub(super) not: Option<Direction>,
    /// The part; where it is not there, what it would be part of.
    pub(super) old: Node<'d>,
    pub(super) new: Node<'d>,
    pub(super) before: Option<String>,
    pub(super) after: Option<String>,
    /// The places where it is told, where these are others: of the reference to what became part of one of them.
    pub(super) at: Parts<'d>,
    /// All that it is made of, where one edit changes several things: the gravest says how grave it is.
    pub(super) parts: Vec<Part>,
}

/// A difference inside of another.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    pub(super) rule: &'static Rule,
    pub(super) subject: Subject,
    pub(super) not: Option<Direction>,
}

/// The two of one member, where they are there.
pub(super) type Parts<'d> = (Option<Node<'d>>, Option<Node<'d>>);

/// The places of both; one that is not there would be part of what is around it.
pub(super) fn places<'d>(parts: Parts<'d>, around: (Node<'d>, Node<'d>)) -> (Node<'d>, Node<'d>) {
    (parts.0.unwrap_or(around.0), parts.1.unwrap_or(around.1))
}

/// The path that is being compared.
#[derive(Debug, Clone, Default)]
pub(super) struct Around<'d> {
    pub(super) item: Parts<'d>,
    /// Its template, in the old and in the new documents; of what is called back there is none.
    pub(super) path: (&'d str, &'d str),
    /// Names of parameters in the template, the new one by the old one.
    pub(super) names: HashMap<&'d str, &'d str>,
}
