//! Requirements of every transport, tested over local sockets with the same tests for all of them.

#![cfg(any(feature = "hyper", feature = "reqwest"))]

mod carrier;
mod server;

/// Runs each test with each built-in transport. A test is a function of a [`carrier::Carrier`].
macro_rules! over_every_transport {
    ($($test:ident,)*) => {
        #[cfg(feature = "hyper")]
        mod hyper {
            $(#[test] fn $test() { super::$test(&crate::carrier::hyper()); })*
        }
        #[cfg(all(feature = "hyper", feature = "tower"))]
        mod tower {
            $(#[test] fn $test() { super::$test(&crate::carrier::tower()); })*
        }
        #[cfg(feature = "reqwest")]
        mod reqwest {
            $(#[test] fn $test() { super::$test(&crate::carrier::reqwest()); })*
        }
        #[cfg(all(feature = "hyper", feature = "blocking"))]
        mod blocking {
            $(#[test] fn $test() { super::$test(&crate::carrier::blocking()); })*
        }
    };
}

mod faults;
mod limits;
mod requests;
mod responses;

#[cfg(all(feature = "hyper", feature = "blocking"))]
mod only_blocking;
#[cfg(feature = "reqwest")]
mod only_reqwest;
