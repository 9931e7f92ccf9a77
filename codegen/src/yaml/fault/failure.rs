//! The state of the parser at a syntax error.

use crate::source::Span;
use crate::yaml::node::Layout;

/// The position of the parser at a syntax error.
#[derive(Debug)]
pub(in crate::yaml) struct Failure {
    pub(in crate::yaml) at: usize,
    /// The end of the text that was read before.
    pub(in crate::yaml) reached: usize,
    /// The last scalar or alias before the failure.
    pub(in crate::yaml) last: Option<Span>,
    /// The lists and maps around the failure.
    pub(in crate::yaml) frames: Vec<Frame>,
}

/// A list or a map that is not complete.
#[derive(Clone, Copy, Debug)]
pub(in crate::yaml) struct Frame {
    pub(in crate::yaml) layout: Layout,
    /// The span of its bracket, first key or first dash.
    pub(in crate::yaml) start: Span,
    pub(in crate::yaml) is_list: bool,
}
