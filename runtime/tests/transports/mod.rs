//! Requirements of every transport, tested over local sockets with the same tests for all of them.

mod carrier;
pub(crate) mod server;

/// Runs each test with each built-in transport. A test is a function of a [`carrier::Carrier`].
macro_rules! over_every_transport {
    ($($test:ident,)*) => {
        #[cfg(feature = "hyper")]
        mod hyper {
            $(#[test] fn $test() { super::$test(&crate::transports::carrier::hyper()); })*
        }
        #[cfg(feature = "hyper")]
        mod tower {
            $(#[test] fn $test() { super::$test(&crate::transports::carrier::tower()); })*
        }
        mod reqwest {
            $(#[test] fn $test() { super::$test(&crate::transports::carrier::reqwest()); })*
        }
        #[cfg(all(feature = "hyper", feature = "blocking"))]
        mod blocking {
            $(#[test] fn $test() { super::$test(&crate::transports::carrier::blocking()); })*
        }
    };
}

mod faults;
mod limits;
mod requests;
mod responses;
mod streamed_requests;
mod streamed_responses;

#[cfg(all(feature = "hyper", feature = "blocking"))]
mod only_blocking;
mod only_reqwest;
