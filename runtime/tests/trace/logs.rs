//! Messages of crates that use `log`, which is separate from `tracing` and global to the process.

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
        let mut recorded = self.0.lock().expect("a lock");
        writeln!(recorded, "{} {}: {}", record.level(), record.target(), record.args()).expect("a text");
    }

    fn flush(&self) {}
}

/// Starts to record all messages.
pub fn listen() {
    // An earlier test has already installed the logger.
    let _ = log::set_logger(&LOGS);
    log::set_max_level(LevelFilter::Trace);
    log::trace!("the logger is installed");
}

pub fn recorded() -> String {
    let recorded = LOGS.0.lock().expect("a lock").clone();
    assert!(recorded.contains("the logger is installed"));
    recorded
}
