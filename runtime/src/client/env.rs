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
    let problem = match std::env::var(name) {
        Ok(value) => match TextProblem::of_credential(&value) {
            None => return Ok(value),
            Some(problem) => problem.fact(),
        },
        Err(std::env::VarError::NotPresent) => "is not set",
        Err(std::env::VarError::NotUnicode(_)) => "is not valid Unicode",
    };
    Err(Error::new(ErrorKind::Config, format!("the environment variable `{name}` {problem}")))
}
