//! One piece of work.

use std::hint::black_box;

/// Prepared work. Each call does the work once.
pub type Work = Box<dyn Fn()>;

/// A benchmark case.
pub struct Case {
    pub name: &'static str,
    /// The name of the case that this one is a floor of: the same work, written by hand for this purpose alone.
    pub(crate) floor_of: Option<&'static str>,
    /// The number of requests in one call of the work. Figures are printed for one request.
    pub(crate) requests: u32,
    pub(crate) clock: Clock,
    /// Whether a run is short enough for valgrind.
    pub(crate) counts_instructions: bool,
    prepare: fn() -> Work,
}

/// The meaning of time.
#[derive(Clone, Copy)]
pub(crate) enum Clock {
    Wall,
    /// The CPU time of the process. It excludes a server in another process.
    Cpu,
}

impl Case {
    pub fn new(name: &'static str, prepare: fn() -> Work) -> Self {
        Self { name, floor_of: None, requests: 1, clock: Clock::Wall, counts_instructions: true, prepare }
    }

    /// Creates a floor of a case.
    pub fn floor(of: &'static str, name: &'static str, prepare: fn() -> Work) -> Self {
        Self { floor_of: Some(of), ..Self::new(name, prepare) }
    }

    /// Measures CPU time, and divides the figures by the number of requests in one call of the work.
    pub fn per_request(self, requests: u32) -> Self {
        Self { requests, clock: Clock::Cpu, ..self }
    }

    /// Does not count instructions, for long work.
    pub fn without_instructions(self) -> Self {
        Self { counts_instructions: false, ..self }
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

/// Puts each floor after its case.
pub fn with_floors(cases: Vec<Case>, floors: Vec<Case>) -> Vec<Case> {
    let mut all = cases;
    for floor in floors.into_iter().rev() {
        let of =
            all.iter().position(|case| floor.floor_of == Some(case.name)).expect("the case of the floor");
        all.insert(of + 1, floor);
    }
    all
}
