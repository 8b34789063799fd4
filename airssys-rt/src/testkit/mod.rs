//! Tools for tests, feature `testkit`: stand-ins, probes, mock brokers, planned faults, and a ledger.
//!
//! Stand-ins replace actors and the broker, probes wait for messages, and the ledger checks the invariants of a system at the
//! end.
//!
//! | to test | use |
//! |---|---|
//! | one handler or one hook | [`TestContext`]: without a system and without a task |
//! | what an actor tells and asks another actor | [`Probe`], a stand-in for the other actor |
//! | what a system publishes | [`MockMessageBroker`], [`BrokerTestProbe`] |
//! | what happens when messages or handlers fail | [`FaultPlan`]; for a journal, [`FaultyStore`] |
//! | what a journal, or a store, has after a loss of power | [`SimulatedDisk`] |
//! | the dates of dead letters, lifecycle events and metadata | [`WallClock`] |
//! | that no message was lost and nothing is left after the shutdown | [`Ledger`] |
//! | that the graph has not changed, and which of its links a test uses | [`topology::check`], [`topology::Coverage`] |
//! | that other versions of the program can read its messages, and the reverse | [`schema::check`] |
//!
//! Every wait has a deadline, by default 5 s. When it has passed, the wait panics with the observed messages. On a paused clock
//! (`#[tokio::test(start_paused = true)]`) waiting takes no time.
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
mod committed_file;
mod fates;
mod fault_plan;
mod fault_rule;
mod faulty;
mod faulty_store;
mod file_content;
mod incoming;
mod ledger;
mod loss;
mod mock_broker;
mod probe;
pub mod schema;
mod script;
mod simulated_disk;
mod stand_in;
mod test_context;
pub mod topology;
mod wall_clock;

pub use broker_probe::BrokerTestProbe;
pub use fault_plan::FaultPlan;
pub use fault_rule::{Mishap, When};
pub use faulty::Faulty;
pub use faulty_store::FaultyStore;
pub use incoming::Incoming;
pub use ledger::{Ledger, Settled};
pub use loss::Loss;
pub use mock_broker::MockMessageBroker;
pub use probe::Probe;
pub use simulated_disk::SimulatedDisk;
pub use test_context::TestContext;
pub use wall_clock::WallClock;
