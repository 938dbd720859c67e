//! Lists in pages.

#![allow(
    missing_docs,
    reason = "names are the terms of the specifications; what they do not say is said"
)]

use super::TypeRef;

/// How to walk a list over several requests.
#[derive(Debug, Clone, PartialEq)]
pub struct Pagination {
    pub style: PaginationStyle,
    /// Type of one item.
    pub item: TypeRef,
    /// Property names from the response's root to the array of items; empty: the response is it.
    pub items: Vec<String>,
    /// Property names to a Boolean that says whether there are more.
    pub more: Option<Vec<String>>,
    /// Property names to a Boolean that says whether this was the last page.
    pub done: Option<Vec<String>>,
}

/// All but [`Slot`]s are property paths.
#[derive(Debug, Clone, PartialEq)]
pub enum PaginationStyle {
    Offset {
        offset: Slot,
        total: Option<Vec<String>>,
    },
    Page {
        page: Slot,
        /// The number of the first page.
        first: u64,
        total: Option<Vec<String>>,
    },
    Cursor {
        cursor: Slot,
        next: Vec<String>,
    },
    /// By the last item's property at this path.
    LastId {
        after: Slot,
        id: Vec<String>,
    },
    Url {
        next: Vec<String>,
    },
    /// By the one of a list of links that says of itself that it is the next.
    Relation {
        links: Vec<String>,
        /// Names of a link's properties: what it is, and where it leads.
        relation: String,
        url: String,
    },
    /// By a header that marks the next page.
    Header {
        parameter: Slot,
        header: String,
    },
    /// By the header `Link` (RFC 8288).
    Link,
}

/// The place of a request for what says which page is wanted. Parameters are indexes into
/// [`Operation::parameters`](super::Operation::parameters).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Slot {
    Parameter(usize),
    /// A property of a parameter that is an object.
    Property {
        parameter: usize,
        name: String,
    },
    /// A property of the JSON body, as text unless it is a number.
    Body {
        path: Vec<String>,
        is_number: bool,
    },
}
