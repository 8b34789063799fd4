//! A handler returns `Result<_, Box<dyn Error>>`.

use kameo::prelude::*;

pub struct Add {
    pub n: u64,
}

pub struct Get;

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
    type Reply = Result<u64, Box<dyn std::error::Error>>;

    async fn handle(
        &mut self,
        _: Get,
        _: &mut Context<Self, Self::Reply>,
    ) -> Result<u64, Box<dyn std::error::Error>> {
        Ok(self.count)
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let counter = Counter::spawn(Counter { count: 1 });
    counter.tell(Add { n: 1 }).await?;
    let count: u64 = counter.ask(Get).await?;
    println!("{count}");
    Ok(())
}
