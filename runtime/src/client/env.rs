//! Credentials in environment variables.

use crate::error::{Error, ErrorKind};
use crate::text::TextProblem;

/// The value of an environment variable.
///
/// # Errors
/// [`ErrorKind::Config`], naming the variable, when it is not set, not Unicode, or cannot be a credential: it is blank,
/// contains a line break or another control character, or starts or ends with white space. The message never repeats
/// the value.
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
