//! A message is sent to an actor that does not handle it.

use kameo::prelude::*;

pub struct Add {
    pub n: u64,
}

pub struct Get;

pub struct Reset;

#[derive(Actor)]
pub struct Counter {
    count: u64,
}

impl Message<Add> for Counter {
    type Reply = ();

    async fn handle(&mut self, message: Add, _: &mut Context<Self, Self::Reply>) {
        self.count += message.n;
    }
}

impl Message<Get> for Counter {
    type Reply = u64;

    async fn handle(&mut self, _: Get, _: &mut Context<Self, Self::Reply>) -> u64 {
        self.count
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let counter = Counter::spawn(Counter { count: 1 });
    counter.tell(Reset).await?;
    let count: u64 = counter.ask(Get).await?;
    println!("{count}");
    Ok(())
}
