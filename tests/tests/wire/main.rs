//! What stands on the wire, asserted from literals that neither the spec nor the
//! generator had a hand in.
//!
//! Each of the 30 operations is called twice through the real client over a real
//! socket: with what it must have, and with everything it may have. The server
//! compares the request line, all headers and the body byte by byte, and the answer
//! is checked field by field. The other files say what holds for all operations.

mod case;
mod facts;
mod responses;

mod connected_apps;
mod members;
mod members_deletes;
mod members_reads;
mod oauth_providers;
mod organizations;
mod organizations_apps;

mod client;
mod decoding;
mod errors;
mod from_env;
mod member_document;
mod paths;
mod secrets;
mod streams;
mod transports;
mod values;
