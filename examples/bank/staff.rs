//! Who works in the bank, and who starts them again.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use airssys_rt::prelude::*;
use airssys_rt::system::{DynamicRef, DynamicSupervisor};

use crate::Failure;
use crate::actors::{Account, Auditor, Bank, FraudWatch, Ledger};
use crate::book::Archive;

/// So many restarts are granted within `PERIOD`, to the accounts together and to the others together. Nobody can use
/// them up by kills from outside; an actor that fails whenever it starts uses them up at once, and the bank closes.
const RESTARTS: u32 = 10_000;
const PERIOD: Duration = Duration::from_secs(1);

/// The bank with everybody who works in it. All of them are permanent, and begin again with what the book says.
pub(crate) struct Staff {
    pub(crate) bank: ActorSystem<Bank>,
    pub(crate) ledger: ActorRef<Ledger>,
    pub(crate) auditor: ActorRef<Auditor>,
    pub(crate) watch: ActorRef<FraudWatch>,
    root: SupervisorRef<Bank>,
    accounts: DynamicRef<Account>,
}

impl Staff {
    /// Opens a bank that has no customers yet.
    pub(crate) async fn start(archive: Arc<Archive>) -> Result<Self, Failure> {
        let bank = ActorSystem::<Bank>::start(SystemConfig::default()).await?;
        // Addresses stay valid over restarts, so whoever fails need not take others along.
        let tree = Supervisor::one_for_one("bank")
            .restarts(RESTARTS, PERIOD)
            .child(Child::new("ledger", move |_| Ledger::new(archive.clone())))
            // These two hear of every event published from here on, because they declare it; nobody is told of them.
            .child(Child::new("auditor", |bank| Auditor::new(bank.actor("ledger"))))
            .child(Child::new("fraud watch", |bank| FraudWatch::new(bank.actor("ledger"))))
            .dynamic(DynamicSupervisor::<Account>::new("accounts").restarts(RESTARTS, PERIOD));
        let root = bank.supervise(tree).await?;
        let gone = || Failure::from("the bank closed while it opened");
        Ok(Self {
            ledger: root.actor("ledger").ok_or_else(gone)?,
            auditor: root.actor("auditor").ok_or_else(gone)?,
            watch: root.actor("fraud watch").ok_or_else(gone)?,
            accounts: root.dynamic("accounts").ok_or_else(gone)?,
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

    /// How often actors of each type were started again.
    pub(crate) fn restarts(&self) -> BTreeMap<&'static str, u64> {
        let mut restarts = BTreeMap::new();
        for child in self.root.children().iter().chain(&self.accounts.children()) {
            *restarts.entry(child.actor).or_default() += u64::from(child.restarts);
        }
        restarts
    }
}
