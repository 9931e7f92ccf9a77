//! What our clients make of servers that misbehave.
//!
//! A table says for each fault how a call must end: as what kind of error, with what kept of the answer, after how
//! many attempts. Every [`Stack`](carrier::Stack) is held to all of it, with calls that may be repeated and calls that
//! must not be, with retries and without. And whatever happens, no error shows a secret.

mod carrier;
mod stack;
mod table;

mod bodies;
mod connections;
mod framing;
mod heads;
mod kept_alive;
mod load;
mod proxies;
mod redirects;
mod retry_after;
mod statuses;
mod time;
