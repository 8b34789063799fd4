//! Replays the file on the actors: one task per row, accounts concurrently, the rows of one account in order.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use std::time::Duration;

use airssys_rt::observe::Counters;
use airssys_rt::prelude::*;
use indicatif::ProgressBar;
use tokio::task::JoinSet;
use tokio::time::Instant;

use crate::Failure;
use crate::actors::{Account, Audit, Closing, Flag};
use crate::actors::{CloseBook, GetAudit, GetBalance, GetFlags, Slip};
use crate::balances::Balances;
use crate::book::JournalStore;
use crate::chaos::{Chaos, ChaosReport, Plan};
use crate::movement::{Movement, QueuedAccount};
use crate::retry::Retries;
use crate::row_queue::{InFlight, Queue};
use crate::supervision::RunningBank;
use crate::tally::{Refusal, Tally};
use crate::transactions::{Row, Rows, Transaction};

/// Maximum number of rows that have been read and are not done: in flight, or waiting for their turn.
const READ_AHEAD: usize = 256;
/// Interval of the progress bar updates, in rows.
const PROGRESS_INTERVAL: usize = 1024;

/// Settings of a replay.
#[derive(Debug)]
pub(crate) struct Setup {
    pub(crate) store: Arc<JournalStore>,
    pub(crate) chaos: Option<Plan>,
}

/// Results of a replay.
#[derive(Debug)]
pub(crate) struct Replayed {
    pub(crate) tally: Tally,
    pub(crate) balances: Balances,
    pub(crate) book: Closing,
    pub(crate) audit: Audit,
    pub(crate) flags: BTreeSet<Flag>,
    pub(crate) most_in_flight: usize,
    /// Number of retried rows, and number of retries.
    pub(crate) retried: (u64, u64),
    /// Number of restarts by actor type.
    pub(crate) restarts: BTreeMap<&'static str, u64>,
    /// The kills of `--chaos`; `None` without that option.
    pub(crate) chaos: Option<ChaosReport>,
    pub(crate) store: Arc<JournalStore>,
    pub(crate) counters: Counters,
    pub(crate) elapsed: Duration,
}

/// An account and the queue of its rows.
struct Customer {
    account: ActorRef<Account>,
    queue: Queue,
}

/// A row and its outcome.
type Done = (Row, Result<(), Refusal>);

struct Replay {
    running: RunningBank,
    customers: HashMap<Arc<str>, Customer>,
    rows: JoinSet<Result<Done, AskError>>,
    in_flight: Arc<InFlight>,
    retries: Arc<Retries>,
    chaos: Option<Chaos>,
    store: Arc<JournalStore>,
    tally: Tally,
}

/// Replays all rows of the file.
///
/// # Errors
///
/// Fails if an actor keeps failing after all retries. A refused row is an outcome; a missing reply is an error.
pub(crate) async fn run(
    mut rows: Rows<'_>,
    setup: Setup,
    progress: ProgressBar,
) -> Result<Replayed, Failure> {
    let start = Instant::now();
    let mut replay = Replay::open(setup, rows.lines()).await?;
    for count in 1_usize.. {
        replay.kill_due(count);
        match rows.next() {
            Some(Ok(row)) => replay.begin(row).await?,
            Some(Err(malformed)) => replay.tally.skip(malformed),
            None => break,
        }
        if count.is_multiple_of(PROGRESS_INTERVAL) {
            progress.set_position(rows.position());
        }
    }
    while replay.finish_one().await? {
        replay.kill_due(usize::MAX);
    }
    replay.close(start).await
}

impl Replay {
    /// Starts a bank without accounts.
    async fn open(Setup { store, chaos }: Setup, rows: usize) -> Result<Self, Failure> {
        let running = RunningBank::start(store.clone()).await?;
        Ok(Self {
            chaos: chaos.map(|plan| Chaos::new(plan, rows, &running)),
            running,
            customers: HashMap::new(),
            rows: JoinSet::new(),
            in_flight: Arc::default(),
            retries: Arc::new(Retries::new()?),
            store,
            tally: Tally::default(),
        })
    }

    /// Carries out the kills that are due before the `nth` row.
    fn kill_due(&mut self, nth: usize) {
        if let Some(chaos) = &mut self.chaos {
            chaos.before_row(nth, self.in_flight.now(), &self.running.bank);
        }
    }

    /// Starts a row, as soon as fewer than [`READ_AHEAD`] rows are unfinished.
    async fn begin(&mut self, row: Row) -> Result<(), Failure> {
        while self.rows.len() >= READ_AHEAD {
            self.finish_one().await?;
        }
        match self.movement(&row).await? {
            Err(refusal) => self.tally.settle(&row, Err(refusal)),
            Ok(movement) => {
                let (in_flight, retries) = (self.in_flight.clone(), self.retries.clone());
                let done = movement.carry_out(self.running.bank.clone(), in_flight, retries);
                self.rows.spawn(async move { Ok((row, done.await?)) });
            }
        }
        Ok(())
    }

    /// Decides, in the order of the file, which accounts exist, and adds the row to the queues of its
    /// accounts.
    async fn movement(&mut self, row: &Row) -> Result<Result<Movement, Refusal>, Failure> {
        let (from, to, cents) = match &row.transaction {
            Transaction::Open { account, cents } => {
                if self.customers.contains_key(account.as_str()) {
                    return Ok(Err(Refusal::AlreadyOpen));
                }
                self.open_account(account).await?;
                (None, Some(account), *cents)
            }
            Transaction::Deposit { account, cents } => (None, Some(account), *cents),
            Transaction::Withdraw { account, cents } => (Some(account), None, *cents),
            Transaction::Transfer { from, to, .. } if from == to => return Ok(Err(Refusal::ToItself)),
            Transaction::Transfer { from, to, cents } => (Some(from), Some(to), *cents),
        };
        // A refused row must not be in a queue, so the accounts are checked first.
        if [from, to].into_iter().flatten().any(|account| !self.customers.contains_key(account.as_str())) {
            return Ok(Err(Refusal::UnknownAccount));
        }
        let slip = Slip { cents, line: row.line, transfer: from.is_some() && to.is_some() };
        Ok(Ok(Movement { from: self.enqueue(from), to: self.enqueue(to), slip }))
    }

    fn enqueue(&mut self, account: Option<&String>) -> Option<QueuedAccount> {
        let customer = self.customers.get_mut(account?.as_str())?;
        Some(QueuedAccount { account: customer.account.clone(), turn: customer.queue.join() })
    }

    async fn open_account(&mut self, name: &str) -> Result<(), Failure> {
        let name: Arc<str> = name.into();
        let account = self.running.open_account(name.clone()).await?;
        if let Some(chaos) = &mut self.chaos {
            chaos.include(&account);
        }
        self.customers.insert(name, Customer { account, queue: Queue::default() });
        Ok(())
    }

    /// Waits for one row and records its outcome; returns false if no row is left.
    async fn finish_one(&mut self) -> Result<bool, Failure> {
        let Some(done) = self.rows.join_next().await else { return Ok(false) };
        let (row, outcome) = done??;
        self.tally.settle(&row, outcome);
        Ok(true)
    }

    /// Asks all actors for their figures.
    ///
    /// A reply may arrive before the events of its handler, so the subscribers are asked after the system is quiet.
    async fn close(self, start: Instant) -> Result<Replayed, Failure> {
        let RunningBank { bank, ledger, auditor, watch, .. } = &self.running;
        let chaos = match self.chaos {
            Some(chaos) => Some(chaos.finish(bank).await?),
            None => None,
        };
        let mut balances = Vec::with_capacity(self.customers.len());
        for (name, customer) in self.customers {
            balances.push((name, bank.ask(&customer.account, GetBalance).await?));
        }
        bank.idle().await;
        let flags = bank.ask(watch, GetFlags).await?;
        bank.idle().await;
        let audit = bank.ask(auditor, GetAudit).await?;
        let book = bank.ask(ledger, CloseBook).await?;
        let elapsed = start.elapsed();
        bank.idle().await;
        let (counters, restarts) = (bank.counters(), self.running.restarts());
        bank.shutdown().await?;
        Ok(Replayed {
            tally: self.tally,
            balances: balances.into_iter().collect(),
            book,
            audit,
            flags,
            most_in_flight: self.in_flight.most(),
            retried: (self.retries.rows(), self.retries.tries()),
            restarts,
            chaos,
            store: self.store,
            counters,
            elapsed,
        })
    }
}
