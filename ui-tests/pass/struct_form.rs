//! The struct form: a list of messages and events, which impls of traits handle.
#![deny(warnings, missing_docs, clippy::all, clippy::pedantic)]

use airssys_rt::prelude::*;

/// The account has too little money.
#[derive(Debug)]
pub struct Overdrawn;

/// Withdraws cents.
#[message(reply = Result<u64, Overdrawn>)]
pub struct Withdraw(pub u64);

/// A message without a reply.
#[message]
pub struct Reset;

/// Money was withdrawn.
#[event]
#[derive(Clone)]
pub struct Withdrawn(pub u64);

/// An account.
#[actor(
    handles(Withdraw, Reset),
    publishes(Withdrawn),
    tells(Auditor),
    name = "account",
    mailbox(capacity = 8)
)]
#[derive(Debug, Default)]
pub struct Account {
    cents: u64,
    #[cfg(any())]
    off: std::rc::Rc<u8>,
    auditor: Option<ActorRef<Auditor>>,
}

impl Handler<Withdraw> for Account {
    async fn handle(
        &mut self,
        Withdraw(cents): Withdraw,
        ctx: &mut ActorContext<Self>,
    ) -> Result<Result<u64, Overdrawn>, Fault> {
        let Some(left) = self.cents.checked_sub(cents) else {
            return Ok(Err(Overdrawn));
        };
        self.cents = left;
        ctx.publish(Withdrawn(cents));
        if let Some(auditor) = &self.auditor {
            ctx.tell(auditor, Reset).await?;
        }
        Ok(Ok(left))
    }
}

impl Handler<Reset> for Account {
    async fn handle(&mut self, _: Reset, _: &mut ActorContext<Self>) -> Result<(), Fault> {
        self.cents = 0;
        Ok(())
    }
}

/// An enum that is an actor.
#[actor(handles(Reset), subscribes(Withdrawn))]
#[derive(Debug)]
pub enum Auditor {
    /// No money was withdrawn.
    Idle,
    /// The sum of the withdrawals.
    Busy(u64),
}

impl Handler<Reset> for Auditor {
    async fn handle(&mut self, _: Reset, _: &mut ActorContext<Self>) -> Result<(), Fault> {
        *self = Auditor::Idle;
        Ok(())
    }
}

impl Subscriber<Withdrawn> for Auditor {
    async fn on_event(&mut self, Withdrawn(cents): Withdrawn, _: &mut ActorContext<Self>) -> Result<(), Fault> {
        *self = match self {
            Auditor::Idle => Auditor::Busy(cents),
            Auditor::Busy(sum) => Auditor::Busy(*sum + cents),
        };
        Ok(())
    }
}

/// An actor with its own `Send` impl.
#[actor(handles(Reset))]
pub struct Pointer {
    _place: *mut u8,
}

// SAFETY: no other thread has the pointer, and it is never dereferenced.
unsafe impl Send for Pointer {}

impl Handler<Reset> for Pointer {
    async fn handle(&mut self, _: Reset, _: &mut ActorContext<Self>) -> Result<(), Fault> {
        Ok(())
    }
}

/// A bank.
#[actor_system(actors(Account, Auditor, Pointer), events(Withdrawn))]
#[derive(Debug)]
pub struct Bank;

fn main() {
    let mermaid = Bank::topology().to_mermaid();
    for name in ["Account", "Auditor", "Withdrawn"] {
        assert!(mermaid.contains(name), "{mermaid}");
    }
    assert_eq!(<Account as Actor>::NAME, "account");
    assert_eq!(<Account as Actor>::VARIANTS, ["Withdraw", "Reset"]);
}
