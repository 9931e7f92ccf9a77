//! The media types of responses, and how they are read.

/// The media type of a response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accept {
    /// The media type, as it is sent.
    pub media_type: String,
    pub format: ResponseFormat,
    /// The data of the event that ends a stream.
    pub end_marker: Option<String>,
}

/// The format of a response, which follows from its media type and its type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResponseFormat {
    /// JSON, or the parts of a response.
    Json,
    /// Text in UTF-8.
    Text,
    /// Bytes as they are. In the model, their type is text.
    Binary,
    /// Server-sent events with JSON as their data.
    Events,
    /// Server-sent events with text as their data.
    TextEvents,
    /// A JSON value on each line.
    JsonLines,
    /// A JSON value after each record separator.
    JsonSequence,
}

impl ResponseFormat {
    /// Whether the response consists of items of its type.
    pub fn has_items(self) -> bool {
        matches!(self, Self::Events | Self::TextEvents | Self::JsonLines | Self::JsonSequence)
    }

    /// Whether the items of the response are events.
    pub fn has_events(self) -> bool {
        matches!(self, Self::Events | Self::TextEvents)
    }

    /// Whether the response can be read as a stream.
    pub fn is_streamed(self) -> bool {
        self == Self::Binary || self.has_items()
    }
}
