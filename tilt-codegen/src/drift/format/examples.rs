//! Drifts made by hand, for the tests of all forms.

use crate::drift::finding::{
    Bump, CopyPlaces, Direction, Drift, Effect, FORMAT, Finding, ItemChange, Location, Reach,
    Severity,
};

/// Text that tries to get out of every form.
pub(super) const HOSTILE: &str = concat!(
    "<script>alert(1)</script><img src=x onerror=alert(2)> & \"quoted\" 'text' `tick` | pipe \\ [a](javascript:x) ",
    "**bold** @octocat fixes #1 https://example.com/owner/repo/issues/2 </details> %0A::error::x\r\n",
    "::set-env name=A::b\n\n# heading\n<!-- comment \u{202e}\u{1b}[2J"
);

pub(super) fn nothing() -> Drift {
    Drift {
        format: FORMAT,
        in_use: None,
        upgrade: Bump::None,
        findings: Vec::new(),
    }
}

pub(super) fn location(document: &str, line: usize, pointer: &str) -> Location {
    Location {
        document: document.to_owned(),
        pointer: pointer.to_owned(),
        line: Some(line),
        column: Some(5),
    }
}

pub(super) fn item(item: &str, effect: Effect, bump: Bump) -> ItemChange {
    ItemChange {
        item: item.to_owned(),
        effect,
        bump,
        before: None,
        after: None,
    }
}

pub(super) fn finding(rule: &str, severity: Severity, upgrade: Bump, message: &str) -> Finding {
    Finding {
        rule: rule.to_owned(),
        severity,
        directions: [Direction::Request].into(),
        message: message.to_owned(),
        old: Some(location("old.json", 12, "/paths/~1orders/post")),
        new: Some(location("specs/openapi.json", 14, "/paths/~1orders/post")),
        copies: Vec::new(),
        reach: Reach::default(),
        upgrade,
        items: Vec::new(),
        remedy: None,
        fingerprint: "0123456789abcdef".to_owned(),
    }
}

/// A finding of each sort, out of order.
pub(super) fn drift() -> Drift {
    let mut added = finding(
        "response-property-became-enum",
        Severity::Additive,
        Bump::Major,
        "`status` of an answer is one of 3 values now.",
    );
    added.directions = [Direction::Answer, Direction::Event].into();
    added.reach = Reach {
        operations: 10,
        events: 7,
        first: vec!["POST /orders".to_owned(), "order.paid".to_owned()],
    };
    added.items = vec![ItemChange {
        before: Some("String".to_owned()),
        after: Some("OrderStatus".to_owned()),
        ..item("types::Order::status", Effect::TypeChanged, Bump::Major)
    }];
    added.remedy = Some("State `[types.rename]`.".to_owned());
    added.copies = vec![CopyPlaces {
        old: location("old.json", 112, "/paths/~1returns/post"),
        new: location("specs/openapi.json", 114, "/paths/~1returns/post"),
    }];
    let mut lowered = finding(
        "request-property-max-length-decreased",
        Severity::Breaking,
        Bump::Patch,
        "`customer_name` may have at most 40 characters, and had 80.",
    );
    lowered.items = vec![item(
        "types::CreateOrder::customer_name",
        Effect::BehaviourOnly,
        Bump::Patch,
    )];
    let mut removed = finding(
        "unclassified",
        Severity::Warning,
        Bump::Major,
        "`x-limit` is 6, and was 5.",
    );
    removed.new = None;
    removed.items = vec![item("orders().delete", Effect::Removed, Bump::Major)];
    Drift {
        format: FORMAT,
        in_use: Some(Severity::Breaking),
        upgrade: Bump::Major,
        findings: vec![added, lowered, removed],
    }
}

/// One finding with [`HOSTILE`] wherever a document's text may be.
pub(super) fn hostile() -> Drift {
    let mut found = finding(HOSTILE, Severity::Breaking, Bump::Major, HOSTILE);
    let place = Some(location(HOSTILE, 3, HOSTILE));
    (found.old, found.new) = (place.clone(), place);
    found.reach = Reach {
        operations: 1,
        events: 0,
        first: vec![HOSTILE.to_owned()],
    };
    found.copies = vec![CopyPlaces {
        old: location(HOSTILE, 3, HOSTILE),
        new: location(HOSTILE, 3, HOSTILE),
    }];
    found.items = vec![ItemChange {
        before: Some(HOSTILE.to_owned()),
        after: Some(HOSTILE.to_owned()),
        ..item(HOSTILE, Effect::Removed, Bump::Major)
    }];
    found.remedy = Some(HOSTILE.to_owned());
    found.fingerprint = HOSTILE.to_owned();
    Drift {
        format: FORMAT,
        in_use: Some(Severity::Breaking),
        upgrade: Bump::Major,
        findings: vec![found],
    }
}

/// Many findings.
pub(super) fn many(count: usize) -> Drift {
    let mut drift = drift();
    let first = drift.findings[1].clone();
    drift.findings = (0..count)
        .map(|number| {
            let mut finding = first.clone();
            finding.message = format!("Number {number}: {}", first.message);
            finding.new = Some(location("specs/openapi.json", number + 1, "/paths"));
            finding
        })
        .collect();
    drift
}
