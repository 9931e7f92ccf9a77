//! One connection to a faulty server.

use std::io;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::Log;
use super::script::{Act, Script};

pub(super) struct Connection {
    stream: TcpStream,
    place: usize,
    script: Arc<Script>,
    log: Arc<Log>,
    /// What was read and belongs to no request yet.
    unread: Vec<u8>,
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.log.open.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Connection {
    pub(super) fn new(stream: TcpStream, script: Arc<Script>, log: Arc<Log>) -> Self {
        let place = log.open();
        Self { stream, place, script, log, unread: Vec::new() }
    }

    /// Takes turns until one of them, or the client, ends the connection.
    pub(super) async fn serve(&mut self) -> io::Result<()> {
        let mut speaks_first = self.script.speaks_first();
        loop {
            if !speaks_first {
                self.arrival().await?;
            }
            speaks_first = false;
            for act in self.turn().await? {
                if self.act(act).await?.is_break() {
                    return Ok(());
                }
            }
        }
    }

    async fn turn(&mut self) -> io::Result<Vec<Act>> {
        let script = Arc::clone(&self.script);
        match &*script {
            Script::Turns(turns, next) => {
                let turn = turns.get(next.fetch_add(1, Ordering::SeqCst)).or(turns.last());
                Ok(turn.cloned().unwrap_or_default())
            }
            Script::Answers(answers) => Ok(answers(&String::from_utf8_lossy(&self.request().await?))),
        }
    }

    async fn act(&mut self, act: Act) -> io::Result<ControlFlow<()>> {
        match act {
            Act::Await => self.arrival().await?,
            Act::Read => drop(self.request().await?),
            Act::Write(bytes) => self.write(&bytes).await?,
            Act::Drip(bytes, pause) => {
                for byte in bytes {
                    tokio::time::sleep(pause).await;
                    self.write(&[byte]).await?;
                }
            }
            Act::Flood(bytes, times) => {
                for _ in 0..times {
                    self.write(&bytes).await?;
                }
            }
            Act::Pause(time) => tokio::time::sleep(time).await,
            Act::Stall => while self.read().await? > 0 {},
            Act::Close => return Ok(ControlFlow::Break(())),
            Act::Reset => {
                self.stream.set_zero_linger()?;
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    async fn arrival(&mut self) -> io::Result<()> {
        if self.unread.is_empty() && self.stream.peek(&mut [0]).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(())
    }

    async fn request(&mut self) -> io::Result<Vec<u8>> {
        loop {
            if let Some(len) = whole_request(&self.unread) {
                self.log.requests.fetch_add(1, Ordering::SeqCst);
                let rest = self.unread.split_off(len);
                return Ok(std::mem::replace(&mut self.unread, rest));
            }
            if self.read().await? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
    }

    async fn read(&mut self) -> io::Result<usize> {
        let read = self.stream.read_buf(&mut self.unread).await?;
        let new = &self.unread[self.unread.len() - read..];
        self.log.received.lock().expect("the bytes")[self.place].extend_from_slice(new);
        Ok(read)
    }

    async fn write(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            let written = self.stream.write(bytes).await?;
            self.log.sent.fetch_add(written, Ordering::SeqCst);
            bytes = &bytes[written..];
        }
        Ok(())
    }
}

/// How long the request is with which these bytes begin, once all of it is there.
fn whole_request(bytes: &[u8]) -> Option<usize> {
    let head_len = bytes.windows(4).position(|window| window == b"\r\n\r\n")? + 4;
    let head = String::from_utf8_lossy(&bytes[..head_len]).to_ascii_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length:"));
    let len = head_len + length.map_or(0, |length| length.trim().parse().expect("a length"));
    (bytes.len() >= len).then_some(len)
}
