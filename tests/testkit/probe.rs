//! Probes of the test kit: stand-ins for actors, which expect messages or answer them by script.

use crate::{assert_contains, panic_of, text};
use airssys_rt::{
    prelude::*,
    testkit::{Probe, TestContext},
};
use airssys_rt_tests::{
    AskAround, Double, Log, Note, Pass, Quit, Read, Relay, Scribe, lab, on_every_runtime, settle,
};
use std::{panic::AssertUnwindSafe, time::Duration};

/// N3: a probe receives the messages of an actor of a system, in order, and answers them.
#[test]
fn a_probe_stands_in_for_an_actor() {
    on_every_runtime(|| async {
        let lab = lab().await;
        let mut scribe = Probe::<Scribe>::new();
        let relay = lab.spawn(Relay { to: scribe.actor_ref() }).await.unwrap();
        lab.tell(&relay, Pass(7)).await.unwrap();
        let (asked, ()) = tokio::join!(lab.ask(&relay, AskAround), async {
            let note = scribe.expect::<Note>().await;
            assert_eq!((note.0, note.sender(), note.is_asked()), (7, Some(relay.id()), false));
            let double = scribe.expect::<Double>().await;
            assert!(double.is_asked());
            double.reply(20);
        });
        assert_eq!(asked, Ok(Ok(20)));
        assert!(scribe.try_next::<Note>().is_none());
        scribe.expect_nothing().await;
    });
}

/// N3: scripts answer at once, in the task of the asker; the script that was set last applies.
#[tokio::test(start_paused = true)]
async fn a_probe_answers_by_script() {
    let lab = lab().await;
    let mut scribe = Probe::<Scribe>::new();
    let to = scribe.actor_ref();
    scribe.reply_with(|Double(n)| n * 3);
    assert_eq!(lab.ask(&to, Double(2)).await, Ok(6));
    scribe.fail_with::<Double>(|_| Fault::new("out of ink"));
    let error = lab.ask(&to, Double(2)).await.unwrap_err();
    let AskError::Failed(_, Some(report)) = &error else { panic!("{error}") };
    assert_eq!(report.to_string(), "out of ink");
    let mut before = 0;
    scribe.reply_with::<Double>(move |Double(n)| std::mem::replace(&mut before, n));
    assert_eq!([lab.ask(&to, Double(5)).await, lab.ask(&to, Double(6)).await], [Ok(0), Ok(5)]);
    // A message without a script waits.
    lab.tell(&to, Note(1)).await.unwrap();
    assert_eq!((to.queue_depth(), scribe.expect::<Note>().await.0, to.queue_depth()), (1, 1, 0));
    let types: Vec<_> = scribe.seen().iter().map(|meta| meta.message_type()).collect();
    assert_eq!(types, ["Double", "Double", "Double", "Double", "Note"]);
}

/// N3: an asker always gets an answer or an error.
#[tokio::test(start_paused = true)]
async fn an_asker_of_a_probe_always_gets_a_result() {
    let lab = lab().await;
    let mut scribe = Probe::<Scribe>::new();
    let to = scribe.actor_ref();
    let (failed, ()) = tokio::join!(lab.ask(&to, Double(1)), async {
        scribe.expect::<Double>().await.fail(Fault::new("no"))
    });
    assert!(matches!(failed, Err(AskError::Failed(_, Some(_)))), "{failed:?}");
    let (dropped, ()) =
        tokio::join!(lab.ask(&to, Double(1)), async { drop(scribe.expect::<Double>().await) });
    assert!(matches!(dropped, Err(AskError::NoReply(_))), "{dropped:?}");
    let (gone, ()) = tokio::join!(lab.ask(&to, Double(1)), async {
        settle().await;
        drop(scribe);
    });
    assert!(matches!(gone, Err(AskError::Stopped(..))), "{gone:?}");
    assert!(matches!(lab.ask(&to, Double(1)).await, Err(AskError::Stopped(..))));
    assert!(matches!(lab.tell(&to, Note(3)).await, Err(SendError::Stopped(Note(3)))));
    assert!(!to.is_alive());
}

/// N3, N4: a mailbox that is full.
#[tokio::test(start_paused = true)]
async fn a_probe_can_be_full() {
    let lab = lab().await;
    let mut scribe = Probe::<Scribe>::with_mailbox(MailboxPolicy::bounded(1).with_overflow(Overflow::Error));
    let to = scribe.actor_ref();
    lab.tell(&to, Note(1)).await.unwrap();
    assert!(matches!(lab.tell(&to, Note(2)).await, Err(SendError::Full(Note(2)))));
    assert!(matches!(lab.ask(&to, Double(2)).await, Err(AskError::Full(_))));
    let _ = scribe.expect::<Note>().await;
    lab.try_tell(&to, Note(3)).unwrap();
    let mut blocking = Probe::<Scribe>::with_mailbox(MailboxPolicy::bounded(1));
    let to = blocking.actor_ref();
    lab.tell(&to, Note(1)).await.unwrap();
    let ((), second) = tokio::join!(lab.tell(&to, Note(2)), async {
        settle().await;
        assert_eq!(to.queue_depth(), 1);
        let _ = blocking.expect::<Note>().await;
        blocking.expect::<Note>().await.into_message().0
    })
    .map_sent();
    assert_eq!(second, 2);
}

trait MapSent<T> {
    fn map_sent(self) -> ((), T);
}

impl<M, T> MapSent<T> for (Result<Sent, SendError<M>>, T) {
    fn map_sent(self) -> ((), T) {
        (self.0.map(|_| ()).unwrap(), self.1)
    }
}

/// N3: the errors of a test that expects something else.
#[tokio::test(start_paused = true)]
async fn the_error_of_a_probe_names_the_message_that_came_instead() {
    let lab = lab().await;
    let mut scribe = Probe::<Scribe>::new().with_deadline(Duration::from_secs(3));
    let to = scribe.actor_ref();
    let late = panic_of(scribe.expect::<Note>()).await;
    assert_contains(
        &late,
        &["testkit/probe.rs", "expected a `Note`", "nothing came to the probe of `Scribe` within 3s"],
    );
    lab.tell(&to, Note(1)).await.unwrap();
    let other = panic_of(scribe.expect::<Read>()).await;
    assert_contains(
        &other,
        &["testkit/probe.rs", "expected a `Read`, but a `Note` came to the probe of `Scribe`"],
    );
    lab.tell(&to, Note(2)).await.unwrap();
    let silence = panic_of(scribe.expect_nothing()).await;
    assert_contains(&silence, &["testkit/probe.rs", "expected nothing, but a `Note` came"]);
    lab.tell(&to, Note(3)).await.unwrap();
    let note = scribe.expect::<Note>().await;
    let told = text(std::panic::catch_unwind(AssertUnwindSafe(|| note.reply(()))).unwrap_err());
    assert_contains(&told, &["this `Note` was told, not asked"]);
    let stop = tokio::spawn({
        let (lab, to) = (lab.clone(), to.clone());
        async move { lab.stop(&to).await }
    });
    settle().await;
    let stopped = panic_of(scribe.expect::<Note>()).await;
    assert_contains(&stopped, &["expected a `Note`, but the probe of `Scribe` has been stopped"]);
    assert_eq!(*stop.await.unwrap().reason(), ExitReason::Stopped);
}

#[derive(Default)]
struct Guardian {
    log: Log,
}

#[message]
struct Guard(ActorRef<Scribe>);

#[actor(tells(Guardian))]
impl Guardian {
    #[handler]
    fn guard(&mut self, Guard(other): Guard, ctx: &mut ActorContext<Self>) {
        ctx.watch(&other);
    }

    #[handler]
    async fn quit(&mut self, _: Quit, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        let me = ctx.actor_ref();
        ctx.tell(&me, Note(1)).await?;
        Ok(())
    }

    #[handler]
    fn note(&mut self, Note(n): Note, ctx: &mut ActorContext<Self>) {
        self.log.add(format!("{n} of mine: {}", ctx.sender() == Some(ctx.id())));
        ctx.stop();
    }

    #[on_terminated]
    fn gone(&mut self, terminated: Terminated) {
        self.log.add(format!("{} {}", terminated.actor, terminated.reason));
    }
}

/// N3: an actor is notified of the end of a probe, and each probe has its own id.
#[tokio::test(start_paused = true)]
async fn the_end_of_a_probe_is_an_end() {
    let (mut first, second) = (Probe::<Scribe>::new(), Probe::<Scribe>::new());
    assert_ne!(first.actor_ref().id(), second.actor_ref().id());
    let (mut guardian, mut context) = (Guardian::default(), TestContext::new());
    context.call(&mut guardian, Guard(first.actor_ref())).await.unwrap();
    context.call(&mut guardian, Guard(second.actor_ref())).await.unwrap();
    assert!(context.handle_next(&mut guardian).await.is_none());
    first.end(ExitReason::Killed);
    first.end(ExitReason::Stopped);
    drop(second);
    context.handle_next(&mut guardian).await.unwrap().unwrap();
    context.handle_next(&mut guardian).await.unwrap().unwrap();
    assert!(context.handle_next(&mut guardian).await.is_none());
    assert_eq!(guardian.log.read(), ["Scribe killed", "Scribe stopped"]);
}

/// N3: messages of an actor to itself.
#[tokio::test(start_paused = true)]
async fn an_actor_in_a_test_context_can_send_to_itself() {
    let (mut guardian, mut context) = (Guardian::default(), TestContext::new());
    context.call(&mut guardian, Quit).await.unwrap();
    assert!(!context.is_stopping());
    context.handle_next(&mut guardian).await.unwrap().unwrap();
    assert!(context.is_stopping());
    assert_eq!(guardian.log.read(), ["1 of mine: true"]);
    let (mut guardian, mut context) = (Guardian::default(), TestContext::new());
    context.call(&mut guardian, Quit).await.unwrap();
    assert_eq!(context.myself().expect::<Note>().await.0, 1);
}

/// A probe can run in a task of its own.
#[tokio::test(start_paused = true)]
async fn a_probe_can_run_in_a_task() {
    let (lab, mut scribe) = (lab().await, Probe::<Scribe>::new());
    let to = scribe.actor_ref();
    let served = tokio::spawn(async move {
        for n in 0..3 {
            scribe.expect::<Double>().await.reply(n);
        }
        scribe.expect_nothing().await;
    });
    for n in 0..3 {
        assert_eq!(lab.ask(&to, Double(9)).await, Ok(n));
    }
    served.await.unwrap();
    let (mut guardian, mut context) = (Guardian::default(), TestContext::new());
    tokio::spawn(async move { context.call(&mut guardian, Guard(to)).await }).await.unwrap().unwrap();
}

/// N3: a script is code of the test, which may use its own probe; it runs for one message after the other.
#[test]
fn a_script_may_send_to_its_own_probe() {
    airssys_rt_tests::with_time_limit(|| {
        airssys_rt_tests::paused().block_on(async {
            let (lab, log) = (lab().await, Log::default());
            let scribe = Probe::<Scribe>::new();
            let to = scribe.actor_ref();
            let (again, back, seen) = (lab.clone(), to.clone(), log.clone());
            scribe.reply_with(move |Note(n)| {
                seen.add(format!("+{n}"));
                if n < 3 {
                    assert!(again.try_tell(&back, Note(n + 1)).is_ok());
                }
                seen.add(format!("-{n}"));
            });
            lab.tell(&to, Note(1)).await.unwrap();
            assert_eq!(log.read(), ["+1", "-1", "+2", "-2", "+3", "-3"]);
        });
    });
}

/// N3: a script that panics fails the sender of its message, and is used again.
#[tokio::test(start_paused = true)]
async fn a_script_that_panics_fails_its_sender_only() {
    let lab = lab().await;
    let scribe = Probe::<Scribe>::new();
    let to = scribe.actor_ref();
    scribe.reply_with(|Double(n)| if n == 0 { panic!("nothing to double") } else { n * 2 });
    let relay = lab.spawn(Relay { to: to.clone() }).await.unwrap();
    let failed = tokio::spawn({
        let (lab, to) = (lab.clone(), to.clone());
        async move { lab.ask(&to, Double(0)).await }
    });
    assert!(failed.await.unwrap_err().is_panic());
    assert_eq!(lab.ask(&to, Double(2)).await, Ok(4));
    assert_eq!(lab.ask(&relay, AskAround).await, Ok(Ok(2)));
}
