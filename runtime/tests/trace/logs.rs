//! What crates say through `log`, which is another way than that of `tracing`, and one for the whole process.

use std::fmt::Write as _;
use std::sync::Mutex;

use log::{LevelFilter, Log, Metadata, Record};

struct Logs(Mutex<String>);

static LOGS: Logs = Logs(Mutex::new(String::new()));

impl Log for Logs {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &Record<'_>) {
        let mut heard = self.0.lock().expect("a lock");
        writeln!(heard, "{} {}: {}", record.level(), record.target(), record.args()).expect("a text");
    }

    fn flush(&self) {}
}

/// Hears everything from now on.
pub fn listen() {
    // The first test has done it already.
    let _ = log::set_logger(&LOGS);
    log::set_max_level(LevelFilter::Trace);
    log::trace!("somebody listens");
}

pub fn heard() -> String {
    let heard = LOGS.0.lock().expect("a lock").clone();
    assert!(heard.contains("somebody listens"));
    heard
}
