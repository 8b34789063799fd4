//! Starts the bank: its system, its actors and their supervision tree.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use airssys_rt::prelude::*;
use airssys_rt::supervisor::{DynamicRef, DynamicSupervisor};

use crate::Failure;
use crate::actors::{Account, Auditor, Bank, FraudWatch, Ledger};
use crate::book::JournalStore;

/// Maximum number of restarts within `PERIOD`, for all accounts together and for all other actors together. Kills from
/// outside cannot use them up; an actor that fails at every start uses them up immediately, and the bank closes.
const MAX_RESTARTS: u32 = 10_000;
const PERIOD: Duration = Duration::from_secs(1);

/// A running bank with its actors. All actors are permanent; after a restart they rebuild their state from the book.
pub(crate) struct RunningBank {
    pub(crate) bank: ActorSystem<Bank>,
    pub(crate) ledger: ActorRef<Ledger>,
    pub(crate) auditor: ActorRef<Auditor>,
    pub(crate) watch: ActorRef<FraudWatch>,
    root: SupervisorRef<Bank>,
    accounts: DynamicRef<Account>,
}

impl RunningBank {
    /// Starts a bank without accounts.
    pub(crate) async fn start(store: Arc<JournalStore>) -> Result<Self, Failure> {
        let bank = ActorSystem::<Bank>::start(SystemConfig::default()).await?;
        // Addresses stay valid after a restart, so the failure of one child does not require a restart of others.
        let tree = Supervisor::one_for_one("bank")
            .restarts(MAX_RESTARTS, PERIOD)
            .child(Child::new("ledger", move |_| Ledger::new(store.clone())))
            // These two receive every event published from now on, because their handlers declare the subscription.
            .child(Child::new("auditor", |bank| Auditor::new(bank.actor("ledger"))))
            .child(Child::new("fraud watch", |bank| FraudWatch::new(bank.actor("ledger"))))
            .dynamic(DynamicSupervisor::<Account>::new("accounts").restarts(MAX_RESTARTS, PERIOD));
        let root = bank.supervise(tree).await?;
        let stopped = || Failure::from("the bank stopped during its start");
        Ok(Self {
            ledger: root.actor("ledger").ok_or_else(stopped)?,
            auditor: root.actor("auditor").ok_or_else(stopped)?,
            watch: root.actor("fraud watch").ok_or_else(stopped)?,
            accounts: root.dynamic("accounts").ok_or_else(stopped)?,
            bank,
            root,
        })
    }

    /// Opens an account.
    pub(crate) async fn open_account(&self, name: Arc<str>) -> Result<ActorRef<Account>, Failure> {
        let ledger = self.ledger.clone();
        let account = Child::new(name.clone(), {
            let name = name.clone();
            move |_| Account::new(name.clone(), ledger.clone())
        });
        Ok(self.accounts.start_child(account.named(name)).await?)
    }

    /// Returns the number of restarts by actor type.
    pub(crate) fn restarts(&self) -> BTreeMap<&'static str, u64> {
        let mut restarts = BTreeMap::new();
        for child in self.root.children().iter().chain(&self.accounts.children()) {
            *restarts.entry(child.actor).or_default() += u64::from(child.restarts);
        }
        restarts
    }
}
