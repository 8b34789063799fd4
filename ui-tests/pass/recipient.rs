#![deny(warnings, missing_docs, clippy::all, clippy::pedantic, clippy::nursery)]
#![allow(clippy::result_large_err)]
//! Actors that tell whoever takes the message.

use airssys_rt::prelude::*;

/// Told.
#[message(reply = u64)]
#[derive(Debug)]
pub struct Ping;

/// Told with something.
#[message]
#[derive(Debug)]
pub struct Job<T>(pub T);

/// Says whom.
#[message]
#[derive(Debug)]
pub struct Add(pub Recipient<Ping>);

/// An actor called like the word.
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

/// Where it has a path.
pub mod named {
    /// A module called like the word would clash with the type.
    pub mod inner {
        pub use super::super::any;
    }
}

/// Tells all of them.
#[derive(Debug, Default)]
pub struct Hub {
    /// Who is told.
    pub all: Vec<Recipient<Ping>>,
    /// Who is told something.
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

/// Another one, of the word and of a parameter.
#[derive(Debug)]
pub struct Queue<T: Send + 'static> {
    /// Who is told.
    pub to: Recipient<Job<T>>,
}

#[actor(tells(any Job<T>, any, any Ping))]
impl<T: Send + 'static> Queue<T> {
    #[handler]
    async fn job(&mut self, job: Job<T>, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        ctx.tell_any(&self.to, job).await.map_err(|_| Fault::new("nobody"))?;
        Ok(())
    }
}

/// All of them.
#[actor_system(actors(any, Hub, Queue<String>))]
pub struct Office;

fn main() {
    let graph = Office::topology().to_mermaid();
    // Who handles a message of a parameter, the graph does not know.
    assert!(graph.contains("tells any Ping") && !graph.contains("tells any Job"));
}
