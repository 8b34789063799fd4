use crate::{
    actor::{AnyCell, Keeper, News, Notice, Order},
    supervision::plan::Key,
    sync::{Arc, Mutex, Weak, mpsc},
};
use std::{
    collections::VecDeque,
    task::{Context, Poll, Waker},
};

/// What a supervisor is told by its children.
pub(super) struct Report {
    pub(super) key: Key,
    /// Which task of the child this is, and how often it had been told to start.
    pub(super) seat: u64,
    pub(super) start: u32,
    pub(super) news: News,
}

/// What a child is told by its supervisor.
#[derive(Default)]
struct Orders {
    queue: VecDeque<Order>,
    waker: Option<Waker>,
    /// It is to stop as soon as it has started.
    stops: bool,
    /// The supervisor has gone.
    over: bool,
}

/// The supervisor's end. Dropping it is the end of the child.
pub(super) struct Leash(Arc<Mutex<Orders>>);

/// The child's end.
pub(super) struct Link<T> {
    orders: Arc<Mutex<Orders>>,
    to: mpsc::UnboundedSender<T>,
    wrap: fn(Report) -> T,
    key: Key,
    seat: u64,
    starts: u32,
    cell: Option<Weak<dyn AnyCell>>,
}

/// The two ends.
pub(super) fn pair<T>(
    to: mpsc::UnboundedSender<T>,
    wrap: fn(Report) -> T,
    key: Key,
    seat: u64,
) -> (Leash, Link<T>) {
    let orders = Arc::new(Mutex::new(Orders::default()));
    let leash = Leash(orders.clone());
    (leash, Link { orders, to, wrap, key, seat, starts: 0, cell: None })
}

impl Leash {
    pub(super) fn order(&self, order: Order) {
        self.change(|orders| {
            match order {
                Order::Rest => orders.stops = false,
                Order::End => orders.queue.clear(), // whatever was to come before it
                Order::Start => {}
            }
            orders.queue.push_back(order);
        });
    }

    /// The child is told to stop by a signal; this is for one that has not started yet.
    pub(super) fn stop(&self) {
        self.change(|orders| orders.stops = true);
    }

    fn change(&self, change: impl FnOnce(&mut Orders)) {
        let mut orders = self.0.lock();
        change(&mut orders);
        let waker = orders.waker.clone();
        drop(orders);
        waker.into_iter().for_each(Waker::wake);
    }
}

impl Drop for Leash {
    fn drop(&mut self) {
        self.change(|orders| orders.over = true);
    }
}

impl Notice for Mutex<Orders> {
    fn expect(&self, waker: &Waker) {
        let before = self.lock().waker.replace(waker.clone());
        drop(before);
    }

    fn begins_nothing(&self) -> bool {
        let orders = self.lock();
        match orders.queue.front() {
            Some(Order::Start) => orders.stops,
            Some(Order::Rest | Order::End) => true,
            None => orders.over || orders.stops,
        }
    }
}

impl<T> Link<T> {
    pub(super) fn notice(&self) -> Arc<dyn Notice> {
        self.orders.clone()
    }

    /// Whose link it is.
    #[must_use]
    pub(super) fn of(mut self, cell: Weak<dyn AnyCell>) -> Self {
        self.cell = Some(cell);
        self
    }
}

impl<T: Send> Keeper for Link<T> {
    fn poll_order(&mut self, cx: &mut Context<'_>) -> Poll<Order> {
        let mut orders = self.orders.lock();
        if let Some(order) = orders.queue.pop_front() {
            drop(orders);
            self.starts += u32::from(order == Order::Start);
            return Poll::Ready(order);
        }
        if orders.over {
            return Poll::Ready(Order::End);
        }
        let before = orders.waker.replace(cx.waker().clone());
        drop(orders);
        drop(before);
        Poll::Pending
    }

    fn tell(&mut self, news: News) {
        let started = matches!(news, News::Started);
        // A supervisor that has gone has closed the orders as well.
        let report = Report { key: self.key, seat: self.seat, start: self.starts, news };
        let _ = self.to.send((self.wrap)(report));
        // Its signal may have been lost between two incarnations.
        if started
            && self.is_to_stop()
            && let Some(cell) = self.cell.as_ref().and_then(Weak::upgrade)
        {
            cell.shut_down();
        }
    }

    fn is_to_stop(&self) -> bool {
        self.orders.lock().stops
    }
}

/// However its task ends.
impl<T> Drop for Link<T> {
    fn drop(&mut self) {
        let report = Report { key: self.key, seat: self.seat, start: self.starts, news: News::Gone };
        let _ = self.to.send((self.wrap)(report));
    }
}
