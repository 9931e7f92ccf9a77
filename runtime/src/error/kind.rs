//! The kinds of errors.

/// The step in which a call failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The configuration of the client, its transport or its proxy is invalid. The server received
    /// nothing.
    Config,
    /// A parameter or option cannot be sent, such as an empty identifier in a path, or an
    /// [`Interceptor`](crate::Interceptor) rejected the attempt. The rejected attempt was not sent;
    /// [`Error::attempts`](crate::Error::attempts) counts earlier ones.
    InvalidRequest,
    /// A credential is missing, cannot be resolved or cannot be sent. Nothing was sent.
    Credentials,
    /// The transport failed before it received a complete response. The server may have received
    /// the request. The source is a [`TransportError`](crate::TransportError), whose kind names the failed step.
    Transport,
    /// No response was received before the timeout. The server may have performed the operation.
    Timeout,
    /// The server responded with a status that is not a success.
    Api,
    /// The server responded with a success status, but the body does not match the operation's
    /// response type.
    Decode,
    /// A call was polled after completion, or run with a blocking method after it was polled. This
    /// did not send anything.
    AlreadyPolled,
    /// A page of a list links back to an earlier page or equals the page before, so the iteration would never end.
    /// Or it links to another origin, which must not receive the credentials.
    Pagination,
}
