//! The methods that block, in a build without the feature `blocking`: calling one is a compile error that names the feature.

use std::iter::Empty;

use crate::__private::BlockingFeature;
use crate::{Call, ClientBuilder, Error, ErrorKind, Items, Pages, Paginated, RawCall, RawResponse};

fn off() -> Error {
    Error::new(ErrorKind::Config, "blocking calls require the feature `blocking`")
}

impl<R> Call<R> {
    #[doc(hidden)]
    pub fn wait(self) -> Result<R, Error>
    where
        Self: BlockingFeature,
    {
        Err(off())
    }
}

impl<R> RawCall<R> {
    #[doc(hidden)]
    pub fn wait(self) -> Result<RawResponse<R>, Error>
    where
        Self: BlockingFeature,
    {
        Err(off())
    }
}

impl<E: Paginated> Pages<E> {
    #[doc(hidden)]
    pub fn blocking(self) -> Empty<Result<E::Response, Error>>
    where
        Self: BlockingFeature,
    {
        std::iter::empty()
    }
}

impl<E: Paginated> Items<E> {
    #[doc(hidden)]
    pub fn blocking(self) -> Empty<Result<E::Item, Error>>
    where
        Self: BlockingFeature,
    {
        std::iter::empty()
    }
}

impl ClientBuilder {
    #[doc(hidden)]
    pub fn blocking_transport<T: BlockingFeature>(self, _transport: T) -> Self {
        self
    }
}
