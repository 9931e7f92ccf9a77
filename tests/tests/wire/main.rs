//! Requests and responses on the wire, compared with literals that are independent of the spec and the generator.
//!
//! Each of the 30 operations is called twice through the real client over a real socket: with its required
//! parameters, and with all parameters. The test compares the request line, all headers and the body byte by byte,
//! and checks every field of the response. The other modules test properties of all operations.

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
