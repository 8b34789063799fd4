//! Dependency injection in three ways: an actor that is generic over a trait, an actor that is generic over the actor that it asks,
//! and a trait object in the state. The tests at the end inject other parts.
//!
//! Run with `cargo run --release --example dependency_injection`.

use airssys_rt::prelude::*;
use std::{collections::BTreeMap, error::Error, fmt, future::Future};

/// Pays into an account. The answer is the new balance.
#[message(reply = u64)]
struct Deposit {
    account: u32,
    cents: u64,
}

/// Reads a balance.
#[message(reply = u64)]
struct Balance {
    account: u32,
}

/// Adds up balances.
#[message(reply = u64)]
struct Sum {
    accounts: Vec<u32>,
}

/// The repository could not be reached.
#[derive(Debug)]
struct Unreachable;

impl fmt::Display for Unreachable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the repository could not be reached")
    }
}

impl Error for Unreachable {}

/// Keeps balances: a database, or a map.
///
/// `Send + 'static`, because the actor that owns it runs as a task. `+ Send` on the futures, because a handler awaits them, and the
/// runtime moves a task between its threads at each `.await`.
trait Repository: Send + 'static {
    fn load(&self, account: u32) -> impl Future<Output = Result<u64, Unreachable>> + Send;
    fn store(&mut self, account: u32, cents: u64) -> impl Future<Output = Result<(), Unreachable>> + Send;
}

/// A repository in memory.
#[derive(Default)]
struct InMemory(BTreeMap<u32, u64>);

impl Repository for InMemory {
    async fn load(&self, account: u32) -> Result<u64, Unreachable> {
        Ok(self.0.get(&account).copied().unwrap_or_default())
    }

    async fn store(&mut self, account: u32, cents: u64) -> Result<(), Unreachable> {
        self.0.insert(account, cents);
        Ok(())
    }
}

/// Says that money has come in: by mail, or on the terminal.
///
/// `Send`, because a box of it is part of the state of an actor. A type behind `Box<dyn ..>` is `'static` anyway.
trait Notifier: Send {
    fn deposited(&mut self, account: u32, cents: u64);
}

/// Writes to the terminal.
struct Terminal;

impl Notifier for Terminal {
    fn deposited(&mut self, account: u32, cents: u64) {
        println!("account {account}: +{cents}");
    }
}

/// Generic over a trait: one type of actor for each repository, calls without a box. And with a trait object in the state: one type of
/// actor for all notifiers, which may be chosen while the program runs.
struct Accounts<R> {
    repository: R,
    notifier: Box<dyn Notifier>,
}

#[actor]
impl<R: Repository> Accounts<R> {
    #[handler(entry)]
    async fn deposit(&mut self, Deposit { account, cents }: Deposit) -> Result<u64, Fault> {
        let balance = self.repository.load(account).await? + cents;
        self.repository.store(account, balance).await?;
        self.notifier.deposited(account, cents);
        Ok(balance)
    }

    #[handler]
    async fn balance(&mut self, Balance { account }: Balance) -> Result<u64, Fault> {
        Ok(self.repository.load(account).await?)
    }
}

/// Generic over the actor that it asks: any actor that handles `Balance`, whose answer is a number. The graph has the edge of each
/// type that is listed.
struct Report<U: Actor> {
    accounts: ActorRef<U>,
}

#[actor(asks(U))]
impl<U: Actor + Handles<Balance, Reply = u64>> Report<U> {
    #[handler(entry)]
    async fn sum(&mut self, Sum { accounts }: Sum, ctx: &mut ActorContext<Self>) -> Result<u64, Fault> {
        let mut sum = 0;
        for account in accounts {
            sum += ctx.ask(&self.accounts, Balance { account }).await?;
        }
        Ok(sum)
    }
}

#[actor_system(actors(Accounts<InMemory>, Report<Accounts<InMemory>>))]
struct Bank;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let bank = ActorSystem::<Bank>::start(SystemConfig::default()).await?;
    let accounts = Accounts { repository: InMemory::default(), notifier: Box::new(Terminal) };
    let accounts = bank.spawn(accounts).await?;
    let report = bank.spawn(Report { accounts: accounts.clone() }).await?;
    bank.ask(&accounts, Deposit { account: 1, cents: 500 }).await?;
    bank.ask(&accounts, Deposit { account: 2, cents: 250 }).await?;
    println!("in all: {}", bank.ask(&report, Sum { accounts: vec![1, 2] }).await?);
    bank.shutdown().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use airssys_rt::testkit::TestContext;
    use std::sync::mpsc;

    /// A repository that cannot be reached.
    struct Broken;

    impl Repository for Broken {
        async fn load(&self, _: u32) -> Result<u64, Unreachable> {
            Err(Unreachable)
        }

        async fn store(&mut self, _: u32, _: u64) -> Result<(), Unreachable> {
            Err(Unreachable)
        }
    }

    impl Notifier for mpsc::Sender<(u32, u64)> {
        fn deposited(&mut self, account: u32, cents: u64) {
            self.send((account, cents)).expect("the test receives");
        }
    }

    #[tokio::test]
    async fn a_deposit_is_stored_and_notified() -> Result<(), Fault> {
        let (notifier, notified) = mpsc::channel();
        let mut accounts = Accounts { repository: InMemory::default(), notifier: Box::new(notifier) };
        let mut context = TestContext::new();
        assert_eq!(context.call(&mut accounts, Deposit { account: 1, cents: 5 }).await?, 5);
        assert_eq!(context.call(&mut accounts, Deposit { account: 1, cents: 6 }).await?, 11);
        assert_eq!(notified.try_iter().collect::<Vec<_>>(), [(1, 5), (1, 6)]);
        Ok(())
    }

    #[tokio::test]
    async fn a_repository_that_cannot_be_reached_is_a_fault_and_not_notified() {
        let (notifier, notified) = mpsc::channel();
        let mut accounts = Accounts { repository: Broken, notifier: Box::new(notifier) };
        let fault = TestContext::new()
            .call(&mut accounts, Deposit { account: 1, cents: 5 })
            .await
            .expect_err("broken");
        assert_eq!(fault.to_string(), "the repository could not be reached");
        assert_eq!(notified.try_recv(), Err(mpsc::TryRecvError::Empty));
    }

    /// An actor that has the same balance for each account.
    struct Even(u64);

    #[actor]
    impl Even {
        #[handler]
        fn balance(&self, _: Balance) -> u64 {
            self.0
        }
    }

    #[actor_system(actors(Even, Report<Even>))]
    struct Lab;

    #[tokio::test]
    async fn a_report_asks_any_actor_that_has_balances() -> Result<(), Box<dyn Error>> {
        let lab = ActorSystem::<Lab>::start(SystemConfig::default()).await?;
        let accounts = lab.spawn(Even(100)).await?;
        let report = lab.spawn(Report { accounts }).await?;
        assert_eq!(lab.ask(&report, Sum { accounts: vec![1, 2, 3] }).await?, 300);
        Ok(())
    }
}
