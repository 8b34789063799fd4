//! A million actors in one process: the electricity meters of a large city, and the office that reads them.
//!
//! Each meter is an actor of its own with its own count. All of them lie idle; then each is told one message, publishes what it
//! has counted, and the office makes the bill. At the end everybody is stopped.
//!
//! ```text
//! cargo run --release --example million
//! cargo run --release --example million -- --actors 50000
//! ```
//!
//! Exit code: 0 if all is well, 1 if the bill is wrong, or so many idle actors need more than their share of 1 GiB for
//! a million. Memory is only known on Linux.

mod memory;

use std::error::Error;
use std::process::ExitCode;
use std::time::Instant;

use airssys_rt::prelude::*;
use clap::Parser;

use crate::memory::Memory;

/// Runs a city of so many electricity meters, each of them an actor.
#[derive(Debug, Parser)]
#[command(name = "million")]
struct Args {
    /// How many meters there are
    #[arg(long, default_value_t = 1_000_000, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    actors: u32,
}

/// Asks a meter to publish what it has counted.
#[message]
struct Report;

/// What a meter has counted.
#[event]
#[derive(Clone)]
struct Counted {
    kwh: u64,
}

#[message(reply = Bill)]
struct Close;

/// Counts what a home uses.
struct Meter {
    kwh: u64,
}

#[actor(publishes(Counted))]
impl Meter {
    #[handler]
    fn report(&mut self, _: Report, ctx: &mut ActorContext<Self>) {
        ctx.publish(Counted { kwh: self.kwh });
    }
}

/// What the office has heard.
#[derive(Debug, Clone, Default, PartialEq)]
struct Bill {
    homes: u64,
    kwh: u64,
}

#[derive(Default)]
struct Office {
    bill: Bill,
}

#[actor]
impl Office {
    #[on_event]
    fn counted(&mut self, Counted { kwh }: Counted) {
        self.bill.homes += 1;
        self.bill.kwh += kwh;
    }

    #[handler]
    fn close(&mut self, _: Close) -> Bill {
        std::mem::take(&mut self.bill)
    }
}

#[actor_system(actors(Meter, Office), events(Counted))]
struct City;

/// What a home has used: more or less, as homes do.
fn used(home: u32) -> u64 {
    u64::from(home) * 7919 % 5000
}

#[tokio::main]
async fn main() -> Result<ExitCode, Failure> {
    // In a task: the thread of `main` is none of the workers, and each message from it might have to wake one.
    tokio::spawn(run(Args::parse().actors)).await?
}

type Failure = Box<dyn Error + Send + Sync>;

async fn run(actors: u32) -> Result<ExitCode, Failure> {
    let city = ActorSystem::<City>::start(SystemConfig::default()).await?;
    let office = city.spawn(Office::default()).await?;
    let empty = Memory::now();

    let begin = Instant::now();
    let mut meters = Vec::with_capacity(actors as usize);
    for home in 0..actors {
        meters.push(city.spawn(Meter { kwh: used(home) }).await?);
    }
    println!("{actors} actors spawned in {:.2?}", begin.elapsed());
    let idle = Memory::now();
    if let (Some(empty), Some(idle)) = (&empty, &idle) {
        let each = idle.resident.saturating_sub(empty.resident) / u64::from(actors);
        println!("  {} MiB resident, {each} bytes for each idle actor", idle.resident >> 20);
    }

    let begin = Instant::now();
    for meter in &meters {
        city.tell(meter, Report).await?;
    }
    // Until no meter has anything to report, and the office has heard all of it.
    city.quiet().await;
    let bill = city.ask(&office, Close).await?;
    println!("{} of them reported {} kWh in {:.2?}", bill.homes, bill.kwh, begin.elapsed());

    let begin = Instant::now();
    city.shutdown().await?;
    println!("all stopped in {:.2?}", begin.elapsed());
    let end = Memory::now();
    if let Some(end) = &end {
        println!("  {} MiB resident at most", end.peak >> 20);
    }

    let expected = Bill { homes: u64::from(actors), kwh: (0..actors).map(used).sum() };
    if bill != expected {
        eprintln!("the bill is wrong: {bill:?} instead of {expected:?}");
        return Ok(ExitCode::FAILURE);
    }
    let granted = memory::granted(actors);
    if let Some(idle) = idle.filter(|idle| idle.resident > granted) {
        eprintln!(
            "{actors} idle actors need {} MiB, more than the {} granted",
            idle.resident >> 20,
            granted >> 20
        );
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}
