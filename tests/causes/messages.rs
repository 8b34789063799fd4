//! Table test of causes for tells and asks: one cause gives the same error, dead letter and counter each way.

use crate::lab::{
    FAILS, Hold, Inside, Job, Lab, LabMessage, Path, Relay, Script, Scripted, ScriptedBroker, Sender, Target,
    asked, outcomes, sent,
};
use airssys_rt::{
    actor::OnRestart,
    broker::{
        InMemoryMessageBroker, MessageBroker, Outcome, Undeliverable, dead_letters::Reason, hook::Hooked,
    },
    mailbox::Overflow,
    prelude::*,
};
use airssys_rt_tests::{on_every_runtime, until};
use std::{sync::Arc, time::Duration};
use tokio::sync::Semaphore;

/// How a message is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Tell,
    TryTell,
    TellTimeout,
    TellTo,
    TellAny,
    Ask,
    AskTimeout,
    AskTo,
    AskAny,
    PublishRequest,
    Inside(Inside),
}

use Inside as In;
use Way::Inside as By;

const TELLS: &[Way] = &[
    Way::Tell,
    Way::TryTell,
    Way::TellTimeout,
    Way::TellTo,
    Way::TellAny,
    By(In::Tell),
    By(In::TryTell),
    By(In::TellTimeout),
    By(In::TellAny),
    By(In::PublisherTell),
    By(In::PublisherTryTell),
    By(In::PublisherTellTimeout),
    By(In::PublisherTellAny),
];
const ASKS: &[Way] = &[
    Way::Ask,
    Way::AskTimeout,
    Way::AskTo,
    Way::AskAny,
    Way::PublishRequest,
    By(In::Ask),
    By(In::AskTimeout),
    By(In::PublisherAsk),
    By(In::PublisherAskTimeout),
];
const OUTSIDE_TELLS: &[Way] = &[Way::Tell, Way::TryTell, Way::TellTimeout, Way::TellTo, Way::TellAny];
const OUTSIDE_ASKS: &[Way] = &[Way::Ask, Way::AskTimeout, Way::AskTo, Way::AskAny, Way::PublishRequest];
/// Those that wait for capacity only up to a limit.
const LIMITED_TELLS: &[Way] = &[Way::TellTimeout, By(In::TellTimeout), By(In::PublisherTellTimeout)];
const LIMITED_ASKS: &[Way] = &[Way::AskTimeout, By(In::AskTimeout), By(In::PublisherAskTimeout)];
const TRY_TELLS: &[Way] = &[Way::TryTell, By(In::TryTell), By(In::PublisherTryTell)];
/// Those with a TTL.
const AGING_TELLS: &[Way] = &[Way::Tell, By(In::Tell), By(In::PublisherTell)];
const AGING_ASKS: &[Way] = &[Way::Ask, By(In::Ask), By(In::PublisherAsk)];
const BY_ADDRESS_TELLS: &[Way] = &[Way::TellTo];
const BY_ADDRESS_ASKS: &[Way] = &[Way::AskTo, Way::PublishRequest];

const ALL_PATHS: &[Path] = &[Path::Direct, Path::Monitored, Path::Hook, Path::Broker];
const SCRIPTED_PATHS: &[Path] = &[Path::Hook, Path::Broker];
const BROKER_PATH: &[Path] = &[Path::Broker];

/// What provokes a cause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Setup {
    /// The target has stopped.
    Stopped,
    /// No actor has the id: it is that of an actor of another system.
    Unknown,
    /// The mailbox holds one message and is full.
    Full(Overflow),
    /// The message waits until it is older than its TTL.
    Expires,
    /// The target is restarted while the message waits, and discards its mailbox.
    Restarts,
    /// The handler fails.
    Fails,
    /// The system has shut down.
    ShutDown,
    /// The hook or the broker decides.
    Script(Script),
}

/// A result of all ways of one kind.
#[derive(Debug, Clone, Copy)]
struct Expected {
    answer: &'static str,
    letter: Option<Reason>,
    outcome: Option<Outcome>,
}

struct Row {
    setup: Setup,
    paths: &'static [Path],
    tells: (&'static [Way], Expected),
    asks: (&'static [Way], Expected),
}

const NONE: Expected = Expected { answer: "", letter: None, outcome: None };

/// The sender has the message back.
const fn returned(answer: &'static str) -> Expected {
    Expected { answer, letter: None, outcome: Some(Outcome::Returned) }
}

/// No mailbox accepted the message, and it is a dead letter.
const fn undelivered(answer: &'static str, reason: Reason) -> Expected {
    Expected { answer, letter: Some(reason), outcome: Some(Outcome::Undelivered(reason)) }
}

/// The message is a dead letter after a mailbox had accepted it.
const fn dead(answer: &'static str, reason: Reason) -> Expected {
    Expected { answer, letter: Some(reason), outcome: Some(Outcome::Dead(reason)) }
}

const fn failed(answer: &'static str) -> Expected {
    Expected { answer, letter: Some(Reason::Failed), outcome: Some(Outcome::Failed) }
}

const fn scripted(script: Script, paths: &'static [Path], tell: Expected, ask: Expected) -> Row {
    Row { setup: Setup::Script(script), paths, tells: (TELLS, tell), asks: (ASKS, ask) }
}

const fn given_back(reason: Undeliverable, tell: Expected, ask: Expected) -> Row {
    scripted(Script::GiveBack(reason), BROKER_PATH, tell, ask)
}

const TABLE: &[Row] = &[
    Row {
        setup: Setup::Stopped,
        paths: ALL_PATHS,
        tells: (TELLS, returned("Stopped")),
        asks: (ASKS, undelivered("Stopped", Reason::Stopped)),
    },
    Row {
        setup: Setup::Unknown,
        paths: ALL_PATHS,
        tells: (BY_ADDRESS_TELLS, returned("NotFound")),
        asks: (BY_ADDRESS_ASKS, undelivered("NotFound", Reason::NotFound)),
    },
    Row {
        setup: Setup::Full(Overflow::Error),
        paths: ALL_PATHS,
        tells: (TELLS, returned("Full")),
        asks: (ASKS, undelivered("Full", Reason::Full)),
    },
    Row {
        setup: Setup::Full(Overflow::Drop),
        paths: ALL_PATHS,
        tells: (TELLS, undelivered("Ok(Dropped)", Reason::Full)),
        asks: (ASKS, undelivered("Full", Reason::Full)),
    },
    Row {
        setup: Setup::Full(Overflow::Block),
        paths: ALL_PATHS,
        tells: (TRY_TELLS, returned("Full")),
        asks: (&[], NONE),
    },
    Row {
        setup: Setup::Full(Overflow::Block),
        paths: ALL_PATHS,
        tells: (LIMITED_TELLS, returned("Timeout")),
        asks: (LIMITED_ASKS, Expected { answer: "Timeout", letter: None, outcome: Some(Outcome::Cancelled) }),
    },
    Row {
        setup: Setup::Expires,
        paths: ALL_PATHS,
        tells: (AGING_TELLS, dead("Ok(Queued)", Reason::Expired)),
        asks: (AGING_ASKS, dead("Expired", Reason::Expired)),
    },
    Row {
        setup: Setup::Restarts,
        paths: ALL_PATHS,
        tells: (TELLS, dead("Ok(Queued)", Reason::Restarted)),
        asks: (
            &[Way::Ask, Way::AskTo, Way::AskAny, Way::PublishRequest, By(In::Ask), By(In::PublisherAsk)],
            dead("Restarted", Reason::Restarted),
        ),
    },
    Row {
        setup: Setup::Fails,
        paths: ALL_PATHS,
        tells: (TELLS, failed("Ok(Queued)")),
        asks: (ASKS, failed("Failed")),
    },
    Row {
        setup: Setup::ShutDown,
        paths: ALL_PATHS,
        tells: (OUTSIDE_TELLS, Expected { outcome: None, ..returned("ShuttingDown") }),
        asks: (OUTSIDE_ASKS, Expected { outcome: None, ..undelivered("ShuttingDown", Reason::ShuttingDown) }),
    },
    scripted(Script::Refuse, SCRIPTED_PATHS, returned("Refused"), undelivered("Refused", Reason::Refused)),
    scripted(
        Script::Drop,
        SCRIPTED_PATHS,
        undelivered("Ok(Dropped)", Reason::Refused),
        undelivered("Refused", Reason::Refused),
    ),
    scripted(
        Script::Transport,
        BROKER_PATH,
        returned("Transport"),
        undelivered("Transport", Reason::Transport),
    ),
    scripted(Script::Lose, BROKER_PATH, undelivered("Lost", Reason::Lost), undelivered("Lost", Reason::Lost)),
    given_back(Undeliverable::NotFound, returned("NotFound"), undelivered("NotFound", Reason::NotFound)),
    given_back(Undeliverable::Stopped, returned("Stopped"), undelivered("Stopped", Reason::Stopped)),
    given_back(Undeliverable::Full, returned("Full"), undelivered("Full", Reason::Full)),
    given_back(Undeliverable::Timeout, returned("Timeout"), undelivered("Timeout", Reason::Full)),
    given_back(
        Undeliverable::Dropped,
        undelivered("Ok(Dropped)", Reason::Full),
        undelivered("Full", Reason::Full),
    ),
    given_back(
        Undeliverable::Expired,
        undelivered("Ok(Dropped)", Reason::Expired),
        undelivered("Expired", Reason::Expired),
    ),
    given_back(
        Undeliverable::ShuttingDown,
        returned("ShuttingDown"),
        undelivered("ShuttingDown", Reason::ShuttingDown),
    ),
];

/// K12: all rows, all ways, all paths.
#[test]
fn one_cause_has_one_answer_whichever_way_the_message_was_sent() {
    on_every_runtime(|| async {
        let mut cells = 0;
        for row in TABLE {
            for path in row.paths {
                for (ways, expected) in [row.tells, row.asks] {
                    for way in ways {
                        cell(row.setup, *path, *way, expected).await;
                        cells += 1;
                    }
                }
            }
        }
        assert!(cells > 500, "only {cells} cells of the table were run");
    });
}

async fn cell(setup: Setup, path: Path, way: Way, expected: Expected) {
    let script = match setup {
        Setup::Script(script) => script,
        _ => Script::Pass,
    };
    let config = SystemConfig::default();
    match path {
        Path::Direct | Path::Monitored => {
            let lab = ActorSystem::<Lab, _>::with_broker(config, InMemoryMessageBroker::new()).await;
            run(lab.expect("it starts"), setup, path, way, expected).await;
        }
        Path::Hook => {
            let broker = Hooked::new(InMemoryMessageBroker::new()).with(Scripted::new(script));
            let lab = ActorSystem::<Lab, _>::with_broker(config, broker).await;
            run(lab.expect("it starts"), setup, path, way, expected).await;
        }
        Path::Broker => {
            let lab = ActorSystem::<Lab, _>::with_broker(config, ScriptedBroker::new(script)).await;
            run(lab.expect("it starts"), setup, path, way, expected).await;
        }
    }
}

async fn run<B: MessageBroker<LabMessage>>(
    lab: ActorSystem<Lab, B>,
    setup: Setup,
    path: Path,
    way: Way,
    expected: Expected,
) {
    let case = format!("{setup:?} / {path:?} / {way:?}");
    let gate = Arc::new(Semaphore::new(0));
    let target = spawn(&lab, setup, &gate).await;
    let sender = lab.spawn(Sender).await.expect("it starts");
    let monitor = (path != Path::Direct).then(|| lab.monitor(1000));
    if matches!(setup, Setup::Full(_) | Setup::Expires | Setup::Restarts) {
        lab.tell(&target, Hold { fails: setup == Setup::Restarts }).await.expect("it is sent");
    }
    match setup {
        Setup::Stopped => drop(lab.stop(&target).await),
        Setup::ShutDown => drop(lab.shutdown().await.expect("no actor is aborted")),
        _ => {}
    }
    let job = Job(if setup == Setup::Fails { FAILS } else { 1 });
    let ttl = (setup == Setup::Expires).then_some(Duration::from_millis(1));
    let before = lab.counters();
    let to = match setup {
        Setup::Unknown => unknown().await,
        _ => target.clone(),
    };
    // The gate opens once the message waits behind the one that is held.
    let open = async {
        if matches!(setup, Setup::Restarts | Setup::Expires) {
            until("the message is in the mailbox", || target.queue_depth() == 2).await;
            if setup == Setup::Expires {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            gate.add_permits(1);
        }
    };
    // Far away, unless it is to pass.
    let limit =
        if expected.answer == "Timeout" { Duration::from_millis(20) } else { Duration::from_secs(30) };
    let (answer, ()) = tokio::join!(send(&lab, &sender, &to, way, job, limit, ttl), open);
    assert_eq!(answer, expected.answer, "the answer of {case}");
    if matches!(setup, Setup::Full(_)) {
        gate.add_permits(1);
    }
    if setup != Setup::ShutDown {
        lab.idle().await;
    }

    let letters: Vec<_> =
        lab.dead_letters().inspect().into_iter().filter(|letter| letter.message_type == "Job").collect();
    let reasons: Vec<_> = letters.iter().map(|letter| letter.reason).collect();
    assert_eq!(reasons, Vec::from_iter(expected.letter), "the dead letters of {case}");
    let after = lab.counters();
    let counted = (after.failed - before.failed, after.expired - before.expired, after.dead - before.dead);
    assert_eq!(counted, counters(setup, expected.letter), "failed, expired, dead of {case}");
    if let (Some(mut monitor), Some(outcome)) = (monitor, expected.outcome) {
        // The system does not see that a request is given up before its broker has delivered it.
        let told = way != Way::PublishRequest || outcome != Outcome::Cancelled;
        if told {
            assert_eq!(outcomes(&mut monitor, "Job"), [outcome], "the outcome of {case}");
        }
    }
}

/// Spawns the target that `setup` needs.
async fn spawn<B: MessageBroker<LabMessage>>(
    lab: &ActorSystem<Lab, B>,
    setup: Setup,
    gate: &Arc<Semaphore>,
) -> ActorRef<Target> {
    let on_error = if setup == Setup::Restarts { ErrorAction::Restart } else { ErrorAction::Resume };
    let gate = gate.clone();
    let spawn = lab.spawn_with(move || Target { gate: gate.clone(), on_error });
    let spawn = match setup {
        Setup::Full(overflow) => spawn.capacity(1).overflow(overflow),
        Setup::Restarts => spawn.on_restart(OnRestart::Discard),
        _ => spawn,
    };
    spawn.await.expect("it starts")
}

/// A target of another system, whose id no actor of this system has.
async fn unknown() -> ActorRef<Target> {
    let other = ActorSystem::<Lab>::start(SystemConfig::default()).await.expect("it starts");
    let mut last = None;
    for _ in 0..5 {
        let gate = Arc::new(Semaphore::new(0));
        last = other.spawn(Target { gate, on_error: ErrorAction::Resume }).await.ok();
    }
    last.expect("it starts")
}

/// Sends a job in one way. Returns what the sender is told.
async fn send<B: MessageBroker<LabMessage>>(
    lab: &ActorSystem<Lab, B>,
    sender: &ActorRef<Sender>,
    to: &ActorRef<Target>,
    way: Way,
    job: Job,
    limit: Duration,
    ttl: Option<Duration>,
) -> String {
    let any = || Recipient::from(to.clone());
    // `Duration::MAX` is no limit to the age.
    let age = ttl.unwrap_or(Duration::MAX);
    match way {
        Way::Tell => sent(lab.tell(to, job).ttl(age).await),
        Way::TryTell => sent(lab.try_tell(to, job)),
        Way::TellTimeout => sent(lab.tell_timeout(to, job, limit).await),
        Way::TellTo => sent(lab.tell_to::<Target, _>(to.id(), job).await),
        Way::TellAny => sent(lab.tell_any(&any(), job).await),
        Way::Ask => asked(lab.ask(to, job).ttl(age).await),
        Way::AskTimeout => asked(lab.ask_timeout(to, job, limit).await),
        Way::AskTo => asked(lab.ask_to::<Target, _, _>(to.id(), job).await),
        Way::AskAny => asked(lab.ask_any(&any(), job).await),
        Way::PublishRequest => asked(lab.broker().publish_request(lab.request(to, job), limit).await),
        Way::Inside(how) => {
            let relay = Relay { how, to: to.clone(), job, limit, ttl };
            lab.ask(sender, relay).await.expect("the relay answers")
        }
    }
}

/// `failed`, `expired` and `dead` of the counters.
fn counters(setup: Setup, letter: Option<Reason>) -> (u64, u64, u64) {
    // The message that holds the target fails as well.
    let holds = u64::from(setup == Setup::Restarts);
    match letter {
        None => (holds, 0, 0),
        Some(Reason::Failed) => (holds + 1, 0, 0),
        Some(Reason::Expired) => (holds, 1, 0),
        Some(_) => (holds, 0, 1),
    }
}
