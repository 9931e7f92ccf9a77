//! Descriptions of features that neither API uses: their packages are up to date, and work over a socket.
//!
//! `UPDATE_EXPECT=1 cargo test -p typefoundry-tests --test described` writes the packages.

mod package;
mod ledger;
mod ledger_pages;
mod queries;
mod scalars;
mod shapes;
mod streams;
mod tenants;
mod tokens;
mod uploads;
mod vault;
