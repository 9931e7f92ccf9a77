//! Credentials in environment variables.

use crate::error::{Error, ErrorKind};
use crate::text::TextProblem;

/// Returns the value of an environment variable that contains a credential.
///
/// # Errors
/// Returns an error of kind [`ErrorKind::Config`] in these cases. The message names the variable and never contains its
/// value.
///
/// - The variable is not set or not valid Unicode.
/// - The value is blank.
/// - The value contains a line break or another control character.
/// - The value starts or ends with white space.
pub fn env_var(name: &str) -> Result<String, Error> {
    optional_env_var(name)?.ok_or_else(|| invalid(name, "is not set"))
}

/// Returns the value of an environment variable that contains a setting or an optional credential, or `None` if the
/// variable is not set.
///
/// # Errors
/// Returns the errors of [`env_var`], except for a variable that is not set.
pub fn optional_env_var(name: &str) -> Result<Option<String>, Error> {
    match std::env::var(name) {
        Ok(value) => match TextProblem::of_credential(&value) {
            None => Ok(Some(value)),
            Some(problem) => Err(invalid(name, problem.fact())),
        },
        Err(std::env::VarError::NotPresent) => Ok(None),
        Err(std::env::VarError::NotUnicode(_)) => Err(invalid(name, "is not valid Unicode")),
    }
}

fn invalid(name: &str, problem: &str) -> Error {
    Error::new(ErrorKind::Config, format!("the environment variable `{name}` {problem}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_required_variable_must_be_set() {
        assert_eq!(optional_env_var("TYPEFOUNDRY_UNSET").expect("an optional variable"), None);
        let error = env_var("TYPEFOUNDRY_UNSET").expect_err("a required variable");
        assert_eq!(error.to_string(), "the environment variable `TYPEFOUNDRY_UNSET` is not set");
        // Cargo sets this variable for tests.
        let name = optional_env_var("CARGO_PKG_NAME").expect("a valid value");
        assert_eq!(name.as_deref(), Some("typefoundry-runtime"));
    }
}
