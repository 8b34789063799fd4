//! No mistake, with a generic actor.

use kameo::prelude::*;

pub struct Add {
    pub n: u64,
}

pub struct Get;

#[derive(Actor)]
pub struct Counter<T: Send + 'static> {
    count: u64,
    step: T,
}

impl<T: Send + 'static> Message<Add> for Counter<T> {
    type Reply = ();

    async fn handle(&mut self, message: Add, _: &mut Context<Self, Self::Reply>) {
        self.count += message.n;
    }
}

impl<T: Send + 'static> Message<Get> for Counter<T> {
    type Reply = u64;

    async fn handle(&mut self, _: Get, _: &mut Context<Self, Self::Reply>) -> u64 {
        self.count + size_of_val(&self.step) as u64
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let counter = Counter::spawn(Counter { count: 1, step: 1u8 });
    counter.tell(Add { n: 1 }).await?;
    let count: u64 = counter.ask(Get).await?;
    println!("{count}");
    Ok(())
}
