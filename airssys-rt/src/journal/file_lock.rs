//! The lock of a file against other handles. The standard library has it since Rust 1.89.

use std::{fs::File, io};

/// Locks a file; `false` if another handle has locked it. The lock ends with the handle.
#[cfg(any(unix, windows))]
pub(super) fn try_lock(file: &File) -> io::Result<bool> {
    use fs4::{FileExt, TryLockError};
    match FileExt::try_lock(file) {
        Ok(()) => Ok(true),
        Err(TryLockError::WouldBlock) => Ok(false),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// There are no locks: a file that another process could write is not opened.
#[cfg(not(any(unix, windows)))]
pub(super) fn try_lock(_: &File) -> io::Result<bool> {
    Err(io::ErrorKind::Unsupported.into())
}
