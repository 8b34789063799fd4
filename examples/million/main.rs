//! A million actors in one process: the electricity meters of a large city, and the office that reads them.
//!
//! Each meter is an actor with its own count. All meters are idle; then each is told one message and publishes its count,
//! and the office adds up the bill. At the end all actors are stopped.
//!
//! ```text
//! cargo run --release --example million
//! cargo run --release --example million -- --actors 50000
//! ```
//!
//! Exit code: 0 on success, 1 if the bill is wrong or if the idle actors need more memory than their share of 1 GiB per
//! million actors. Memory is measured on Linux only.

mod memory;

use std::error::Error;
use std::process::ExitCode;
use std::time::Instant;

use airssys_rt::prelude::*;
use clap::Parser;

use crate::memory::Memory;

/// Runs a city of electricity meters, one actor per meter.
#[derive(Debug, Parser)]
#[command(name = "million")]
struct Args {
    /// Number of meters
    #[arg(long, default_value_t = 1_000_000, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    actors: u32,
}

/// Tells a meter to publish its count.
#[message]
struct Report;

/// The count of a meter.
#[event]
#[derive(Clone)]
struct Counted {
    kwh: u64,
}

#[message(reply = Bill)]
struct Close;

/// Counts the consumption of one home.
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

/// The sum of the counts that the office has received.
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

/// The consumption of a home; it varies between homes.
fn used(home: u32) -> u64 {
    u64::from(home) * 7919 % 5000
}

#[tokio::main]
async fn main() -> Result<ExitCode, Failure> {
    // Spawned as a task, because the thread of `main` is not a worker, and each message from it may have to wake a worker.
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
        println!("  {} MiB resident, {each} bytes per idle actor", idle.resident >> 20);
    }

    let begin = Instant::now();
    for meter in &meters {
        city.tell(meter, Report).await?;
    }
    // Waits until every meter has published its count and the office has handled all events.
    city.idle().await;
    let bill = city.ask(&office, Close).await?;
    println!("{} of them reported {} kWh in {:.2?}", bill.homes, bill.kwh, begin.elapsed());

    let begin = Instant::now();
    city.shutdown().await?;
    println!("all actors stopped in {:.2?}", begin.elapsed());
    let end = Memory::now();
    if let Some(end) = &end {
        println!("  {} MiB resident at the peak", end.peak >> 20);
    }

    let expected = Bill { homes: u64::from(actors), kwh: (0..actors).map(used).sum() };
    if bill != expected {
        eprintln!("the bill is wrong: {bill:?} instead of {expected:?}");
        return Ok(ExitCode::FAILURE);
    }
    let limit = memory::limit(actors);
    if let Some(idle) = idle.filter(|idle| idle.resident > limit) {
        eprintln!(
            "{actors} idle actors need {} MiB, more than the limit of {} MiB",
            idle.resident >> 20,
            limit >> 20
        );
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}
