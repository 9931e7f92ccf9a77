//! A description of features that neither API uses: its package is up to date, and works over a socket.
//!
//! `UPDATE_EXPECT=1 cargo test -p typefoundry-tests --test described` writes the package.

mod package;
mod scalars;
