//! Reads root documents and the files that they refer to.

use super::document::{Document, Format, Input};
use super::fault::{Fault, diagnose};
use super::files::files_referred_to;
use super::folder::Folder;
use super::parsed::Parsed;
use super::reference::{self, ReferenceErrorKind};
use super::{DocumentId, Limits, json, lengths, prose, yaml};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place, Problem};
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Documents, and what is needed to load more of them.
#[derive(Debug)]
pub(super) struct Loader {
    pub(super) documents: Vec<Document>,
    pub(super) limits: Limits,
    pub(super) findings: Vec<Problem>,
    /// The file that a reference's part before `#` names, as written in a document.
    pub(super) targets: HashMap<(DocumentId, String), Result<DocumentId, ReferenceErrorKind>>,
    roots: HashMap<DocumentId, Root>,
    bytes: usize,
    pub(super) nodes: usize,
    /// Bytes of text that overlays added.
    added: usize,
    /// Steps that the targets of overlays took.
    matched: usize,
    errors: Vec<Diagnostic>,
}

/// The cost that a change of a document may still have.
#[derive(Debug)]
pub(crate) struct Allowance {
    /// Values that may be added.
    pub(crate) nodes: usize,
    /// Bytes of text that may be added.
    pub(crate) text: usize,
    /// Steps in search of the places to change.
    pub(crate) steps: usize,
}

/// A root document, and the files that it leads to.
#[derive(Debug, Default, Clone)]
struct Root {
    folder: Option<Folder>,
    by_path: HashMap<PathBuf, DocumentId>,
}

impl Loader {
    pub(super) fn new(limits: &Limits) -> Loader {
        Loader {
            documents: Vec::new(),
            limits: limits.clone(),
            findings: Vec::new(),
            targets: HashMap::new(),
            roots: HashMap::new(),
            bytes: 0,
            nodes: 0,
            added: 0,
            matched: 0,
            errors: Vec::new(),
        }
    }

    /// The same documents with other values, and without their texts.
    pub(super) fn with_values(&self, mut values: BTreeMap<DocumentId, Value>) -> Loader {
        let documents = self.documents.iter().map(|it| {
            let value = values.remove(&it.id);
            it.with_value(value.unwrap_or_else(|| it.value.clone()))
        });
        Loader {
            documents: documents.collect(),
            targets: self.targets.clone(),
            roots: self.roots.clone(),
            ..Loader::new(&self.limits)
        }
    }

    /// Adds a root document, without what it refers to.
    pub(super) fn open_root(&mut self, root: Input) -> Result<DocumentId, Diagnostics> {
        match root {
            Input::Bytes { name, bytes } => {
                let id = self.next_id();
                self.roots.insert(id, Root::default());
                Ok(self.add(id, name, None, bytes))
            }
            Input::Path(path) => self.open_root_file(&path, None),
            Input::Within { folder, path } => self.open_root_file(&path, Some(&folder)),
        }
    }

    /// More than four billion documents are far above any limit on them.
    fn next_id(&self) -> DocumentId {
        DocumentId(u32::try_from(self.documents.len()).unwrap_or(u32::MAX))
    }

    pub(super) fn allowance(&self) -> Allowance {
        Allowance {
            nodes: self.limits.nodes.saturating_sub(self.nodes),
            text: self.limits.expansion.saturating_sub(self.added),
            steps: self.limits.matching.saturating_sub(self.matched),
        }
    }

    /// Remembers what is left of an allowance.
    pub(super) fn spend_to(&mut self, left: &Allowance) {
        self.nodes = self.limits.nodes.saturating_sub(left.nodes);
        self.added = self.limits.expansion.saturating_sub(left.text);
        self.matched = self.limits.matching.saturating_sub(left.steps);
    }

    /// Loads what the documents refer to and is not there yet.
    pub(super) fn load_references(&mut self) -> Result<(), Diagnostics> {
        let mut next = 0;
        while let Some(document) = self.documents.get(next) {
            let id = document.id;
            let files = files_referred_to(&document.value);
            let (prose, files): (Vec<_>, Vec<_>) =
                files.into_iter().partition(|file| prose::is_prose(file));
            self.fill(id, prose);
            for file in files {
                if !self.targets.contains_key(&(id, file.clone())) {
                    let target = self.open(id, &file);
                    self.targets.insert((id, file), target);
                }
            }
            next += 1;
        }
        self.take_errors()
    }

    pub(super) fn take_errors(&mut self) -> Result<(), Diagnostics> {
        match self.errors.is_empty() {
            true => Ok(()),
            false => {
                let errors = std::mem::take(&mut self.errors);
                Err(Diagnostics::new(errors, self.limits.errors))
            }
        }
    }

    fn open_root_file(
        &mut self,
        path: &Path,
        allowed: Option<&Path>,
    ) -> Result<DocumentId, Diagnostics> {
        let name = path.display().to_string();
        let unread = |error| unread(path, &error);
        let folder = Folder::of(path).map_err(unread)?;
        let folder = match allowed {
            Some(allowed) => folder
                .within(allowed)
                .map_err(|error| self::unread(allowed, &error))?,
            None => folder,
        };
        let bytes = read(path, self.limits.bytes).map_err(unread)?;
        let target = path.canonicalize().map_err(unread)?;
        if allowed.is_some() && !folder.holds(&target) {
            let message = "the document is not in the folder that its references may not leave";
            let diagnostics = Diagnostics::file(&name, Code::CANNOT_READ, message);
            return Err(diagnostics);
        }
        let id = self.next_id();
        let root = Root {
            folder: Some(folder),
            by_path: HashMap::new(),
        };
        self.roots.insert(id, root);
        Ok(self.add(id, name, Some(target), bytes))
    }

    /// Puts the texts of files of Markdown where a document refers to them.
    fn fill(&mut self, id: DocumentId, files: Vec<String>) {
        let mut texts = HashMap::new();
        for file in files {
            match self.prose(id, &file) {
                Ok(text) => {
                    texts.insert(file, text);
                }
                Err(error) => {
                    self.targets.insert((id, file), Err(error));
                }
            }
        }
        if texts.is_empty() {
            return;
        }
        let room = self.limits.expansion.saturating_sub(self.added);
        let value = &mut self.documents[id.0 as usize].value;
        let (filled, left) = prose::fill(value, &texts, room);
        self.added += room - left;
        self.findings.extend(filled.into_iter().map(|pointer| {
            let message = "the text of the file is read in its place";
            Problem::new(Code::MEMBER_REFERENCE, Place::Pointer(id, pointer), message)
        }));
    }

    fn prose(&mut self, from: DocumentId, file: &str) -> Result<String, ReferenceErrorKind> {
        let path = self.path(from, file)?;
        let unreadable = |reason: String| ReferenceErrorKind::File { reason };
        let bytes = read(&path, self.limits.bytes).map_err(|it| unreadable(it.to_string()))?;
        self.bytes = self.bytes.saturating_add(bytes.len());
        if self.bytes > self.limits.bytes {
            return Err(unreadable(too_large(&self.limits).message));
        }
        decode(bytes).map_err(|undecoded| unreadable(undecoded.1.message))
    }

    /// The path of a file that a document refers to.
    fn path(&self, from: DocumentId, file: &str) -> Result<PathBuf, ReferenceErrorKind> {
        let path = reference::file_path(file)?;
        let from = &self.documents[from.0 as usize];
        let root = &self.roots[&from.root];
        let folder = root.folder.as_ref().ok_or(ReferenceErrorKind::NoFolder)?;
        let base = from.path.as_deref().and_then(Path::parent);
        let base = base.unwrap_or(folder.own());
        let missing = |error: std::io::Error| ReferenceErrorKind::File {
            reason: error.to_string(),
        };
        let path = base.join(path);
        // Whether there is something outside of the folder is no business of a document's.
        if !folder.holds(&path) {
            return Err(ReferenceErrorKind::OutsideFolder);
        }
        let path = path.canonicalize().map_err(missing)?;
        if !folder.holds(&path) {
            return Err(ReferenceErrorKind::OutsideFolder);
        }
        match path.is_file() {
            true => Ok(path),
            false => Err(ReferenceErrorKind::File {
                reason: "it is no file".to_owned(),
            }),
        }
    }

    fn open(&mut self, from: DocumentId, file: &str) -> Result<DocumentId, ReferenceErrorKind> {
        let path = self.path(from, file)?;
        let id = self.documents[from.0 as usize].root;
        let root = &self.roots[&id];
        let folder = root.folder.as_ref().ok_or(ReferenceErrorKind::NoFolder)?;
        if let Some(id) = root.by_path.get(&path) {
            return Ok(*id);
        }
        if root.by_path.len() >= self.limits.documents {
            return Err(ReferenceErrorKind::TooManyDocuments {
                limit: self.limits.documents,
            });
        }
        let name = folder.shown(&path);
        let bytes = read(&path, self.limits.bytes);
        let bytes = bytes.map_err(|error| ReferenceErrorKind::File {
            reason: error.to_string(),
        })?;
        Ok(self.add(id, name, Some(path), bytes))
    }

    /// A document's file as seen from the folder of its root, with `/`.
    pub(super) fn relative(&self, document: &Document) -> String {
        let folder = self.roots[&document.root].folder.as_ref();
        match (folder, &document.path) {
            (Some(folder), Some(path)) => folder.relative(path),
            _ => document.name.clone(),
        }
    }

    /// Adds a document. One that cannot be read is null, and an error is kept.
    fn add(
        &mut self,
        root: DocumentId,
        name: String,
        path: Option<PathBuf>,
        bytes: Vec<u8>,
    ) -> DocumentId {
        let id = self.next_id();
        let extension = Path::new(&name)
            .extension()
            .map(|e| e.to_string_lossy().to_lowercase());
        self.bytes = self.bytes.saturating_add(bytes.len());
        let limits = Limits {
            nodes: self.limits.nodes - self.nodes,
            ..self.limits.clone()
        };
        let decoded = match self.bytes > self.limits.bytes {
            true => Err(Box::new((String::new(), too_large(&self.limits)))),
            false => decode(bytes),
        };
        let (text, format, parsed) = match decoded {
            Ok(text) => {
                let (format, parsed) = parse(&text, extension.as_deref(), &limits);
                (text, format, parsed)
            }
            Err(undecoded) => {
                let (text, fault) = *undecoded;
                (text, Format::Json, Err(vec![fault]))
            }
        };
        let parsed =
            parsed.and_then(
                |parsed| match lengths::check(&parsed.value, &text, format, &limits) {
                    Some(fault) => Err(vec![fault]),
                    None => Ok(parsed),
                },
            );
        let (value, written) = match parsed {
            Ok(parsed) => {
                self.nodes += parsed.nodes;
                self.findings
                    .extend(parsed.faults.into_iter().map(|fault| finding(id, fault)));
                (parsed.value, parsed.written)
            }
            Err(faults) => {
                self.errors.extend(diagnose(&name, &text, faults));
                (Value::Null, Vec::new())
            }
        };
        if let (Some(path), Some(root)) = (&path, self.roots.get_mut(&root)) {
            root.by_path.insert(path.clone(), id);
        }
        let mut document = Document::new(id, root, name, path, value, format, text);
        document.written = written;
        self.documents.push(document);
        id
    }
}

fn finding(id: DocumentId, fault: Fault) -> Problem {
    let problem = Problem::new(fault.code, Place::Pointer(id, fault.pointer), fault.message);
    match fault.help {
        Some(help) => problem.help(help),
        None => problem,
    }
}

/// Why a path that the user gave cannot be read, with advice for what users give in place of a file.
fn unread(path: &Path, error: &std::io::Error) -> Diagnostics {
    let name = path.display().to_string();
    let is_url = ["http://", "https://"]
        .iter()
        .any(|it| name.starts_with(it));
    let (message, help) = match error.kind() {
        _ if is_url => (
            "this is a URL, expected a file: fetch it first".to_owned(),
            Some("download the document, and give the path of that file"),
        ),
        std::io::ErrorKind::IsADirectory => (
            "this is a folder, expected a file".to_owned(),
            Some("give the path of the document in it"),
        ),
        _ => (format!("cannot read it: {error}"), None),
    };
    let mut diagnostics = Diagnostics::file(&name, Code::CANNOT_READ, message);
    if let (Some(help), Some(item)) = (help, diagnostics.items.first_mut()) {
        item.help = Some(help.to_owned());
    }
    diagnostics
}

fn too_large(limits: &Limits) -> Fault {
    let message = format!("the files are larger than {} bytes together", limits.bytes);
    Fault::file(Code::TOO_LARGE, message).help(Limits::advice("bytes"))
}

/// At most one byte more than the limit, so that who asks can tell.
fn read(path: &Path, limit: usize) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let most = (limit as u64).saturating_add(1);
    File::open(path)?.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The text of a file; if it has none, what comes closest, for showing.
fn decode(mut bytes: Vec<u8>) -> Result<String, Box<(String, Fault)>> {
    if bytes.starts_with(&[0xEF, 0xBB, 0xBF]) {
        bytes.drain(..3);
    }
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        let fault = Fault::file(
            Code::INVALID_ENCODING,
            "found UTF-16 or UTF-32, expected UTF-8",
        );
        return Err(Box::new((String::new(), fault)));
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let byte = error.as_bytes().get(at).copied().unwrap_or_default();
        let message = format!("found the byte 0x{byte:02X}, which is not UTF-8 here");
        let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
        let fault = Fault::at(
            Code::INVALID_ENCODING,
            at..at + '\u{FFFD}'.len_utf8(),
            message,
        );
        Box::new((text, fault))
    })
}

fn parse(
    text: &str,
    extension: Option<&str>,
    limits: &Limits,
) -> (Format, Result<Parsed, Vec<Fault>>) {
    let start = text.trim_start();
    if start.starts_with('<') {
        let message = "found HTML or XML, expected JSON or YAML";
        let at = text.len() - start.len();
        let fault = Fault::at(Code::WRONG_FORMAT, at..at + 1, message);
        let help = "fetch the document itself: this may be a login or an error page";
        return (Format::Json, Err(vec![fault.help(help)]));
    }
    let looks_like_json = start.starts_with(['{', '[']);
    let is_named_json = extension == Some("json");
    if !looks_like_json && !is_named_json {
        return (Format::Yaml, yaml::parse(text, limits));
    }
    let json = match json::parse(text, limits) {
        Err(faults) if faults.iter().all(|fault| fault.code == Code::INVALID_JSON) => faults,
        result => return (Format::Json, result),
    };
    // A flow mapping is YAML and looks like JSON; YAML is published under the name of JSON. But JSON
    // with a mistake may be YAML that means something else.
    let is_json_object = start
        .trim_start_matches(['{', '['])
        .trim_start()
        .starts_with('"');
    let may_be_yaml = match extension {
        Some("json") => !looks_like_json,
        _ => !is_json_object,
    };
    let is_named_yaml = matches!(extension, Some("yaml" | "yml"));
    match yaml::parse(text, limits) {
        Ok(parsed) if is_named_yaml || may_be_yaml && parsed.value.is_object() => {
            (Format::Yaml, Ok(parsed))
        }
        Err(faults) if is_named_yaml => (Format::Yaml, Err(faults)),
        _ => (Format::Json, Err(json)),
    }
}
