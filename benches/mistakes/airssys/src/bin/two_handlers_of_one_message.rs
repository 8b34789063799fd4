//! Two handlers take the same message.

use airssys_rt::prelude::*;

#[message]
pub struct Add {
    pub n: u64,
}

#[message(reply = u64)]
pub struct Get;

pub struct Counter {
    count: u64,
}

#[actor]
impl Counter {
    #[handler]
    async fn add(&mut self, message: Add) {
        self.count += message.n;
    }

    #[handler]
    async fn add_again(&mut self, message: Add) {
        self.count += message.n;
    }

    #[handler]
    async fn get(&mut self, _: Get) -> u64 {
        self.count
    }
}

#[actor_system(actors(Counter))]
pub struct App;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let app = ActorSystem::<App>::start(SystemConfig::default()).await?;
    let counter = app.spawn(Counter { count: 1 }).await?;
    app.tell(&counter, Add { n: 1 }).await?;
    let count: u64 = app.ask(&counter, Get).await?;
    println!("{count}");
    Ok(())
}
