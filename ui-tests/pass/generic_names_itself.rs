//! A generic actor that asks, tells and spawns its own type, and messages that mention its parameter. The graph does not know
//! which actors tell such a message to any actor, so there is no warning.
#![deny(warnings)]

use airssys_rt::prelude::*;

#[message]
pub struct Put<T: Send + 'static>(pub T);

#[message]
pub struct Fill;

pub struct Shelf<T: Clone + Send + Sync + 'static> {
    items: Vec<T>,
    next: Option<ActorRef<Shelf<T>>>,
}

type Next<T> = Shelf<T>;

#[actor(asks(Shelf<T>, cycle = "the row of shelves ends"), tells(Next<T>, cycle = "so it does"), spawns(Self))]
impl<T: Clone + Send + Sync + 'static> Shelf<T> {
    #[handler(entry)]
    async fn fill(&mut self, _: Fill, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        if let Some(next) = &self.next {
            for item in &self.items {
                ctx.ask(next, Put(item.clone())).await?;
            }
            ctx.tell(next, Fill).await?;
        }
        Ok(())
    }

    #[handler]
    fn put(&mut self, Put(item): Put<T>) {
        self.items.push(item);
    }
}

pub struct Box<T: Send + 'static>(Option<T>);

#[actor]
impl<T: Send + 'static> Box<T> {
    #[handler]
    fn put(&mut self, Put(item): Put<T>) {
        self.0 = Some(item);
    }
}

pub struct Hand {
    to: Recipient<Put<u8>>,
}

#[actor(tells(any Put<u8>))]
impl Hand {
    #[handler(entry)]
    async fn fill(&mut self, _: Fill, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        ctx.tell_any(&self.to, Put(1)).await?;
        Ok(())
    }
}

#[actor_system(strict, actors(entry Shelf<u8>, entry Shelf<u16> as Other, entry Box<u8>, entry Hand))]
pub struct Library;

#[actor_system(actors(entry Box<u8>, entry Hand))]
pub struct Hall;

fn main() {
    assert_eq!(Library::topology().warnings(), []);
    assert_eq!(Hall::topology().warnings(), []);
}
