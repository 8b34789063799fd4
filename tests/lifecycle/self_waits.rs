//! An actor that waits for its own end in its own code is told so at once; a task that works for it may wait.

use airssys_rt::{
    prelude::*,
    supervisor::{DynamicRef, DynamicSupervisor},
};
use airssys_rt_tests::{Log, on_every_runtime};
use std::{future::Future, pin::Pin, time::Duration};
use tokio::time::{sleep, timeout};

type Wait = Pin<Box<dyn Future<Output = String> + Send>>;
type BeginWait = fn(Handles, ActorRef<Waiter>) -> Wait;

/// Waits in the handler.
#[message(reply = String)]
struct InHandler(BeginWait);

/// Waits in a task that the handler spawns.
#[message]
struct InTask(BeginWait);

#[derive(Clone)]
struct Handles {
    system: ActorSystem<Lab>,
    root: Option<SupervisorRef<Lab>>,
    crowd: Option<DynamicRef<Waiter>>,
}

/// It has handles of its system and its supervisor, which the message graph does not know.
struct Waiter {
    handles: Handles,
    log: Log,
}

#[actor]
impl Waiter {
    #[handler]
    async fn in_handler(&mut self, InHandler(wait): InHandler, ctx: &mut ActorContext<Self>) -> String {
        wait(self.handles.clone(), ctx.actor_ref()).await
    }

    #[handler]
    fn in_task(&mut self, InTask(wait): InTask, ctx: &mut ActorContext<Self>) {
        let (wait, log) = (wait(self.handles.clone(), ctx.actor_ref()), self.log.clone());
        drop(tokio::spawn(async move { log.add(wait.await) }));
    }

    #[on_error]
    fn failed(&mut self, fault: Fault) -> ErrorAction {
        self.log.add(fault.to_string());
        ErrorAction::Resume
    }
}

#[actor_system(actors(Waiter))]
struct Lab;

async fn lab() -> (ActorSystem<Lab>, Log) {
    (ActorSystem::<Lab>::start(SystemConfig::default()).await.unwrap(), Log::default())
}

/// K2: no handler waits for its own stop, drain or watch, or until its system is idle.
#[test]
fn a_handler_does_not_wait_for_its_own_end() {
    on_every_runtime(|| async {
        let waits: [(&str, BeginWait); 4] = [
            ("stop", |at, me| Box::pin(async move { at.system.stop(&me).await.reason().to_string() })),
            ("drain", |at, me| Box::pin(async move { at.system.drain(&me).await.reason().to_string() })),
            ("watch", |at, me| Box::pin(async move { at.system.watch(&me).await.reason.to_string() })),
            ("idle", |at, _| {
                Box::pin(async move {
                    at.system.idle().await;
                    "idle".to_owned()
                })
            }),
        ];
        for (wait, run) in waits {
            let (system, log) = lab().await;
            let handles = Handles { system: system.clone(), root: None, crowd: None };
            let waiter = system.spawn(Waiter { handles, log: log.clone() }).await.unwrap();
            system.ask(&waiter, InHandler(run)).await.unwrap_err();
            let id = waiter.id();
            let text = format!(
                "`Waiter` {id} waits for its own end in its own code: `ctx.stop()` stops it after its message"
            );
            let text = if wait == "idle" {
                "an actor waits in its own code until it is idle".to_owned()
            } else {
                text
            };
            system.idle().await;
            assert_eq!(log.read(), [text], "{wait}");
            assert!(waiter.is_alive(), "{wait}: nothing has happened");
            system.tell(&waiter, InTask(run)).await.unwrap();
            if wait == "watch" {
                system.drain(&waiter).await;
            }
            airssys_rt_tests::until("the task has waited", || log.read().len() == 2).await;
            let end = if wait == "stop" { "stopped" } else { "drained" };
            assert_eq!(log.read()[1], if wait == "idle" { "idle" } else { end });
        }
    });
}

/// K2: a kill ends the handler at that await.
#[test]
fn a_handler_that_kills_its_actor_ends() {
    on_every_runtime(|| async {
        let (system, log) = lab().await;
        let handles = Handles { system: system.clone(), root: None, crowd: None };
        let waiter = system.spawn(Waiter { handles, log }).await.unwrap();
        let kill = |at: Handles, me: ActorRef<Waiter>| -> Wait {
            Box::pin(async move { at.system.kill(&me).await.reason().to_string() })
        };
        let killed = system.ask(&waiter, InHandler(kill));
        timeout(Duration::from_secs(4), killed).await.expect("at once").unwrap_err();
        assert_eq!(system.watch(&waiter).await.reason, ExitReason::Killed);
    });
}

/// K2: no handler waits for its own stop at its supervisor.
#[tokio::test(start_paused = true)]
async fn a_child_does_not_wait_for_its_own_stop_at_its_supervisor() {
    let (system, log) = lab().await;
    let below = Supervisor::one_for_one("below");
    let root = system.supervise(Supervisor::one_for_one("root").supervisor(below)).await.unwrap();
    let crowd = system.supervise_dynamic(DynamicSupervisor::<Waiter>::new("crowd")).await.unwrap();
    let below = root.supervisor("below").unwrap();
    let child = |root: &SupervisorRef<Lab>| {
        let handles =
            Handles { system: system.clone(), root: Some(root.clone()), crowd: Some(crowd.clone()) };
        let log = log.clone();
        Child::new("child", move |_| Waiter { handles: handles.clone(), log: log.clone() })
    };
    let by_root = |at: Handles, _| -> Wait {
        Box::pin(async move { format!("{:?}", at.root.unwrap().stop("child").await) })
    };
    let by_top = |at: Handles, _| -> Wait {
        Box::pin(async move { format!("{:?}", at.root.unwrap().stop("below").await) })
    };
    let by_crowd = |at: Handles, me: ActorRef<Waiter>| -> Wait {
        Box::pin(async move { at.crowd.unwrap().stop(&me).await.unwrap_err().to_string() })
    };
    let shuts_down = |at: Handles, _| -> Wait {
        Box::pin(async move {
            at.root.unwrap().shutdown().await;
            "ended".to_owned()
        })
    };
    let begin = tokio::time::Instant::now();
    let first = below.start(child(&below)).await.unwrap();
    assert_eq!(system.ask(&first, InHandler(by_root)).await.unwrap(), "Err(SelfStop(\"child\"))");
    system.ask(&first, InHandler(shuts_down)).await.unwrap_err();
    assert_eq!(log.read(), ["an actor waits for the end of its supervisor `below` in its own code"]);
    below.stop("child").await.unwrap();
    below.delete("child").await.unwrap();
    let first = below.start(child(&root)).await.unwrap();
    assert_eq!(system.ask(&first, InHandler(by_top)).await.unwrap(), "Err(SelfStop(\"below\"))");
    let third = crowd.start_child(child(&root)).await.unwrap();
    let error = format!("child `{third}` waits for its own stop in its own code");
    assert_eq!(system.ask(&third, InHandler(by_crowd)).await.unwrap(), error);
    assert_eq!(begin.elapsed(), Duration::ZERO);
    assert!(first.is_alive() && third.is_alive());

    system.tell(&first, InTask(by_top)).await.unwrap();
    sleep(Duration::from_millis(1)).await;
    assert_eq!(log.read()[1..], ["Ok(())"]);
}
