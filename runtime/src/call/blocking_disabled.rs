//! Blocking methods in a build without the `blocking` feature: a use is a compile error that names the feature.

use std::iter::Empty;

use super::future::Call;
use super::items::Items;
use super::pages::Pages;
use super::response_stream::ResponseStream;
use super::with_metadata::{ApiResponse, CallWithMetadata};
use crate::endpoint::Paginated;
use crate::error::{Error, ErrorKind};
use crate::stream::StreamDecoder;
use crate::transport::BlockingFeature;

fn feature_disabled() -> Error {
    Error::new(ErrorKind::Config, "blocking calls require the feature `blocking`")
}

impl<R> Call<R> {
    #[doc(hidden)]
    pub fn wait(self) -> Result<R, Error>
    where
        Self: BlockingFeature,
    {
        Err(feature_disabled())
    }
}

impl<R> CallWithMetadata<R> {
    #[doc(hidden)]
    pub fn wait(self) -> Result<ApiResponse<R>, Error>
    where
        Self: BlockingFeature,
    {
        Err(feature_disabled())
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

impl<D: StreamDecoder> ResponseStream<D> {
    #[doc(hidden)]
    pub fn blocking(self) -> Empty<Result<D::Item, Error>>
    where
        Self: BlockingFeature,
    {
        std::iter::empty()
    }
}
