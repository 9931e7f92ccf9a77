//! One connection to a faulty server.

use std::io;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::Log;
use super::script::{Action, Script};

pub(super) struct Connection {
    stream: TcpStream,
    place: usize,
    script: Arc<Script>,
    log: Arc<Log>,
    /// Bytes that were read and do not belong to a request yet.
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

    /// Takes turns until a turn or the client ends the connection.
    pub(super) async fn serve(&mut self) -> io::Result<()> {
        let mut begins_without_request = self.script.begins_without_request();
        loop {
            if !begins_without_request {
                self.wait_for_request().await?;
            }
            begins_without_request = false;
            for act in self.turn().await? {
                if self.act(act).await?.is_break() {
                    return Ok(());
                }
            }
        }
    }

    async fn turn(&mut self) -> io::Result<Vec<Action>> {
        let script = Arc::clone(&self.script);
        match &*script {
            Script::Turns(turns, next) => {
                let turn = turns.get(next.fetch_add(1, Ordering::SeqCst)).or(turns.last());
                Ok(turn.cloned().unwrap_or_default())
            }
            Script::Respond(respond) => Ok(respond(&String::from_utf8_lossy(&self.request().await?))),
        }
    }

    async fn act(&mut self, act: Action) -> io::Result<ControlFlow<()>> {
        match act {
            Action::Await => self.wait_for_request().await?,
            Action::Read => drop(self.request().await?),
            Action::Write(bytes) => self.write(&bytes).await?,
            Action::Drip(bytes, pause) => {
                for byte in bytes {
                    tokio::time::sleep(pause).await;
                    self.write(&[byte]).await?;
                }
            }
            Action::Flood(bytes, times) => {
                for _ in 0..times {
                    self.write(&bytes).await?;
                }
            }
            Action::Pause(time) => tokio::time::sleep(time).await,
            Action::Stall => while self.read().await? > 0 {},
            Action::Close => return Ok(ControlFlow::Break(())),
            Action::Reset => {
                self.stream.set_zero_linger()?;
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    async fn wait_for_request(&mut self) -> io::Result<()> {
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
        self.log.received.lock().expect("no connection panicked")[self.place].extend_from_slice(new);
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

/// Returns the length of the request at the start of these bytes, once it is complete.
fn whole_request(bytes: &[u8]) -> Option<usize> {
    let head_len = bytes.windows(4).position(|window| window == b"\r\n\r\n")? + 4;
    let head = String::from_utf8_lossy(&bytes[..head_len]).to_ascii_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length:"));
    let len =
        head_len + length.map_or(0, |length| length.trim().parse().expect("content-length is a number"));
    (bytes.len() >= len).then_some(len)
}
