//! `Printable`: a name that a user has chosen, on one line and in its own order.

use std::fmt::{self, Write};

/// Prints a name. Line breaks, control characters and characters without a glyph, such as those that reverse the order of a line,
/// are escaped: a name must not forge the text around it.
pub(crate) struct Printable<'a>(pub(crate) &'a str);

impl fmt::Display for Printable<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|char| match char {
            '\'' | '"' => f.write_char(char),
            _ => write!(f, "{}", char.escape_debug()),
        })
    }
}
