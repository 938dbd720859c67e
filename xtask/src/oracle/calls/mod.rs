//! Calls of every operation of SDKs, which judges see from outside.
//!
//! A program for each document makes them as it is told. It keeps requests with the answers as they came, and writes again
//! all that the SDK has read of these.

mod documents;
mod explained;
pub(super) mod program;
mod verdict;

use super::{build, client, shown, system};
use crate::cargo;
use crate::failure::Failure;
use crate::project::Project;
use crate::workspace;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use std::fs;
use std::io::{self, BufRead as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use tilt_codegen::config::Config;
use tilt_codegen::model::{BodyMedia, Operation, Payload, Sdk, StatusRange};
use tilt_codegen::source::Input;

pub(super) use documents::{chosen as documents, tested};
pub(super) use verdict::Verdict;

/// Documents, with a program for each. All oracles have the same ones.
pub(super) struct Programs {
    project: Project,
    folder: PathBuf,
    /// All of them.
    pub(super) apis: Vec<Api>,
}

/// A document with its SDK.
pub(super) struct Api {
    /// The file's name without ending.
    pub(super) name: String,
    /// The document in JSON, with one server only.
    pub(super) document: PathBuf,
    pub(super) sdk: Sdk,
}

/// The dependency by which programs serve.
const AXUM: &str =
    "axum = { version = \"0.8\", default-features = false, features = [\"http1\", \"tokio\"] }\n";

/// A running server of one document.
pub(super) struct Serving {
    pub(super) child: Child,
    pub(super) address: String,
}

/// Nothing that was started stays.
impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A request that is made up for an operation.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Request {
    /// In lower case.
    pub(super) method: String,
    pub(super) path: String,
    /// By place and name.
    pub(super) arguments: Map<String, Value>,
    pub(super) body: Option<Body>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Body {
    pub(super) media_type: String,
    pub(super) value: Value,
}

/// A call that is to be made.
#[derive(Debug, Serialize)]
pub(super) struct Order {
    /// Its name in reports and in lists of what is explained.
    #[serde(skip)]
    pub(super) name: String,
    pub(super) operation: usize,
    pub(super) arguments: Map<String, Value>,
    pub(super) body: Option<Form>,
    #[serde(flatten)]
    server: Server,
}

#[derive(Debug, Serialize)]
pub(super) struct Form {
    pub(super) form: usize,
    pub(super) value: Value,
}

/// The answer, or what is asked of the server behind the program.
#[derive(Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Server {
    Answer(Message),
    Prefer(String),
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Message {
    pub(super) status: u16,
    pub(super) media_type: String,
    pub(super) body: String,
    /// Prism's objections to the request.
    #[serde(default)]
    pub(super) violations: String,
    /// Tells what of the request has arrived, as a generated server says it.
    #[serde(default)]
    pub(super) arrived: String,
}

/// A request with its answer.
#[derive(Debug, Deserialize)]
pub(super) struct Exchange {
    pub(super) head: Vec<String>,
    pub(super) body: String,
    pub(super) answer: Message,
}

/// The outcome of a call.
#[derive(Debug, Deserialize)]
pub(super) struct Outcome {
    pub(super) exchanges: Vec<Exchange>,
    pub(super) told: Told,
    /// The documented headers of its answer, as the SDK reads them.
    pub(super) headers: Map<String, Value>,
}

/// An answer as the SDK has it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Told {
    Nothing,
    Json(String),
    Text(String),
    Items(Vec<String>),
    Argument(String),
    Failed(String),
}

/// A server beside each client, of the same SDK.
#[derive(Clone, Copy)]
pub(super) struct Servers {
    /// The source of a server, on the ground that stands in a file.
    pub(super) source: fn(&Sdk, &Path) -> String,
    /// This file, in the project.
    pub(super) ground: &'static str,
}

impl Programs {
    /// Generates and builds those for documents.
    pub(super) fn build(
        project: &Project,
        documents: &[PathBuf],
        servers: Option<Servers>,
    ) -> Result<Self, Failure> {
        let folder = project.target().join(match servers {
            None => "oracles/calls",
            Some(_) => "oracles/served",
        });
        let mut apis = Vec::new();
        for path in documents {
            let name = path.file_stem().unwrap_or_default().to_string_lossy();
            let document = folder.join("documents").join(format!("{name}.json"));
            documents::write(path, &document)?;
            let mut config = Config::default();
            config.parts.server = servers.is_some();
            let sdk = client::write(
                project,
                &folder,
                &format!("sdk-{}", package(&name)),
                Input::Path(document.clone()),
                config,
            )?;
            apis.push(Api {
                name: name.into_owned(),
                document,
                sdk,
            });
        }
        let programs = Self {
            project: project.clone(),
            folder,
            apis,
        };
        programs.write(servers)?;
        Ok(programs)
    }

    fn write(&self, servers: Option<Servers>) -> Result<(), Failure> {
        let ground = |file: &str| self.project.root().join(file);
        let mut packages = Vec::new();
        for Api { name, sdk, .. } in &self.apis {
            let source = program::program(sdk, &ground("tests/oracles/calls/ground.rs"));
            packages.push(self.program("calls", name, &source, "")?);
            if let Some(servers) = servers {
                let source = (servers.source)(sdk, &ground(servers.ground));
                packages.push(self.program("serves", name, &source, AXUM)?);
            }
            packages.push(format!("sdk-{}", package(name)));
        }
        workspace::write_manifest(&self.project, &self.folder, &packages)
            .map_err(system("write the workspace"))?;
        build(&self.project, &self.folder, &["--workspace"])
    }

    /// Writes the package of a program; its name.
    fn program(
        &self,
        kind: &str,
        name: &str,
        source: &str,
        dependencies: &str,
    ) -> Result<String, Failure> {
        let runtime = self.project.runtime().display().to_string();
        let (package, sdk) = (
            format!("{kind}-{}", package(name)),
            format!("sdk-{}", package(name)),
        );
        let of_sdk = match dependencies {
            "" => client::dependency(&self.folder, &sdk, "sdk"),
            _ => format!(
                "sdk = {{ package = {sdk:?}, path = \"../{sdk}\", default-features = false, features = [\"server\"] }}\n"
            ),
        };
        let manifest = format!(
            "[package]\nname = \"{package}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
             serde = {{ version = \"1\", features = [\"derive\"] }}\n\
             serde_json = {{ version = \"1\", features = [\"float_roundtrip\", \"preserve_order\"] }}\n\
             tokio = {{ version = \"1\", features = [\"macros\", \"net\", \"rt\"] }}\n\
             tilt-runtime = {{ path = {runtime:?}, default-features = false }}\n{dependencies}{of_sdk}"
        );
        let folder = self.folder.join(&package);
        fs::create_dir_all(folder.join("src")).map_err(system(shown("create", &folder)))?;
        client::write_file(&folder.join("Cargo.toml"), &manifest)?;
        client::write_file(&folder.join("src/main.rs"), source)?;
        Ok(package)
    }

    /// The command of a program.
    fn command(&self, kind: &str, api: &Api) -> Command {
        let program = format!("debug/{kind}-{}", package(&api.name));
        Command::new(self.project.sdks().join(program))
    }

    /// Starts the server of a document, with a file of what it answers.
    pub(super) fn serve(&self, api: &Api, answers: &Path) -> Result<Serving, Failure> {
        let mut child = self
            .command("serves", api)
            .arg(answers)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(system("start a server"))?;
        let mut address = String::new();
        if let Some(stdout) = child.stdout.take() {
            let read = io::BufReader::new(stdout).read_line(&mut address);
            read.map_err(system("hear a server"))?;
        }
        let address = address.trim().to_owned();
        Ok(Serving { child, address })
    }

    /// Makes calls, one after the other, at the server behind the program.
    pub(super) fn call(
        &self,
        api: &Api,
        orders: &[Order],
        behind: Option<&str>,
    ) -> Result<Vec<Outcome>, Failure> {
        let mut child = self
            .command("calls", api)
            .args(behind)
            .env("NO_PROXY", "*")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(system("start a program"))?;
        let mut stdin = child.stdin.take();
        let lines = orders.iter().map(serde_json::to_string);
        let lines: Result<Vec<String>, _> = lines.collect();
        let lines = lines.map_err(|error| system("write orders")(error.into()))?;
        // Written while answers are read: a pipe holds less than all.
        let writer = std::thread::spawn(move || match &mut stdin {
            Some(stdin) => lines.iter().try_for_each(|it| writeln!(stdin, "{it}")),
            None => Ok(()),
        });
        let output = child.wait_with_output();
        let output = output.map_err(system("hear a program"))?;
        let written = writer.join();
        let text = String::from_utf8_lossy(&output.stdout);
        let outcomes: Result<Vec<Outcome>, _> = text.lines().map(serde_json::from_str).collect();
        let outcomes =
            outcomes.map_err(|error| system("read what a program says")(error.into()))?;
        let is_whole = output.status.success() && outcomes.len() == orders.len();
        if !is_whole || !matches!(written, Ok(Ok(()))) {
            let made = format!("{} of {} calls are made", outcomes.len(), orders.len());
            let action = format!("call the operations of {}", api.name);
            return Err(system(action)(io::Error::other(made)));
        }
        Ok(outcomes)
    }

    /// The requests that are made up for a document.
    pub(super) fn requests(&self, api: &Api) -> Result<Vec<Request>, Failure> {
        self.ask("requests", api, &Value::Null)
    }

    /// Whether the answer of each call is one to it that the document allows; `None` where it documents no JSON.
    fn are_valid(
        &self,
        api: &Api,
        orders: &[Order],
        outcomes: &[Outcome],
    ) -> Result<Vec<Option<bool>>, Failure> {
        let operations: Vec<_> = program::operations(&api.sdk).collect();
        let given = orders.iter().zip(outcomes).map(|(order, outcome)| {
            let (_, operation) = operations[order.operation];
            let answer = outcome.exchanges.last().map(|it| it.answer.clone());
            let answer = answer.unwrap_or_default();
            json!({
                "method": operation.method.as_str().to_ascii_lowercase(),
                "path": operation.path,
                "status": answer.status,
                "media_type": answer.media_type,
                "body": answer.body,
            })
        });
        let mut valid: Vec<Option<bool>> = self.ask("valid", api, &given.collect())?;
        for ((valid, order), outcome) in valid.iter_mut().zip(orders).zip(outcomes) {
            let answer = outcome.exchanges.last().map(|it| &it.answer);
            if answer.is_some_and(|it| api.is_of_another(order, it)) {
                *valid = Some(false);
            }
        }
        Ok(valid)
    }

    /// Asks the judge, who reads documents by himself.
    pub(super) fn ask<T: DeserializeOwned>(
        &self,
        what: &str,
        api: &Api,
        told: &Value,
    ) -> Result<T, Failure> {
        let mut judge = cargo::command(self.project.root())
            .args(["run", "--quiet", "--package", "tilt-tests"])
            .args(["--bin", "judge", "--", what])
            .arg(&api.document)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(system("start the judge"))?;
        // All of it is read before anything is said. One who is told nothing need not read.
        if let Some(mut stdin) = judge.stdin.take().filter(|_| !told.is_null()) {
            let written = stdin.write_all(told.to_string().as_bytes());
            written.map_err(system("tell the judge"))?;
        }
        let output = judge.wait_with_output();
        let output = output.map_err(system("hear the judge"))?;
        let answer = serde_json::from_slice(&output.stdout);
        answer.map_err(|error| system("read what the judge says")(error.into()))
    }
}

impl Api {
    /// The call of a request, where the SDK has one for its media type, or for none.
    pub(super) fn order(&self, request: &Request, how: &str, server: Server) -> Option<Order> {
        let (operation, model) = self.operation(request)?;
        let body = match &request.body {
            // Bodies that operations mean something by are asked for, whatever the document says.
            None if model.body.as_ref().is_some_and(|it| it.is_argument) => return None,
            None => None,
            Some(body) => {
                let forms = model.body.as_ref().map(program::forms).unwrap_or_default();
                let same = |it: &&BodyMedia| it.content_type == body.media_type;
                let form = match forms.iter().position(same) {
                    Some(form) => form,
                    // Of a range, the SDK says which one it sends.
                    None if body.media_type.contains('*') => 0,
                    None => return None,
                };
                Some(Form {
                    form,
                    value: body.value.clone(),
                })
            }
        };
        let method = request.method.to_ascii_uppercase();
        let mut order = Order {
            name: format!("{} {method} {}: {how}", self.name, request.path),
            operation,
            arguments: request.arguments.clone(),
            body,
            server,
        };
        if let Server::Answer(answer) = &order.server {
            order.server = Server::Answer(self.answer_to(&order, answer));
        }
        Some(order)
    }

    /// An answer that tells of what is asked for.
    fn answer_to(&self, order: &Order, answer: &Message) -> Message {
        let Ok(mut body) = serde_json::from_str::<Value>(&answer.body) else {
            return answer.clone();
        };
        for (property, asked) in self.echoes(order) {
            if let Some(told) = body.get_mut(property) {
                *told = asked.clone();
            }
        }
        Message {
            body: body.to_string(),
            ..answer.clone()
        }
    }

    /// Properties that an answer repeats of what a call sends, with their values.
    fn echoes<'a>(&'a self, order: &'a Order) -> Vec<(&'a str, &'a Value)> {
        let mut operations = program::operations(&self.sdk).map(|(_, it)| it);
        let Some(operation) = operations.nth(order.operation) else {
            return Vec::new();
        };
        let execution = &operation.execution;
        let in_path = execution.echoes.iter().filter_map(|(at, property)| {
            let parameter = operation.parameters.get(*at)?;
            let key = program::key(parameter.location.word(), &parameter.wire);
            Some((property.as_str(), order.arguments.get(&key)?))
        });
        let body = order.body.as_ref().map(|it| &it.value);
        let in_body = execution.body_echoes.iter();
        let in_body = in_body.filter_map(|it| Some((it.as_str(), body?.get(it)?)));
        in_path.chain(in_body).collect()
    }

    /// Whether an answer tells of something else than was asked for, which no client takes.
    fn is_of_another(&self, order: &Order, answer: &Message) -> bool {
        let body: Value = serde_json::from_str(&answer.body).unwrap_or_default();
        let mut echoes = self.echoes(order).into_iter();
        echoes.any(|(property, asked)| body.get(property).is_some_and(|told| told != asked))
    }

    /// The statuses of errors in JSON that the document names for an operation, with what they are read as.
    pub(super) fn errors(&self, request: &Request) -> Vec<(u16, &Payload)> {
        let model = self.operation(request).map(|(_, it)| it);
        let errors = model.into_iter().flat_map(|it| &it.errors);
        let codes = errors.filter_map(|it| match (it.status, &it.payload) {
            (StatusRange::Code(code), Some(payload @ Payload::Json(_))) => Some((code, payload)),
            _ => None,
        });
        codes.collect()
    }

    fn operation(&self, request: &Request) -> Option<(usize, &Operation)> {
        let mut operations = program::operations(&self.sdk).map(|(_, it)| it).enumerate();
        operations.find(|(_, it)| {
            it.path == request.path && it.method.as_str().eq_ignore_ascii_case(&request.method)
        })
    }
}

/// The name of a document as packages have it.
fn package(name: &str) -> String {
    name.to_ascii_lowercase().replace('.', "-")
}
