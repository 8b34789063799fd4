//! Serialization (feature `wire`): the messages of a system implement serde's traits, if the types in them do.

use airssys_rt::{
    __private::{HandlesTerminated, ReplySlot},
    actor::HandledBy,
    broker::{InMemoryError, InMemoryMessageBroker, MessageStream, Rejected, Route},
    envelope::Envelope,
    prelude::*,
};
use serde::{
    Deserialize, Serialize,
    de::{
        DeserializeOwned, IntoDeserializer,
        value::{Error, U32Deserializer},
    },
};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[message(reply = u64)]
struct Deposit {
    pub cents: u64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[message]
struct Rename(pub String);

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[message]
struct r#Type;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[message]
struct Job<T>(pub T);

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[event]
struct Deposited {
    pub cents: u64,
}

mod own {
    /// A message with the name of the notification of an end.
    #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
    #[airssys_rt::message]
    pub(super) struct Terminated;
}

#[derive(Default)]
struct Account {
    cents: u64,
}

#[actor(publishes(Deposited))]
impl Account {
    #[cfg(any())]
    #[handler]
    fn never(&mut self, _: Never) -> Nothing {}

    #[handler]
    fn deposit(&mut self, Deposit { cents }: Deposit, ctx: &mut ActorContext<Self>) -> u64 {
        ctx.publish(Deposited { cents });
        self.cents += cents;
        self.cents
    }

    #[handler]
    fn rename(&mut self, _: Rename) {}

    #[handler]
    fn raw(&mut self, _: r#Type) {}

    #[handler]
    fn own(&mut self, _: own::Terminated) {}

    #[on_terminated]
    fn gone(&mut self, _: Terminated) {}
}

struct Queue<T>(Vec<T>);

#[actor]
impl<T> Queue<T>
where
    T: Clone + Send + 'static,
{
    #[handler]
    fn job(&mut self, Job(job): Job<T>) {
        self.0.push(job);
    }

    #[on_event]
    fn deposited(&mut self, _: Deposited) {}
}

#[actor_system(actors(Account, Queue<u8>, Queue<String> as Names), events(Deposited))]
struct Bank;

/// A message that is not data: it has no serde traits.
#[message]
struct Opaque(pub std::sync::mpsc::Sender<u8>);

#[event]
#[derive(Clone)]
struct Heard(pub std::sync::Arc<dyn Fn() + Send + Sync>);

struct Vault;

#[actor(publishes(Heard))]
impl Vault {
    #[handler]
    fn opaque(&mut self, Opaque(to): Opaque, ctx: &mut ActorContext<Self>) {
        ctx.publish(Heard(std::sync::Arc::new(|| {})));
        let _ = to.send(1);
    }

    #[on_event]
    fn heard(&mut self, Heard(heard): Heard) {
        heard();
    }
}

/// A system with a message that is not data, and with an actor whose messages are all data.
#[actor_system(actors(Vault, Account), events(Heard, entry Deposited))]
struct Mixed;

/// A system without events.
#[actor_system(actors(Pure))]
struct Small;

struct Pure;

#[actor]
impl Pure {
    #[handler]
    fn rename(&mut self, _: Rename) {}
}

type AccountMessage = <Account as Actor>::Message;

fn sent<A: Actor, M: HandledBy<A>>(message: M) -> A::Message {
    message.wrap(ReplySlot::EMPTY)
}

fn to_text<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("it is data")
}

fn from_text<T: DeserializeOwned>(text: &str) -> T {
    serde_json::from_str(text).expect("it is data")
}

fn is_data<T: Serialize + DeserializeOwned>() {}

/// A14
#[test]
fn a_message_survives_a_round_trip() {
    let text = to_text(&BankMessage::Account(sent::<Account, _>(Deposit { cents: 7 })));
    assert_eq!(text, r#"{"Account":{"Deposit":{"cents":7}}}"#);
    let BankMessage::Account(message) = from_text(&text) else { panic!("to another actor") };
    assert_eq!(HandledBy::<Account>::unwrap(message).map(|(message, _)| message), Some(Deposit { cents: 7 }));
}

#[test]
fn two_instances_of_a_generic_actor_are_distinguished() {
    let number = BankMessage::Queue(sent::<Queue<u8>, _>(Job(3)));
    let name = BankMessage::Names(sent::<Queue<String>, _>(Job("x".to_owned())));
    assert_eq!(to_text(&number), r#"{"Queue":{"Job":3}}"#);
    assert_eq!(to_text(&name), r#"{"Names":{"Job":"x"}}"#);
    let BankMessage::Names(back) = from_text(&to_text(&name)) else { panic!("to another actor") };
    assert_eq!(
        HandledBy::<Queue<String>>::unwrap(back).map(|(message, _)| message),
        Some(Job("x".to_owned()))
    );
    assert!(serde_json::from_str::<BankMessage>(r#"{"Queue":{"Job":"x"}}"#).is_err());
}

#[test]
fn an_event_survives_a_round_trip() {
    let event = BankEvent::Deposited(Deposited { cents: 2 });
    let text = to_text(&BankMessage::Event(event));
    assert_eq!(text, r#"{"Event":{"Deposited":{"cents":2}}}"#);
    let BankMessage::Event(BankEvent::Deposited(back)) = from_text(&text) else { panic!("no event") };
    assert_eq!(back, Deposited { cents: 2 });
    is_data::<<Account as Actor>::Event>();
}

/// A broker that serializes each envelope and deserializes it again.
struct Wire<M>(InMemoryMessageBroker<M>);

impl<M> Clone for Wire<M> {
    fn clone(&self) -> Self {
        Wire(self.0.clone())
    }
}

impl<M: Serialize + DeserializeOwned + Send + 'static> MessageBroker<M> for Wire<M> {
    type Error = InMemoryError;

    async fn attach(&self, route: Route<M>) -> Result<(), InMemoryError> {
        self.0.attach(route).await
    }

    async fn publish(&self, envelope: Envelope<M>) -> Result<Published, Rejected<M, InMemoryError>> {
        let (meta, message) = envelope.into_parts();
        let text = to_text(&message);
        drop(message);
        self.0.publish(Envelope::from_parts(meta, from_text(&text))).await
    }

    fn subscribe(&self, capacity: usize) -> Result<MessageStream<M>, InMemoryError>
    where
        M: Clone,
    {
        self.0.subscribe(capacity)
    }

    async fn detach(&self) {
        self.0.detach().await;
    }
}

/// A7
#[tokio::test]
async fn a_message_is_handled_after_the_wire_and_its_reply_slot_stays_local() {
    let wire = Wire(InMemoryMessageBroker::new());
    let bank = ActorSystem::<Bank, _>::with_broker(SystemConfig::default(), wire).await.expect("it starts");
    let account = bank.spawn(Account::default()).await.expect("it is spawned");
    let queue = bank.spawn(Queue::<u8>(Vec::new())).await.expect("it is spawned");
    let asked = bank.ask(&account, Deposit { cents: 7 }).await;
    assert!(matches!(asked, Err(AskError::NoReply(_))), "{asked:?}");
    bank.idle().await;
    bank.tell(&account, Deposit { cents: 2 }).await.expect("it is told");
    bank.tell(&queue, Job(1)).await.expect("it is told");
    bank.idle().await;
    // Two deposits, each with one event for one queue, and a job.
    assert_eq!(bank.counters().handled, 5);
    let watch = bank.watch(&account);
    bank.stop(&account).await;
    let terminated = watch.await;

    let news = <Account as HandlesTerminated>::wrap_terminated(terminated);
    let error = serde_json::to_string(&BankMessage::Account(news)).expect_err("it stays");
    assert_eq!(
        error.to_string(),
        "`Account`: the notification that an actor has terminated cannot be serialized"
    );
}

#[test]
fn an_unknown_variant_is_refused() {
    let error = |text| serde_json::from_str::<BankMessage>(text).err().map(|error| error.to_string());
    let known = "expected one of `Account`, `Queue`, `Names`, `Event` at line 1 column 9";
    assert_eq!(error(r#"{"Nobody":1}"#), Some(format!("unknown variant `Nobody`, {known}")));
    assert!(error(r#"{"Account":{"Never":null}}"#).is_some(), "it is configured out");
    assert!(error(r#"{"Account":{"__Terminated":null}}"#).is_some(), "it is not sent");
    assert!(error("1").is_some());
}

#[test]
fn a_format_may_number_the_variants() {
    let error = |number: u32| {
        let from: U32Deserializer<Error> = number.into_deserializer();
        BankMessage::deserialize(from).err().map(|error| error.to_string())
    };
    // This format has only numbers and no data.
    assert_eq!(error(3).as_deref(), Some("invalid type: unit variant, expected newtype variant"));
    let text = "invalid value: integer `4`, expected a variant of BankMessage";
    assert_eq!(error(4).as_deref(), Some(text));
}

#[test]
fn a_system_may_have_messages_that_are_not_data() {
    is_data::<AccountMessage>();
    is_data::<SmallMessage>();
    is_data::<SmallEvent>();
    assert_eq!(Mixed::topology().system(), "Mixed");
}
