//! An API in a process of its own, so that what it costs is not counted.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};

const ORDER: &str = r#"{"order_id":"0193e2a4-1111-7abc-8def-0123456789ab","location_id":"0193e2a4-2222-7abc-8def-0123456789ab","status":"paid","total_cents":5000,"description":"Two front tyres, fitted","external_reference":"INV-2041","customer_name":"Alice Example","payments":[{"payment_id":"0193e2a4-3333-7abc-8def-0123456789ab","status":"approved","amount_cents":2500,"method":"card","created_at":"2025-01-01T10:00:00Z"},{"payment_id":"0193e2a4-4444-7abc-8def-0123456789ab","status":"approved","amount_cents":2500,"method":"card","created_at":"2025-01-01T10:05:00Z"}],"created_at":"2025-01-01T09:59:00Z"}"#;
const CREATED: &str = r#"{"order_id":"0193e2a4-1111-7abc-8def-0123456789ab","status":"open","total_cents":5000,"created_at":"2025-01-01T09:59:00Z"}"#;
const TOKEN: &str = r#"{"access_token":"eyJhbGciOiJub25lIn0.e30.c2lnbmF0dXJl","expires_in":3600,"token_type":"Bearer"}"#;

/// The other process; ends with this one's interest in it.
pub(crate) struct Server {
    pub(crate) url: String,
    process: Child,
}

impl Server {
    pub(crate) fn start() -> io::Result<Self> {
        let mut process = Command::new(std::env::current_exe()?)
            .arg("--serve")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut address = String::new();
        if let Some(out) = process.stdout.take() {
            BufReader::new(out).read_line(&mut address)?;
        }
        let url = format!("http://{}", address.trim());
        Ok(Self { url, process })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The other process itself.
pub(crate) fn serve() -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    println!("{}", listener.local_addr()?);
    // The process that started it may end without a word.
    std::thread::spawn(|| {
        let _ = io::copy(&mut io::stdin(), &mut io::sink());
        std::process::exit(0);
    });
    for stream in listener.incoming() {
        let stream = stream?;
        std::thread::spawn(move || answer_all(stream));
    }
    Ok(())
}

fn answer_all(stream: TcpStream) -> io::Result<()> {
    let mut writer = stream.try_clone()?;
    writer.set_nodelay(true)?;
    let mut reader = BufReader::new(stream);
    loop {
        let mut first = String::new();
        if reader.read_line(&mut first)? == 0 {
            return Ok(());
        }
        let mut length = 0;
        loop {
            let mut line = String::new();
            reader.read_line(&mut line)?;
            if line.trim().is_empty() {
                break;
            }
            if let Some((name, value)) = line.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse().unwrap_or(0);
            }
        }
        io::copy(&mut (&mut reader).take(length), &mut io::sink())?;
        let (status, body) = match first.split(' ').nth(1) {
            Some("/oauth2/token") => ("200 OK", TOKEN),
            Some("/pos/v1/orders") => ("201 Created", CREATED),
            _ => ("200 OK", ORDER),
        };
        let length = body.len();
        let answer = format!(
            "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
        );
        writer.write_all(answer.as_bytes())?;
    }
}
