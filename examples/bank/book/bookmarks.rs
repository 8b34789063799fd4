//! The position of a reader in the book.

use std::collections::HashMap;
use std::sync::Arc;

use super::Entry;

/// The number of entries of each account that a reader has received.
#[derive(Clone, Debug, Default)]
pub(crate) struct Bookmarks(HashMap<Arc<str>, u64>);

/// The position of an entry relative to the bookmark of its account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Position {
    /// Already received.
    Past,
    Next,
    /// At least one entry before it was missed.
    Ahead,
}

impl Bookmarks {
    /// Returns the position of an entry, and advances the bookmark if the entry is the next one.
    pub(crate) fn advance(&mut self, entry: &Entry) -> Position {
        let account = &entry.order.account;
        let read = match self.0.get_mut(account) {
            Some(read) => read,
            None => self.0.entry(account.clone()).or_default(),
        };
        if entry.number <= *read {
            return Position::Past;
        }
        if entry.number > *read + 1 {
            return Position::Ahead;
        }
        *read = entry.number;
        Position::Next
    }

    pub(crate) fn read(&self, account: &str) -> u64 {
        self.0.get(account).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::{EntryId, Leg, Order};

    #[test]
    fn an_entry_is_next_once_and_a_gap_does_not_move_the_bookmark() {
        let entry = |number| {
            let id = EntryId { line: number, leg: Leg::In };
            Entry { order: Order { id, account: "a".into(), cents: 1, transfer: false }, number }
        };
        let mut bookmarks = Bookmarks::default();
        let positions = [1, 1, 3, 3, 2, 3].map(|number| bookmarks.advance(&entry(number)));
        assert_eq!(
            positions,
            [
                Position::Next,
                Position::Past,
                Position::Ahead,
                Position::Ahead,
                Position::Next,
                Position::Next
            ]
        );
    }
}
