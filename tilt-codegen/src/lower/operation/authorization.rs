//! Requirements that ask for more than one credential in `Authorization`. A request has that header once (RFC 9110,
//! section 11.6.2): such a requirement can be met by none, and authors mean that either of them will do.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Problem, Problems};
use crate::dialect::keyword;
use crate::dialect::openapi::Api;
use crate::model::{Location, SecurityAlternative, SecurityKind, SecurityScheme};

impl SecurityScheme {
    /// Whether the builder takes its credential. A certificate is part of the HTTP client that the user brings.
    pub(in crate::lower) fn is_given(&self) -> bool {
        self.kind != SecurityKind::MutualTls
    }

    /// Whether its credential travels in `Authorization`.
    fn is_in_authorization(&self) -> bool {
        match &self.kind {
            SecurityKind::ApiKey { location, name } => {
                *location == Location::Header && name.eq_ignore_ascii_case("authorization")
            }
            SecurityKind::HttpBasic
            | SecurityKind::Bearer
            | SecurityKind::ClientCredentials { .. }
            | SecurityKind::HttpOther { .. } => true,
            SecurityKind::MutualTls => false,
        }
    }
}

/// One alternative for each of the credentials that a request could carry only one of.
pub(super) fn apart(
    alternative: SecurityAlternative,
    schemes: &[SecurityScheme],
) -> Vec<SecurityAlternative> {
    let shares = |(index, _): &(usize, Vec<usize>)| schemes[*index].is_in_authorization();
    let all = &alternative.schemes;
    if all.iter().filter(|scheme| shares(scheme)).count() < 2 {
        return vec![alternative];
    }
    let one_each = (0..all.len()).filter(|at| shares(&all[*at])).map(|chosen| {
        let kept = all.iter().enumerate();
        let kept = kept.filter(|(at, scheme)| *at == chosen || !shares(scheme));
        SecurityAlternative {
            schemes: kept.map(|(_, scheme)| scheme.clone()).collect(),
        }
    });
    one_each.collect()
}

/// Reports each such requirement once, where it is first met.
pub(in crate::lower) fn report<'s>(
    api: &Api<'_>,
    scheme: impl Fn(&str) -> Option<&'s SecurityScheme>,
    problems: &mut Problems,
) {
    let mut reported = BTreeSet::new();
    for operation in &api.operations {
        for requirement in &operation.security {
            let names = requirement.iter().map(|(name, _)| name.as_str());
            let shares =
                |name: &&str| scheme(name).is_some_and(SecurityScheme::is_in_authorization);
            let shared: Vec<&str> = names.filter(shares).collect();
            if shared.len() > 1 && reported.insert(shared.clone()) {
                let message = format!(
                    "`{}` are all sent in `Authorization`, which a request has once: each is taken to be enough",
                    shared.join("`, `")
                );
                let at = keyword::at_security(operation.node);
                problems.push(Problem::new(Code::SHARED_AUTHORIZATION, at, message));
            }
        }
    }
}
