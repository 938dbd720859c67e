//! The verdict: what goes wrong with calls, against what is explained.

use super::super::value::equal;
use super::{Api, Exchange, Order, Outcome, Programs, Told, explained, program};
use crate::failure::Failure;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::Path;

/// The beginning of the `type` of a problem by which Prism refuses a request.
const REFUSAL: &str = "https://stoplight.io/prism/errors#";

/// Calls, and what is wrong with them.
#[derive(Debug, Default)]
pub(crate) struct Verdict {
    /// The documents that were judged.
    documents: BTreeSet<String>,
    calls: usize,
    /// Answers that the document does not allow, and that the SDK does not take either.
    foreign: usize,
    /// By call.
    faults: BTreeMap<String, String>,
    explained: BTreeMap<String, String>,
}

impl Verdict {
    /// With the faults that a file explains.
    pub(crate) fn new(explained: &Path) -> Result<Self, Failure> {
        Ok(Self {
            explained: explained::read(explained)?,
            ..Self::default()
        })
    }

    /// Judges the calls of a document.
    pub(crate) fn add(
        &mut self,
        programs: &Programs,
        api: &Api,
        orders: &[Order],
        outcomes: &[Outcome],
    ) -> Result<(), Failure> {
        let valid = programs.are_valid(api, orders, outcomes)?;
        self.judge(&api.name, orders, outcomes, &valid);
        Ok(())
    }

    fn judge(
        &mut self,
        document: &str,
        orders: &[Order],
        outcomes: &[Outcome],
        valid: &[Option<bool>],
    ) {
        self.documents.insert(document.to_owned());
        self.calls += orders.len();
        for ((order, outcome), valid) in orders.iter().zip(outcomes).zip(valid) {
            match fault(order, outcome) {
                Some(Fault::Unread(_)) if *valid == Some(false) => self.foreign += 1,
                // Of several calls of one name, one says enough.
                Some(Fault::Unread(what) | Fault::Other(what)) => {
                    self.faults.entry(order.name.clone()).or_insert(what);
                }
                None => {}
            }
        }
    }

    /// A fault that has nothing to do with an SDK.
    pub(crate) fn fault(&mut self, name: String, fault: String) {
        self.faults.insert(name, fault);
    }

    /// Operations of a document of which there is no call are at fault.
    pub(crate) fn uncalled(&mut self, api: &Api, orders: &[Order]) {
        for (at, (_, operation)) in program::operations(&api.sdk).enumerate() {
            if !orders.iter().any(|it| it.operation == at) {
                let method = operation.method.as_str();
                let name = format!("{} {method} {}", api.name, operation.path);
                self.faults.insert(name, "it is never called".to_owned());
            }
        }
    }

    /// Whether everything that goes wrong is explained, and nothing else.
    pub(crate) fn is_well(&self) -> bool {
        self.wrong().is_empty()
    }

    fn wrong(&self) -> Vec<String> {
        let new = self.faults.iter();
        let new = new.filter(|(name, _)| !self.explained.contains_key(*name));
        let new = new.map(|(name, fault)| format!("{name}: {fault}"));
        let is_judged = |name: &str| {
            let document = name.split(' ').next().unwrap_or_default();
            self.documents.contains(document)
        };
        let past = self.explained.keys();
        let past = past.filter(|name| is_judged(name) && !self.faults.contains_key(*name));
        let past = past.map(|name| format!("{name}: is explained, and goes right all the same"));
        new.chain(past).collect()
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let wrong = self.wrong();
        for line in &wrong {
            writeln!(f, "{line}")?;
        }
        let known = self.faults.keys();
        let known = known.filter(|name| self.explained.contains_key(*name));
        writeln!(
            f,
            "{} documents, {} calls, {} answers are none of the document's, {} explained, {} WRONG",
            self.documents.len(),
            self.calls,
            self.foreign,
            known.count(),
            wrong.len()
        )
    }
}

/// The fault of a call.
#[derive(Debug)]
enum Fault {
    /// The SDK does not take the answer, as it need not where the document does not allow it.
    Unread(String),
    Other(String),
}

fn fault(order: &Order, outcome: &Outcome) -> Option<Fault> {
    let answer = outcome.exchanges.last().map(|it| &it.answer);
    if let (Told::Failed(why), Some(answer)) = (&outcome.told, answer)
        && outcome.exchanges.last().and_then(refusal).is_none()
    {
        return Some(Fault::Unread(format!(
            "not read: {why} of {} {} {}",
            answer.status, answer.media_type, answer.body
        )));
    }
    other_fault(order, outcome).map(Fault::Other)
}

fn other_fault(order: &Order, outcome: &Outcome) -> Option<String> {
    if let Told::Argument(why) = &outcome.told {
        return Some(format!("the SDK does not take it: {why}"));
    }
    let Some(exchange) = outcome.exchanges.last() else {
        return Some(format!("not sent: {:?}", outcome.told));
    };
    if let Some(why) = refusal(exchange) {
        return Some(format!("refused: {why} of {}", exchange.head.join("; ")));
    }
    let answer = &exchange.answer;
    let sent = order.body.as_ref().map(|it| &it.value);
    if let Some(value) = sent.filter(|_| is_json(exchange))
        && !is_value(value, &exchange.body)
    {
        return Some(format!("sent {} for {value}", exchange.body));
    }
    let body = &answer.body;
    match &outcome.told {
        Told::Json(text) => {
            let read: Option<Value> = serde_json::from_str(text).ok();
            let is_same = read.is_some_and(|value| is_value(&value, body));
            (!is_same).then(|| format!("{body} came back as {text}"))
        }
        Told::Text(text) => (text != body).then(|| format!("{body} came back as {text}")),
        Told::Items(items) => {
            let missing = items.iter().find(|it| !body.contains(it.as_str()));
            missing.map(|it| format!("{body} has no item {it}"))
        }
        Told::Nothing | Told::Argument(_) | Told::Failed(_) => None,
    }
}

/// Why Prism does not take a request. Where the document has an answer for that, it gives this one, with its reasons beside.
fn refusal(exchange: &Exchange) -> Option<String> {
    let answer = &exchange.answer;
    let violations: Vec<Value> = serde_json::from_str(&answer.violations).unwrap_or_default();
    let is_fault = |it: &&Value| it["location"][0] == "request" && it["severity"] == "Error";
    if let Some(violation) = violations.iter().find(is_fault) {
        return Some(violation.to_string());
    }
    let problem: Value = serde_json::from_str(&answer.body).ok()?;
    let name = problem["type"].as_str()?.strip_prefix(REFUSAL)?;
    let why = [&problem["detail"], &problem["validation"]];
    Some(format!("{name} {} {}", why[0], why[1]))
}

fn is_json(exchange: &Exchange) -> bool {
    exchange.head.iter().any(|line| {
        let line = line.to_ascii_lowercase();
        line.starts_with("content-type:") && line.contains("json")
    })
}

fn is_value(value: &Value, text: &str) -> bool {
    serde_json::from_str::<Value>(text).is_ok_and(|it| equal(&it, value))
}

#[cfg(test)]
mod tests {
    use super::super::{Form, Message, Server};
    use super::*;
    use serde_json::{Map, json};

    fn order(name: &str, body: Option<Value>) -> Order {
        Order {
            name: format!("api {name}"),
            operation: 0,
            arguments: Map::new(),
            body: body.map(|value| Form { form: 0, value }),
            server: Server::Prefer(String::new()),
        }
    }

    /// Those of a request that Prism answers so.
    fn violations(status: u16) -> String {
        match status {
            422 => r#"[{"location": ["request", "body"], "severity": "Error", "code": "type"}]"#,
            400 => r#"[{"location": ["response", "body"], "severity": "Error"}]"#,
            _ => "",
        }
        .to_owned()
    }

    fn answered(status: u16, body: &str, told: Told) -> Outcome {
        Outcome {
            exchanges: vec![Exchange {
                head: vec![
                    "GET / HTTP/1.1".to_owned(),
                    "Content-Type: application/json".to_owned(),
                ],
                body: r#"{"a": 1}"#.to_owned(),
                answer: Message {
                    status,
                    media_type: "application/json".to_owned(),
                    body: body.to_owned(),
                    violations: violations(status),
                    arrived: String::new(),
                },
            }],
            told,
            headers: Map::new(),
        }
    }

    #[test]
    fn a_call_is_right_where_it_is_taken_and_its_answer_comes_back() {
        let json = |text: &str| Told::Json(text.to_owned());
        let refusal =
            r#"{"type": "https://stoplight.io/prism/errors#UNAUTHORIZED", "detail": "no"}"#;
        let unsent = Outcome {
            exchanges: Vec::new(),
            ..answered(0, "", Told::Failed("no".to_owned()))
        };
        for (outcome, sent, expected) in [
            (answered(200, "[1.0]", json("[1]")), None, None),
            (
                answered(200, "", Told::Nothing),
                Some(json!({"a": 1.0})),
                None,
            ),
            (
                answered(200, "[1]", json("[2]")),
                None,
                Some("came back as"),
            ),
            (
                answered(200, "a", Told::Text("b".to_owned())),
                None,
                Some("came back as"),
            ),
            (
                answered(200, "1\n2", Told::Items(vec!["3".to_owned()])),
                None,
                Some("has no item"),
            ),
            (
                answered(200, "[1]", Told::Failed("no".to_owned())),
                None,
                Some("not read"),
            ),
            (
                answered(401, refusal, json(refusal)),
                None,
                Some("refused: UNAUTHORIZED"),
            ),
            (answered(422, "{}", json("{}")), None, Some("refused")),
            (answered(400, "{}", json("{}")), None, None),
            (
                answered(200, "", Told::Nothing),
                Some(json!({"a": 2})),
                Some("sent "),
            ),
            (unsent, None, Some("not sent")),
        ] {
            let fault = fault(&order("GET /", sent), &outcome);
            let is_expected = match (&fault, expected) {
                (None, None) => true,
                (Some(Fault::Unread(fault) | Fault::Other(fault)), Some(expected)) => {
                    fault.contains(expected)
                }
                _ => false,
            };
            assert!(is_expected, "{fault:?} is not {expected:?}");
        }
    }

    #[test]
    fn only_what_is_explained_may_go_wrong_and_it_has_to() {
        let explained = ["api a", "api b", "other c"];
        let mut verdict = Verdict {
            explained: explained.map(|it| (it.to_owned(), String::new())).into(),
            ..Verdict::default()
        };
        let orders = ["a", "b", "c", "d", "e"].map(|it| order(it, None));
        let unread = |body: &str| answered(200, body, Told::Failed("no".to_owned()));
        let outcomes = [
            answered(422, "", Told::Nothing),
            answered(200, "", Told::Nothing),
            answered(422, "", Told::Nothing),
            unread("1"),
            unread("2"),
        ];
        let valid = [None, None, None, Some(false), Some(true)];
        verdict.judge("api", &orders, &outcomes, &valid);
        assert_eq!(
            verdict.to_string(),
            "api c: refused: {\"location\":[\"request\",\"body\"],\"severity\":\"Error\",\"code\":\"type\"} of \
             GET / HTTP/1.1; Content-Type: application/json\n\
             api e: not read: no of 200 application/json 2\n\
             api b: is explained, and goes right all the same\n\
             1 documents, 5 calls, 1 answers are none of the document's, 1 explained, 3 WRONG\n"
        );
    }
}
