//! Schemathesis: servers are asked all that their documents allow, and much that they do not. They refuse the one and answer
//! the other, as their documents say.

use super::super::calls::{Api, Serving};
use super::super::{client, python, shown, system};
use crate::failure::Failure;
use crate::project::Project;
use crate::terminal::say;
use serde_json::{Map, Value, json};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tilt_codegen::model::{Location, Operation, SecurityKind};

/// So many requests are made up for each operation and kind of test.
const EXAMPLES: &str = "20";

/// The statuses that servers refuse with by themselves. Documents know little of them.
const REFUSALS: [&str; 10] = [
    "400", "401", "403", "404", "405", "406", "413", "414", "415", "422",
];

const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// `secret:secret` in Base64 (RFC 7617).
const BASIC: &str = "c2VjcmV0OnNlY3JldA==";

/// An installed Schemathesis.
pub(super) struct Schemathesis {
    program: PathBuf,
    settings: PathBuf,
    folder: PathBuf,
}

impl Schemathesis {
    pub(super) fn install(project: &Project) -> Result<Self, Failure> {
        let source = project.root().join("tests/oracles/schemathesis");
        let python = python::with(project, "schemathesis", &source)?;
        Ok(Self {
            program: python.with_file_name("schemathesis"),
            settings: source.join("servers.toml"),
            folder: project.target().join("oracles/schemathesis"),
        })
    }

    /// Whether all of its checks hold for a server, which answers these operations with success.
    pub(super) fn holds(
        &self,
        api: &Api,
        answered: &[&Operation],
        server: &Serving,
    ) -> Result<bool, Failure> {
        let document = self.folder.join(format!("{}.json", api.name));
        let served = as_served(&api.document, answered)?;
        client::write_file(&document, &served.to_string())?;
        say(format_args!("{}\n", api.name))?;
        let status = Command::new(&self.program)
            // It leaves notes for its next run where it runs.
            .current_dir(&self.folder)
            .arg("--config-file")
            .arg(&self.settings)
            .arg("run")
            .arg(&document)
            .args(["--url", &format!("http://{}", server.address)])
            .args([
                "--checks",
                "all",
                "--generation-deterministic",
                "--no-color",
            ])
            // None that ask for a thing after it was deleted: these servers keep nothing.
            .args(["--phases", "examples,coverage,fuzzing"])
            .args(["--max-examples", EXAMPLES])
            .args(headers(api).iter().flat_map(|it| ["--header", it]))
            .env("NO_PROXY", "*")
            .stdin(Stdio::null())
            .status();
        Ok(status.map_err(system("start Schemathesis"))?.success())
    }
}

/// The headers with credentials that the servers take.
fn headers(api: &Api) -> Vec<String> {
    let schemes = api.sdk.security_schemes.iter();
    let headers = schemes.filter_map(|scheme| match &scheme.kind {
        SecurityKind::ApiKey {
            location: Location::Header,
            name,
        } => Some(format!("{name}: secret")),
        SecurityKind::HttpBasic => Some(format!("Authorization: Basic {BASIC}")),
        SecurityKind::Bearer | SecurityKind::ClientCredentials { .. } => {
            Some("Authorization: Bearer secret".to_owned())
        }
        SecurityKind::HttpOther { scheme } => Some(format!("Authorization: {scheme} secret")),
        SecurityKind::ApiKey { .. } | SecurityKind::MutualTls => None,
    });
    headers.collect()
}

/// The document of what a generated server does: its own refusals are in place of what is said of their statuses, bodies
/// are required where the generator takes them as such, those that it does not read are left out, integers have the 64 bits of
/// its types, and answers have what only requests are meant to.
fn as_served(path: &Path, answered: &[&Operation]) -> Result<Value, Failure> {
    let text = fs::read_to_string(path).map_err(system(shown("read", path)))?;
    let mut document: Value = serde_json::from_str(&text)
        .map_err(|error| system(shown("read", path))(io::Error::other(error)))?;
    open(&mut document);
    let Some(Value::Object(paths)) = document.get_mut("paths") else {
        return Ok(document);
    };
    for (path, item) in paths {
        let Value::Object(item) = item else { continue };
        let of_method = |method: &str| {
            let mut of_path = answered.iter().filter(|it| it.path == *path);
            of_path.find(|it| it.method.as_str().eq_ignore_ascii_case(method))
        };
        item.retain(|name, _| !METHODS.contains(&&**name) || of_method(name).is_some());
        for method in METHODS {
            let (Some(operation), Some(stated)) = (of_method(method), item.get_mut(method)) else {
                continue;
            };
            if let Some(Value::Object(responses)) = stated.get_mut("responses") {
                refuse(responses);
            }
            let body = stated.get_mut("requestBody");
            if let (Some(Value::Object(stated)), Some(body)) = (body, &operation.body)
                && !stated.contains_key("$ref")
            {
                stated.insert("required".to_owned(), body.required.into());
            }
        }
    }
    Ok(document)
}

/// Takes away what servers don't know of.
fn open(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.retain(|name, it| name != "writeOnly" || !it.is_boolean());
            if members
                .get("type")
                .is_some_and(|it| it == "integer" || is_listed(it))
            {
                members.entry("format").or_insert_with(|| "int64".into());
            }
            if let Some(Value::Object(content)) = members.get_mut("content") {
                content.retain(|media_type, _| !media_type.ends_with("/xml"));
            }
            members.values_mut().for_each(open);
        }
        Value::Array(elements) => elements.iter_mut().for_each(open),
        _ => {}
    }
}

/// Whether integers are among these types.
fn is_listed(types: &Value) -> bool {
    types
        .as_array()
        .is_some_and(|types| types.contains(&"integer".into()))
}

fn refuse(responses: &mut Map<String, Value>) {
    let texts: Map<String, Value> = ["type", "title", "detail", "place"]
        .into_iter()
        .map(|name| (name.to_owned(), json!({"type": "string"})))
        .collect();
    let refusal = json!({
        "description": "A refusal (RFC 9457).",
        "content": {"application/problem+json": {"schema": {
            "type": "object",
            "required": ["type", "title", "status"],
            "properties": texts,
        }}},
    });
    for status in REFUSALS {
        responses.insert(status.to_owned(), refusal.clone());
    }
}
