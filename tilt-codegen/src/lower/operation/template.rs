//! The templates of paths: what of them is literal text, and which parameters stand in them.

use std::borrow::Cow;
use std::collections::HashSet;

use indexmap::IndexMap;

use crate::diagnostic::{Code, Problem};
use crate::dialect::openapi;
use crate::identifier;
use crate::lock::OperationNames;
use crate::lower::expression::{Divided, Expression, Piece, divided, pieces};
use crate::lower::operation::parameters::{key, previous_parameter};
use crate::lower::schema::TypeBuilder;
use crate::model::{
    Conversion, Docs, Location, Parameter, ParameterEncoding, ParameterStyle, PathSegment, Scalar,
    Supply, TypeRef,
};

/// Splits a path key into literal text and parameters, and the query behind it into pairs. Parameters that the document does
/// not declare are strings; declared ones that the path does not have are left out with a finding.
pub(in crate::lower) fn template<'d>(
    types: &mut TypeBuilder<'d, '_>,
    spec: &openapi::Operation<'d>,
    template: &str,
    parameters: &mut Vec<Parameter>,
    previous: Option<&OperationNames>,
) -> (Vec<PathSegment>, Vec<(String, Option<String>)>) {
    let written = divided(template);
    let path = rooted(&written.path);
    let taken = parameters.iter().map(|own| own.name.clone()).collect();
    let (declared, others): (Vec<Parameter>, Vec<Parameter>) = std::mem::take(parameters)
        .into_iter()
        .partition(|parameter| parameter.location == Location::Path);
    let mut template = Template {
        types,
        spec,
        previous,
        plain: Vec::new(),
        taken,
        unused: IndexMap::new(),
        ordered: IndexMap::new(),
        others,
    };
    for parameter in declared {
        // Of several with one name the first counts.
        let unused = &mut template.unused;
        unused.entry(parameter.wire.clone()).or_insert(parameter);
    }
    let segments = template.segments(&path);
    let fixed_query = template.query(&written);
    template.report_unused();
    *parameters = template.ordered.into_values().collect();
    template.others.sort_by_cached_key(key);
    parameters.append(&mut template.others);
    (segments, fixed_query)
}

/// A path with the slash that it begins with: without one, it would be part of the host behind the address of a server.
fn rooted(path: &str) -> Cow<'_, str> {
    match path.is_empty() || path.starts_with('/') {
        true => Cow::Borrowed(path),
        false => Cow::Owned(format!("/{path}")),
    }
}

/// A template on its way into an operation.
struct Template<'t, 'd, 'c> {
    types: &'t mut TypeBuilder<'d, 'c>,
    spec: &'t openapi::Operation<'d>,
    previous: Option<&'t OperationNames>,
    /// Texts in the braces of the path.
    plain: Vec<&'t str>,
    /// Names that parameters have.
    taken: HashSet<String>,
    /// Those of the path that are declared, and did not come up yet.
    unused: IndexMap<String, Parameter>,
    /// Those that stand in the path.
    ordered: IndexMap<String, Parameter>,
    others: Vec<Parameter>,
}

impl<'t> Template<'t, '_, '_> {
    fn segments(&mut self, path: &'t str) -> Vec<PathSegment> {
        let mut segments = Vec::new();
        let pieces = pieces(path);
        self.plain = pieces.iter().filter_map(Piece::expression).collect();
        for piece in pieces {
            match piece {
                Piece::Literal(literal) => {
                    segments.push(PathSegment::Literal(literal.to_owned()));
                }
                Piece::Expression(text) => self.expression(text, &mut segments),
            }
        }
        segments
    }

    fn expression(&mut self, text: &str, segments: &mut Vec<PathSegment>) {
        let Some(expression) = self.meant(text) else {
            segments.push(PathSegment::Parameter(self.parameter(text)));
            return;
        };
        let index = self.parameter(expression.name);
        let style = self.ordered.get_index(index).map(|(_, it)| it.encoding);
        let own = |style: ParameterStyle, encoding: Option<ParameterEncoding>| matches!(encoding, Some(ParameterEncoding::Styled { style: own, .. }) if own == style);
        // RFC 6570, section 3.2, as far as the style of the parameter does not say so already.
        let before = match expression.operator {
            Some('/') => Some("/".to_owned()),
            Some('.') if !own(ParameterStyle::Label, style) => Some(".".to_owned()),
            Some(';') if !own(ParameterStyle::Matrix, style) => {
                Some(format!(";{}=", expression.name))
            }
            _ => None,
        };
        segments.extend(before.map(PathSegment::Literal));
        segments.push(PathSegment::Parameter(index));
    }

    /// An expression that says more than the name of a declared parameter. One that was a parameter of its own in the generation
    /// before stays that.
    fn meant<'e>(&mut self, text: &'e str) -> Option<Expression<'e>> {
        let is_declared =
            |name: &str| self.unused.contains_key(name) || self.ordered.contains_key(name);
        if is_declared(text) || previous_parameter(self.previous, Location::Path, text).is_some() {
            return None;
        }
        let expression = Expression::of(text);
        // One beside it that says no more than the name is another.
        if !is_declared(expression.name) || self.plain.contains(&expression.name) {
            return None;
        }
        let name = expression.name;
        self.problem(
            Code::MALFORMED_PATH,
            format!("`{{{text}}}` in the path is read as `{{{name}}}`"),
        );
        Some(expression)
    }

    /// The place of a parameter among those of the path.
    fn parameter(&mut self, wire: &str) -> usize {
        if let Some(index) = self.ordered.get_index_of(wire) {
            return index;
        }
        let parameter = match self.unused.swap_remove(wire) {
            Some(declared) => declared,
            None => {
                self.report_undeclared(&format!("path parameter `{wire}`"));
                self.undeclared(wire, Location::Path)
            }
        };
        let index = self.ordered.len();
        self.ordered.insert(wire.to_owned(), parameter);
        index
    }

    /// The pairs of the query behind a path that never change. Others are parameters.
    fn query(&mut self, written: &Divided<'_>) -> Vec<(String, Option<String>)> {
        let mut fixed = Vec::new();
        for pair in written.query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = match pair.split_once('=') {
                Some((name, value)) => (name, Some(value)),
                None => (pair, None),
            };
            if !pair.contains('{') {
                fixed.push((name.to_owned(), value.map(str::to_owned)));
                continue;
            }
            let expression = value.map(pieces).unwrap_or_default();
            match expression.as_slice() {
                [Piece::Expression(text)] if !name.contains('{') => self.pair(name, text),
                _ => self.problem(
                    Code::MALFORMED_PATH,
                    format!("`{pair}` in the query of the path is not sent"),
                ),
            }
        }
        for list in &written.lists {
            for name in list.split(',') {
                let name = Expression::of(name).name;
                if !self.is_in_query(name) {
                    self.report_undeclared(&format!("`{name}` in the query of the path"));
                    let parameter = self.undeclared(name, Location::Query);
                    self.others.push(parameter);
                }
            }
        }
        fixed
    }

    /// A pair whose value is a parameter: one of the query, wherever it is declared.
    fn pair(&mut self, name: &str, text: &str) {
        let inside = Expression::of(text).name;
        if self.is_in_query(name) || self.is_in_query(inside) {
            return;
        }
        let declared = self.unused.swap_remove(inside);
        let mut parameter = match declared {
            Some(declared) => {
                let message = format!("path parameter `{inside}` is the query parameter `{name}`");
                self.problem(Code::MALFORMED_PATH, message);
                declared
            }
            None => {
                self.report_undeclared(&format!("`{name}` in the query of the path"));
                self.undeclared(name, Location::Query)
            }
        };
        parameter.required = true;
        if parameter.supply == Supply::Setter {
            parameter.supply = Supply::Argument;
        }
        name.clone_into(&mut parameter.wire);
        parameter.location = Location::Query;
        if matches!(parameter.encoding, ParameterEncoding::Styled { .. }) {
            parameter.encoding = styled(Location::Query);
        }
        self.others.push(parameter);
    }

    fn is_in_query(&self, name: &str) -> bool {
        let mut others = self.others.iter();
        others.any(|it| it.location == Location::Query && it.wire == name)
    }

    fn report_undeclared(&mut self, subject: &str) {
        let message = format!("{subject} is not declared; it is a string");
        self.problem(Code::UNDECLARED_PATH_PARAMETER, message);
    }

    fn report_unused(&mut self) {
        self.unused.sort_unstable_keys();
        for wire in std::mem::take(&mut self.unused).into_keys() {
            let path = &self.spec.path;
            let message = format!("path parameter `{wire}` is not in the path `{path}`");
            self.problem(Code::UNUSED_PATH_PARAMETER, message);
        }
    }

    fn problem(&mut self, code: Code, message: String) {
        let problem = Problem::new(code, self.spec.node, message);
        self.types.context.problem(problem);
    }

    fn undeclared(&mut self, wire: &str, location: Location) -> Parameter {
        let is_in_path = location == Location::Path;
        Parameter {
            name: self.name(wire, location),
            wire: wire.to_owned(),
            location,
            ty: TypeRef::Scalar(Scalar::String),
            conversion: Conversion::None,
            required: is_in_path,
            supply: match is_in_path {
                true => Supply::Argument,
                false => Supply::Setter,
            },
            encoding: styled(location),
            default: None,
            minimum: None,
            docs: Docs::default(),
            summary: String::new(),
            deprecated: false,
        }
    }

    /// The name of a parameter that is not declared.
    fn name(&mut self, wire: &str, location: Location) -> String {
        let taken = &mut self.taken;
        let mut name = previous_parameter(self.previous, location, wire)
            .unwrap_or_else(|| identifier::parameter_name(wire));
        if taken.contains(&name) {
            let plain = identifier::bare(&name);
            let told = [
                format!("{plain}_in_{}", location.word()),
                format!("{plain}_{:08x}", identifier::fingerprint(wire)),
            ];
            let [first, second] = told;
            name = if taken.contains(&first) {
                second
            } else {
                first
            };
        }
        while !taken.insert(name.clone()) {
            name.push('_');
        }
        name
    }
}

/// The encoding of a parameter that says none.
fn styled(location: Location) -> ParameterEncoding {
    let is_in_path = location == Location::Path;
    ParameterEncoding::Styled {
        style: match is_in_path {
            true => ParameterStyle::Simple,
            false => ParameterStyle::Form,
        },
        explode: !is_in_path,
        reserved: false,
    }
}
