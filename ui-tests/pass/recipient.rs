#![deny(warnings, missing_docs, clippy::all, clippy::pedantic, clippy::nursery)]
#![allow(clippy::result_large_err)]
//! Actors that tell a message to any actor that handles it, through a `Recipient`.

use airssys_rt::prelude::*;

/// A message that is told.
#[message(reply = u64)]
#[derive(Debug)]
pub struct Ping;

/// A generic message that is told.
#[message]
#[derive(Debug)]
pub struct Job<T>(pub T);

/// Adds a recipient.
#[message]
#[derive(Debug)]
pub struct Add(pub Recipient<Ping>);

/// An actor with the name of the word `any`.
#[allow(non_camel_case_types)]
#[derive(Debug)]
pub struct any;

#[actor]
impl any {
    #[handler]
    fn ping(&self, _: Ping) -> u64 {
        0
    }
}

/// A module, so that the actor has a path.
pub mod named {
    /// The inner module: one named `any` would conflict with the type.
    pub mod inner {
        pub use super::super::any;
    }
}

/// An actor that tells all its recipients.
#[derive(Debug, Default)]
pub struct Hub {
    /// The recipients of `Ping`.
    pub all: Vec<Recipient<Ping>>,
    /// The recipients of `Job`.
    pub jobs: Vec<Recipient<Job<String>>>,
}

#[actor(tells(any Ping, any Job<String>, named::inner::any))]
impl Hub {
    #[handler]
    fn add(&mut self, Add(one): Add) {
        self.all.push(one);
    }

    #[handler]
    async fn ping(&mut self, _: Ping, ctx: &mut ActorContext<Self>) -> Result<u64, Fault> {
        for one in &self.all {
            ctx.tell_any(one, Ping).await?;
        }
        for one in &self.jobs {
            ctx.tell_any(one, Job(String::new())).await?;
        }
        Ok(0)
    }
}

/// An actor whose list has the word, the actor `any`, and a message that mentions a parameter.
#[derive(Debug)]
pub struct Queue<T: Send + 'static> {
    /// The recipient.
    pub to: Recipient<Job<T>>,
}

#[actor(tells(any Job<T>, any, any Ping))]
impl<T: Send + 'static> Queue<T> {
    #[handler]
    async fn job(&mut self, job: Job<T>, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        ctx.tell_any(&self.to, job).await.map_err(|_| Fault::new("the recipient is gone"))?;
        Ok(())
    }
}

/// A system of all these actors.
#[actor_system(actors(any, Hub, Queue<String>))]
pub struct Office;

fn main() {
    let graph = Office::topology().to_mermaid();
    // The graph does not know which actors handle a message that mentions a parameter.
    assert!(graph.contains("tells any Ping") && !graph.contains("tells any Job"));
}
