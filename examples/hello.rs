//! One actor and one ask.
//!
//! Run with `cargo run --release --example hello`.

use airssys_rt::prelude::*;

#[message(reply = String)]
struct Greet {
    name: &'static str,
}

#[derive(Default)]
struct Greeter {
    greeted: u32,
}

#[actor]
impl Greeter {
    #[handler]
    fn greet(&mut self, Greet { name }: Greet) -> String {
        self.greeted += 1;
        format!("Hello, {name}! You are number {}.", self.greeted)
    }
}

#[actor_system(actors(Greeter))]
struct Hello;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let hello = ActorSystem::<Hello>::start(SystemConfig::default()).await?;
    let greeter = hello.spawn(Greeter::default()).await?;

    let answer = hello.ask(&greeter, Greet { name: "world" }).await?;
    println!("{answer}");
    assert_eq!(answer, "Hello, world! You are number 1.");

    hello.shutdown().await?;
    Ok(())
}
