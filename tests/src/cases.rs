//! Parts that the test cases of all packages share: the extent of a case, and the route that it belongs to.

/// The extent of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// Only the required parameters.
    Required,
    /// All parameters.
    Everything,
}

/// Defines two tests for each operation and lists the operation as covered.
///
/// The calling module must have a `Case` type in scope, with `Case::new(operation, extent)`.
#[macro_export]
macro_rules! cases {
    ($($operation:literal: $required:ident, $everything:ident;)*) => {
        pub(crate) const COVERED: &[&str] = &[$($operation),*];

        /// One test for each case.
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

/// Whether a method and a path match a route, such as `GET /pets/{id}`.
#[must_use]
pub fn matches_route(route: &str, line: &str) -> bool {
    let segments = route.split('/');
    segments.clone().count() == line.split('/').count()
        && segments.zip(line.split('/')).all(|(template, segment)| {
            template == segment || template.starts_with('{') && !segment.is_empty()
        })
}

/// Sorts names so that they can be compared.
#[must_use]
pub fn sorted<T: Ord>(names: impl Iterator<Item = T>) -> Vec<T> {
    let mut names: Vec<_> = names.collect();
    names.sort_unstable();
    names
}
