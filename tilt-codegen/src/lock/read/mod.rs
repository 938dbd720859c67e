//! The text of the file as names: every line is understood, or an error says why not.

mod fault;
mod line;
mod reader;

use std::fs::File;
use std::io::Read;

use super::Names;
use crate::diagnostic::{Code, Diagnostics};
use crate::source::{Input, Limits};
use fault::{Fault, MALFORMED, RESTORE, diagnose};
use line::Line;
use reader::LineReader;

/// Reads a names file.
pub(crate) fn read(input: &Input, limits: &Limits) -> Result<Names, Diagnostics> {
    let (name, text) = text(input, limits)?;
    let mut reader = LineReader::default();
    let body = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let mut start = text.len() - body.len();
    for line in body.split_inclusive('\n') {
        if reader.faults.len() > limits.errors {
            break;
        }
        reader.line(&Line::split(line.trim_end_matches(['\n', '\r']), start));
        start += line.len();
    }
    reader.end(text.len());
    match reader.faults.is_empty() {
        true => Ok(reader.names),
        false => Err(diagnose(&name, &text, reader.faults, limits)),
    }
}

fn text(input: &Input, limits: &Limits) -> Result<(String, String), Diagnostics> {
    let (name, bytes) = match input {
        Input::Bytes { name, bytes } => (name.clone(), bytes.clone()),
        Input::Path(path) | Input::Within { path, .. } => {
            let name = path.display().to_string();
            let most = u64::try_from(limits.bytes).unwrap_or(u64::MAX);
            let mut bytes = Vec::new();
            let read = File::open(path)
                .and_then(|file| file.take(most.saturating_add(1)).read_to_end(&mut bytes));
            if let Err(error) = read {
                let message = format!("cannot read the file: {error}");
                return Err(Diagnostics::file(&name, Code::CANNOT_READ, message));
            }
            (name, bytes)
        }
    };
    if bytes.len() > limits.bytes {
        let message = format!("the file is larger than {} bytes", limits.bytes);
        return Err(
            Diagnostics::file(&name, Code::TOO_LARGE, message).help(&Limits::advice("bytes"))
        );
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok((name, text)),
        Err(error) => {
            let end = error.utf8_error().valid_up_to();
            let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
            let fault = Fault {
                code: MALFORMED,
                span: end..end + '\u{fffd}'.len_utf8(),
                message: "found bytes that are no UTF-8".to_owned(),
                help: RESTORE.to_owned(),
            };
            Err(diagnose(&name, &text, vec![fault], limits))
        }
    }
}
