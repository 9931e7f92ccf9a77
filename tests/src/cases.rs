//! What the cases of all packages have in common: how much they set, and where they belong.

/// How much a case sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// Only what must be given.
    Required,
    /// All that may be given.
    Everything,
}

/// Makes two tests of each operation and lists it as covered.
///
/// The module that uses it has a `Case` in scope, with `Case::new(operation, extent)`.
#[macro_export]
macro_rules! cases {
    ($($operation:literal: $required:ident, $everything:ident;)*) => {
        pub(crate) const COVERED: &[&str] = &[$($operation),*];

        /// Each case as a test of its own.
        mod sends {
            use super::Case;
            use $crate::Extent;
            $(
                #[tokio::test]
                async fn $required() {
                    super::$required(Case::new($operation, Extent::Required)).await;
                }

                #[tokio::test]
                async fn $everything() {
                    super::$everything(Case::new($operation, Extent::Everything)).await;
                }
            )*
        }
    };
}

/// Whether a method and a path are those of a route, such as `GET /pets/{id}`.
#[must_use]
pub fn is_at(route: &str, line: &str) -> bool {
    let segments = route.split('/');
    segments.clone().count() == line.split('/').count()
        && segments.zip(line.split('/')).all(|(template, segment)| {
            template == segment || template.starts_with('{') && !segment.is_empty()
        })
}

/// The names in the order of the alphabet, for comparing.
#[must_use]
pub fn sorted<T: Ord>(names: impl Iterator<Item = T>) -> Vec<T> {
    let mut names: Vec<_> = names.collect();
    names.sort_unstable();
    names
}
