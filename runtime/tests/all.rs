//! The tests of the public API in one binary, because linking each file as a binary of its own took most of the time.
//!
//! The tests of the trace are a binary of their own: a logger belongs to the whole process.

mod common;
#[path = "retry/script.rs"]
mod script;

mod any_body;
mod body;
mod calls;
mod client;
mod depth;
mod error_size;
mod errors;
mod free_json;
mod from_response;
mod json;
mod json_grammar;
mod lenient_json;
mod objects;
mod own_transport;
mod pages;
mod request;
mod request_lists;
mod request_values;
mod retry;
mod retry_sockets;
mod streamed_bodies;
mod streams;
mod transports;
mod unions;
