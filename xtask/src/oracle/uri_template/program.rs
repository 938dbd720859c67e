//! The program that sends each case, and a server in it that keeps what it is sent.

use super::super::{build as build_programs, client, shown, system};
use super::cases::{Case, Kind, document};
use crate::failure::Failure;
use crate::project::Project;
use crate::workspace;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::process::{Command, Stdio};
use tilt_codegen::config::Config;
use tilt_codegen::model::Sdk;
use tilt_codegen::source::Input;

const SDK: &str = "uri-template-sdk";
const PACKAGE: &str = "uri-template";

/// A server that keeps the heads of requests, and what one of them was; `Err` is why it was not sent.
const GROUND: &str = r#"
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::mpsc;

fn serve() -> (String, mpsc::Receiver<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let (sender, heads) = mpsc::channel();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.expect("a connection");
            let lines = BufReader::new(stream.try_clone().expect("a handle")).lines();
            let head = lines.map(|line| line.expect("a line")).take_while(|line| !line.is_empty());
            let head: Vec<String> = head.collect();
            stream.write_all(b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n").expect("sent");
            if sender.send(head).is_err() {
                return;
            }
        }
    });
    (url, heads)
}

fn told(name: &str, sent: Result<(), sdk::Error>, heads: &mpsc::Receiver<Vec<String>>) {
    let told = match sent {
        Ok(()) => serde_json::json!({"head": heads.recv().expect("a request")}),
        Err(error) => serde_json::json!({"refused": error.to_string()}),
    };
    println!("{name} {told}");
}
"#;

/// Of each case the head of its request, or why there was none.
pub(super) type Sent = BTreeMap<String, Result<Vec<String>, String>>;

/// Generates the SDK and the program, and runs it.
pub(super) fn run(project: &Project, cases: &[Case]) -> Result<Sent, Failure> {
    let folder = project.target().join("oracles/uri-template");
    let package = folder.join(PACKAGE);
    fs::create_dir_all(package.join("src")).map_err(system(shown("create", &package)))?;
    let input = Input::Bytes {
        name: "cases.json".to_owned(),
        bytes: document(cases).to_string().into_bytes(),
    };
    let sdk = client::write(project, &folder, SDK, input, Config::default())?;
    let manifest = format!(
        "[package]\nname = \"{PACKAGE}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         serde_json = \"1\"\ntokio = {{ version = \"1\", features = [\"macros\", \"rt\"] }}\n\
         {}",
        client::dependency(&folder, SDK, "sdk")
    );
    client::write_file(&package.join("Cargo.toml"), &manifest)?;
    client::write_file(&package.join("src/main.rs"), &main(&sdk, cases))?;
    let packages = [SDK, PACKAGE].map(str::to_owned);
    workspace::write_manifest(project, &folder, &packages)
        .map_err(system("write the workspace"))?;
    build_programs(project, &folder, &["--package", PACKAGE])?;
    call(Command::new(project.sdks().join("debug").join(PACKAGE)))
}

fn main(sdk: &Sdk, cases: &[Case]) -> String {
    let mut text = String::from(GROUND);
    text.push_str(
        "\n#[tokio::main(flavor = \"current_thread\")]\nasync fn main() {\n    let (url, heads) = serve();\n    \
         let client = sdk::Client::builder(sdk::Environment::custom(url)).build().expect(\"a client\");\n",
    );
    let operations = sdk.resources.iter().flat_map(|resource| {
        let operations = resource.operations.iter();
        operations.map(move |operation| (operation.id.as_str(), (&resource.name, &operation.name)))
    });
    let operations: BTreeMap<&str, _> = operations.collect();
    for case in cases {
        let Some((resource, method)) = operations.get(case.name.as_str()) else {
            continue;
        };
        let argument = match &case.kind {
            Kind::Scalar(value) => value.to_string(),
            Kind::List(items) => {
                let items = items.iter().map(|item| format!("{item:?}.to_owned()"));
                format!(
                    "Vec::<String>::from([{}])",
                    items.collect::<Vec<_>>().join(", ")
                )
            }
            Kind::Object(_) => format!(
                "serde_json::from_str::<sdk::types::Pair>({:?}).expect(\"a pair\")",
                case.value().to_string()
            ),
        };
        let name = &case.name;
        let _ = writeln!(
            text,
            "    let sent = client.{resource}().{method}({argument}).await;\n    told({name:?}, sent.map(drop), &heads);"
        );
    }
    text.push_str("}\n");
    text
}

fn call(mut program: Command) -> Result<Sent, Failure> {
    let output = program
        .env("NO_PROXY", "*")
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .map_err(system("start the program"))?;
    let unclear = |error: serde_json::Error| system("read what the program says")(error.into());
    let mut sent = Sent::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let Some((name, told)) = line.split_once(' ') else {
            continue;
        };
        let told: Told = serde_json::from_str(told).map_err(unclear)?;
        let told = match told {
            Told::Head(head) => Ok(head),
            Told::Refused(why) => Err(why),
        };
        sent.insert(name.to_owned(), told);
    }
    match output.status.success() {
        true => Ok(sent),
        false => Err(system("send the cases")(io::Error::other(
            output.status.to_string(),
        ))),
    }
}

#[derive(serde::Deserialize)]
#[serde(rename_all = "lowercase")]
enum Told {
    Head(Vec<String>),
    Refused(String),
}
