//! Replays the file on the actors: one task a row, accounts side by side, the rows of one account in order.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::time::Duration;

use airssys_rt::observe::Counters;
use airssys_rt::prelude::*;
use indicatif::ProgressBar;
use tokio::task::JoinSet;
use tokio::time::Instant;

use crate::Failure;
use crate::actors::{Account, Audit, Auditor, Bank, Book, Flag, FraudWatch, Ledger};
use crate::actors::{CloseBook, GetAudit, GetBalance, GetFlags, Slip};
use crate::balances::Balances;
use crate::movement::{Movement, Place};
use crate::tally::{Refusal, Tally};
use crate::transactions::{Row, Rows, Transaction};
use crate::turns::{Flights, Queue};

/// Rows that have been read and are not done: in flight, or waiting for their turn.
const READ_AHEAD: usize = 256;
/// How often the progress bar hears of it, in rows.
const PROGRESS: usize = 1024;

/// What the replay found.
#[derive(Debug)]
pub(crate) struct Replayed {
    pub(crate) tally: Tally,
    pub(crate) balances: Balances,
    pub(crate) book: Book,
    pub(crate) audit: Audit,
    pub(crate) flags: BTreeSet<Flag>,
    pub(crate) most_in_flight: usize,
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
    bank: ActorSystem<Bank>,
    ledger: ActorRef<Ledger>,
    auditor: ActorRef<Auditor>,
    watch: ActorRef<FraudWatch>,
    customers: HashMap<Arc<str>, Customer>,
    rows: JoinSet<Result<Done, AskError>>,
    flights: Arc<Flights>,
    tally: Tally,
}

/// Runs the whole file.
///
/// # Errors
///
/// Fails if an actor does: a refused row is an outcome, a lost answer is not.
pub(crate) async fn run(mut rows: Rows<'_>, progress: ProgressBar) -> Result<Replayed, Failure> {
    let begun = Instant::now();
    let mut replay = Replay::open().await?;
    for count in 1_usize.. {
        match rows.next() {
            Some(Ok(row)) => replay.begin(row).await?,
            Some(Err(malformed)) => replay.tally.skip(malformed),
            None => break,
        }
        if count.is_multiple_of(PROGRESS) {
            progress.set_position(rows.position());
        }
    }
    while replay.finish_one().await? {}
    replay.close(begun).await
}

impl Replay {
    /// Opens a bank that has no customers yet.
    async fn open() -> Result<Self, Failure> {
        let bank = ActorSystem::<Bank>::start(SystemConfig::default()).await?;
        Ok(Self {
            ledger: bank.spawn(Ledger::default()).await?,
            // These two hear of every event published from here on, because they declare it; nobody is told
            // of them.
            auditor: bank.spawn(Auditor::default()).await?,
            watch: bank.spawn(FraudWatch::default()).await?,
            bank,
            customers: HashMap::new(),
            rows: JoinSet::new(),
            flights: Arc::default(),
            tally: Tally::default(),
        })
    }

    /// Sets a row going, as soon as there is room for one more.
    async fn begin(&mut self, row: Row) -> Result<(), Failure> {
        while self.rows.len() >= READ_AHEAD {
            self.finish_one().await?;
        }
        match self.movement(&row).await? {
            Err(refusal) => self.tally.settle(&row, Err(refusal)),
            Ok(movement) => {
                let (bank, flights) = (self.bank.clone(), self.flights.clone());
                self.rows.spawn(async move { Ok((row, movement.carry_out(&bank, &flights).await?)) });
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
        let account = self.bank.spawn(Account::new(name.clone(), self.ledger.clone())).named(&*name).await?;
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
    /// An answer may come before the events of its handler, but an actor turns to its next message only after
    /// they have left. So the order here counts: when every account has told its balance, all events are in
    /// the mailboxes of the fraud watch and the auditor, and when the fraud watch has answered, its own are
    /// with the auditor.
    async fn close(self, begun: Instant) -> Result<Replayed, Failure> {
        let mut balances = Vec::with_capacity(self.customers.len());
        for (name, customer) in self.customers {
            balances.push((name, self.bank.ask(&customer.account, GetBalance).await?));
        }
        let flags = self.bank.ask(&self.watch, GetFlags).await?;
        let audit = self.bank.ask(&self.auditor, GetAudit).await?;
        let book = self.bank.ask(&self.ledger, CloseBook).await?;
        let elapsed = begun.elapsed();
        let counters = self.bank.counters();
        self.bank.shutdown().await?;
        Ok(Replayed {
            tally: self.tally,
            balances: balances.into_iter().collect(),
            book,
            audit,
            flags,
            most_in_flight: self.flights.most(),
            counters,
            elapsed,
        })
    }
}
