//! `Origin`: the place in the source where a message or an event is declared.

use std::panic::Location;

/// The place where a message or an event is declared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin {
    /// Module path and type name.
    pub path: &'static str,
    /// Line of the attribute.
    pub line: u32,
    /// Column of the attribute.
    pub column: u32,
}

impl Origin {
    /// The place of the caller.
    #[track_caller]
    pub(super) const fn here(path: &'static str) -> Self {
        let place = Location::caller();
        Origin { path, line: place.line(), column: place.column() }
    }
}
