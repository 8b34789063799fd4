//! A file that is committed, and that a test compares with what it describes. CI never writes it.

use std::{env, fs, io::ErrorKind, path::Path};

/// A file that is committed, and the environment variable that makes a test write it again.
pub(super) struct CommittedFile<'p> {
    pub(super) path: &'p Path,
    pub(super) variable: &'static str,
}

impl CommittedFile<'_> {
    /// Whether the file is written again.
    pub(super) fn updates(&self) -> bool {
        env::var_os(self.variable).is_some_and(|value| value == "1")
    }

    /// Reads the file. `None`: there is none, and the test writes it.
    ///
    /// # Errors
    ///
    /// The text of a panic, if it cannot be read, or if there is none in CI: a test that wrote it there would compare nothing, now
    /// and each time.
    pub(super) fn read(&self) -> Result<Option<String>, String> {
        let (shown, variable) = (self.path.display(), self.variable);
        match fs::read_to_string(self.path) {
            Ok(text) => Ok(Some(text)),
            Err(error) if error.kind() != ErrorKind::NotFound => Err(format!("cannot read {shown}: {error}")),
            Err(_) if is_ci() && !self.updates() => Err(format!(
                "there is no file {shown}, and in CI (the environment has `CI`) it is not written: check its path, or run \
                 `{variable}=1 cargo test` and commit it"
            )),
            Err(_) => Ok(None),
        }
    }

    /// Writes the file.
    pub(super) fn write(&self, text: &str) -> Result<(), String> {
        fs::write(self.path, text).map_err(|error| format!("cannot write {}: {error}", self.path.display()))
    }
}

/// Whether the tests run in a service for continuous integration: all of them set `CI`.
fn is_ci() -> bool {
    env::var_os("CI").is_some_and(|value| !value.is_empty() && value != "0" && value != "false")
}
