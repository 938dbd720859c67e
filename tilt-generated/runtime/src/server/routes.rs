//! Operations by their paths and methods.

use super::operation::Operation;
use super::template::{Segment, literal, segments, template};
use crate::data::described::Method;
use crate::data::given::Pairs;

/// A tree of path segments. It is walked no deeper than it is, whatever is asked for.
#[derive(Debug, Default)]
pub(super) struct Routes {
    root: Node,
}

#[derive(Debug, Default)]
struct Node {
    /// Segments that say more go first.
    below: Vec<(Segment, Node)>,
    ends: Vec<End>,
}

/// An operation of a path.
#[derive(Debug)]
struct End {
    operation: &'static Operation,
    route: usize,
}

/// The operation that a request is for.
#[derive(Debug)]
pub(super) struct Found<'p> {
    pub(super) route: usize,
    /// Its path parameters, by index, as they came.
    pub(super) path: Vec<(usize, &'p str)>,
}

/// Why there is none.
#[derive(Debug, PartialEq)]
pub(super) enum NotFound {
    Path,
    /// The methods that there are of the path.
    Method(Vec<&'static str>),
}

impl Routes {
    /// Adds an operation as the route of this number.
    pub(super) fn add(&mut self, operation: &'static Operation, route: usize) {
        self.end(template(operation), operation, route);
    }

    /// The same at another path, without parameters.
    pub(super) fn put(&mut self, path: &str, operation: &'static Operation, route: usize) {
        self.end(literal(path), operation, route);
    }

    fn end(&mut self, path: Vec<Segment>, operation: &'static Operation, route: usize) {
        let mut node = &mut self.root;
        for segment in path {
            // Names of parameters say nothing of the path: each operation has its own pieces.
            let at = match node.below.iter().position(|(it, _)| *it == segment) {
                Some(at) => at,
                None => {
                    let weight = segment.weight();
                    let at = node.below.partition_point(|(it, _)| it.weight() >= weight);
                    node.below.insert(at, (segment, Node::default()));
                    at
                }
            };
            node = &mut node.below[at].1;
        }
        node.ends.push(End { operation, route });
    }

    /// The operation of a path, as it came, and a method.
    pub(super) fn find<'p>(
        &self,
        path: &'p str,
        method: &str,
        query: &Pairs,
    ) -> Result<Found<'p>, NotFound> {
        let segments: Vec<&str> = segments(path).collect();
        let mut walk = Walk {
            method,
            query,
            allowed: Vec::new(),
            path: Vec::new(),
            is_settled: false,
        };
        match self.root.find(&segments, &mut walk) {
            Some(route) => Ok(Found {
                route,
                path: walk.path,
            }),
            None if walk.allowed.is_empty() => Err(NotFound::Path),
            None => {
                walk.allowed.sort_unstable();
                walk.allowed.dedup();
                Err(NotFound::Method(walk.allowed))
            }
        }
    }
}

/// A walk through the tree.
struct Walk<'w, 'p> {
    method: &'w str,
    query: &'w Pairs,
    allowed: Vec<&'static str>,
    path: Vec<(usize, &'p str)>,
    /// No other path is looked at.
    is_settled: bool,
}

impl Node {
    fn find<'p>(&self, segments: &[&'p str], walk: &mut Walk<'_, 'p>) -> Option<usize> {
        let Some((first, rest)) = segments.split_first() else {
            return self.end(walk);
        };
        for (segment, node) in &self.below {
            let Some(parameters) = segment.matched(first) else {
                continue;
            };
            let before = walk.path.len();
            walk.path.extend(parameters);
            let found = node.find(rest, walk);
            // A segment without parameters is meant before one with them, whatever the methods of its path (OpenAPI 3.1.1,
            // section 4.8.8.2).
            let is_literal = matches!(segment, Segment::Literal(_));
            walk.is_settled |= is_literal && !walk.allowed.is_empty();
            if found.is_some() || walk.is_settled {
                return found;
            }
            walk.path.truncate(before);
        }
        None
    }

    /// The operation of the method, of several the one whose fixed query is most of the request's. GET may be
    /// asked for without its body (RFC 9110, 9.3.2).
    fn end(&self, walk: &mut Walk<'_, '_>) -> Option<usize> {
        let fits = |it: &&End| {
            let mut fixed = it.operation.query.iter();
            fixed.all(|(name, value)| walk.query.has(name, value))
        };
        let of = |method: &str| {
            let ends = self.ends.iter();
            let ends = ends.filter(|it| it.operation.method.as_str() == method);
            // The first of equals: `max_by_key` takes the last.
            let fitting = ends.rev().filter(fits);
            let best = fitting.max_by_key(|it| it.operation.query.len());
            best.map(|it| it.route)
        };
        let found = of(walk.method);
        let found = found.or_else(|| match walk.method {
            "HEAD" => of(Method::Get.as_str()),
            _ => None,
        });
        let methods = || self.ends.iter().map(|it| it.operation.method.as_str());
        // Of a method that is there, no fixed query is the request's: another path may be meant.
        if found.is_none() && methods().all(|it| it != walk.method) {
            let get = methods().filter(|it| *it == Method::Get.as_str());
            walk.allowed.extend(get.map(|_| Method::Head.as_str()));
            walk.allowed.extend(methods());
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::super::operation::Input;
    use super::*;
    use crate::data::described::Parameter;

    const PARAMETERS: &[Input] = &[
        Input::new(Parameter::path("a")),
        Input::new(Parameter::path("b")),
    ];

    const fn get(path: &'static str) -> Operation {
        Operation {
            path,
            parameters: PARAMETERS,
            ..Operation::NEW
        }
    }

    static OPERATIONS: [Operation; 13] = [
        get("/users/{a}"),
        get("/users/me"),
        Operation {
            method: Method::Delete,
            ..get("/users/{a}")
        },
        get("/users/{a}.json"),
        get("/{a}/{b}/x"),
        get("/one/{a}..{b}"),
        get("/two/{a}{b}"),
        Operation {
            query: &[("action", "y")],
            ..get("/{c}")
        },
        get("/{c}"),
        get("/a b/%7Ec"),
        get("/by day/on {a} at%20{b}"),
        Operation {
            query: &[("by kind", "a%20b")],
            ..get("/kinds")
        },
        Operation {
            query: &[("by%20kind", "c+d")],
            ..get("/kinds")
        },
    ];

    /// The number of the operation and the values of its path, or the methods that there are.
    fn find(method: &str, path: &str) -> String {
        let mut routes = Routes::default();
        for (number, operation) in OPERATIONS.iter().enumerate() {
            routes.add(operation, number);
        }
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let query = Pairs::of_query(query, 10).expect("pairs");
        match routes.find(path, method, &query) {
            Ok(found) => format!("{} {:?}", found.route, found.path),
            Err(NotFound::Path) => "none".to_owned(),
            Err(NotFound::Method(allowed)) => allowed.join(" "),
        }
    }

    #[test]
    fn a_path_that_says_more_goes_first() {
        for (method, path, expected) in [
            ("GET", "/users/me", "1 []"),
            ("GET", "/users/m%65", "1 []"),
            ("GET", "/users/1", r#"0 [(0, "1")]"#),
            ("GET", "/users/1.json", r#"3 [(0, "1")]"#),
            ("GET", "/users/a/x", r#"4 [(0, "users"), (1, "a")]"#),
            ("DELETE", "/users/me", "GET HEAD"),
            ("DELETE", "/users/1.json", r#"2 [(0, "1.json")]"#),
        ] {
            assert_eq!(find(method, path), expected, "{method} {path}");
        }
    }

    #[test]
    fn parameters_share_a_segment() {
        assert_eq!(find("GET", "/one/x..y..z"), r#"5 [(0, "x"), (1, "y..z")]"#);
        assert_eq!(find("GET", "/two/xyz"), r#"6 [(0, "x"), (1, "yz")]"#);
        assert_eq!(find("GET", "/two/x"), "none");
    }

    #[test]
    fn a_path_is_the_same_escaped_or_not_on_either_side() {
        assert_eq!(find("GET", "/a%20b/~c"), "9 []");
        assert_eq!(find("GET", "/a%20b/%7ec"), "9 []");
        let values = r#"10 [(0, "x%20y"), (1, "z")]"#;
        assert_eq!(find("GET", "/by%20day/on%20x%20y%20at%20z"), values);
        assert_eq!(find("GET", "/users/1%2Ejson"), r#"0 [(0, "1%2Ejson")]"#);
        assert_eq!(find("GET", "/kinds?by%20kind=a+b"), "11 []");
        assert_eq!(find("GET", "/kinds?by+kind=c%20d"), "12 []");
    }

    #[test]
    fn braces_without_a_parameter_are_text_and_a_fixed_query_tells_apart() {
        assert_eq!(find("GET", "/%7Bc%7D"), "8 []");
        assert_eq!(find("GET", "/{c}?b=1&action=y"), "7 []");
        assert_eq!(find("GET", "/{c}?action=z"), "8 []");
    }

    #[test]
    fn a_path_without_the_method_says_which_there_are() {
        assert_eq!(find("POST", "/users/me"), "GET HEAD");
        assert_eq!(find("POST", "/users/1"), "DELETE GET HEAD");
        assert_eq!(find("HEAD", "/users/me"), "1 []");
        for path in ["", "/", "/users", "/users/", "/users//x", "//users/me"] {
            assert_eq!(find("GET", path), "none", "{path}");
        }
    }
}
