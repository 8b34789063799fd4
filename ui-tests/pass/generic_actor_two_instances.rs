//! Two instances of one generic actor in one system, under different names.
#![deny(warnings)]

use airssys_rt::prelude::*;

pub trait Store: Send + 'static {
    fn put(&mut self, cents: u64);
    fn sum(&self) -> u64;
}

#[derive(Default)]
pub struct Memory(Vec<u64>);

impl Store for Memory {
    fn put(&mut self, cents: u64) {
        self.0.push(cents);
    }

    fn sum(&self) -> u64 {
        self.0.iter().sum()
    }
}

#[derive(Default)]
pub struct Sum(u64);

impl Store for Sum {
    fn put(&mut self, cents: u64) {
        self.0 += cents;
    }

    fn sum(&self) -> u64 {
        self.0
    }
}

#[message(reply = u64)]
pub struct Total;

#[event]
#[derive(Clone)]
pub struct Deposited(pub u64);

#[derive(Default)]
pub struct Ledger<S> {
    store: S,
}

// Its messages mention no parameter, so both instances have one message enum.
#[actor]
impl<S: Store> Ledger<S> {
    #[on_event]
    fn deposited(&mut self, Deposited(cents): Deposited) {
        self.store.put(cents);
    }

    #[handler]
    async fn total(&mut self, _: Total) -> Result<u64, Fault> {
        Ok(self.store.sum())
    }
}

#[message]
#[derive(Clone)]
pub struct Put<T>(pub T);

#[event]
#[derive(Clone)]
pub struct Stored<T: Clone + Send + 'static>(pub T);

pub struct Shelf<T, const N: usize, A: Actor> {
    items: Vec<T>,
    ledger: ActorRef<A>,
}

#[actor(publishes(Stored<T>), asks(A), tells(A))]
impl<T, const N: usize, A> Shelf<T, N, A>
where
    T: Clone + Send + Sync + 'static,
    A: Actor,
{
    #[handler]
    async fn put(&mut self, Put(item): Put<T>, ctx: &mut ActorContext<Self>) {
        ctx.publish(Stored(item.clone()));
        if self.items.len() < N && self.ledger.is_alive() {
            self.items.push(item);
        }
    }
}

pub type Notes = Shelf<String, 3, Ledger<Memory>>;

#[actor_system(
    actors(Ledger<Memory>, Ledger<Sum> as Totals, Notes, Shelf<u8, 2, Ledger<Sum>> as Bytes),
    events(entry Deposited, entry Stored<String> as Noted, entry Stored<u8>)
)]
pub struct Bank;

fn is_clone<T: Clone>() {}

fn main() {
    is_clone::<<Notes as Actor>::Message>();
    is_clone::<<Notes as Actor>::Event>();
    is_clone::<BankEvent>();
    let mermaid = Bank::topology().to_mermaid();
    for name in ["Ledger", "Totals", "Notes", "Bytes"] {
        assert!(mermaid.contains(name), "{mermaid}");
    }
}
