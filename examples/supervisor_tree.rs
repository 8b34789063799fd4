//! A supervision tree whose children fail on purpose; the program prints the tree before, during and after each failure.
//!
//! Run with `cargo run --release --example supervisor_tree`. The panics on stderr are expected.

use std::error::Error;
use std::time::Duration;

use airssys_rt::backoff::Backoff;
use airssys_rt::prelude::*;
use airssys_rt::supervisor::ChildState;
use airssys_rt::supervisor::DynamicSupervisor;

#[message(reply = u32)]
struct Take(u32);

/// Triggers a bug: its handler panics.
#[message]
struct Spill;

/// The number of items left. A restart resets it.
struct Stock(u32);

#[actor]
impl Stock {
    #[handler]
    fn take(&mut self, Take(count): Take) -> u32 {
        self.0 -= count;
        self.0
    }

    #[handler]
    fn spill(&mut self, _: Spill) {
        panic!("spilled");
    }
}

#[message(reply = u32)]
struct Order(u32);

struct Orders {
    // The address of a child stays valid after a restart.
    stock: ActorRef<Stock>,
}

#[actor(asks(Stock))]
impl Orders {
    #[handler]
    async fn order(&mut self, Order(count): Order, ctx: &mut ActorContext<Self>) -> Result<u32, Fault> {
        Ok(ctx.ask(&self.stock, Take(count)).await?)
    }
}

#[message]
struct Pay;

struct Cards;

#[actor]
impl Cards {
    #[handler]
    fn pay(&mut self, _: Pay) -> Result<(), Fault> {
        Err(Fault::new("the line is dead"))
    }
}

/// A customer; its actor never stops itself.
struct Customer;

#[actor]
impl Customer {
    #[handler]
    fn pay(&mut self, _: Pay) {}
}

#[actor_system(actors(Stock, Orders, Cards, Customer))]
struct Shop;

fn tree() -> Result<Supervisor<Shop>, Box<dyn Error>> {
    let backoff = Backoff::exponential(Duration::from_millis(300), Duration::from_secs(3))?;
    Ok(Supervisor::rest_for_one("shop")
        .restarts(3, Duration::from_secs(10))
        .child(Child::new("stock", |_| Stock(100)))
        .child(Child::new("orders", |shop| Orders { stock: shop.actor("stock") }))
        .supervisor(
            Supervisor::one_for_one("payments")
                .restarts(2, Duration::from_secs(10))
                .child(Child::new("cards", |_| Cards).named("cards").backoff(backoff)),
        )
        .dynamic(DynamicSupervisor::<Customer>::new("customers")))
}

fn print_tree(shop: &ActorSystem<Shop>, when: &str) {
    println!("-- {when}\n{}\n", shop.tree());
}

/// Waits until the states of the children of `supervisor` satisfy `wanted`.
async fn until(supervisor: &SupervisorRef<Shop>, wanted: impl Fn(&[ChildState]) -> bool) {
    loop {
        let states: Vec<_> = supervisor.children().iter().map(|child| child.state).collect();
        if wanted(&states) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

fn all_run(states: &[ChildState]) -> bool {
    states.iter().all(|state| *state == ChildState::Running)
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let shop = ActorSystem::<Shop>::start(SystemConfig::default()).await?;
    let root = shop.supervise(tree()?).await?;
    let customers = root.dynamic::<Customer>("customers").ok_or("it has been started")?;
    customers.start(|| Customer).await?;
    let orders = root.actor::<Orders>("orders").ok_or("it has been started")?;
    assert_eq!(shop.ask(&orders, Order(30)).await?, 70);
    print_tree(&shop, "all children run");

    // The stock crashes, and all children that were started after it are restarted with it. The customers are dynamic
    // children: the restarted supervisor does not start them again.
    let stock = root.actor::<Stock>("stock").ok_or("it has been started")?;
    shop.tell(&stock, Spill).await?;
    until(&root, |_| root.children()[3].restarts == 1).await;
    until(&root, all_run).await;
    assert_eq!(
        shop.ask(&orders, Order(30)).await?,
        70,
        "the stock has a fresh state, the addresses are the same"
    );
    print_tree(&shop, "after the stock has crashed");

    // The cards actor fails, and its backoff delays the restart. Messages sent meanwhile wait in its mailbox.
    let payments = root.supervisor("payments").ok_or("it has been started")?;
    let cards = payments.actor::<Cards>("cards").ok_or("it has been started")?;
    shop.tell(&cards, Pay).await?;
    until(&payments, |states| matches!(states, [ChildState::Restarting { .. }])).await;
    shop.tell(&cards, Pay).await?;
    print_tree(&shop, "while the restart of the cards is delayed");

    // That payment fails as well, and so does the next: then `payments` gives up, and `shop` restarts it.
    until(&payments, |states| matches!(states, [ChildState::Restarting { attempt: 2, .. }])).await;
    shop.tell(&cards, Pay).await?;
    until(&root, |_| root.children()[2].restarts == 2).await;
    until(&root, all_run).await;
    print_tree(&shop, "after the payments have given up once");

    // One crash more than granted: the root gives up as well, the system stops, and `run` returns the cause.
    shop.tell(&stock, Spill).await?;
    until(&root, |_| root.children()[0].restarts == 2).await;
    until(&root, all_run).await;
    shop.tell(&stock, Spill).await?;
    let error = shop.run().await.expect_err("three restarts were granted");
    println!("-- the end\n{error}");
    let mut cause = error.source();
    while let Some(error) = cause {
        println!("  because {error}");
        cause = error.source();
    }
    assert!(error.aborted.is_empty());
    Ok(())
}
