//! A small HTTP server in a process of its own, so that the figures of a client exclude it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::thread;

use crate::documents;

/// The argument that makes a bench a server.
pub(crate) const ARGUMENT: &str = "--serve";

/// A running server. It ends with this value, and with the process that started it.
pub struct Server {
    process: Child,
    port: u16,
}

impl Server {
    /// Starts this executable as a server.
    ///
    /// # Panics
    /// Panics if the server does not start.
    pub fn start() -> Self {
        let this = std::env::current_exe().expect("the path of this executable");
        let mut command = Command::new(this);
        let mut process =
            command.arg(ARGUMENT).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("a process");
        let mut line = String::new();
        let output = process.stdout.take().expect("the output is a pipe");
        BufReader::new(output).read_line(&mut line).expect("a line with the port");
        Self { port: line.trim().parse().expect("a port"), process }
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    pub fn base_url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The process may have ended already.
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

/// Prints a free port, and serves it until standard input is closed.
pub(crate) fn serve() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    println!("{}", listener.local_addr().expect("an address").port());
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            // A client that closes its connection ends the thread with an error.
            thread::spawn(move || drop(respond(stream)));
        }
    });
    let mut input = Vec::new();
    drop(std::io::stdin().read_to_end(&mut input));
}

/// Answers the requests of one connection.
fn respond(mut stream: TcpStream) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut requests = BufReader::new(stream.try_clone()?);
    let mut response = Vec::new();
    loop {
        let mut line = String::new();
        requests.read_line(&mut line)?;
        let path = line.split(' ').nth(1).unwrap_or_default().to_owned();
        let mut length = 0;
        while line.trim() != "" {
            line.clear();
            requests.read_line(&mut line)?;
            if let Some((name, value)) = line.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse().unwrap_or_default();
            }
        }
        if path.is_empty() {
            return Ok(());
        }
        std::io::copy(&mut requests.by_ref().take(length), &mut std::io::sink())?;
        if response.is_empty() {
            response = with_head(&document(&path));
        }
        stream.write_all(&response)?;
    }
}

/// Returns the response body for a path. A connection requests one path only.
fn document(path: &str) -> String {
    match path {
        path if path.starts_with("/user_management/users/") => documents::USER.to_owned(),
        path if path.starts_with("/user_management/users") => documents::users(100),
        path if path.ends_with("/members/search") => documents::members(100),
        _ => documents::member(),
    }
}

fn with_head(body: &str) -> Vec<u8> {
    let length = body.len();
    format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}")
        .into_bytes()
}
