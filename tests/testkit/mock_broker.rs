//! Mock brokers of the test kit: they record and deliver envelopes.

use crate::{assert_contains, text};
use airssys_rt::{prelude::*, testkit::MockMessageBroker};
use airssys_rt_tests::{
    Double, Lab, Scribe,
    bank::{Account, Auditor, Balance, BankMessage, Deposit, Teller, Transfer, bank_with},
    on_every_runtime, paused, with_time_limit,
};
use std::{cell::RefCell, panic::AssertUnwindSafe};

/// N1
#[test]
fn a_mock_broker_records_and_delivers_envelopes() {
    on_every_runtime(|| async {
        let broker = MockMessageBroker::new().keeping_copies();
        let bank = bank_with(broker.clone()).await;
        let (from, to) = (
            bank.spawn(Account { cents: 100, ..Account::default() }).await.unwrap(),
            bank.spawn(Account::default()).await.unwrap(),
        );
        let (teller, auditors) = (bank.spawn(Teller).await.unwrap(), [(); 2].map(|()| Auditor::default()));
        for auditor in auditors {
            bank.spawn(auditor).await.unwrap();
        }
        let transfer = Transfer { from: from.clone(), to: to.clone(), cents: 40 };
        assert_eq!(bank.ask(&teller, transfer).await, Ok(true));
        bank.idle().await;

        let metas = broker.metas();
        let types: Vec<_> = metas.iter().map(|meta| meta.message_type()).collect();
        assert_eq!(types, ["Transfer", "Withdraw", "Deposit", "Moved"]);
        assert_eq!((metas[1].sender(), metas[1].recipient()), (Some(teller.id()), Some(from.id())));
        let published = broker.published();
        assert_eq!(published[2].message().get::<Account, Deposit>().unwrap().0, 40);
        assert_eq!((broker.count_of("Moved"), published.len()), (1, 4));
        assert_eq!(
            bank.ask(&to, Balance).await,
            Ok(40),
            "a copy has no reply slot, and everything was delivered"
        );
        broker.clear();
        assert!(broker.metas().is_empty() && broker.published().is_empty());
    });
}

/// N1: of messages that are not `Clone` the metadata is recorded.
#[tokio::test]
async fn a_mock_broker_needs_no_copies() {
    let broker = MockMessageBroker::new();
    let lab = ActorSystem::<Lab, _>::with_broker(SystemConfig::default(), broker.clone()).await.unwrap();
    let scribe = lab.spawn(Scribe::default()).await.unwrap();
    assert_eq!(lab.ask(&scribe, Double(4)).await, Ok(8));
    assert!(broker.metas()[0].is_request());
}

#[test]
fn a_mock_broker_without_copies_explains_how_to_enable_them() {
    let broker = MockMessageBroker::<BankMessage>::new();
    let said = text(std::panic::catch_unwind(AssertUnwindSafe(|| broker.published().len())).unwrap_err());
    assert_contains(&said, &["keeps no copies", "keeping_copies()"]);
}

thread_local! {
    static ON_CLONE: RefCell<Option<Box<dyn FnOnce()>>> = const { RefCell::new(None) };
}

/// A message whose `Clone` runs code of the test.
#[message]
struct Sheet(u64);

impl Clone for Sheet {
    fn clone(&self) -> Self {
        if let Some(action) = ON_CLONE.with(|next| next.borrow_mut().take()) {
            action();
        }
        Sheet(self.0)
    }
}

struct Printer;

#[actor]
impl Printer {
    #[handler]
    fn sheet(&mut self, _: Sheet) {}
}

#[actor_system(actors(Printer))]
struct Office;

fn sheets(broker: &MockMessageBroker<OfficeMessage>) -> Vec<u64> {
    let sheets = broker.published();
    sheets.iter().filter_map(|sheet| sheet.message().get::<Printer, Sheet>()).map(|sheet| sheet.0).collect()
}

/// `Clone` of a recorded copy is user code: it may use the broker and send, and after its panic no record is missing.
#[test]
fn the_clone_of_a_recorded_copy_may_use_the_broker_and_may_panic() {
    with_time_limit(|| {
        paused().block_on(async {
            let broker = MockMessageBroker::new().keeping_copies();
            let office =
                ActorSystem::<Office, _>::with_broker(SystemConfig::default(), broker.clone()).await.unwrap();
            let printer = office.spawn(Printer).await.unwrap();
            for n in 0..3 {
                office.tell(&printer, Sheet(n)).await.unwrap();
            }
            ON_CLONE.set(Some(Box::new(|| panic!("no more paper"))));
            std::panic::catch_unwind(AssertUnwindSafe(|| broker.published().len())).unwrap_err();
            assert_eq!(sheets(&broker), [0, 1, 2]);

            let (other, system) = (broker.clone(), office.clone());
            ON_CLONE.set(Some(Box::new(move || {
                assert_eq!(other.count_of("Sheet"), 3);
                assert!(other.published().is_empty(), "the records are being copied");
                system.try_tell(&printer, Sheet(3)).unwrap();
            })));
            assert_eq!(sheets(&broker), [0, 1, 2]);
            assert_eq!(sheets(&broker), [0, 1, 2, 3], "those that were recorded meanwhile come after them");
        });
    });
}
