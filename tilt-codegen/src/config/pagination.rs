//! Styles of lists, as settings.

use serde::Deserialize;

use super::{ConfigError, Selector};
use crate::place::unescape;

/// The style of some lists, in place of what is otherwise found.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema, serde::Serialize))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Lists {
    /// The lists: those of `operation:` must be of this style; of others, those that can be are.
    pub operations: Vec<Selector>,
    /// Their style, as `[pagination]` has it.
    pub pagination: Pagination,
}

/// The style of lists, where parameters and properties of these names exist.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema, serde::Serialize))]
#[serde(deny_unknown_fields, tag = "style", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Pagination {
    /// By how many items to skip.
    Offset {
        /// The parameter, or property of the body: how many items to skip.
        offset: String,
        /// The answer's property with the items; the list that there is unless set.
        items: Option<PropertyPath>,
        /// The answer's property with the number of all items.
        total: Option<PropertyPath>,
        /// The answer's property that says whether there are more.
        more: Option<PropertyPath>,
        /// The answer's property that says whether this was the last page.
        done: Option<PropertyPath>,
    },
    /// By the number of a page.
    Page {
        /// The parameter, or property of the body: the number of the page.
        page: String,
        /// The answer's property with the items; the list that there is unless set.
        items: Option<PropertyPath>,
        /// The answer's property with the number of all items.
        total: Option<PropertyPath>,
        /// The answer's property that says whether there are more.
        more: Option<PropertyPath>,
        /// The answer's property that says whether this was the last page.
        done: Option<PropertyPath>,
    },
    /// By a cursor that each answer gives for the next.
    Cursor {
        /// The parameter, or property of the body: where to go on.
        cursor: String,
        /// The answer's property with the next cursor, or with a link that has it.
        next: PropertyPath,
        /// The answer's property with the items; the list that there is unless set.
        items: Option<PropertyPath>,
        /// The answer's property that says whether there are more.
        more: Option<PropertyPath>,
        /// The answer's property that says whether this was the last page.
        done: Option<PropertyPath>,
    },
    /// By the id of the last item.
    LastId {
        /// The parameter, or property of the body: the id after which to go on.
        after: String,
        /// The item's property with its id; `id` unless set.
        id: Option<PropertyPath>,
        /// The answer's property with the items; the list that there is unless set.
        items: Option<PropertyPath>,
        /// The answer's property that says whether there are more.
        more: Option<PropertyPath>,
        /// The answer's property that says whether this was the last page.
        done: Option<PropertyPath>,
    },
    /// By a URL, absolute or relative, that each answer gives for the next page.
    Url {
        /// The answer's property with the next page's URL.
        next: PropertyPath,
        /// The answer's property with the items; the list that there is unless set.
        items: Option<PropertyPath>,
        /// The answer's property that says whether there are more.
        more: Option<PropertyPath>,
        /// The answer's property that says whether this was the last page.
        done: Option<PropertyPath>,
    },
    /// By the link that says that it is the next, of a list of links that each answer gives.
    Relation {
        /// The answer's property with the links.
        links: PropertyPath,
        /// The answer's property with the items; the list that there is unless set.
        items: Option<PropertyPath>,
        /// The answer's property that says whether there are more.
        more: Option<PropertyPath>,
        /// The answer's property that says whether this was the last page.
        done: Option<PropertyPath>,
    },
    /// By a mark that each answer gives for the next page in a header.
    Header {
        /// The parameter, or property of the body: where to go on.
        parameter: String,
        /// The answer's header with the next mark; empty or absent, it was the last page.
        header: String,
        /// The answer's property with the items; the list that there is unless set.
        items: Option<PropertyPath>,
    },
    /// By the link `next` of the header `Link` (RFC 8288).
    Link {
        /// The answer's property with the items; the list that there is unless set.
        items: Option<PropertyPath>,
    },
    /// Not at all, whatever it looks like.
    // With braces, or serde would ignore what else is there.
    None {},
}

/// Properties one inside the other, as `meta.total`; a JSON Pointer where names have dots.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema, serde::Serialize))]
#[cfg_attr(feature = "schemas", schemars(extend("pattern" = r"^(/.*|[^./][^.]*(\.[^.]+)*|)$")))]
#[serde(try_from = "String", into = "String")]
pub struct PropertyPath(Vec<String>);

impl PropertyPath {
    /// The names from the outermost on; none for the whole answer.
    pub fn names(&self) -> &[String] {
        &self.0
    }
}

impl TryFrom<String> for PropertyPath {
    type Error = ConfigError;

    fn try_from(text: String) -> Result<Self, ConfigError> {
        if let Some(pointer) = text.strip_prefix('/') {
            let names = pointer.split('/').map(|name| unescape(name).into_owned());
            return Ok(Self(names.collect()));
        }
        let names: Vec<String> = match text.as_str() {
            "" => Vec::new(),
            text => text.split('.').map(str::to_owned).collect(),
        };
        match names.iter().any(String::is_empty) {
            true => Err(ConfigError(format!(
                "`{}` names no property: expected `property`, `outer.inner` or a JSON Pointer",
                text.escape_debug()
            ))),
            false => Ok(Self(names)),
        }
    }
}

impl From<PropertyPath> for String {
    fn from(path: PropertyPath) -> Self {
        let plain = |name: &String| !name.is_empty() && !name.contains(['.', '/']);
        match path.0.iter().all(plain) {
            true => path.0.join("."),
            false => {
                let names = path.0.iter().map(|name| crate::place::escape(name));
                names.fold(Self::new(), |pointer, name| pointer + "/" + &name)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<String>, ConfigError> {
        PropertyPath::try_from(text.to_owned()).map(|path| path.0)
    }

    #[test]
    fn a_path_is_names_with_dots_or_a_pointer() {
        assert_eq!(read("data"), Ok(vec!["data".to_owned()]));
        assert_eq!(
            read("meta.next"),
            Ok(vec!["meta".to_owned(), "next".to_owned()])
        );
        assert_eq!(
            read("/@odata.nextLink/a~1b"),
            Ok(vec!["@odata.nextLink".to_owned(), "a/b".to_owned()])
        );
        assert_eq!(read(""), Ok(Vec::new()));
        for text in [".", "a.", ".a", "a..b"] {
            assert!(read(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_path_is_written_as_it_is_read() {
        for text in ["", "data", "meta.next", "/@odata.nextLink", "/a~1b/c"] {
            let path = PropertyPath::try_from(text.to_owned());
            assert_eq!(path.map(String::from), Ok(text.to_owned()));
        }
    }
}
