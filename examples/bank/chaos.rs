//! Kills actors while rows are in flight, as `--chaos` asks for. The seed says when and whom.

use std::collections::{BTreeMap, VecDeque};

use airssys_rt::actor::HandledBy;
use airssys_rt::prelude::*;
use airssys_rt::system::HostedBy;
use fastrand::Rng;
use tokio::task::JoinSet;

use crate::actors::{Account, Auditor, Bank, Crash, FraudWatch, Ledger};
use crate::staff::Staff;

/// One in so many is not killed but made to panic in a handler.
const PANICS: u32 = 5;

/// For one part in so many of the file a kill waits until enough rows are in flight. With few accounts there may never be
/// enough.
const PATIENCE: usize = 20;

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plan {
    pub(crate) kills: usize,
    pub(crate) seed: u64,
    /// Nobody should be killed while fewer rows are in flight than this.
    pub(crate) busy: usize,
}

/// Somebody who can be killed.
pub(crate) enum Victim {
    Ledger(ActorRef<Ledger>),
    Auditor(ActorRef<Auditor>),
    FraudWatch(ActorRef<FraudWatch>),
    Account(ActorRef<Account>),
}

/// What was done.
#[derive(Debug, Default)]
pub(crate) struct Strikes {
    /// By type of actor.
    pub(crate) kills: BTreeMap<&'static str, u64>,
    /// How many of these were panics.
    pub(crate) panics: u64,
    /// The fewest rows that were in flight at a kill.
    pub(crate) least_in_flight: Option<usize>,
}

pub(crate) struct Chaos {
    rng: Rng,
    busy: usize,
    /// In rows.
    patience: usize,
    /// The rows before which somebody is killed, in order.
    due: VecDeque<usize>,
    /// Everybody, in the order in which they were started.
    victims: Vec<Victim>,
    strikes: JoinSet<()>,
    done: Strikes,
}

impl Chaos {
    /// Spreads the kills over so many rows.
    pub(crate) fn new(plan: Plan, rows: usize, staff: &Staff) -> Self {
        let Plan { kills, seed, busy } = plan;
        let mut rng = Rng::with_seed(seed);
        let patience = rows / PATIENCE;
        let last = (rows - patience).max(1);
        let mut due: Vec<_> = (0..kills).map(|_| rng.usize(1..=last)).collect();
        due.sort_unstable();
        let victims = vec![
            Victim::Ledger(staff.ledger.clone()),
            Victim::Auditor(staff.auditor.clone()),
            Victim::FraudWatch(staff.watch.clone()),
        ];
        Self {
            rng,
            busy,
            patience,
            due: due.into(),
            victims,
            strikes: JoinSet::new(),
            done: Strikes::default(),
        }
    }

    /// From now on it can hit this account as well.
    pub(crate) fn include(&mut self, account: &ActorRef<Account>) {
        self.victims.push(Victim::Account(account.clone()));
    }

    /// The `nth` row is about to begin, or a row after the last one would be.
    pub(crate) fn before_row(&mut self, nth: usize, in_flight: usize, bank: &ActorSystem<Bank>) {
        while let Some(due) = self.due.front()
            && *due <= nth
            && (in_flight >= self.busy || nth - due > self.patience)
        {
            self.strike(in_flight, bank);
        }
    }

    fn strike(&mut self, in_flight: usize, bank: &ActorSystem<Bank>) {
        self.due.pop_front();
        let victim = &self.victims[self.rng.usize(..self.victims.len())];
        let panics = self.rng.u32(..PANICS) == 0;
        *self.done.kills.entry(victim.kind()).or_default() += 1;
        self.done.panics += u64::from(panics);
        let least = self.done.least_in_flight.map_or(in_flight, |least| least.min(in_flight));
        self.done.least_in_flight = Some(least);
        let bank = bank.clone();
        match victim {
            Victim::Ledger(actor) => self.strikes.spawn(hit(bank, actor.clone(), panics)),
            Victim::Auditor(actor) => self.strikes.spawn(hit(bank, actor.clone(), panics)),
            Victim::FraudWatch(actor) => self.strikes.spawn(hit(bank, actor.clone(), panics)),
            Victim::Account(actor) => self.strikes.spawn(hit(bank, actor.clone(), panics)),
        };
    }

    /// Kills whoever is left to be killed, and waits for all of them to be hit.
    ///
    /// # Errors
    ///
    /// If a task panicked.
    pub(crate) async fn finish(
        mut self,
        bank: &ActorSystem<Bank>,
    ) -> Result<Strikes, tokio::task::JoinError> {
        while !self.due.is_empty() {
            self.strike(0, bank);
        }
        while let Some(struck) = self.strikes.join_next().await {
            struck?;
        }
        Ok(self.done)
    }
}

impl Victim {
    fn kind(&self) -> &'static str {
        match self {
            Self::Ledger(_) => Ledger::NAME,
            Self::Auditor(_) => Auditor::NAME,
            Self::FraudWatch(_) => FraudWatch::NAME,
            Self::Account(_) => Account::NAME,
        }
    }
}

async fn hit<A: HostedBy<Bank>>(bank: ActorSystem<Bank>, actor: ActorRef<A>, panics: bool)
where
    Crash: HandledBy<A>,
{
    if panics {
        // All actors are permanent, so this arrives.
        let _ = bank.tell(&actor, Crash).await;
    } else {
        bank.kill(&actor).await;
    }
}

/// Keeps the panics that are meant off the terminal.
pub(crate) fn hush() {
    let loud = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if panic.payload_as_str() != Some(Crash::TEXT) {
            loud(panic);
        }
    }));
}
