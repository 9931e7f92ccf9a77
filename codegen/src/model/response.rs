//! The responses of operations.

use std::borrow::Cow;

use super::field::{Field, FieldLocation, Type};
use super::type_def::Object;
use crate::source::Span;
use crate::value::Value;

#[derive(Clone, Debug)]
pub enum Response {
    /// No content.
    Empty,
    /// An object that belongs to this operation. Fields of the `envelope` are the last ones.
    Object(Object),
    /// A type of the spec or a built-in one.
    Type(Type),
    /// A response for each of several success statuses.
    ByStatus(Vec<StatusResponse>),
}

/// The response with one of several success statuses.
#[derive(Clone, Debug)]
pub struct StatusResponse {
    pub status: u16,
    /// The response, which is not [`Response::ByStatus`].
    pub response: Response,
    /// Whether the spec describes no body, so that any body is accepted.
    pub accepts_any_body: bool,
    /// The body of the example.
    pub example: Option<Value>,
    pub span: Span,
}

impl Response {
    /// Whether the response is more than the JSON of its body.
    pub fn has_parts(&self) -> bool {
        match self {
            Self::Object(object) => !object.is_json(),
            Self::ByStatus(_) => true,
            Self::Empty | Self::Type(_) => false,
        }
    }

    /// Returns the types in the response.
    pub fn types(&self) -> impl Iterator<Item = &Type> {
        let (fields, whole, statuses): (&[Field], _, &[StatusResponse]) = match self {
            Self::Empty => (&[], None, &[]),
            Self::Object(object) => (&object.fields, None, &[]),
            Self::Type(ty) => (&[], Some(ty), &[]),
            Self::ByStatus(statuses) => (&[], None, statuses),
        };
        let inner: Vec<&Type> = statuses.iter().flat_map(|status| status.response.types()).collect();
        fields.iter().map(|field| &field.ty).chain(whole).chain(inner)
    }

    /// Returns the fields of all objects that belong to the operation.
    pub fn fields_mut(&mut self) -> Vec<&mut Field> {
        match self {
            Self::Object(object) => object.fields.iter_mut().collect(),
            Self::ByStatus(statuses) => {
                statuses.iter_mut().flat_map(|status| status.response.fields_mut()).collect()
            }
            Self::Empty | Self::Type(_) => Vec::new(),
        }
    }

    /// Returns the part of the response that is in its body.
    pub fn body(&self) -> Cow<'_, Self> {
        let Self::Object(object) = self else { return Cow::Borrowed(self) };
        if object.is_json() {
            return Cow::Borrowed(self);
        }
        let at = |location| move |field: &&Field| field.location == location;
        if let Some(whole) = object.fields.iter().find(at(FieldLocation::WholeBody)) {
            let ty = whole.ty.clone();
            let may_be_nothing = whole.optional || whole.nullable;
            return Cow::Owned(Self::Type(if may_be_nothing { Type::Nullable(Box::new(ty)) } else { ty }));
        }
        let fields: Vec<_> = object.fields.iter().filter(at(FieldLocation::Key)).cloned().collect();
        Cow::Owned(match fields.is_empty() && object.constants.is_empty() {
            true => Self::Empty,
            false => Self::Object(Object { fields, ..object.clone() }),
        })
    }
}

/// Returns the phrase of a status, such as `Not Modified`.
pub fn reason_phrase(status: u16) -> Option<&'static str> {
    Some(match status {
        200 => "OK",
        201 => "Created",
        202 => "Accepted",
        203 => "Non-Authoritative Information",
        204 => "No Content",
        205 => "Reset Content",
        206 => "Partial Content",
        207 => "Multi-Status",
        208 => "Already Reported",
        226 => "IM Used",
        300 => "Multiple Choices",
        301 => "Moved Permanently",
        302 => "Found",
        303 => "See Other",
        304 => "Not Modified",
        305 => "Use Proxy",
        307 => "Temporary Redirect",
        308 => "Permanent Redirect",
        _ => return None,
    })
}
