//! A supervision tree that crashes parts of itself on purpose, and draws itself before, during and after.
//!
//! Run with `cargo run --release --example supervisor_tree`. The panics on stderr are part of the show.

use std::error::Error;
use std::time::Duration;

use airssys_rt::guard::Backoff;
use airssys_rt::prelude::*;
use airssys_rt::supervisor::ChildState;
use airssys_rt::system::DynamicSupervisor;

#[message(reply = u32)]
struct Take(u32);

/// A bug that somebody will run into.
#[message]
struct Spill;

/// How many there are left. After a crash it begins anew.
struct Stock(u32);

#[actor]
impl Stock {
    #[handler]
    fn take(&mut self, Take(some): Take) -> u32 {
        self.0 -= some;
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
    // The address of a child is as good after a restart as before.
    stock: ActorRef<Stock>,
}

#[actor(asks(Stock))]
impl Orders {
    #[handler]
    async fn order(&mut self, Order(some): Order, ctx: &mut ActorContext<Self>) -> Result<u32, Fault> {
        Ok(ctx.ask(&self.stock, Take(some)).await?)
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

/// A customer, who stays for as long as it takes.
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

fn draw(shop: &ActorSystem<Shop>, when: &str) {
    println!("-- {when}\n{}\n", shop.tree());
}

/// The states of the children of a supervisor, once they are what is waited for.
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
    draw(&shop, "all is well");

    // The stock crashes, and all that were started after it are restarted with it. The customers are not written in the
    // tree: they have to come back by themselves.
    let stock = root.actor::<Stock>("stock").ok_or("it has been started")?;
    shop.tell(&stock, Spill).await?;
    until(&root, |_| root.children()[3].restarts == 1).await;
    until(&root, all_run).await;
    assert_eq!(shop.ask(&orders, Order(30)).await?, 70, "the stock is new, the addresses are not");
    draw(&shop, "after the stock has crashed");

    // The cards fail, and wait before they try again. Meanwhile what is sent to them waits in their mailbox.
    let payments = root.supervisor("payments").ok_or("it has been started")?;
    let cards = payments.actor::<Cards>("cards").ok_or("it has been started")?;
    shop.tell(&cards, Pay).await?;
    until(&payments, |states| matches!(states, [ChildState::Restarting { .. }])).await;
    shop.tell(&cards, Pay).await?;
    draw(&shop, "while the cards wait for their next try");

    // That payment fails as well, and so does the next: then `payments` gives up, and `shop` restarts it.
    until(&payments, |states| matches!(states, [ChildState::Restarting { attempt: 2, .. }])).await;
    shop.tell(&cards, Pay).await?;
    until(&root, |_| root.children()[2].restarts == 2).await;
    until(&root, all_run).await;
    draw(&shop, "after the payments have given up once");

    // One crash too many: the root gives up as well, the system stops, and says why.
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
