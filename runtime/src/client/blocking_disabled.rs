//! Blocking settings in a build without the `blocking` feature: a use is a compile error that names the feature.

use super::builder::ClientBuilder;
use crate::transport::BlockingFeature;

impl ClientBuilder {
    #[doc(hidden)]
    pub fn blocking_transport<T: BlockingFeature>(self, _transport: T) -> Self {
        self
    }
}
