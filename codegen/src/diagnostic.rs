//! Problems in the spec, and their presentation.

use crate::source::Span;

mod render;

pub use render::{Style, render, render_with};

/// The severity of a diagnostic. An error prevents all output; a warning does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    Error,
    Warning,
}

/// A problem, with its location and advice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    pub severity: Severity,
    /// The stable code, such as `TF0102`, listed in `spec/README.md`.
    pub code: Code,
    /// The problem in one line.
    pub message: String,
    pub span: Span,
    /// The text at the caret: what was found, or what was expected there.
    pub label: String,
    /// Related locations, such as the first of two equal names.
    pub notes: Vec<(Span, String)>,
    /// The advice, as an imperative.
    pub help: Option<String>,
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $code:literal,)+) => {
        /// The kinds of problems. A code is never reused, so that searches stay valid.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[doc = $doc])+ $name,)+
        }

        impl Code {
            /// All codes, in order.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// Returns the code as users cite it.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $code,)+
                }
            }

            /// Returns the meaning of the code in one sentence.
            pub fn meaning(self) -> &'static str {
                match self {
                    $(Self::$name => concat!($($doc),+).trim_ascii_start(),)+
                }
            }
        }
    };
}

codes! {
    /// The file is not valid YAML.
    NotYaml = "TF0001",
    /// The file uses an unsupported feature of YAML, such as a tag or a second document.
    UnsupportedYaml = "TF0002",
    /// An unknown key.
    UnknownKey = "TF0003",
    /// A value of the wrong kind, such as text where a list is expected.
    WrongKind = "TF0004",
    /// A duplicate key or list item.
    DuplicateKey = "TF0005",
    /// A missing required key.
    MissingKey = "TF0006",
    /// A value of the right kind that is not allowed here.
    InvalidValue = "TF0007",
    /// A file outside the layout of `spec/`, or an API without `api.yaml`.
    MisplacedFile = "TF0008",
    /// Text that YAML reads in a misleading way, such as a `#` that starts a comment within a sentence.
    MisleadingText = "TF0009",
    /// A schema line that names the schema of another kind of file.
    WrongSchemaLine = "TF0010",
    /// An unreadable file or folder, or a file that is not valid UTF-8.
    UnreadableFile = "TF0011",
    /// A file or folder name that is not a valid name of an API or a resource.
    InvalidFileName = "TF0012",
    /// A line at the wrong indentation.
    WrongIndentation = "TF0013",
    /// An invalid type expression.
    MalformedType = "TF0101",
    /// An undefined type.
    UnknownType = "TF0102",
    /// An undefined option group or option header.
    UnknownOption = "TF0103",
    /// An undefined pagination style.
    UnknownPagination = "TF0104",
    /// An undefined resource.
    UnknownResource = "TF0105",
    /// An undefined credential.
    UnknownCredential = "TF0106",
    /// An undefined envelope field.
    UnknownEnvelope = "TF0107",
    /// An undefined operation.
    UnknownOperation = "TF0108",
    /// A tag value of an error type that is missing from `codes` in `api.yaml`.
    UnknownErrorCode = "TF0109",
    /// An undefined server.
    UnknownServer = "TF0110",
    /// An undefined shared parameter.
    UnknownSharedParam = "TF0111",
    /// A path placeholder without a parameter.
    PathParamMissing = "TF0201",
    /// A path parameter without a placeholder.
    PathParamUnused = "TF0202",
    /// An optional path parameter.
    PathParamOptional = "TF0203",
    /// A path parameter of an unsupported type.
    PathParamType = "TF0204",
    /// An invalid HTTP line or path.
    MalformedHttp = "TF0205",
    /// Two operations with the same method and path that no constant and no media type distinguishes.
    ClashingOperations = "TF0206",
    /// A parameter or response field whose location, type or style cannot be combined.
    MisplacedParam = "TF0207",
    /// A header that the client or the transport sets.
    ReservedHeader = "TF0208",
    /// A header that a request would contain twice.
    DuplicateHeader = "TF0209",
    /// An invalid base URL.
    InvalidBaseUrl = "TF0210",
    /// Two items with the same name in Rust or in a request.
    NameCollision = "TF0301",
    /// A name that is not a valid Rust identifier.
    InvalidIdentifier = "TF0302",
    /// A reserved package name.
    ReservedName = "TF0303",
    /// A missing doc, or a doc that begins with `TODO`.
    MissingDoc = "TF0401",
    /// An unused type.
    UnusedType = "TF0402",
    /// Two types with the same definition.
    DuplicateType = "TF0403",
    /// An example that does not match its type.
    ExampleMismatch = "TF0404",
    /// A default or a limit that does not match its type.
    ValueOutOfRange = "TF0405",
    /// A pagination parameter or path that does not match the operation.
    PaginationPath = "TF0406",
    /// A union variant that no value can reach.
    UnreachableVariant = "TF0407",
    /// An unclosed code block in a doc.
    UnclosedCodeBlock = "TF0408",
    /// A reference in a doc to an undefined name.
    DeadReference = "TF0409",
    /// A type whose values contain another value of the type without end.
    EndlessType = "TF0410",
    /// A line of a doc that Markdown reads as a link definition.
    HiddenLine = "TF0411",
}

impl Diagnostic {
    /// Builds an error with this code at this span.
    pub fn error(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            code,
            message: message.into(),
            span,
            label: String::new(),
            notes: Vec::new(),
            help: None,
        }
    }

    /// Builds a warning with this code at this span.
    pub fn warning(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, span, message) }
    }

    /// Sets the text at the caret.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Adds a related location.
    pub fn note(mut self, span: Span, text: impl Into<String>) -> Self {
        self.notes.push((span, text.into()));
        self
    }

    /// Maps the positions within one file.
    pub fn move_within(&mut self, file: usize, to: impl Fn(usize) -> usize) {
        let notes = self.notes.iter_mut().map(|(span, _)| span);
        for span in notes.chain([&mut self.span]).filter(|span| span.file == file) {
            let start = to(span.start);
            *span = Span { start, end: to(span.end).max(start), ..*span };
        }
    }

    /// Sets the advice.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// Sorts by file and position, so that a reader can go through each file from top to bottom.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| (a.span, a.code, &a.message).cmp(&(b.span, b.code, &b.message)));
    diagnostics.dedup();
}

/// Returns the most likely intended candidate, if one is similar enough to suggest.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = word.to_lowercase();
    let length = folded.chars().count();
    let distances = candidates.into_iter().filter_map(|candidate| {
        let other = candidate.to_lowercase();
        // Few typos change the first letter: `header` does not mean `bearer`.
        let begins_alike = other.chars().next() == folded.chars().next();
        let most = if begins_alike { (word.len().max(candidate.len()) / 3).max(1) } else { 1 };
        // The distance is at least the difference of the lengths, which excludes most candidates.
        if other.chars().count().abs_diff(length) > most {
            return None;
        }
        let distance = strsim::damerau_levenshtein(&folded, &other);
        (distance <= most).then_some((distance, candidate))
    });
    distances.min_by_key(|(distance, _)| *distance).map(|(_, candidate)| candidate)
}

/// Lists words for a sentence of a diagnostic.
pub fn quoted<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    words.into_iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}
