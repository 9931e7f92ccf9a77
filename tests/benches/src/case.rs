//! One unit of work.

use std::hint::black_box;

/// Prepared work. Each call does the work once.
pub type Work = Box<dyn Fn()>;

/// A benchmark case.
pub struct Case {
    pub name: &'static str,
    /// Whether this is a floor: a lower bound for the preceding case that is not a floor.
    pub is_floor: bool,
    prepare: fn() -> Work,
}

impl Case {
    pub fn new(name: &'static str, prepare: fn() -> Work) -> Self {
        Self { name, is_floor: false, prepare }
    }

    /// Creates a floor of the preceding case.
    pub fn floor(name: &'static str, prepare: fn() -> Work) -> Self {
        Self { is_floor: true, ..Self::new(name, prepare) }
    }

    /// Creates the inputs, and returns the work.
    pub fn prepare(&self) -> Work {
        (self.prepare)()
    }
}

/// Turns a function into work, and keeps the compiler from removing its result.
pub fn work<T>(function: impl Fn() -> T + 'static) -> Work {
    Box::new(move || drop(black_box(function())))
}
