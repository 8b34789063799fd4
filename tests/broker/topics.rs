//! Filtered taps: by topic pattern, and by a function that decides before the message is copied.

use airssys_rt::broker::{Received, TopicPattern, TryRecvError};
use airssys_rt_tests::{
    bank::{Account, Balance, Deposit},
    on_every_runtime,
};

/// BR-12
#[test]
fn a_pattern_matches_its_topics() {
    let table = [
        ("a.b.c", "a.b.c", true),
        ("a.b.c", "a.b", false),
        ("a.b", "a.b.c", false),
        ("a.*.c", "a.b.c", true),
        ("a.*.c", "a.b.d", false),
        ("a.*.c", "a.c", false),
        ("a.*", "a.b.c", false),
        ("a.>", "a.b", true),
        ("a.>", "a.b.c.d", true),
        ("a.>", "a", false),
        ("a.>", "b.c", false),
        (">", "a", true),
        ("*", "a", true),
        ("*", "a.b", false),
    ];
    for (pattern, topic, matches) in table {
        let parsed: TopicPattern = pattern.parse().unwrap();
        assert_eq!(parsed.matches(topic), matches, "{pattern} and {topic}");
        assert_eq!(parsed.to_string(), pattern);
    }
    for invalid in ["", ".", "a.", ".a", "a..b", "a.>.b", ">.a", "a*.b", "a.b>", "a b"] {
        let error = invalid.parse::<TopicPattern>().unwrap_err();
        assert!(error.to_string().starts_with(&format!("`{invalid}` is no pattern of topics: ")), "{error}");
    }
}

/// D14
#[test]
fn a_tap_of_a_topic_observes_only_that_topic() {
    on_every_runtime(|| async {
        let bank = airssys_rt_tests::bank::bank().await;
        let account = bank.spawn(Account::default()).await.unwrap();
        let mut deposits = bank.subscribe_to("Account.Deposit".parse().unwrap(), 8).unwrap();
        let mut all = bank.subscribe_to("*.*".parse().unwrap(), 8).unwrap();
        let mut events = bank.subscribe_to("Event.>".parse().unwrap(), 8).unwrap();
        bank.ask(&account, Balance).await.unwrap();
        bank.ask(&account, Deposit(5)).await.unwrap();
        let Ok(Received::Item(seen)) = deposits.try_recv() else { panic!("the deposit was not observed") };
        assert_eq!(seen.message().get::<Account, Deposit>().map(|deposit| deposit.0), Some(5));
        assert_eq!(deposits.try_recv().err(), Some(TryRecvError::Empty));
        assert_eq!(all.try_recv().map(names).unwrap(), ("Account", "Balance"));
        assert_eq!(all.try_recv().map(names).unwrap(), ("Account", "Deposit"));
        bank.idle().await;
        while let Ok(event) = events.try_recv() {
            assert_eq!(names(event).0, "Event");
        }
    });
}

fn names<M>(received: Received<airssys_rt::envelope::Envelope<M>>) -> (&'static str, &'static str) {
    let Received::Item(envelope) = received else { panic!("something was missed") };
    (envelope.meta().receiver_type(), envelope.meta().message_type())
}

/// D15: a message that the filter rejects uses no capacity of the tap.
#[test]
fn a_filter_decides_before_anything_is_copied() {
    on_every_runtime(|| async {
        let bank = airssys_rt_tests::bank::bank().await;
        let account = bank.spawn(Account::default()).await.unwrap();
        let wanted = |envelope: &airssys_rt::envelope::Envelope<_>| {
            let message: &airssys_rt_tests::bank::BankMessage = envelope.message();
            message.get::<Account, Deposit>().is_some_and(|deposit| deposit.0 > 90)
        };
        let mut large = bank.subscribe_where(10, wanted).unwrap();
        for cents in 1..=100 {
            bank.ask(&account, Deposit(cents)).await.unwrap();
        }
        for cents in 91..=100 {
            let Ok(Received::Item(seen)) = large.try_recv() else { panic!("{cents} was not observed") };
            assert_eq!(seen.message().get::<Account, Deposit>().map(|deposit| deposit.0), Some(cents));
        }
        assert_eq!(large.try_recv().err(), Some(TryRecvError::Empty), "nothing was missed");
    });
}

/// BR-13: a dropped tap of a topic leaves nothing behind: the system goes back to the direct path.
#[test]
fn a_hundred_thousand_dropped_topic_taps_leave_nothing_behind() {
    on_every_runtime(|| async {
        let bank = airssys_rt_tests::bank::bank().await;
        for topic in 0..100_000 {
            drop(bank.subscribe_to(format!("Topic{topic}.>").parse().unwrap(), 1).unwrap());
        }
        assert!(format!("{:?}", bank.broker()).contains("taps: 0"), "{:?}", bank.broker());
    });
}
