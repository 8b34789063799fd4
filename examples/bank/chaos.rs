//! Kills actors while rows are in flight, for `--chaos`. The seed determines the times and the targets.

use std::collections::{BTreeMap, VecDeque};

use airssys_rt::actor::HandledBy;
use airssys_rt::prelude::*;
use airssys_rt::system::HostedBy;
use fastrand::Rng;
use tokio::task::JoinSet;

use crate::actors::{Account, Auditor, Bank, Crash, FraudWatch, Ledger};
use crate::supervision::RunningBank;

/// One kill in this many is a panic in a handler.
const PANIC_ONE_IN: u32 = 5;

/// A kill is postponed until enough rows are in flight, by at most one in this many parts of the file. With few accounts
/// there may never be enough.
const MAX_DELAY_FRACTION: usize = 20;

/// The number of kills, the seed and the load at which kills happen.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plan {
    pub(crate) kills: usize,
    pub(crate) seed: u64,
    /// Minimum number of rows in flight for a kill.
    pub(crate) busy: usize,
}

/// An actor that can be killed.
pub(crate) enum Target {
    Ledger(ActorRef<Ledger>),
    Auditor(ActorRef<Auditor>),
    FraudWatch(ActorRef<FraudWatch>),
    Account(ActorRef<Account>),
}

/// What chaos has done.
#[derive(Debug, Default)]
pub(crate) struct ChaosReport {
    /// Number of kills by actor type.
    pub(crate) kills: BTreeMap<&'static str, u64>,
    /// Number of kills that were panics.
    pub(crate) panics: u64,
    /// The smallest number of rows in flight at a kill.
    pub(crate) least_in_flight: Option<usize>,
}

pub(crate) struct Chaos {
    rng: Rng,
    busy: usize,
    /// The longest delay of a kill, in rows.
    max_delay: usize,
    /// The rows before which an actor is killed, in order.
    due: VecDeque<usize>,
    /// All actors, in the order in which they were started.
    targets: Vec<Target>,
    kills: JoinSet<()>,
    report: ChaosReport,
}

impl Chaos {
    /// Spreads the kills over `rows` rows.
    pub(crate) fn new(plan: Plan, rows: usize, running: &RunningBank) -> Self {
        let Plan { kills, seed, busy } = plan;
        let mut rng = Rng::with_seed(seed);
        let max_delay = rows / MAX_DELAY_FRACTION;
        let last = (rows - max_delay).max(1);
        let mut due: Vec<_> = (0..kills).map(|_| rng.usize(1..=last)).collect();
        due.sort_unstable();
        let targets = vec![
            Target::Ledger(running.ledger.clone()),
            Target::Auditor(running.auditor.clone()),
            Target::FraudWatch(running.watch.clone()),
        ];
        Self {
            rng,
            busy,
            max_delay,
            due: due.into(),
            targets,
            kills: JoinSet::new(),
            report: ChaosReport::default(),
        }
    }

    /// Adds an account to the targets.
    pub(crate) fn include(&mut self, account: &ActorRef<Account>) {
        self.targets.push(Target::Account(account.clone()));
    }

    /// Carries out the kills that are due before the `nth` row; after the last row, `nth` is larger than any row.
    pub(crate) fn before_row(&mut self, nth: usize, in_flight: usize, bank: &ActorSystem<Bank>) {
        while let Some(due) = self.due.front()
            && *due <= nth
            && (in_flight >= self.busy || nth - due > self.max_delay)
        {
            self.kill_next(in_flight, bank);
        }
    }

    fn kill_next(&mut self, in_flight: usize, bank: &ActorSystem<Bank>) {
        self.due.pop_front();
        let target = &self.targets[self.rng.usize(..self.targets.len())];
        let panics = self.rng.u32(..PANIC_ONE_IN) == 0;
        *self.report.kills.entry(target.actor_type()).or_default() += 1;
        self.report.panics += u64::from(panics);
        let least = self.report.least_in_flight.map_or(in_flight, |least| least.min(in_flight));
        self.report.least_in_flight = Some(least);
        let bank = bank.clone();
        match target {
            Target::Ledger(actor) => self.kills.spawn(kill(bank, actor.clone(), panics)),
            Target::Auditor(actor) => self.kills.spawn(kill(bank, actor.clone(), panics)),
            Target::FraudWatch(actor) => self.kills.spawn(kill(bank, actor.clone(), panics)),
            Target::Account(actor) => self.kills.spawn(kill(bank, actor.clone(), panics)),
        };
    }

    /// Carries out the remaining kills and waits for all kills.
    ///
    /// # Errors
    ///
    /// If a task panicked.
    pub(crate) async fn finish(
        mut self,
        bank: &ActorSystem<Bank>,
    ) -> Result<ChaosReport, tokio::task::JoinError> {
        while !self.due.is_empty() {
            self.kill_next(0, bank);
        }
        while let Some(killed) = self.kills.join_next().await {
            killed?;
        }
        Ok(self.report)
    }
}

impl Target {
    fn actor_type(&self) -> &'static str {
        match self {
            Self::Ledger(_) => Ledger::NAME,
            Self::Auditor(_) => Auditor::NAME,
            Self::FraudWatch(_) => FraudWatch::NAME,
            Self::Account(_) => Account::NAME,
        }
    }
}

async fn kill<A: HostedBy<Bank>>(bank: ActorSystem<Bank>, actor: ActorRef<A>, panics: bool)
where
    Crash: HandledBy<A>,
{
    if panics {
        // All actors are permanent, so the message arrives.
        let _ = bank.tell(&actor, Crash).await;
    } else {
        bank.kill(&actor).await;
    }
}

/// Suppresses the panic messages of planned panics.
pub(crate) fn silence_planned_panics() {
    let previous_hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if panic.payload_as_str() != Some(Crash::TEXT) {
            previous_hook(panic);
        }
    }));
}
