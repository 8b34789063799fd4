use super::rules::{Big, Choice, WORKERS};
use crate::savina::{
    finish::{Finish, finish},
    program::Played,
};
use airssys_rt::prelude::*;
use std::{sync::Arc, time::Instant};

#[message]
struct Begin;

/// Everybody.
#[message]
struct Open(Arc<[ActorRef<Worker>]>);

/// From this worker.
#[message]
struct Ping(usize);

/// By this worker.
#[message]
struct Pong(usize);

/// A worker has all its pongs.
#[message]
struct Done(Arc<[ActorRef<Worker>]>);

#[message(reply = u64)]
struct Answered;

struct Worker {
    me: usize,
    left: u64,
    choice: Choice,
    pinged: usize,
    answered: u64,
    everybody: Arc<[ActorRef<Worker>]>,
    sink: ActorRef<Sink>,
}

#[actor(tells(
    // For as long as there are fewer workers than a mailbox has room, see the rules.
    Worker, cycle = "each worker has one ping or its pong under way, so no mailbox gets full",
    Sink, cycle = "the sink asks when all have told it",
))]
impl Worker {
    #[handler(entry)]
    fn open(&mut self, Open(everybody): Open) {
        self.everybody = everybody;
    }

    #[handler(entry)]
    async fn begin(&mut self, _: Begin, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        self.ping_one(ctx).await
    }

    #[handler]
    async fn ping(&mut self, Ping(from): Ping, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        self.answered += 1;
        ctx.tell(&self.everybody[from], Pong(self.me)).await?;
        Ok(())
    }

    #[handler]
    async fn pong(&mut self, Pong(by): Pong, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        assert_eq!(by, self.pinged, "whoever was pinged answers");
        self.left -= 1;
        if self.left > 0 {
            return self.ping_one(ctx).await;
        }
        ctx.tell(&self.sink, Done(self.everybody.clone())).await?;
        Ok(())
    }

    #[handler]
    fn answered(&self, _: Answered) -> u64 {
        self.answered
    }

    async fn ping_one(&mut self, ctx: &ActorContext<Self>) -> Result<(), Fault> {
        self.pinged = self.choice.next();
        ctx.tell(&self.everybody[self.pinged], Ping(self.me)).await?;
        Ok(())
    }
}

struct Sink {
    missing: usize,
    finish: Finish<Vec<u64>>,
}

#[actor(asks(Worker))]
impl Sink {
    #[handler]
    async fn done(&mut self, Done(everybody): Done, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        self.missing -= 1;
        if self.missing == 0 {
            let mut answered = Vec::new();
            for worker in &*everybody {
                answered.push(ctx.ask(worker, Answered).await?);
            }
            self.finish.say(answered);
        }
        Ok(())
    }
}

#[actor_system(strict, actors(entry Worker, entry Sink))]
struct Crowd;

pub(crate) async fn run(rules: Big) -> Played<Vec<u64>> {
    let system = ActorSystem::<Crowd>::start(SystemConfig::default()).await.expect("the default is good");
    let (finish, outcome) = finish();
    let sink = system.spawn(Sink { missing: WORKERS, finish }).await.expect("nothing can fail");
    let mut everybody = Vec::new();
    for me in 0..WORKERS {
        let worker = Worker {
            me,
            left: rules.pings,
            choice: rules.choice(me),
            pinged: me,
            answered: 0,
            everybody: Arc::default(),
            sink: sink.clone(),
        };
        everybody.push(system.spawn(worker).await.expect("nothing can fail"));
    }
    let everybody: Arc<[_]> = everybody.into();
    // All know each other before the first one is pinged.
    for worker in &*everybody {
        system.tell(worker, Open(everybody.clone())).await.expect("the worker is alive");
    }
    let begin = Instant::now();
    for worker in &*everybody {
        system.tell(worker, Begin).await.expect("the worker is alive");
    }
    let outcome = outcome.wait().await;
    let time = begin.elapsed();
    system.shutdown().await.expect("all are idle");
    (time, outcome)
}
