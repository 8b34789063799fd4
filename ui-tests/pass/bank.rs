//! The program of the documentation, with every kind of message and handler.
#![deny(warnings)]

use airssys_rt::prelude::*;

#[derive(Debug)]
pub struct Balance(pub u64);

#[derive(Debug)]
pub struct Overdrawn;

#[message(reply = Result<Balance, Overdrawn>)]
pub struct Withdraw {
    pub cents: u64,
}

#[message(reply = u64)]
pub struct Close;

#[message(reply = u64)]
pub struct Draw {
    pub owner: String,
}

#[event]
#[derive(Clone)]
pub struct Withdrawn {
    pub owner: String,
    pub cents: u64,
}

pub struct Account {
    owner: String,
    cents: u64,
    ledger: ActorRef<Ledger>,
    auditor: ActorRef<Auditor>,
}

#[actor(publishes(Withdrawn), asks(Ledger), tells(Auditor), name = "account", mailbox(capacity = 64, overflow = Drop))]
impl Account {
    pub fn new(owner: &str, ledger: ActorRef<Ledger>, auditor: ActorRef<Auditor>) -> Self {
        Account { owner: owner.to_owned(), cents: 0, ledger, auditor }
    }

    #[handler(entry)]
    async fn withdraw(
        &mut self,
        Withdraw { cents }: Withdraw,
        ctx: &mut ActorContext<Self>,
    ) -> Result<Balance, Overdrawn> {
        self.cents = self.cents.checked_sub(cents).ok_or(Overdrawn)?;
        ctx.publish(Withdrawn { owner: self.owner.clone(), cents });
        Ok(Balance(self.cents))
    }

    #[handler(entry)]
    async fn close(&mut self, _: Close, ctx: &mut ActorContext<Self>) -> Result<u64, Fault> {
        ctx.tell(&self.auditor, Close).await?;
        Ok(ctx.ask(&self.ledger, Draw { owner: self.owner.clone() }).await?)
    }

    #[pre_start]
    async fn open(&mut self, _ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        Ok(())
    }

    #[post_stop]
    fn closed(&mut self) {
        self.cents = 0;
    }

    #[on_error]
    async fn failed(&mut self, _: Fault, _ctx: &mut ActorContext<Self>) -> ErrorAction {
        ErrorAction::Stop
    }
}

#[derive(Default)]
pub struct Ledger {
    statements: u64,
}

#[actor]
impl Ledger {
    #[handler]
    fn draw(&mut self, draw: Draw) -> u64 {
        self.statements += 1;
        draw.owner.len() as u64
    }
}

#[derive(Default)]
pub struct Auditor {
    total: u64,
}

#[actor(mailbox(unbounded))]
impl Auditor {
    #[on_event]
    fn withdrawn(&mut self, event: Withdrawn) {
        self.total += event.cents + event.owner.len() as u64;
    }

    #[handler]
    fn close(&self, _: Close) -> u64 {
        self.total
    }
}

#[actor_system(actors(Account, Ledger, Auditor), events(Withdrawn))]
pub struct Bank;

pub async fn run() -> Result<(), Box<dyn std::error::Error>> {
    let bank = ActorSystem::<Bank>::start(SystemConfig::default()).await?;
    let ledger = bank.spawn(Ledger::default()).await?;
    let auditor = bank.spawn(Auditor::default()).await?;
    let account = bank.spawn(Account::new("alice", ledger, auditor)).named("alice").await?;
    let outcome: Result<Balance, Overdrawn> = bank.ask(&account, Withdraw { cents: 5 }).await?;
    println!("{outcome:?} {}", bank.ask(&account, Close).await?);
    bank.shutdown().await?;
    Ok(())
}

fn main() {
    assert_eq!(<Account as Actor>::NAME, "account");
    assert_eq!(<Account as Actor>::VARIANTS, ["Withdraw", "Close"]);
    assert_eq!(<Auditor as Actor>::VARIANTS, ["Close", "Withdrawn"]);
    assert_eq!(<Account as Actor>::MAILBOX, Some(MailboxPolicy::bounded(64).with_overflow(Overflow::Drop)));
    assert_eq!(<Auditor as Actor>::MAILBOX, Some(MailboxPolicy::unbounded()));
    assert!(<Account as Actor>::STARTS && <Account as Actor>::STOPS && !<Ledger as Actor>::STARTS);
    assert!(Bank::topology().to_mermaid().contains("asks"));
}
