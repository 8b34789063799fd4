//! A deadlock that does not compile, what it would have done, and its fix: `cargo run --release --example deadlock`.
//!
//! `cycle.rs` is a shop in which each actor asks the next. It compiles only because one of them says `cycle = ".."`; take
//! that away, and the compiler says:
//!
//! ```text
//! ask cycle: `Orders` -> `Stock` -> `Billing` -> `Orders`
//! each waits for the next, so in the end for itself
//! make one of these asks a `tell`, or say on `Billing` why it cannot deadlock: `asks(Orders, cycle = "why")`
//! ```
//!
//! `fixed.rs` is the same shop without the cycle: who asks sends along what the last one needs to know.

mod cycle;
mod fixed;

use std::{error::Error, time::Duration};

/// How long an ask may take: all that is done here takes microseconds.
const PATIENCE: Duration = Duration::from_millis(200);

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    println!("With the cycle, an order ends when somebody loses patience:");
    let stuck = cycle::order(PATIENCE).await?;
    println!("  {stuck}\n");

    println!("Without it:");
    let receipt = fixed::order(PATIENCE).await?;
    println!("  paid {} cents, {} left in stock", receipt.cents, receipt.left);
    assert_eq!((receipt.cents, receipt.left), (5997, 7));
    Ok(())
}
