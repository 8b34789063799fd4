//! Replays the file on the actors: one task a row, accounts side by side, the rows of one account in order.

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
use crate::book::Archive;
use crate::chaos::{Chaos, Plan, Strikes};
use crate::movement::{Movement, Place};
use crate::retry::Retries;
use crate::staff::Staff;
use crate::tally::{Refusal, Tally};
use crate::transactions::{Row, Rows, Transaction};
use crate::turns::{Flights, Queue};

/// Rows that have been read and are not done: in flight, or waiting for their turn.
const READ_AHEAD: usize = 256;
/// How often the progress bar hears of it, in rows.
const PROGRESS: usize = 1024;

/// How to replay.
#[derive(Debug)]
pub(crate) struct Setup {
    pub(crate) archive: Arc<Archive>,
    pub(crate) chaos: Option<Plan>,
}

/// What the replay found.
#[derive(Debug)]
pub(crate) struct Replayed {
    pub(crate) tally: Tally,
    pub(crate) balances: Balances,
    pub(crate) book: Closing,
    pub(crate) audit: Audit,
    pub(crate) flags: BTreeSet<Flag>,
    pub(crate) most_in_flight: usize,
    /// How many rows were tried again, and how often in all.
    pub(crate) retried: (u64, u64),
    /// By type of actor.
    pub(crate) restarts: BTreeMap<&'static str, u64>,
    /// Whom `--chaos` killed, if it was asked for.
    pub(crate) strikes: Option<Strikes>,
    pub(crate) archive: Arc<Archive>,
    pub(crate) counters: Counters,
    pub(crate) elapsed: Duration,
}

/// An account as the driver sees it.
struct Customer {
    account: ActorRef<Account>,
    queue: Queue,
}

/// A row and what became of it.
type Done = (Row, Result<(), Refusal>);

struct Replay {
    staff: Staff,
    customers: HashMap<Arc<str>, Customer>,
    rows: JoinSet<Result<Done, AskError>>,
    flights: Arc<Flights>,
    retries: Arc<Retries>,
    chaos: Option<Chaos>,
    archive: Arc<Archive>,
    tally: Tally,
}

/// Runs the whole file.
///
/// # Errors
///
/// Fails if an actor does and goes on doing so: a refused row is an outcome, a lost answer is not.
pub(crate) async fn run(
    mut rows: Rows<'_>,
    setup: Setup,
    progress: ProgressBar,
) -> Result<Replayed, Failure> {
    let begun = Instant::now();
    let mut replay = Replay::open(setup, rows.lines()).await?;
    for count in 1_usize.. {
        replay.disturb(count);
        match rows.next() {
            Some(Ok(row)) => replay.begin(row).await?,
            Some(Err(malformed)) => replay.tally.skip(malformed),
            None => break,
        }
        if count.is_multiple_of(PROGRESS) {
            progress.set_position(rows.position());
        }
    }
    while replay.finish_one().await? {
        replay.disturb(usize::MAX);
    }
    replay.close(begun).await
}

impl Replay {
    /// Opens a bank that has no customers yet.
    async fn open(Setup { archive, chaos }: Setup, rows: usize) -> Result<Self, Failure> {
        let staff = Staff::start(archive.clone()).await?;
        Ok(Self {
            chaos: chaos.map(|plan| Chaos::new(plan, rows, &staff)),
            staff,
            customers: HashMap::new(),
            rows: JoinSet::new(),
            flights: Arc::default(),
            retries: Arc::new(Retries::new()?),
            archive,
            tally: Tally::default(),
        })
    }

    /// Kills whoever is to be killed before the `nth` row.
    fn disturb(&mut self, nth: usize) {
        if let Some(chaos) = &mut self.chaos {
            chaos.before_row(nth, self.flights.now(), &self.staff.bank);
        }
    }

    /// Sets a row going, as soon as there is room for one more.
    async fn begin(&mut self, row: Row) -> Result<(), Failure> {
        while self.rows.len() >= READ_AHEAD {
            self.finish_one().await?;
        }
        match self.movement(&row).await? {
            Err(refusal) => self.tally.settle(&row, Err(refusal)),
            Ok(movement) => {
                let (flights, retries) = (self.flights.clone(), self.retries.clone());
                let done = movement.carry_out(self.staff.bank.clone(), flights, retries);
                self.rows.spawn(async move { Ok((row, done.await?)) });
            }
        }
        Ok(())
    }

    /// Decides, in the order of the file, which accounts there are, and takes the row's place in their
    /// queues.
    async fn movement(&mut self, row: &Row) -> Result<Result<Movement, Refusal>, Failure> {
        let (from, to, cents) = match &row.transaction {
            Transaction::Open { account, cents } => {
                if self.customers.contains_key(account.as_str()) {
                    return Ok(Err(Refusal::AlreadyOpen));
                }
                self.welcome(account).await?;
                (None, Some(account), *cents)
            }
            Transaction::Deposit { account, cents } => (None, Some(account), *cents),
            Transaction::Withdraw { account, cents } => (Some(account), None, *cents),
            Transaction::Transfer { from, to, .. } if from == to => return Ok(Err(Refusal::ToItself)),
            Transaction::Transfer { from, to, cents } => (Some(from), Some(to), *cents),
        };
        // A row that is refused must not stand in a queue, so look before joining.
        if [from, to].into_iter().flatten().any(|account| !self.customers.contains_key(account.as_str())) {
            return Ok(Err(Refusal::UnknownAccount));
        }
        let slip = Slip { cents, line: row.line, transfer: from.is_some() && to.is_some() };
        Ok(Ok(Movement { from: self.place(from), to: self.place(to), slip }))
    }

    fn place(&mut self, account: Option<&String>) -> Option<Place> {
        let customer = self.customers.get_mut(account?.as_str())?;
        Some(Place { account: customer.account.clone(), turn: customer.queue.join() })
    }

    async fn welcome(&mut self, name: &str) -> Result<(), Failure> {
        let name: Arc<str> = name.into();
        let account = self.staff.open_account(name.clone()).await?;
        if let Some(chaos) = &mut self.chaos {
            chaos.include(&account);
        }
        self.customers.insert(name, Customer { account, queue: Queue::default() });
        Ok(())
    }

    /// Takes in one row that is done; false if none is left.
    async fn finish_one(&mut self) -> Result<bool, Failure> {
        let Some(done) = self.rows.join_next().await else { return Ok(false) };
        let (row, outcome) = done??;
        self.tally.settle(&row, outcome);
        Ok(true)
    }

    /// Asks everybody for their figures.
    ///
    /// An answer may come before the events of its handler, so whoever follows the events is asked when all is quiet.
    async fn close(self, begun: Instant) -> Result<Replayed, Failure> {
        let Staff { bank, ledger, auditor, watch, .. } = &self.staff;
        let strikes = match self.chaos {
            Some(chaos) => Some(chaos.finish(bank).await?),
            None => None,
        };
        let mut balances = Vec::with_capacity(self.customers.len());
        for (name, customer) in self.customers {
            balances.push((name, bank.ask(&customer.account, GetBalance).await?));
        }
        bank.quiet().await;
        let flags = bank.ask(watch, GetFlags).await?;
        bank.quiet().await;
        let audit = bank.ask(auditor, GetAudit).await?;
        let book = bank.ask(ledger, CloseBook).await?;
        let elapsed = begun.elapsed();
        bank.quiet().await;
        let (counters, restarts) = (bank.counters(), self.staff.restarts());
        bank.shutdown().await?;
        Ok(Replayed {
            tally: self.tally,
            balances: balances.into_iter().collect(),
            book,
            audit,
            flags,
            most_in_flight: self.flights.most(),
            retried: (self.retries.rows(), self.retries.tries()),
            restarts,
            strikes,
            archive: self.archive,
            counters,
            elapsed,
        })
    }
}
