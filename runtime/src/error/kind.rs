//! The kinds of errors.

/// Where a call failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client, its transport or its proxy is configured wrongly. The server received nothing.
    Config,
    /// The params or options cannot be sent, such as an empty identifier in a path, or a [`Interceptor`](crate::Interceptor) does not
    /// let the attempt go out. Nothing was sent, but for the attempts before that one: see [`Error::attempts`].
    InvalidRequest,
    /// A credential is not available from its source, or cannot be sent, or the client was made without it. Nothing was
    /// sent.
    Credentials,
    /// The request may or may not have reached the server; no response came back, or not all of one. The source is the
    /// [`TransportError`], whose kind says which part failed.
    Transport,
    /// No response came in time. The server may have done what was asked.
    Timeout,
    /// The server answered with a status that is no success.
    Api,
    /// The server answered with success, but with a body that does not fit the operation.
    Decode,
    /// A call was polled again after it had finished, or waited for after it had been polled. Nothing was sent by that.
    AlreadyPolled,
    /// A page of a list leads back to one that was there already, so that going on would never end.
    Pagination,
}
