//! Coverage of the message graph: the declared edges that a test has used.

use airssys_rt::{
    prelude::*,
    testkit::topology::{Coverage, Report},
};

#[message(reply = u64)]
struct Count;

#[message]
struct Note;

/// Makes the sender send to the actors that it knows.
#[message]
struct Go(How);

#[derive(Clone, Copy)]
enum How {
    Ask,
    Tell,
    Any,
    Publish,
}

#[event]
#[derive(Clone)]
struct Went;

struct Counter;

#[actor]
impl Counter {
    #[handler]
    fn count(&self, _: Count) -> u64 {
        1
    }
}

struct Scribe;

#[actor]
impl Scribe {
    #[handler]
    fn note(&mut self, _: Note) {}

    #[on_event]
    fn went(&mut self, _: Went) {}
}

struct Sender {
    counter: ActorRef<Counter>,
    scribe: Recipient<Note>,
}

#[actor(asks(Counter), tells(Counter, any Note), publishes(Went), spawns(Counter))]
impl Sender {
    #[handler]
    async fn go(&mut self, Go(how): Go, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        match how {
            How::Ask => drop(ctx.ask(&self.counter, Count).await?),
            How::Tell => ctx.tell(&self.counter, Count).await.map(drop)?,
            How::Any => ctx.tell_any(&self.scribe, Note).await.map(drop)?,
            How::Publish => ctx.publish(Went),
        }
        Ok(())
    }
}

#[actor_system(actors(entry Counter, entry Scribe, entry Sender), events(Went))]
struct Lab;

async fn sender(lab: &ActorSystem<Lab>) -> ActorRef<Sender> {
    let counter = lab.spawn(Counter).await.unwrap();
    let scribe = Recipient::from(lab.spawn(Scribe).await.unwrap());
    lab.spawn(Sender { counter, scribe }).await.unwrap()
}

#[tokio::test(start_paused = true)]
async fn each_edge_counts_once_it_is_used() {
    let lab = ActorSystem::<Lab>::start(SystemConfig::default()).await.unwrap();
    let mut coverage = Coverage::of(&lab);
    let sender = sender(&lab).await;
    // A message from outside uses no edge.
    lab.idle().await;
    let report = coverage.report();
    assert!(report.exercised.is_empty(), "{report}");
    let mut taken = 0;
    for (how, ways) in [
        (How::Ask, &["Sender asks Counter"] as &[&str]),
        (How::Tell, &["Sender tells Counter"]),
        (How::Any, &["Sender tells Scribe Note"]),
        (How::Publish, &["Sender publishes Went", "Scribe subscribes to Went"]),
    ] {
        lab.tell(&sender, Go(how)).await.unwrap();
        lab.idle().await;
        let report = coverage.report();
        let exercised: Vec<_> = report.exercised.iter().map(ToString::to_string).collect();
        assert!(ways.iter().all(|way| exercised.iter().any(|other| other == way)), "{report}");
        taken += ways.len();
        assert_eq!(exercised.len(), taken, "{report}");
        assert_eq!(report.never.len(), 5 - taken);
    }
    assert_eq!(
        coverage.report().to_string(),
        "5 of 5 declared links were used\n\
         + Scribe subscribes to Went\n\
         + Sender asks Counter\n\
         + Sender tells Counter\n\
         + Sender tells Scribe Note\n\
         + Sender publishes Went\n\
         ? Sender spawns Counter\n"
    );
}

#[tokio::test(start_paused = true)]
async fn the_coverage_of_several_tests_adds_up() {
    let mut reports = Vec::new();
    for how in [How::Ask, How::Publish] {
        let lab = ActorSystem::<Lab>::start(SystemConfig::default()).await.unwrap();
        let mut coverage = Coverage::of(&lab);
        let sender = sender(&lab).await;
        lab.tell(&sender, Go(how)).await.unwrap();
        lab.idle().await;
        reports.push(coverage.report());
    }
    let folded = reports.iter().fold(Report::default(), Report::and);
    let sum = reports.remove(0).and(&reports[0]);
    assert_eq!(folded, sum);
    assert_eq!(folded.never.len(), 2, "a fold that begins with an empty report is not empty");
    assert_eq!(
        sum.to_string(),
        "3 of 5 declared links were used\n\
         + Sender asks Counter\n\
         + Scribe subscribes to Went\n\
         + Sender publishes Went\n\
         - Sender tells Counter\n\
         - Sender tells Scribe Note\n\
         ? Sender spawns Counter\n"
    );
}

/// A message from outside to the same actors uses no edge.
#[tokio::test(start_paused = true)]
async fn messages_from_outside_use_no_edge() {
    let lab = ActorSystem::<Lab>::start(SystemConfig::default()).await.unwrap();
    let mut coverage = Coverage::of(&lab);
    let counter = lab.spawn(Counter).await.unwrap();
    let scribe = lab.spawn(Scribe).await.unwrap();
    lab.ask(&counter, Count).await.unwrap();
    lab.tell(&scribe, Note).await.unwrap();
    lab.publish(Went).await.unwrap();
    lab.idle().await;
    let report = coverage.report();
    let exercised: Vec<_> = report.exercised.iter().map(ToString::to_string).collect();
    assert_eq!(exercised, ["Scribe subscribes to Went"], "the event from outside was delivered");
}
