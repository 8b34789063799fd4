//! An append-only journal, from which an actor rebuilds its state after a restart.
//!
//! Records are read back in the order in which they were appended, each whole or not at all. A [`Store`] keeps the bytes:
//! [`FileStore`] in a file, [`MemoryStore`] in memory, for as long as the process lives.
//!
//! After a loss of power:
//!
//! - What was synced is there. If it is damaged, recovery returns an error that names the position, and changes nothing;
//!   [`Recovery::up_to_first_damage`] is the choice to lose what follows.
//! - What was never synced stops no start. The sectors of a write reach a disk in any order, so records behind the first one that
//!   is not whole are removed with it, and [`Recovered::cut_bytes`] says how many bytes that were.
//!
//! The journal holds what recovery needs to know for this: behind each sync it writes a mark of 12 bytes, which says that all
//! before it was synced. A store must write a sector of a disk (512 bytes) as a whole or not at all, as disks do.
//!
//! A journal grows until [`Journal::snapshot`] replaces records by a state that stands for them.
//!
//! ```
//! use airssys_rt::{journal::{FileStore, Fsync, Journal}, prelude::*};
//! use std::path::PathBuf;
//!
//! #[message(reply = u64)]
//! pub struct Deposit(pub u64);
//!
//! #[message(reply = u64)]
//! pub struct Cents;
//!
//! pub struct Account {
//!     path: PathBuf,
//!     cents: u64,
//!     journal: Option<Journal>,
//! }
//!
//! #[actor]
//! impl Account {
//!     #[pre_start]
//!     async fn rebuild(&mut self, _: &mut ActorContext<Self>) -> Result<(), Fault> {
//!         let mut recovery = Journal::recover(FileStore::open(&self.path).await?, Fsync::EveryRecord).await?;
//!         while let Some(record) = recovery.next().await? {
//!             self.cents += u64::from_le_bytes(record.try_into()?);
//!         }
//!         let (journal, _recovered) = recovery.finish().await?;
//!         self.journal = Some(journal);
//!         Ok(())
//!     }
//!
//!     #[handler]
//!     async fn deposit(&mut self, Deposit(cents): Deposit) -> Result<u64, Fault> {
//!         let journal = self.journal.as_mut().expect("`pre_start` has opened it");
//!         journal.append(&cents.to_le_bytes()).await?; // first the journal, then the state, then the answer
//!         self.cents += cents;
//!         Ok(self.cents)
//!     }
//!
//!     #[handler]
//!     fn cents(&self, _: Cents) -> u64 { self.cents }
//! }
//!
//! #[actor_system(actors(Account))]
//! pub struct Bank;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let path = std::env::temp_dir().join(format!("airssys-journal-doc-{}", std::process::id()));
//! let bank = ActorSystem::<Bank>::start(SystemConfig::default()).await?;
//! let first = bank.spawn(Account { path: path.clone(), cents: 0, journal: None }).await?;
//! bank.ask(&first, Deposit(500)).await?;
//! bank.kill(&first).await;
//!
//! let second = bank.spawn(Account { path: path.clone(), cents: 0, journal: None }).await?;
//! assert_eq!(bank.ask(&second, Cents).await?, 500);
//! # bank.shutdown().await?;
//! # std::fs::remove_file(path)?;
//! # Ok(())
//! # }
//! ```

mod error;
mod file;
mod file_handle;
mod file_lock;
mod fsync;
mod journal;
mod memory;
mod reader;
mod record;
mod recovery;
mod shared;
mod store;
mod writer;

pub use error::{FileChange, JournalError};
pub use file::FileStore;
pub use fsync::Fsync;
pub use journal::Journal;
pub use memory::MemoryStore;
pub use recovery::{Recovered, Recovery};
pub use store::Store;
