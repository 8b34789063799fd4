//! Table test of causes for events: one cause gives the same error, dead letter and counter for each way to publish.

use crate::lab::{
    Announce, Hold, Lab, LabMessage, Note, Path, Reader, Script, Scripted, ScriptedBroker, Sender, outcomes,
};
use airssys_rt::{
    broker::{
        InMemoryMessageBroker, MessageBroker, Outcome, Published, Undeliverable, dead_letters::Reason,
        hook::Hooked,
    },
    mailbox::Overflow,
    prelude::*,
};
use airssys_rt_tests::{on_every_runtime, until};
use std::sync::Arc;
use tokio::sync::Semaphore;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Publish,
    Actor,
    Publisher,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Setup {
    NoSubscriber,
    /// The only subscriber is full and does not let its senders wait.
    Full(Overflow),
    ShutDown,
    Script(Script),
}

struct Row {
    setup: Setup,
    paths: &'static [Path],
    /// What [`ActorSystem::publish`] returns.
    answer: &'static str,
    /// If the event came from outside, and if it came from an actor, which never has it back.
    letters: (Option<Reason>, Option<Reason>),
    outcomes: (Outcome, Outcome),
}

const ALL_PATHS: &[Path] = &[Path::Direct, Path::Monitored, Path::Hook, Path::Broker];
const SCRIPTED_PATHS: &[Path] = &[Path::Hook, Path::Broker];
const BROKER_PATH: &[Path] = &[Path::Broker];

/// The event comes back to a sender outside.
const fn returned(setup: Setup, paths: &'static [Path], answer: &'static str, reason: Reason) -> Row {
    let outcomes = (Outcome::Returned, Outcome::Undelivered(reason));
    Row { setup, paths, answer, letters: (None, Some(reason)), outcomes }
}

/// The event is a dead letter.
const fn dead(setup: Setup, paths: &'static [Path], answer: &'static str, reason: Reason) -> Row {
    let outcome = Outcome::Undelivered(reason);
    Row { setup, paths, answer, letters: (Some(reason), Some(reason)), outcomes: (outcome, outcome) }
}

const fn given_back(reason: Undeliverable) -> Setup {
    Setup::Script(Script::GiveBack(reason))
}

const TABLE: &[Row] = &[
    dead(Setup::NoSubscriber, ALL_PATHS, "Ok(0)", Reason::NoSubscriber),
    dead(Setup::Full(Overflow::Drop), ALL_PATHS, "Ok(0)", Reason::Full),
    dead(Setup::Full(Overflow::Error), ALL_PATHS, "Ok(0)", Reason::Full),
    returned(Setup::ShutDown, ALL_PATHS, "ShuttingDown", Reason::ShuttingDown),
    returned(Setup::Script(Script::Refuse), SCRIPTED_PATHS, "Refused", Reason::Refused),
    dead(Setup::Script(Script::Drop), SCRIPTED_PATHS, "Ok(0)", Reason::Refused),
    returned(Setup::Script(Script::Transport), BROKER_PATH, "Transport", Reason::Transport),
    dead(Setup::Script(Script::Lose), BROKER_PATH, "Lost", Reason::Lost),
    returned(given_back(Undeliverable::Full), BROKER_PATH, "Full", Reason::Full),
    returned(given_back(Undeliverable::Timeout), BROKER_PATH, "Full", Reason::Full),
    returned(given_back(Undeliverable::ShuttingDown), BROKER_PATH, "ShuttingDown", Reason::ShuttingDown),
    dead(given_back(Undeliverable::Dropped), BROKER_PATH, "Ok(0)", Reason::Full),
    dead(given_back(Undeliverable::Expired), BROKER_PATH, "Ok(0)", Reason::Expired),
    dead(given_back(Undeliverable::NoSubscriber), BROKER_PATH, "Ok(0)", Reason::NoSubscriber),
];

/// All rows, all ways, all paths.
#[test]
fn one_cause_has_one_answer_whichever_way_the_event_was_published() {
    on_every_runtime(|| async {
        for row in TABLE {
            for path in row.paths {
                cell(row, *path, Way::Publish).await;
                if row.setup != Setup::ShutDown {
                    cell(row, *path, Way::Actor).await;
                    cell(row, *path, Way::Publisher).await;
                }
            }
        }
    });
}

async fn cell(row: &Row, path: Path, way: Way) {
    let script = match row.setup {
        Setup::Script(script) => script,
        _ => Script::Pass,
    };
    let config = SystemConfig::default().with_unsubscribed_events_as_dead_letters(true);
    match path {
        Path::Direct | Path::Monitored => {
            let lab = ActorSystem::<Lab, _>::with_broker(config, InMemoryMessageBroker::new()).await;
            run(lab.expect("it starts"), row, path, way).await;
        }
        Path::Hook => {
            let broker = Hooked::new(InMemoryMessageBroker::new()).with(Scripted::new(script));
            let lab = ActorSystem::<Lab, _>::with_broker(config, broker).await;
            run(lab.expect("it starts"), row, path, way).await;
        }
        Path::Broker => {
            let lab = ActorSystem::<Lab, _>::with_broker(config, ScriptedBroker::new(script)).await;
            run(lab.expect("it starts"), row, path, way).await;
        }
    }
}

async fn run<B: MessageBroker<LabMessage>>(lab: ActorSystem<Lab, B>, row: &Row, path: Path, way: Way) {
    let case = format!("{:?} / {path:?} / {way:?}", row.setup);
    let sender = lab.spawn(Sender).await.expect("it starts");
    let gate = Arc::new(Semaphore::new(0));
    if row.setup != Setup::NoSubscriber {
        let reader = lab.spawn(Reader { gate: gate.clone() });
        let reader = match row.setup {
            Setup::Full(overflow) => reader.capacity(1).overflow(overflow),
            _ => reader,
        };
        let reader = reader.await.expect("it starts");
        if matches!(row.setup, Setup::Full(_)) {
            lab.tell(&reader, Hold { fails: false }).await.expect("it is sent");
        }
    }
    if row.setup == Setup::ShutDown {
        lab.shutdown().await.expect("no actor is aborted");
    }
    let monitor = (path != Path::Direct && row.setup != Setup::ShutDown).then(|| lab.monitor(1000));
    let before = lab.counters();
    match way {
        Way::Publish => assert_eq!(answer(lab.publish(Note).await), row.answer, "the answer of {case}"),
        Way::Actor => drop(lab.tell(&sender, Announce { publisher: false }).await.expect("it is sent")),
        Way::Publisher => drop(lab.tell(&sender, Announce { publisher: true }).await.expect("it is sent")),
    }
    until("the sender has published", || sender.queue_depth() == 0).await;
    gate.add_permits(1);
    if row.setup != Setup::ShutDown {
        lab.idle().await;
    }

    let (letter, outcome) = match way {
        Way::Publish => (row.letters.0, row.outcomes.0),
        Way::Actor | Way::Publisher => (row.letters.1, row.outcomes.1),
    };
    let letters = lab.dead_letters().inspect();
    let reasons: Vec<_> = letters.iter().map(|letter| letter.reason).collect();
    assert_eq!(reasons, Vec::from_iter(letter), "the dead letters of {case}");
    let after = lab.counters();
    let counted = (after.expired - before.expired, after.dead - before.dead);
    let expired = u64::from(letter == Some(Reason::Expired));
    assert_eq!(counted, (expired, u64::from(letter.is_some()) - expired), "expired, dead of {case}");
    if let Some(mut monitor) = monitor {
        assert_eq!(outcomes(&mut monitor, "Note"), [outcome], "the outcome of {case}");
    }
}

/// What [`ActorSystem::publish`] says. An error gives the event back, except a lost one.
fn answer(result: Result<Published, PublishError<Note>>) -> String {
    let text = match &result {
        Ok(published) => return format!("Ok({})", published.receivers),
        Err(PublishError::ShuttingDown(_)) => "ShuttingDown",
        Err(PublishError::Refused(_)) => "Refused",
        Err(PublishError::Full(_)) => "Full",
        Err(PublishError::Transport(_)) => "Transport",
        Err(PublishError::Lost) => "Lost",
        Err(other) => panic!("no row for {other}"),
    };
    let event = result.expect_err("it is an error").into_event();
    assert_eq!(event.is_none(), text == "Lost", "the event comes back");
    text.to_owned()
}
