//! For tests: stand-ins for actors and for the broker, probes that wait instead of racing, faults by plan, and a ledger
//! that checks what must hold at the end. Feature `testkit`.
//!
//! | to test | take |
//! |---|---|
//! | one handler, or one hook | [`TestContext`]: no system, no task |
//! | what an actor tells and asks another | [`Probe`], which stands in for the other |
//! | what a system publishes | [`MockMessageBroker`], [`BrokerTestProbe`] |
//! | what happens if something goes wrong | [`FaultPlan`]; on a disk, [`FaultyStore`] |
//! | that nothing was lost and nothing is left | [`Ledger`] |
//! | that the graph is the one that was drawn, and which of its ways a test takes | [`topology::check`], [`topology::Coverage`] |
//! | that other versions of the program can read its messages | [`schema::check`] |
//!
//! Whatever waits has a deadline, 5 s unless you say otherwise, and panics with what it has seen when that has passed. On a
//! paused clock (`#[tokio::test(start_paused = true)]`) waiting takes no time.
//!
//! ```
//! use airssys_rt::{prelude::*, testkit::{Probe, TestContext}};
//!
//! #[message(reply = u64)]
//! pub struct Record { pub cents: u64 }
//!
//! pub struct Ledger;
//!
//! #[actor]
//! impl Ledger {
//!     #[handler]
//!     fn record(&mut self, _: Record) -> u64 { panic!("it needs a database") }
//! }
//!
//! #[event]
//! #[derive(Clone, Debug, PartialEq)]
//! pub struct Withdrawn { pub cents: u64 }
//!
//! #[message(reply = u64)]
//! pub struct Withdraw { pub cents: u64 }
//!
//! pub struct Account { cents: u64, ledger: ActorRef<Ledger> }
//!
//! #[actor(asks(Ledger), publishes(Withdrawn))]
//! impl Account {
//!     #[handler]
//!     async fn withdraw(&mut self, Withdraw { cents }: Withdraw, ctx: &mut ActorContext<Self>) -> Result<u64, Fault> {
//!         self.cents -= ctx.ask(&self.ledger, Record { cents }).await?;
//!         ctx.publish(Withdrawn { cents });
//!         Ok(self.cents)
//!     }
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let ledger = Probe::<Ledger>::new();
//! ledger.reply_with(|Record { cents }| cents);
//! let mut account = Account { cents: 1000, ledger: ledger.actor_ref() };
//! let mut context = TestContext::new();
//!
//! let left = context.call(&mut account, Withdraw { cents: 400 }).await.expect("the ledger answers");
//! assert_eq!(left, 600);
//! assert_eq!(context.published::<Withdrawn>(), [Withdrawn { cents: 400 }]);
//! assert_eq!(ledger.seen().len(), 1);
//!
//! ledger.fail_with::<Record>(|_| Fault::new("the disk is full"));
//! assert!(context.call(&mut account, Withdraw { cents: 1 }).await.is_err());
//! # Ok(()) }
//! ```

mod broker_probe;
mod context;
mod fates;
mod fault_plan;
mod faulty;
mod faulty_store;
mod incoming;
mod ledger;
mod mock_broker;
mod probe;
mod rule;
pub mod schema;
mod stand_in;
pub mod topology;

pub use broker_probe::BrokerTestProbe;
pub use context::TestContext;
pub use fault_plan::FaultPlan;
pub use faulty::Faulty;
pub use faulty_store::FaultyStore;
pub use incoming::Incoming;
pub use ledger::{Ledger, Settled};
pub use mock_broker::MockMessageBroker;
pub use probe::Probe;
pub use rule::{Mishap, When};
