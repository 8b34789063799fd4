//! The state of the actor is not `Send`.

use kameo::prelude::*;

pub struct Add {
    pub n: u64,
}

pub struct Get;

#[derive(Actor)]
pub struct Counter {
    count: u64,
    step: std::rc::Rc<u64>,
}

impl Message<Add> for Counter {
    type Reply = ();

    async fn handle(&mut self, message: Add, _: &mut Context<Self, Self::Reply>) {
        self.count += message.n * *self.step;
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
    let counter = Counter::spawn(Counter { count: 1, step: 1.into() });
    counter.tell(Add { n: 1 }).await?;
    let count: u64 = counter.ask(Get).await?;
    println!("{count}");
    Ok(())
}
