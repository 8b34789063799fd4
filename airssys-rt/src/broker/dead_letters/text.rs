//! The text of a dead letter: what `Debug` of the message writes, up to a limit.

use crate::{message::LetterContent, rt, sync::Arc};
use std::{
    cell::Cell,
    fmt::{self, Write},
};

/// The most bytes of the text of a dead letter. A longer text is cut, and ends with `…`.
pub const TEXT_LIMIT: usize = 512;

/// What stands for the rest of a text.
const ELLIPSIS: char = '…';

thread_local! {
    /// Whether this thread writes a text.
    static WRITES: Cell<bool> = const { Cell::new(false) };
}

/// Returns the text of a message. `None` if its type is not `Debug`.
///
/// `Debug` is the user's code. What it has written before it panics is the text. A message that becomes a dead letter while it runs has
/// no text: otherwise a `Debug` that sends would call itself.
pub(super) fn text_of(content: &dyn LetterContent) -> Option<Arc<str>> {
    if WRITES.replace(true) {
        return None;
    }
    let (mut text, mut exists) = (LimitedText::default(), true);
    let written = rt::catch(|| {
        let shown = Shown { content, exists: Cell::new(true) };
        // An error means that the text is at its limit, or that `Debug` has failed by itself.
        text.cut |= write!(text, "{shown}").is_err();
        exists = shown.exists.get();
    });
    WRITES.set(false);
    text.cut |= !written;
    exists.then(|| text.finish())
}

/// The content of a letter, which writes its text.
struct Shown<'c> {
    content: &'c dyn LetterContent,
    exists: Cell<bool>,
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.content.text(f).unwrap_or_else(|| {
            self.exists.set(false);
            Ok(())
        })
    }
}

/// A text that refuses what exceeds the limit.
#[derive(Default)]
struct LimitedText {
    text: String,
    cut: bool,
}

impl LimitedText {
    fn finish(mut self) -> Arc<str> {
        if self.cut {
            self.text.truncate(char_boundary(&self.text, TEXT_LIMIT - ELLIPSIS.len_utf8()));
            self.text.push(ELLIPSIS);
        }
        self.text.into()
    }
}

/// Returns the last boundary of a character that is not after `limit`.
fn char_boundary(text: &str, limit: usize) -> usize {
    (0..=limit.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

impl Write for LimitedText {
    fn write_str(&mut self, part: &str) -> fmt::Result {
        if self.cut {
            return Err(fmt::Error);
        }
        let space = TEXT_LIMIT - self.text.len();
        self.cut = part.len() > space;
        self.text.push_str(&part[..char_boundary(part, space)]);
        if self.cut { Err(fmt::Error) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Content(fn(&mut fmt::Formatter<'_>) -> Option<fmt::Result>);

    impl LetterContent for Content {
        fn text(&self, to: &mut fmt::Formatter<'_>) -> Option<fmt::Result> {
            self.0(to)
        }

        fn owned(&self) -> Option<usize> {
            None
        }
    }

    fn text(write: fn(&mut fmt::Formatter<'_>) -> Option<fmt::Result>) -> Option<String> {
        text_of(&Content(write)).map(|text| text.to_string())
    }

    #[test]
    fn a_text_has_at_most_the_limit() {
        assert_eq!(text(|to| Some(to.write_str("Note(1)"))).as_deref(), Some("Note(1)"));
        assert_eq!(text(|to| Some(to.write_str(&"x".repeat(TEXT_LIMIT)))).unwrap(), "x".repeat(TEXT_LIMIT));
        let cut = text(|to| Some(to.write_str(&"é".repeat(TEXT_LIMIT)))).unwrap();
        assert!(cut.len() <= TEXT_LIMIT && cut.ends_with("é…"), "{cut}");
    }

    #[test]
    fn a_type_without_debug_has_no_text() {
        assert_eq!(text(|_| None), None);
    }

    #[test]
    fn a_text_ends_where_debug_fails_or_panics() {
        assert_eq!(text(|to| Some(to.write_str("half").and(Err(fmt::Error)))).as_deref(), Some("half…"));
        let panics = text(|to| {
            to.write_str("half").unwrap();
            panic!("Debug of the user")
        });
        assert_eq!(panics.as_deref(), Some("half…"));
        assert_eq!(text(|to| Some(to.write_str("next"))).as_deref(), Some("next"));
    }

    #[test]
    fn a_text_within_a_text_is_none() {
        let within = text(|to| Some(write!(to, "{:?}", text(|to| Some(to.write_str("inner"))))));
        assert_eq!(within.as_deref(), Some("None"));
    }
}
