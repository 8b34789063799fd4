//! Addresses: ids and names are resolved at the time of a send; recipients are actors of any type for one message.

use airssys_rt::{broker::dead_letters::Reason, prelude::*};
use airssys_rt_tests::{
    Double, Hooked, Listener, Log, Note, Read, Scribe, lab, on_every_runtime, test_broker::Dice,
};
use std::{
    collections::{BTreeMap, HashSet},
    time::Duration,
};
use tokio::time::Instant;

/// Answered with the id of the sender of this message.
#[message(reply = Option<ActorId>)]
struct GetSender;

/// Adds a recipient to the list of a sender.
#[message]
struct AddRecipient(Recipient<Note>);

/// Tells each recipient on the list. Answers how many of the tells succeeded.
#[message(reply = u64)]
struct TellAll(u64);

/// Asks a receiver for the id of the sender.
#[message(reply = Result<Option<ActorId>, AskError>)]
struct AskOther(ActorRef<Receiver>);

#[derive(Default)]
struct Sender {
    all: Vec<Recipient<Note>>,
}

#[actor(tells(any Note), asks(Receiver))]
impl Sender {
    #[handler]
    fn add_recipient(&mut self, AddRecipient(recipient): AddRecipient) {
        self.all.push(recipient);
    }

    #[handler]
    async fn tell_all(&mut self, TellAll(n): TellAll, ctx: &mut ActorContext<Self>) -> u64 {
        let mut there = 0;
        for recipient in &self.all {
            there += u64::from(ctx.tell_any(recipient, Note(n)).await.is_ok());
        }
        there
    }

    #[handler]
    async fn ask_other(
        &mut self,
        AskOther(receiver): AskOther,
        ctx: &mut ActorContext<Self>,
    ) -> Result<Option<ActorId>, AskError> {
        ctx.ask(&receiver, GetSender).await
    }
}

#[derive(Default)]
struct Receiver {
    senders: Log,
}

#[actor]
impl Receiver {
    #[handler]
    fn get_sender(&mut self, _: GetSender, ctx: &mut ActorContext<Self>) -> Option<ActorId> {
        ctx.sender()
    }

    #[handler]
    fn note(&mut self, Note(n): Note, ctx: &mut ActorContext<Self>) {
        self.senders.add(format!("{n} from {:?}", ctx.sender()));
    }
}

#[actor_system(actors(Scribe, Hooked, Sender, Receiver))]
struct TestSystem;

async fn system() -> ActorSystem<TestSystem> {
    ActorSystem::<TestSystem>::start(SystemConfig::default()).await.unwrap()
}

/// B16, F1
#[test]
fn an_address_is_plain_data() {
    on_every_runtime(|| async {
        let lab = lab().await;
        let scribe = lab.spawn(Scribe::default()).await.unwrap();
        let addresses = [ActorAddress::from(scribe.id()), ActorAddress::named("a"), ActorAddress::named("b")];
        let set: HashSet<_> = addresses.iter().chain(&addresses).cloned().collect();
        assert_eq!(set.len(), 3);
        assert_eq!(addresses[0].to_string(), scribe.id().to_string());
        assert_eq!(addresses[1].to_string(), "`a`");
        assert_eq!(addresses[1], ActorAddress::named(String::from("a")));
    });
}

/// F2, F3
#[test]
fn a_message_to_an_address_reaches_its_actor() {
    on_every_runtime(|| async {
        let lab = lab().await;
        let scribe = lab.spawn(Scribe::default()).named("ann").await.unwrap();
        assert_eq!(lab.tell_to::<Scribe, _>(scribe.id(), Note(1)).await.unwrap(), Sent::Queued);
        lab.tell_to::<Scribe, _>(ActorAddress::named("ann"), Note(2)).await.unwrap();
        assert_eq!(lab.ask_to::<Scribe, _, _>(scribe.id(), Double(2)).await, Ok(4));
        assert_eq!(lab.ask_to::<Scribe, _, _>(ActorAddress::named("ann"), Read).await.unwrap(), [1, 2]);
    });
}

/// F2, F3, K1, K8: a tell gives the message back; an ask fails at once, and its message is a dead letter.
#[tokio::test(start_paused = true)]
async fn a_send_to_an_unknown_address_fails_at_once() {
    let lab = lab().await;
    let begin = Instant::now();
    let other = lab.spawn(Listener::default()).named("bob").await.unwrap();
    // The first id is unknown; the other ids belong to actors that are not scribes.
    let nowhere: [ActorAddress; 3] =
        [ActorAddress::named("ann"), other.id().into(), ActorAddress::named("bob")];
    for (n, address) in (1..).zip(nowhere) {
        let sent = lab.tell_to::<Scribe, _>(address.clone(), Note(n)).await;
        let Err(SendError::NotFound(Note(back))) = sent else { panic!("{address}: {sent:?}") };
        assert_eq!((back, lab.dead_letters().count()), (n, n - 1));
        let error = lab.ask_to::<Scribe, _, _>(address.clone(), Double(n)).await.unwrap_err();
        let AskError::NotFound(asked) = &error else { panic!("{error}") };
        assert_eq!((asked.target.clone(), asked.actor, asked.message), (address, "Scribe", "Double"));
        assert_eq!(lab.dead_letters().count(), n);
    }
    assert_eq!(begin.elapsed(), Duration::ZERO);
    assert_eq!((lab.counters().sent, lab.counters().dead), (3, 3));
}

/// F2, K8: an id is never reused, so the error for an old id is that its actor has stopped.
#[tokio::test(start_paused = true)]
async fn an_old_id_never_reaches_another_actor() {
    let lab = lab().await;
    let begin = Instant::now();
    let gone = lab.spawn(Scribe::default()).await.unwrap();
    lab.stop(&gone).await;
    let young = lab.spawn(Scribe::default()).await.unwrap();
    assert_ne!(young.id(), gone.id());
    let sent = lab.tell_to::<Scribe, _>(gone.id(), Note(1)).await;
    assert!(matches!(sent, Err(SendError::Stopped(Note(1)))), "{sent:?}");
    let error = lab.ask_to::<Scribe, _, _>(gone.id(), Double(1)).await.unwrap_err();
    assert!(matches!(error, AskError::Stopped(..)), "{error}");
    assert_eq!(begin.elapsed(), Duration::ZERO);
    assert_eq!(lab.ask(&young, Read).await.unwrap(), [0; 0]);
    assert_eq!(lab.dead_letters().count(), 1);
    assert_eq!(lab.dead_letters().count_of(Reason::Stopped), 1);
}

/// F7, F3: a name is looked up at each call.
#[test]
fn a_name_is_resolved_to_its_present_actor() {
    on_every_runtime(|| async {
        let (lab, name) = (lab().await, ActorAddress::named("ann"));
        let first = lab.spawn(Scribe::default()).named("ann").await.unwrap();
        lab.tell_to::<Scribe, _>(name.clone(), Note(1)).await.unwrap();
        lab.drain(&first).await;
        let second = lab.spawn(Scribe::default()).named("ann").await.unwrap();
        let to_second = lab.tell_to::<Scribe, _>(name.clone(), Note(2));
        to_second.await.unwrap();
        assert_eq!(lab.ask(&second, Read).await.unwrap(), [2]);
        // A future that has resolved the name sends to that actor, even if another actor has the name by then.
        let late = lab.tell_to::<Scribe, _>(name, Note(3));
        lab.stop(&second).await;
        lab.spawn(Scribe::default()).named("ann").await.unwrap();
        assert!(matches!(late.await, Err(SendError::Stopped(Note(3)))));
    });
}

/// Decision 2 of the design: a recipient is an address of any actor that handles the message.
#[test]
fn a_recipient_is_any_actor_that_handles_the_message() {
    on_every_runtime(|| async {
        let (lab, log) = (lab().await, Log::default());
        let scribe = lab.spawn(Scribe { seen: log.clone(), ..Scribe::default() }).await.unwrap();
        let hooked = lab.spawn(Hooked { log: log.clone(), ..Hooked::default() }).await.unwrap();
        let recipients: [Recipient<Note>; 2] = [scribe.clone().into(), hooked.clone().into()];
        assert_eq!(recipients.each_ref().map(Recipient::id), [scribe.id(), hooked.id()]);
        assert_eq!(format!("{:?}", recipients[0]), format!("Recipient(Scribe {})", scribe.id()));
        for (n, recipient) in (1..).zip(&recipients) {
            assert_eq!(lab.tell_any(recipient, Note(n)).await.unwrap(), Sent::Queued);
            lab.ask_any(&recipient.clone(), Note(n * 10)).await.unwrap();
        }
        assert_eq!(log.read(), ["pre_start", "1", "10", "2", "20"]);
        let doubler: Recipient<Double> = scribe.clone().into();
        assert_eq!(lab.ask_any(&doubler, Double(4)).await, Ok(8));
        lab.stop(&scribe).await;
        assert!(matches!(lab.tell_any(&recipients[0], Note(3)).await, Err(SendError::Stopped(Note(3)))));
        let error = lab.ask_any(&doubler, Double(4)).await.unwrap_err();
        assert!(matches!(error, AskError::Stopped(..)), "{error}");
    });
}

/// `tells(any Note)`
#[test]
fn an_actor_tells_a_recipient_of_any_type() {
    on_every_runtime(|| async {
        let (system, senders) = (system().await, Log::default());
        let scribe = system.spawn(Scribe::default()).await.unwrap();
        let receiver = system.spawn(Receiver { senders: senders.clone() }).await.unwrap();
        let sender = system.spawn(Sender::default()).await.unwrap();
        system.tell(&sender, AddRecipient(scribe.clone().into())).await.unwrap();
        system.tell(&sender, AddRecipient(receiver.clone().into())).await.unwrap();
        assert_eq!(system.ask(&sender, TellAll(7)).await, Ok(2));
        assert_eq!(system.ask(&scribe, Read).await.unwrap(), [7]);
        system.idle().await;
        assert_eq!(senders.read(), [format!("7 from {:?}", Some(sender.id()))]);
        system.stop(&scribe).await;
        assert_eq!(system.ask(&sender, TellAll(8)).await, Ok(1));
        assert_eq!(system.dead_letters().count(), 0, "the sender got the message back");
    });
}

/// Answered with the identity of the actor.
#[message(reply = (ActorId, Option<String>, ActorRef<Named>))]
struct Identify;

struct Named;

#[actor]
impl Named {
    #[handler]
    fn identify(
        &self,
        _: Identify,
        ctx: &mut ActorContext<Self>,
    ) -> (ActorId, Option<String>, ActorRef<Self>) {
        (ctx.id(), ctx.name().map(str::to_owned), ctx.actor_ref())
    }
}

#[actor_system(actors(Named))]
struct Register;

/// B5
#[tokio::test]
async fn an_actor_has_its_id_its_name_and_its_reference() {
    let register = ActorSystem::<Register>::start(SystemConfig::default()).await.unwrap();
    for name in [None, Some("clerk")] {
        let spawn = register.spawn(Named);
        let actor = match name {
            Some(name) => spawn.named(name).await.unwrap(),
            None => spawn.await.unwrap(),
        };
        let (id, own_name, reference) = register.ask(&actor, Identify).await.unwrap();
        assert_eq!((id, own_name.as_deref(), reference.id()), (actor.id(), name, actor.id()));
        assert_eq!(reference, actor);
    }
}

/// A5: a handler knows the sender of its message, unless the message comes from outside the system.
#[test]
fn a_context_has_the_sender_of_the_message() {
    on_every_runtime(|| async {
        let system = system().await;
        let receiver = system.spawn(Receiver::default()).await.unwrap();
        let sender = system.spawn(Sender::default()).await.unwrap();
        for _ in 0..2 {
            assert_eq!(system.ask(&receiver, GetSender).await, Ok(None));
            assert_eq!(system.ask(&sender, AskOther(receiver.clone())).await, Ok(Ok(Some(sender.id()))));
        }
        // On the full path as well.
        let _monitor = system.monitor(64);
        assert_eq!(system.ask(&receiver, GetSender).await, Ok(None));
        assert_eq!(system.ask(&sender, AskOther(receiver.clone())).await, Ok(Ok(Some(sender.id()))));
    });
}

/// F6, K5, RG-09: after any sequence of operations the registry has the content of a map.
#[test]
fn the_registry_behaves_like_a_map() {
    on_every_runtime(|| async {
        for seed in 0..50 {
            let (lab, mut dice) = (lab().await, Dice::new(seed));
            let mut model: BTreeMap<String, ActorRef<Scribe>> = BTreeMap::new();
            let mut gone: Vec<ActorId> = Vec::new();
            for step in 0..100 {
                let at = format!("seed {seed}, step {step}");
                let name = format!("name {}", dice.throw(8));
                match dice.throw(5) {
                    0 | 1 => match (lab.spawn(Scribe::default()).named(&*name).await, model.get(&name)) {
                        (Ok(scribe), None) => drop(model.insert(name, scribe)),
                        (Err(SpawnError::NameTaken { holder, .. }), Some(there)) => {
                            assert_eq!(holder, there.id(), "{at}");
                        }
                        (spawned, model) => panic!("{at}: {spawned:?}, and not {model:?}"),
                    },
                    2 => {
                        if let Some(scribe) = model.remove(&name) {
                            match dice.throw(3) {
                                0 => lab.stop(&scribe).await,
                                1 => lab.kill(&scribe).await,
                                _ => lab.drain(&scribe).await,
                            };
                            gone.push(scribe.id());
                        }
                    }
                    3 => {
                        let sent = lab.tell_to::<Scribe, _>(ActorAddress::named(&*name), Note(1)).await;
                        assert_eq!(sent.is_ok(), model.contains_key(&name), "{at}");
                    }
                    _ => assert_eq!(lab.named::<Scribe>(&name).as_ref(), model.get(&name), "{at}"),
                }
                let mut alive: Vec<_> = lab.actors().iter().map(|info| info.id).collect();
                let mut expected: Vec<_> = model.values().map(ActorRef::id).collect();
                alive.sort_unstable();
                expected.sort_unstable();
                assert_eq!(alive, expected, "{at}");
            }
            for id in gone {
                let sent = lab.tell_to::<Scribe, _>(id, Note(1)).await;
                assert!(matches!(sent, Err(SendError::Stopped(_))), "seed {seed}: {id} is there again");
            }
        }
    });
}
