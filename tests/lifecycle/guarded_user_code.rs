//! User code that fails where no handler runs: hooks before their first await, errors that are dropped or reported.

use airssys_rt::{
    actor::{Handles, MessageVariant, Variants},
    graph::{Edges, Handled},
    message::NoEvents,
    prelude::*,
    reply::{Cause, ReplySlot},
    system::MemberOf,
};
use airssys_rt_tests::{paused, with_time_limit};
use std::{
    error::Error,
    fmt,
    sync::atomic::{AtomicU64, Ordering::SeqCst},
};

/// An error whose `Drop` panics.
#[derive(Debug)]
struct ExplosiveError;

impl fmt::Display for ExplosiveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("handle with care")
    }
}

impl Error for ExplosiveError {}

impl Drop for ExplosiveError {
    fn drop(&mut self) {
        panic!("the error went off");
    }
}

#[message]
struct FailExplosively;

#[message(reply = u64)]
struct Incarnation;

/// Has no `on_error`: the default drops the fault.
#[derive(Default)]
struct Stops {
    incarnation: u64,
}

#[actor]
impl Stops {
    #[handler]
    fn fail(&mut self, _: FailExplosively) -> Result<(), Fault> {
        Err(ExplosiveError)?
    }

    #[handler]
    fn incarnation(&self, _: Incarnation) -> u64 {
        self.incarnation
    }
}

/// Requests a restart, and drops the fault.
struct Restarts {
    incarnation: u64,
}

#[actor]
impl Restarts {
    #[handler]
    fn fail(&mut self, _: FailExplosively) -> Result<(), Fault> {
        Err(ExplosiveError)?
    }

    #[handler]
    fn incarnation(&self, _: Incarnation) -> u64 {
        self.incarnation
    }

    #[on_error]
    fn failed(&mut self, _: Fault) -> ErrorAction {
        ErrorAction::Restart
    }
}

/// Its `pre_start` returns an error whose `Drop` panics.
struct StartsBadly;

#[actor]
impl StartsBadly {
    #[pre_start]
    fn begin(&mut self) -> Result<(), Fault> {
        Err(ExplosiveError)?
    }

    #[handler]
    fn incarnation(&self, _: Incarnation) -> u64 {
        0
    }
}

/// The hook of a [`Manual`] that panics.
#[derive(Clone, Copy, PartialEq)]
enum PanicsIn {
    PreStart,
    OnError,
}

/// Written without macros: its hooks panic when they are called, not in the future that they return.
struct Manual(PanicsIn);

enum ManualMessage {
    Fail(FailExplosively, ReplySlot<()>),
}

impl Actor for Manual {
    type Message = ManualMessage;
    type Event = NoEvents;
    const NAME: &'static str = "Manual";
    const STARTS: bool = true;
    const VARIANTS: &'static [&'static str] = &["FailExplosively"];
    const MESSAGES: &'static [Handled] = &[Handled::message::<FailExplosively>("FailExplosively", false)];

    async fn dispatch(&mut self, _: ManualMessage, _: &mut ActorContext<Self>) -> Result<(), Fault> {
        Err(Fault::new("the handler failed"))
    }

    fn pre_start(&mut self, _: &mut ActorContext<Self>) -> impl Future<Output = Result<(), Fault>> + Send {
        assert!(self.0 != PanicsIn::PreStart, "no start");
        async { Ok(()) }
    }

    fn on_error(&mut self, _: Fault, _: &mut ActorContext<Self>) -> impl Future<Output = ErrorAction> + Send {
        assert!(self.0 != PanicsIn::OnError, "no decision");
        async { ErrorAction::Resume }
    }
}

impl Variants for ManualMessage {
    fn number(&self) -> u16 {
        0
    }

    fn refuse(&mut self, why: Cause) {
        let ManualMessage::Fail(_, slot) = self;
        slot.refuse(why);
    }
}

impl Handles<FailExplosively> for Manual {
    type Reply = ();
    const VARIANT: MessageVariant<ManualMessage, FailExplosively, ()> = MessageVariant {
        wrap: ManualMessage::Fail,
        unwrap: |ManualMessage::Fail(message, slot)| Some((message, slot)),
        peek: |ManualMessage::Fail(message, _)| Some(message),
    };
}

impl MemberOf<TestSystem> for Manual {
    const EDGES: &'static Edges = &Edges::NONE;

    fn route(event: NoEvents) -> <TestSystem as airssys_rt::system::System>::Event {
        match event {}
    }
}

#[actor_system(actors(Stops, Restarts, StartsBadly, Manual))]
struct TestSystem;

async fn system() -> ActorSystem<TestSystem> {
    ActorSystem::<TestSystem>::start(SystemConfig::default()).await.unwrap()
}

#[test]
fn an_error_whose_drop_panics_is_a_failure_and_no_kill() {
    with_time_limit(|| {
        paused().block_on(async {
            let system = system().await;
            let actor = system.spawn(Stops::default()).await.unwrap();
            system.tell(&actor, FailExplosively).await.unwrap();
            let exit = system.watch(&actor).await;
            let ExitReason::Failed(report) = &exit.reason else { panic!("{exit:?}") };
            assert_eq!(report.to_string(), "handle with care");
        });
    });
}

#[test]
fn a_restart_is_not_lost_with_an_error_whose_drop_panics() {
    with_time_limit(|| {
        paused().block_on(async {
            let (system, started) = (system().await, AtomicU64::new(0));
            let make = move || Restarts { incarnation: started.fetch_add(1, SeqCst) };
            let actor = system.spawn_with(make).await.unwrap();
            system.tell(&actor, FailExplosively).await.unwrap();
            assert_eq!(system.ask(&actor, Incarnation).await, Ok(1));
        });
    });
}

#[test]
fn a_supervised_actor_keeps_its_address_and_its_mailbox_with_an_error_whose_drop_panics() {
    with_time_limit(|| {
        paused().block_on(async {
            let (system, started) = (system().await, AtomicU64::new(0));
            let make = move |_: &_| Stops { incarnation: started.fetch_add(1, SeqCst) };
            let tree = Supervisor::one_for_one("top").child(Child::new("child", make));
            let top = system.supervise(tree).await.unwrap();
            let actor = top.actor::<Stops>("child").unwrap();
            system.tell(&actor, FailExplosively).await.unwrap();
            // Queued behind the failure.
            assert_eq!(system.ask(&actor, Incarnation).await, Ok(1));
            assert_eq!(top.actor::<Stops>("child").unwrap().id(), actor.id());
        });
    });
}

#[test]
fn a_pre_start_whose_error_panics_in_drop_is_a_failed_start() {
    with_time_limit(|| {
        paused().block_on(async {
            let system = system().await;
            let error = system.spawn(StartsBadly).await.unwrap_err();
            assert!(
                matches!(&error, SpawnError::Failed { fault, .. } if fault.to_string() == "handle with care")
            );
            let tree = Supervisor::one_for_one("top").child(Child::new("child", |_| StartsBadly));
            assert!(system.supervise(tree).await.is_err());
        });
    });
}

#[test]
fn a_pre_start_that_panics_when_it_is_called_is_a_failed_start() {
    with_time_limit(|| {
        paused().block_on(async {
            let system = system().await;
            let error = system.spawn(Manual(PanicsIn::PreStart)).await.unwrap_err();
            assert!(matches!(error, SpawnError::Panicked { .. }), "{error}");
            let child = Child::new("child", |_| Manual(PanicsIn::PreStart));
            assert!(system.supervise(Supervisor::one_for_one("top").child(child)).await.is_err());
            assert!(system.actors().is_empty());
        });
    });
}

#[test]
fn an_on_error_that_panics_when_it_is_called_is_a_failure_and_no_kill() {
    with_time_limit(|| {
        paused().block_on(async {
            let system = system().await;
            let actor = system.spawn(Manual(PanicsIn::OnError)).await.unwrap();
            system.tell(&actor, FailExplosively).await.unwrap();
            let exit = system.watch(&actor).await;
            let ExitReason::Failed(report) = &exit.reason else { panic!("{exit:?}") };
            assert_eq!(report.to_string(), "the handler failed");
        });
    });
}

/// An error with a source: that number of further errors, or itself.
#[derive(Debug)]
struct Chained {
    links: u64,
    source: Option<&'static Chained>,
}

impl fmt::Display for Chained {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "link {}", self.links)
    }
}

impl Error for Chained {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self.source {
            Some(source) => Some(source),
            None if self.links == 0 => None,
            None => Some(self),
        }
    }
}

/// A newtype has the address of what is in it, and is another error.
#[derive(Debug)]
struct Newtype(Chained);

impl fmt::Display for Newtype {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("newtype")
    }
}

impl Error for Newtype {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.0)
    }
}

/// The texts of the report of a fault, first to last.
fn texts(error: impl Error + Send + 'static) -> Vec<String> {
    let report = Fault::from(error).report();
    let mut texts = vec![report.to_string()];
    let mut error: &dyn Error = &report;
    while let Some(source) = error.source() {
        texts.push(source.to_string());
        error = source;
    }
    texts
}

#[test]
fn the_report_of_an_error_ends_however_long_its_chain_of_sources_is() {
    let chain = |length: u64| {
        let first = Chained { links: 0, source: None };
        (1..=length).fold(first, |source, links| Chained { links, source: Some(Box::leak(Box::new(source))) })
    };
    assert_eq!(texts(chain(2)), ["link 2", "link 1", "link 0"]);
    assert_eq!(texts(Newtype(chain(1))), ["newtype", "link 1", "link 0"]);
    assert_eq!(texts(chain(63)).len(), 64);
    let long = texts(chain(20_000));
    assert_eq!(long.len(), 65);
    assert_eq!(long[63..], ["link 19937", "the chain of sources has more than 64 errors"]);
    let cycle = texts(Chained { links: 7, source: None });
    assert_eq!(cycle.last().unwrap(), "the chain of sources is a cycle");
    assert!(cycle.len() <= 3, "{cycle:?}");
}
