//! The book: one page per account, and the decision about each order. Pure data: nothing here waits or does I/O.

use std::collections::HashMap;
use std::sync::Arc;

use super::{Bookmarks, Decision, Entry, EntryId, Order, Outcome};
use crate::balances::Balances;

#[derive(Debug, Default)]
pub(crate) struct Book {
    pages: HashMap<Arc<str>, Page>,
    decided: HashMap<EntryId, Outcome>,
    booked: u64,
}

#[derive(Debug, Default)]
struct Page {
    cents: u64,
    entries: Vec<Order>,
}

impl Book {
    /// Returns the outcome of an order that was decided before.
    pub(crate) fn decided(&self, id: EntryId) -> Option<Outcome> {
        self.decided.get(&id).copied()
    }

    /// Decides the outcome of a new order. The book is not changed.
    pub(crate) fn decide(&self, order: &Order) -> Outcome {
        let page = self.pages.get(&order.account);
        let (cents, entries) = page.map_or((0, 0), |page| (page.cents, page.entries.len()));
        match order.applied_to(cents) {
            Ok(_) => Outcome::Booked(entries as u64 + 1),
            Err(refused) => refused,
        }
    }

    /// Writes a decision into the book. The same decisions in the same order give the same book.
    ///
    /// # Errors
    ///
    /// Fails if this decision does not follow from those before it: then it does not belong to this book, and the book
    /// is unusable.
    pub(crate) fn write(&mut self, Decision { order, outcome }: Decision) -> Result<(), &'static str> {
        const WRONG: &str = "the decision does not fit the book";
        if self.decide(&order) != outcome || self.decided.insert(order.id, outcome).is_some() {
            return Err(WRONG);
        }
        if let Outcome::Booked(_) = outcome {
            let page = match self.pages.get_mut(&order.account) {
                Some(page) => page,
                None => self.pages.entry(order.account.clone()).or_default(),
            };
            page.cents = order.applied_to(page.cents).map_err(|_| WRONG)?;
            page.entries.push(order);
            self.booked += 1;
        }
        Ok(())
    }

    pub(crate) fn cents(&self, account: &str) -> u64 {
        self.pages.get(account).map_or(0, |page| page.cents)
    }

    /// Returns the entries after the bookmarks; those of one account in order.
    pub(crate) fn entries_after(&self, read: &Bookmarks) -> Vec<Entry> {
        let pages = self.pages.iter().flat_map(|(account, page)| {
            let from = read.read(account);
            let unread = usize::try_from(from).ok().and_then(|from| page.entries.get(from..));
            let numbered = (from + 1..).zip(unread.unwrap_or_default());
            numbered.map(|(number, order)| Entry { order: order.clone(), number })
        });
        pages.collect()
    }

    /// Returns the number of entries.
    pub(crate) fn booked(&self) -> u64 {
        self.booked
    }

    /// Returns the number of decided orders.
    pub(crate) fn decisions(&self) -> usize {
        self.decided.len()
    }

    pub(crate) fn balances(&self) -> Balances {
        self.pages.iter().map(|(account, page)| (account.clone(), page.cents)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::{Leg, Position};

    fn order(line: u64, leg: Leg, account: &str, cents: u64) -> Order {
        Order { id: EntryId { line, leg }, account: account.into(), cents, transfer: false }
    }

    fn book(orders: impl IntoIterator<Item = Order>) -> Book {
        let mut book = Book::default();
        for order in orders {
            let outcome = book.decide(&order);
            book.write(Decision { order, outcome }).expect("the decision fits the book");
        }
        book
    }

    #[test]
    fn an_order_keeps_its_first_outcome() {
        let poor = order(1, Leg::Out, "a", 5);
        let book = book([poor.clone(), order(2, Leg::In, "a", 9)]);
        assert_eq!(book.decided(poor.id), Some(Outcome::Overdrawn), "although it would be booked now");
        assert_eq!(book.decided(order(2, Leg::In, "a", 9).id), Some(Outcome::Booked(1)));
        assert_eq!(book.decided(order(2, Leg::Back, "a", 9).id), None, "another leg is another order");
    }

    #[test]
    fn an_order_cannot_be_written_twice() {
        let mut book = book([order(1, Leg::In, "a", 5)]);
        let again = Decision { order: order(1, Leg::In, "a", 5), outcome: Outcome::Booked(2) };
        assert!(book.write(again).is_err());
        assert_eq!((book.booked(), book.cents("a")), (1, 5));
    }

    #[test]
    fn a_decision_that_does_not_fit_the_book_is_an_error() {
        let mut book = book([order(1, Leg::In, "a", 5)]);
        let strange = Decision { order: order(2, Leg::Out, "a", 6), outcome: Outcome::Booked(2) };
        assert!(book.write(strange).is_err());
    }

    #[test]
    fn catching_up_reads_each_entry_once_and_in_order() {
        let orders = [order(1, Leg::In, "a", 5), order(2, Leg::In, "b", 5), order(3, Leg::Out, "a", 2)];
        let book = book(orders.clone());
        let mut bookmarks = Bookmarks::default();
        assert_eq!(bookmarks.advance(&Entry { order: orders[0].clone(), number: 1 }), Position::Next);
        let unread = book.entries_after(&bookmarks);
        assert_eq!(unread.len(), 2);
        for entry in &unread {
            assert_eq!(bookmarks.advance(entry), Position::Next);
        }
        assert_eq!(book.entries_after(&bookmarks), []);
    }
}
