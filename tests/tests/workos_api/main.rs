//! Requests and responses of `workos-api` on the wire, compared with literals that are independent of the spec and
//! the generator.
//!
//! Each of the 109 operations is called twice through the real client over a real socket: with its required
//! parameters, and with all parameters. The test compares the request line, all headers and the body byte by byte,
//! and checks every field of the response. The other modules test properties of all operations.

mod case;
mod facts;
mod responses;

mod auth_factors;
mod authentication;
mod authentication_sessions;
mod authentication_urls;
mod authkit_oauth_resources;
mod cors_origins;
mod data_providers;
mod groups;
mod invitations;
mod jwt_template;
mod magic_auth;
mod memberships;
mod multi_factor_auth;
mod organization_domains;
mod organizations;
mod organizations_api_keys;
mod organizations_authorized_applications;
mod organizations_feature_flags;
mod organizations_it_contacts;
mod redirect_uris;
mod session_tokens;
mod sso;
mod streams;
mod users;
mod users_api_keys;
mod users_authorized_applications;
mod users_emails;
mod users_feature_flags;
mod users_lists;
mod users_passwords;
mod waitlists;

mod error_codes;
mod errors;
mod from_env;
mod grouped_values;
mod pages;
mod public_clients;
mod query_values;
mod request_values;
mod response_values;
mod retries;
mod secrets;
mod sign_in_steps;
mod statuses;
mod unions;
