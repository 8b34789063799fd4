//! Generic actors in the struct form, whose bounds are on the type.
#![deny(warnings)]

use airssys_rt::prelude::*;
use std::marker::PhantomData;

pub trait Store: Send + 'static {
    fn sum(&self) -> u64;
}

pub struct Memory(pub Vec<u64>);

impl Store for Memory {
    fn sum(&self) -> u64 {
        self.0.iter().sum()
    }
}

#[message(reply = u64)]
pub struct Total;

#[message(reply = Option<T>)]
#[derive(Clone)]
pub struct Swap<T: Send + 'static>(pub T);

#[message]
pub enum Job<T> {
    Run(T),
    Skip,
}

#[event]
#[derive(Clone)]
pub struct Swapped<T: Clone + Send + 'static>(pub T);

#[actor(handles(Total))]
pub struct Ledger<S: Store> {
    store: S,
}

impl<S: Store> Handler<Total> for Ledger<S> {
    async fn handle(&mut self, _: Total, _: &mut ActorContext<Self>) -> Result<u64, Fault> {
        Ok(self.store.sum())
    }
}

#[actor(handles(Swap<T>, Job<u8>), subscribes(Swapped<T>), publishes(Swapped<T>), tells(Ledger<Memory>), asks(A))]
pub struct Shelf<T, const N: usize, A = Ledger<Memory>>
where
    T: Clone + Send + 'static,
    A: Actor,
{
    items: [Option<T>; N],
    actor: PhantomData<fn() -> A>,
}

impl<T: Clone + Send + 'static, const N: usize, A: Actor> Handler<Swap<T>> for Shelf<T, N, A> {
    async fn handle(&mut self, Swap(item): Swap<T>, ctx: &mut ActorContext<Self>) -> Result<Option<T>, Fault> {
        ctx.publish(Swapped(item.clone()));
        let _: PhantomData<fn() -> A> = self.actor;
        Ok(self.items.first_mut().and_then(|first| first.replace(item)))
    }
}

impl<T: Clone + Send + 'static, const N: usize, A: Actor> Handler<Job<u8>> for Shelf<T, N, A> {
    async fn handle(&mut self, job: Job<u8>, _: &mut ActorContext<Self>) -> Result<(), Fault> {
        match job {
            Job::Run(_) | Job::Skip => Ok(()),
        }
    }
}

impl<T: Clone + Send + 'static, const N: usize, A: Actor> Subscriber<Swapped<T>> for Shelf<T, N, A> {
    async fn on_event(&mut self, Swapped(item): Swapped<T>, _: &mut ActorContext<Self>) -> Result<(), Fault> {
        drop(item);
        Ok(())
    }
}

pub type Notes = Shelf<String, 2>;

#[actor_system(
    actors(Ledger<Memory>, Notes, Shelf<u8, 1> as Bytes),
    events(Swapped<String> as Noted, Swapped<u8>)
)]
pub struct Shop;

fn main() {
    let mermaid = Shop::topology().to_mermaid();
    for name in ["Ledger", "Notes", "Bytes"] {
        assert!(mermaid.contains(name), "{mermaid}");
    }
}
