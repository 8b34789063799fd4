//! Every form of the attributes, without a warning, in a crate of edition 2021 in which the library is called `rt`.

#![deny(warnings, rust_2018_idioms, rust_2024_compatibility, missing_docs, clippy::pedantic)]

use rt::prelude::*;

/// A unit message without a reply.
#[message(crate = ::rt)]
#[derive(Debug)]
pub struct Reset;

/// A struct message whose reply may be an error.
#[message(reply = Result<u64, Overdrawn>, crate = ::rt)]
#[derive(Debug)]
pub struct Withdraw {
    /// The amount.
    pub cents: u64,
}

/// The account has too little money.
#[derive(Debug, PartialEq)]
pub struct Overdrawn;

/// An enum message with a wire name.
#[message(name = "draw", reply = Option<u64>, crate = ::rt)]
#[derive(Debug)]
pub enum Draw {
    /// The whole balance.
    All,
    /// This amount.
    Some(u64),
}

/// A large message, which is boxed.
#[message(boxed, reply = usize, crate = ::rt)]
#[derive(Debug)]
pub struct Snapshot(pub [u8; 4096]);

/// A generic message.
#[message(reply = usize, crate = ::rt)]
#[derive(Debug)]
pub struct Put<T>(pub T);

/// An event.
#[event(crate = ::rt)]
#[derive(Clone, Debug)]
pub struct Withdrawn(pub u64);

/// An event with the name of a keyword of edition 2024, and a field with that of a keyword of both editions.
#[event(name = "gen", crate = ::rt)]
#[derive(Clone, Debug)]
#[allow(non_camel_case_types)]
pub struct r#gen {
    /// The amount that is drawn.
    pub r#type: u64,
}

/// An actor in the impl form, with every hook.
#[derive(Debug)]
pub struct Account {
    cents: u64,
    shelf: ActorRef<Shelf<String>>,
    ended: u64,
}

#[actor(
    publishes(Withdrawn, r#gen),
    asks(Shelf<String>),
    tells(any Reset),
    name = "account",
    mailbox(capacity = 8),
    crate = ::rt
)]
impl Account {
    /// Opens an account with this balance.
    #[must_use]
    pub fn new(cents: u64, shelf: ActorRef<Shelf<String>>) -> Self {
        Self { cents, shelf, ended: 0 }
    }

    #[pre_start]
    fn open(&mut self, ctx: &mut ActorContext<Self>) {
        ctx.watch(&self.shelf);
    }

    #[handler(entry)]
    fn withdraw(
        &mut self,
        Withdraw { cents }: Withdraw,
        ctx: &mut ActorContext<Self>,
    ) -> Result<u64, Overdrawn> {
        self.cents = self.cents.checked_sub(cents).ok_or(Overdrawn)?;
        ctx.publish(Withdrawn(cents));
        Ok(self.cents)
    }

    #[handler(entry)]
    async fn draw(&mut self, draw: Draw, ctx: &mut ActorContext<Self>) -> Result<Option<u64>, Fault> {
        let cents = match draw {
            Draw::All => self.cents,
            Draw::Some(cents) => cents,
        };
        let kept = ctx.ask(&self.shelf, Put(cents.to_string())).await?;
        ctx.publish(r#gen { r#type: kept as u64 });
        Ok(self.cents.checked_sub(cents))
    }

    #[cfg(test)]
    #[handler(entry)]
    fn reset(&mut self, _: Reset) {
        self.cents = 0;
    }

    #[on_terminated]
    fn shelf_gone(&mut self, _: Terminated) {
        self.ended += 1;
    }

    #[on_error]
    fn failed(&mut self, _: Fault) -> ErrorAction {
        ErrorAction::Stop
    }

    #[post_stop]
    async fn close(&mut self) -> Result<(), Fault> {
        Ok(())
    }
}

/// An actor in the struct form.
#[actor(handles(entry Snapshot), subscribes(Withdrawn), crate = ::rt)]
#[derive(Debug, Default)]
pub struct Auditor {
    total: u64,
}

impl Handler<Snapshot> for Auditor {
    async fn handle(&mut self, message: Snapshot, _: &mut ActorContext<Self>) -> Result<usize, Fault> {
        Ok(message.0.len())
    }
}

impl Subscriber<Withdrawn> for Auditor {
    async fn on_event(
        &mut self,
        Withdrawn(cents): Withdrawn,
        _: &mut ActorContext<Self>,
    ) -> Result<(), Fault> {
        self.total += cents;
        Ok(())
    }
}

/// A generic actor that uses both forms.
#[derive(Debug, Default)]
pub struct Shelf<T> {
    items: Vec<T>,
}

#[actor(handles(entry Put<T>), crate = ::rt)]
impl<T: Send + 'static> Shelf<T> {
    #[on_event]
    fn drawn(&mut self, r#gen { r#type }: r#gen) {
        self.items.truncate(usize::try_from(r#type).unwrap_or(usize::MAX));
    }
}

impl<T: Send + 'static> Handler<Put<T>> for Shelf<T> {
    async fn handle(&mut self, Put(item): Put<T>, _: &mut ActorContext<Self>) -> Result<usize, Fault> {
        self.items.push(item);
        Ok(self.items.len())
    }
}

/// A system of all these actors.
#[actor_system(
    actors(Account, Auditor, Shelf<String>, Shelf<u8> as Bytes),
    events(Withdrawn, r#gen as Drawn),
    crate = ::rt
)]
#[derive(Debug)]
pub struct Bank;

/// Lists of these actors.
pub mod lists {
    use rt::prelude::*;

    /// The shelves.
    #[actor_list(actors(super::Shelf<String>, super::Shelf<u8> as Bytes), crate = ::rt)]
    pub struct Shelves;

    /// All of them.
    #[actor_list(
        include(self::Shelves),
        actors(super::Account, super::Auditor),
        events(super::Withdrawn, super::r#gen as Drawn),
        crate = ::rt
    )]
    pub struct All;
}

/// A system that includes them.
#[actor_system(include(lists::All), crate = ::rt)]
#[derive(Debug)]
pub struct Branch;

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn each_form_runs() -> Result<(), Box<dyn std::error::Error>> {
        let bank = ActorSystem::<Bank>::start(SystemConfig::default()).await?;
        let auditor = bank.spawn(Auditor::default()).await?;
        let shelf = bank.spawn(Shelf::<String>::default()).await?;
        let account = bank.spawn(Account::new(1000, shelf)).await?;
        bank.spawn(Shelf::<u8>::default()).named("bytes").await?;

        assert_eq!(bank.ask(&account, Withdraw { cents: 400 }).await?, Ok(600));
        assert_eq!(bank.ask(&account, Withdraw { cents: 700 }).await?, Err(Overdrawn));
        assert_eq!(bank.ask(&account, Draw::Some(50)).await?, Some(550));
        assert_eq!(bank.ask(&account, Draw::All).await?, Some(0));
        bank.tell(&account, Reset).await?;
        assert_eq!(bank.ask(&account, Withdraw { cents: 1 }).await?, Err(Overdrawn));
        assert_eq!(bank.ask(&auditor, Snapshot([0; 4096])).await?, 4096);
        bank.shutdown().await?;
        Ok(())
    }

    #[tokio::test]
    async fn actors_in_the_body_of_a_function() -> Result<(), Box<dyn std::error::Error>> {
        #[message(reply = u64, crate = ::rt)]
        struct Next;

        struct Counter(u64);

        #[actor(crate = ::rt)]
        impl Counter {
            #[handler]
            async fn next(&mut self, _: Next) -> u64 {
                self.0 += 1;
                self.0
            }
        }

        #[actor_system(actors(Counter), crate = ::rt)]
        struct App;

        let app = ActorSystem::<App>::start(SystemConfig::default()).await?;
        let counter = app.spawn(Counter(0)).await?;
        assert_eq!(app.ask(&counter, Next).await?, 1);
        app.shutdown().await?;
        Ok(())
    }
}
