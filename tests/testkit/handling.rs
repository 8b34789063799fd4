//! Broker hooks: a hook is notified when a handler begins.

use airssys_rt::{
    broker::{InMemoryMessageBroker, Outcome, hook::Hook, hook::Hooked},
    envelope::Meta,
};
use airssys_rt_tests::{
    Log,
    bank::{Account, Deposit, Withdraw, bank_with},
};
use std::{sync::Arc, time::Duration};

#[derive(Clone)]
struct Steps(Log, &'static str);

impl<M> Hook<M> for Steps {
    fn handling(&self, meta: &Meta) {
        self.0.add(format!("{} begins {}", self.1, meta.message_type()));
    }

    fn after(&self, meta: &Meta, outcome: Outcome) {
        if let Outcome::Handled { .. } | Outcome::Dead(_) = outcome {
            self.0.add(format!("{} ends {}", self.1, meta.message_type()));
        }
    }
}

/// G2: `handling` runs right before a handler begins, the first hook first, and not for messages that are not handled.
#[tokio::test(start_paused = true)]
async fn a_hook_is_notified_when_a_handler_begins() {
    let log = Log::default();
    let broker = Hooked::new(InMemoryMessageBroker::new())
        .with(Steps(log.clone(), "first"))
        .with(Steps(log.clone(), "last"));
    let bank = bank_with(broker).await;
    let account = bank.spawn(Account { log: log.clone(), ..Account::default() }).await.unwrap();
    bank.ask(&account, Deposit(1)).await.unwrap();
    bank.idle().await;
    let gate = Arc::new(tokio::sync::Semaphore::new(0));
    bank.tell(&account, airssys_rt_tests::bank::Inspect(gate.clone())).await.unwrap();
    bank.tell(&account, Withdraw(1)).ttl(Duration::from_secs(1)).await.unwrap();
    tokio::time::sleep(Duration::from_secs(2)).await;
    gate.add_permits(1);
    bank.idle().await;
    assert_eq!(
        log.read(),
        [
            "first begins Deposit",
            "last begins Deposit",
            "+1",
            "last ends Deposit",
            "first ends Deposit",
            "first begins Inspect",
            "last begins Inspect",
            "last ends Inspect",
            "first ends Inspect",
            "last ends Withdraw",
            "first ends Withdraw",
        ]
    );
}
