//! The complete program of the guide `getting_started`.
//!
//! Run with `cargo run --release --example getting_started`.

use airssys_rt::prelude::*;

#[message]
struct Sign {
    name: String,
}

#[message(reply = usize)]
struct Count;

#[message(reply = Option<String>)]
struct Last;

#[derive(Default)]
struct Book {
    names: Vec<String>,
}

#[actor(publishes(Arrived))]
impl Book {
    #[handler]
    fn sign(&mut self, Sign { name }: Sign, ctx: &mut ActorContext<Self>) {
        self.names.push(name.clone());
        ctx.publish(Arrived { name });
    }

    #[handler]
    fn count(&self, _: Count) -> usize {
        self.names.len()
    }

    #[handler]
    fn last(&self, _: Last) -> Option<String> {
        self.names.last().cloned()
    }
}

#[event]
#[derive(Clone, Debug, PartialEq)]
struct Arrived {
    name: String,
}

#[derive(Default)]
struct Porter {
    bags: usize,
}

#[actor]
impl Porter {
    #[on_event]
    fn arrived(&mut self, Arrived { name }: Arrived) {
        self.bags += 1;
        println!("takes bag {} to the room of {name}", self.bags);
    }
}

#[actor_system(actors(Book, Porter), events(Arrived))]
struct Hotel;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let hotel = ActorSystem::<Hotel>::start(SystemConfig::default()).await?;
    hotel.spawn(Porter::default()).await?;
    let book = hotel.spawn(Book::default()).await?;

    hotel.tell(&book, Sign { name: "Ada".to_owned() }).await?;
    hotel.tell(&book, Sign { name: "Grace".to_owned() }).await?;
    let count = hotel.ask(&book, Count).await?;
    println!("{count} guests");
    assert_eq!(count, 2);
    let last = hotel.ask(&book, Last).await?;
    assert_eq!(last.as_deref(), Some("Grace"));
    let report = hotel.shutdown().await?;
    assert_eq!((report.stopped, report.dead), (2, 0));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use airssys_rt::testkit::TestContext;

    #[tokio::test]
    async fn signing_publishes_an_arrival() -> Result<(), Fault> {
        let (mut book, mut context) = (Book::default(), TestContext::new());

        context.call(&mut book, Sign { name: "Ada".to_owned() }).await?;

        assert_eq!(context.call(&mut book, Last).await?.as_deref(), Some("Ada"));
        assert_eq!(context.published::<Arrived>(), [Arrived { name: "Ada".to_owned() }]);
        Ok(())
    }
}
