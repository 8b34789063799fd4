//! A send to a parent that waits for the end of the sender: before a restart, or because its start has failed, it stops its children. The
//! send fails at once, and nothing waits for a time limit.

use airssys_rt::{actor::SpawnedBy, prelude::*, supervisor::SupervisorRef};
use airssys_rt_tests::{Log, paused, settle, with_time_limit};
use tokio::{sync::oneshot, time::Instant};

/// Fails once the sender is dropped.
#[message]
struct FallLater(oneshot::Receiver<()>);

#[message(reply = u64)]
struct Get;

/// Sends to the parent once the sender is dropped.
#[message]
struct SendLater(Send, oneshot::Receiver<()>);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Send {
    Ask,
    Tell,
}

/// A child of the parent, with as many levels below it. At its end it sends to the parent.
struct Member {
    parent: ActorRef<Parent>,
    levels: u32,
    at_its_end: Option<Send>,
    log: Log,
}

#[actor(spawns(Member), asks(Parent, cycle = "a child asks its parent"), tells(Parent))]
impl Member {
    #[pre_start]
    async fn start(&mut self, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        if self.levels > 0 {
            let parent = self.parent.clone();
            spawn_member(ctx, parent, self.levels - 1, self.at_its_end, &self.log).await?;
        }
        Ok(())
    }

    #[handler]
    async fn send_later(&self, SendLater(send, begin): SendLater, ctx: &mut ActorContext<Self>) {
        let _ = begin.await;
        self.send(send, ctx).await;
    }

    #[post_stop]
    async fn stop(&mut self, ctx: &mut ActorContext<Self>) {
        if let Some(send) = self.at_its_end
            && self.levels == 0
        {
            self.send(send, ctx).await;
        }
    }
}

impl Member {
    async fn send(&self, send: Send, ctx: &mut ActorContext<Self>) {
        self.log.add(match send {
            Send::Ask => match ctx.ask(&self.parent, Get).await {
                Ok(answer) => answer.to_string(),
                Err(AskError::EndCycle(_)) => "a circle".to_owned(),
                Err(error) => error.to_string(),
            },
            Send::Tell => match ctx.tell(&self.parent, Get).await {
                Ok(_) => "told".to_owned(),
                Err(SendError::Full(Get)) => "full".to_owned(),
                Err(error) => error.to_string(),
            },
        });
    }
}

async fn spawn_member<A: Actor>(
    ctx: &mut ActorContext<A>,
    parent: ActorRef<Parent>,
    levels: u32,
    at_its_end: Option<Send>,
    log: &Log,
) -> Result<(), Fault>
where
    Member: SpawnedBy<A>,
{
    let member = Member { parent, levels, at_its_end, log: log.clone() };
    ctx.spawn(member).named(format!("member {levels}")).await?;
    Ok(())
}

#[derive(Clone)]
struct Parent {
    levels: u32,
    at_its_end: Option<Send>,
    start_fails: bool,
    log: Log,
}

#[actor(spawns(Member), mailbox(capacity = 2))]
impl Parent {
    #[pre_start]
    async fn start(&mut self, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        if ctx.incarnation() == 1 {
            let parent = ctx.actor_ref();
            spawn_member(ctx, parent, self.levels, self.at_its_end, &self.log).await?;
        }
        if self.start_fails { Err(Fault::new("it fails")) } else { Ok(()) }
    }

    #[handler]
    async fn fall_later(&mut self, FallLater(begin): FallLater) -> Result<(), Fault> {
        let _ = begin.await;
        Err(Fault::new("it fails"))
    }

    #[handler]
    fn get(&self, _: Get) -> u64 {
        self.log.add("got");
        7
    }

    #[on_error]
    fn failed(&mut self, _: Fault) -> ErrorAction {
        ErrorAction::Restart
    }
}

#[actor_system(actors(Parent, Member))]
struct Family;

struct Lab {
    system: ActorSystem<Family>,
    root: Option<SupervisorRef<Family>>,
    parent: ActorRef<Parent>,
    log: Log,
    begun: Instant,
}

impl Lab {
    /// Starts a parent with `levels` levels below its child.
    async fn start(supervised: bool, levels: u32, at_its_end: Option<Send>) -> Self {
        let system = ActorSystem::<Family>::start(SystemConfig::default()).await.unwrap();
        let log = Log::default();
        let parent = Parent { levels, at_its_end, start_fails: false, log: log.clone() };
        let (root, parent) = if supervised {
            let child = Child::new("parent", move |_| parent.clone());
            let root = system.supervise(Supervisor::one_for_one("root").child(child)).await.unwrap();
            let parent = root.actor("parent").unwrap();
            (Some(root), parent)
        } else {
            (None, system.spawn_with(move || parent.clone()).await.unwrap())
        };
        Lab { system, root, parent, log, begun: Instant::now() }
    }

    /// The parent handles a message that fails once the sender is dropped.
    async fn fall_later(&self) -> oneshot::Sender<()> {
        let (fall, begin) = oneshot::channel();
        self.system.tell(&self.parent, FallLater(begin)).await.unwrap();
        settle().await;
        fall
    }

    /// The deepest member handles a message that sends to the parent once the sender is dropped.
    async fn send_later(&self, send: Send) -> oneshot::Sender<()> {
        let member = self.system.named::<Member>("member 0").unwrap();
        let (begin, begun) = oneshot::channel();
        self.system.tell(&member, SendLater(send, begun)).await.unwrap();
        settle().await;
        begin
    }

    /// Fills the mailbox of the parent. Returns the number of messages.
    fn fill(&self) -> usize {
        let full = |told: &Result<_, SendError<Get>>| matches!(told, Err(SendError::Full(_)));
        let told =
            std::iter::repeat_with(|| self.system.try_tell(&self.parent, Get)).take_while(|told| !full(told));
        told.map(Result::unwrap).count()
    }

    /// The parent has restarted and works, and nothing has waited for a time limit.
    ///
    /// `first`: what the member has logged. `kept`: the number of messages that the mailbox has kept.
    async fn assert_restarted(self, first: &str, kept: usize) {
        settle().await;
        let log = self.log.read();
        assert_eq!(log[0], first);
        assert_eq!(log[1..], vec!["got"; kept]);
        assert!(self.system.named::<Member>("member 0").is_none());
        assert_eq!(self.system.ask(&self.parent, Get).await.unwrap(), 7);
        assert_eq!(Instant::now(), self.begun);
        self.system.shutdown().await.unwrap();
    }
}

/// Runs it for a supervised and an unsupervised parent, and for a child and a descendant of a child.
fn for_each_family(test: impl AsyncFn(bool, u32) + Copy + std::marker::Send + 'static) {
    for (supervised, levels) in [(false, 0), (true, 0), (false, 2), (true, 2)] {
        println!("supervised: {supervised}, levels: {levels}");
        with_time_limit(move || paused().block_on(test(supervised, levels)));
    }
}

#[test]
fn an_ask_in_the_post_stop_of_a_child_before_a_restart() {
    for_each_family(async |supervised, levels| {
        let lab = Lab::start(supervised, levels, Some(Send::Ask)).await;
        drop(lab.fall_later().await);
        lab.assert_restarted("a circle", 0).await;
    });
}

#[test]
fn an_ask_that_waits_when_the_restart_begins() {
    for_each_family(async |supervised, levels| {
        let lab = Lab::start(supervised, levels, None).await;
        let fall = lab.fall_later().await;
        drop(lab.send_later(Send::Ask).await);
        settle().await;
        assert!(lab.log.read().is_empty());
        drop(fall);
        lab.assert_restarted("a circle", 1).await; // the message itself was in the mailbox
    });
}

#[test]
fn a_tell_to_a_full_mailbox_while_the_restart_waits() {
    for_each_family(async |supervised, levels| {
        let lab = Lab::start(supervised, levels, None).await;
        let begin = lab.send_later(Send::Tell).await;
        drop(lab.fall_later().await);
        settle().await;
        let kept = lab.fill();
        drop(begin);
        lab.assert_restarted("full", kept).await;
    });
}

#[test]
fn a_tell_that_is_blocked_when_the_restart_begins() {
    for_each_family(async |supervised, levels| {
        let lab = Lab::start(supervised, levels, None).await;
        let fall = lab.fall_later().await;
        let kept = lab.fill() + 1;
        // It is first, and so gets the capacity of the message that fails.
        let (system, parent) = (lab.system.clone(), lab.parent.clone());
        let first = tokio::spawn(async move { system.tell(&parent, Get).await.is_ok() });
        drop(lab.send_later(Send::Tell).await);
        settle().await;
        assert!(lab.log.read().is_empty());
        drop(fall);
        assert!(first.await.unwrap());
        lab.assert_restarted("full", kept).await;
    });
}

/// The mailbox of an actor that starts is open, and its start has failed.
#[test]
fn an_ask_to_a_parent_whose_start_has_failed() {
    with_time_limit(|| {
        paused().block_on(async {
            let (system, log) =
                (ActorSystem::<Family>::start(SystemConfig::default()).await.unwrap(), Log::default());
            let begun = Instant::now();
            let at_its_end = Some(Send::Ask);
            let parent = Parent { levels: 1, at_its_end, start_fails: true, log: log.clone() };
            system.spawn(parent).await.unwrap_err();
            assert_eq!(log.read(), ["a circle"]);
            assert_eq!(Instant::now(), begun);
            system.shutdown().await.unwrap();
        });
    });
}

/// An actor that is stopped for good says so: its mailbox is closed before it waits for its children.
#[test]
fn an_ask_to_a_parent_that_is_stopped() {
    for_each_family(async |supervised, levels| {
        let lab = Lab::start(supervised, levels, Some(Send::Ask)).await;
        match &lab.root {
            Some(root) => root.stop("parent").await.unwrap(),
            None => drop(lab.system.stop(&lab.parent).await),
        }
        settle().await;
        let log = lab.log.read();
        assert!(matches!(&log[..], [text] if text.contains("but the actor has stopped")), "{log:?}");
        assert_eq!(Instant::now(), lab.begun);
        lab.system.shutdown().await.unwrap();
    });
}
