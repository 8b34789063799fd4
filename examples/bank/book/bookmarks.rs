//! How far somebody has read the pages of the book.

use std::collections::HashMap;
use std::sync::Arc;

use super::Entry;

/// How many entries of each account somebody knows.
#[derive(Clone, Debug, Default)]
pub(crate) struct Bookmarks(HashMap<Arc<str>, u64>);

/// Where an entry stands as seen from a bookmark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Turn {
    /// It is known already.
    Past,
    Next,
    /// Entries before it were missed.
    Ahead,
}

impl Bookmarks {
    /// Looks where an entry stands; the bookmark moves on if it is the next one.
    pub(crate) fn turn(&mut self, entry: &Entry) -> Turn {
        let account = &entry.order.account;
        let read = match self.0.get_mut(account) {
            Some(read) => read,
            None => self.0.entry(account.clone()).or_default(),
        };
        if entry.number <= *read {
            return Turn::Past;
        }
        if entry.number > *read + 1 {
            return Turn::Ahead;
        }
        *read = entry.number;
        Turn::Next
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
        let turns = [1, 1, 3, 3, 2, 3].map(|number| bookmarks.turn(&entry(number)));
        assert_eq!(turns, [Turn::Next, Turn::Past, Turn::Ahead, Turn::Ahead, Turn::Next, Turn::Next]);
    }
}
