//! A deadlock that the compiler rejects, its effect at run time, and its fix.
//!
//! Run with `cargo run --release --example deadlock`.
//!
//! `cycle.rs` is a shop in which each actor asks the next. It compiles only because one of them declares `cycle = ".."`;
//! without this key the compiler reports:
//!
//! ```text
//! ask cycle: `Orders` -> `Stock` -> `Billing` -> `Orders`
//! each waits for the next, so they can all wait forever
//! make one of these asks a `tell`, or say on `Billing` why the cycle cannot deadlock: `asks(Orders, cycle = "why")`
//! ```
//!
//! `fixed.rs` is the same shop without the cycle: the first actor sends the data that the last one needs.

mod cycle;
mod fixed;

use std::{error::Error, time::Duration};

/// The time limit of an ask; the work in this program takes microseconds.
const TIMEOUT: Duration = Duration::from_millis(200);

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    println!("With the cycle, an order ends with a timeout:");
    let stuck = cycle::order(TIMEOUT).await?;
    println!("  {stuck}\n");

    println!("Without the cycle:");
    let receipt = fixed::order(TIMEOUT).await?;
    println!("  paid {} cents, {} left in stock", receipt.cents, receipt.left);
    assert_eq!((receipt.cents, receipt.left), (5997, 7));
    Ok(())
}
