//! The book itself: a page for each account, and what was decided about each order. Nothing here waits or fails.

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
    /// What was decided about this order when somebody asked for it before.
    pub(crate) fn decided(&self, id: EntryId) -> Option<Outcome> {
        self.decided.get(&id).copied()
    }

    /// What is to become of an order that nobody has asked for before. Nothing is written yet.
    pub(crate) fn decide(&self, order: &Order) -> Outcome {
        let page = self.pages.get(&order.account);
        let (cents, entries) = page.map_or((0, 0), |page| (page.cents, page.entries.len()));
        match order.applied_to(cents) {
            Ok(_) => Outcome::Booked(entries as u64 + 1),
            Err(refused) => refused,
        }
    }

    /// Writes down what was decided. The same decisions in the same order make the same book.
    ///
    /// # Errors
    ///
    /// If this decision does not follow from those before it: it is not about this book, which is of no use then.
    pub(crate) fn write(&mut self, Decision { order, outcome }: Decision) -> Result<(), &'static str> {
        const WRONG: &str = "the book does not add up";
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

    /// The entries that somebody has not read yet; those of one account in order.
    pub(crate) fn beyond(&self, read: &Bookmarks) -> Vec<Entry> {
        let pages = self.pages.iter().flat_map(|(account, page)| {
            let from = read.read(account);
            let unread = usize::try_from(from).ok().and_then(|from| page.entries.get(from..));
            let numbered = (from + 1..).zip(unread.unwrap_or_default());
            numbered.map(|(number, order)| Entry { order: order.clone(), number })
        });
        pages.collect()
    }

    /// How many entries there are.
    pub(crate) fn booked(&self) -> u64 {
        self.booked
    }

    /// How many orders were decided about.
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
    use crate::book::{Leg, Turn};

    fn order(line: u64, leg: Leg, account: &str, cents: u64) -> Order {
        Order { id: EntryId { line, leg }, account: account.into(), cents, transfer: false }
    }

    fn book(orders: impl IntoIterator<Item = Order>) -> Book {
        let mut book = Book::default();
        for order in orders {
            let outcome = book.decide(&order);
            book.write(Decision { order, outcome }).expect("it follows");
        }
        book
    }

    #[test]
    fn an_order_is_decided_once_whatever_comes_later() {
        let poor = order(1, Leg::Out, "a", 5);
        let book = book([poor.clone(), order(2, Leg::In, "a", 9)]);
        assert_eq!(book.decided(poor.id), Some(Outcome::Overdrawn), "although it would fit now");
        assert_eq!(book.decided(order(2, Leg::In, "a", 9).id), Some(Outcome::Booked(1)));
        assert_eq!(book.decided(order(2, Leg::Back, "a", 9).id), None, "another leg is another order");
    }

    #[test]
    fn what_was_decided_before_cannot_be_written_again() {
        let mut book = book([order(1, Leg::In, "a", 5)]);
        let again = Decision { order: order(1, Leg::In, "a", 5), outcome: Outcome::Booked(2) };
        assert!(book.write(again).is_err());
        assert_eq!((book.booked(), book.cents("a")), (1, 5));
    }

    #[test]
    fn a_decision_that_does_not_follow_is_not_about_this_book() {
        let mut book = book([order(1, Leg::In, "a", 5)]);
        let strange = Decision { order: order(2, Leg::Out, "a", 6), outcome: Outcome::Booked(2) };
        assert!(book.write(strange).is_err());
    }

    #[test]
    fn whoever_reads_on_has_read_everything_once_and_in_order() {
        let orders = [order(1, Leg::In, "a", 5), order(2, Leg::In, "b", 5), order(3, Leg::Out, "a", 2)];
        let book = book(orders.clone());
        let mut bookmarks = Bookmarks::default();
        assert_eq!(bookmarks.turn(&Entry { order: orders[0].clone(), number: 1 }), Turn::Next);
        let unread = book.beyond(&bookmarks);
        assert_eq!(unread.len(), 2);
        for entry in &unread {
            assert_eq!(bookmarks.turn(entry), Turn::Next);
        }
        assert_eq!(book.beyond(&bookmarks), []);
    }
}
