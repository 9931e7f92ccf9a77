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
    /// The file is not YAML.
    NotYaml = "TF0001",
    /// The file uses a part of YAML that the spec language leaves out, such as a tag or a second document.
    UnsupportedYaml = "TF0002",
    /// A key that the language does not know.
    UnknownKey = "TF0003",
    /// A value of the wrong kind.
    WrongKind = "TF0004",
    /// A key that is given twice.
    DuplicateKey = "TF0005",
    /// A key that must be there and is not.
    MissingKey = "TF0006",
    /// A value that is of the right kind and yet not one that can stand here.
    InvalidValue = "TF0007",
    /// A file that lies where no file of the spec belongs, or an API without `api.yaml`.
    MisplacedFile = "TF0008",
    /// Text that YAML reads as something else than it looks like, such as a `#` that ends it.
    MisleadingText = "TF0009",
    /// A schema line for editors that names another schema than the file's.
    WrongSchemaLine = "TF0010",
    /// A file or folder that cannot be read, or a file that is not UTF-8.
    UnreadableFile = "TF0011",
    /// A file or folder whose name cannot be the name of an API or a resource.
    InvalidFileName = "TF0012",
    /// A line whose indentation fits nowhere, or puts it in the wrong place.
    WrongIndentation = "TF0013",
    /// A type expression that cannot be read.
    MalformedType = "TF0101",
    /// A type that is defined nowhere.
    UnknownType = "TF0102",
    /// A group of options that `api.yaml` does not define.
    UnknownOption = "TF0103",
    /// A pagination style that `api.yaml` does not define.
    UnknownPagination = "TF0104",
    /// A resource that does not exist.
    UnknownResource = "TF0105",
    /// A credential that `api.yaml` does not define.
    UnknownCredential = "TF0106",
    /// An envelope field that `api.yaml` does not define.
    UnknownEnvelope = "TF0107",
    /// An operation that no resource describes.
    UnknownOperation = "TF0108",
    /// An error code that `api.yaml` does not list beside others.
    UnknownErrorCode = "TF0109",
    /// A placeholder of the path that no param describes.
    PathParamMissing = "TF0201",
    /// A param said to be in the path that the path does not name.
    PathParamUnused = "TF0202",
    /// A path param that may be absent.
    PathParamOptional = "TF0203",
    /// A path param of a type that cannot stand in a path.
    PathParamType = "TF0204",
    /// An HTTP line or a path that cannot be read.
    MalformedHttp = "TF0205",
    /// Two operations on the same method and path that nothing tells apart.
    ClashingOperations = "TF0206",
    /// A param that cannot travel where it should, or not in this way.
    MisplacedParam = "TF0207",
    /// A header that the client or the transport sets.
    ReservedHeader = "TF0208",
    /// A header that one request would carry twice.
    DuplicateHeader = "TF0209",
    /// A base URL that no client can be built with.
    InvalidBaseUrl = "TF0210",
    /// Two names that are the same once they are Rust.
    NameCollision = "TF0301",
    /// Words that cannot be a Rust name.
    UnusableName = "TF0302",
    /// A name that the generated code keeps for itself.
    ReservedName = "TF0303",
    /// Something public without a doc.
    MissingDoc = "TF0401",
    /// A type that nothing uses.
    UnusedType = "TF0402",
    /// Two types with the same body.
    SameBody = "TF0403",
    /// An example that does not fit its type.
    ExampleMismatch = "TF0404",
    /// A default or a limit that lies outside its type.
    DefaultOutOfType = "TF0405",
    /// A pagination path that leads nowhere.
    PaginationPath = "TF0406",
    /// A variant of a union that an earlier one hides.
    UnreachableVariant = "TF0407",
    /// A code block in a doc that does not end.
    UnclosedCodeBlock = "TF0408",
    /// A reference in a doc that leads nowhere.
    DeadReference = "TF0409",
    /// A type whose values require another value of the type without end.
    EndlessType = "TF0410",
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
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&folded, &candidate.to_lowercase()), candidate))
        .filter(|(distance, candidate)| {
            // Few typos change the first letter: `header` does not mean `bearer`.
            let begins_alike = candidate.to_lowercase().chars().next() == folded.chars().next();
            let most = if begins_alike { word.len().max(candidate.len()) / 3 } else { 1 };
            *distance <= most.max(1)
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Lists words for a sentence of a diagnostic.
pub fn quoted<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    words.into_iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}
