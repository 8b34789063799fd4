"""Generates the programs that `ci/compile-time` measures: the same actors on each framework, and written by hand.

Even handlers are `fn` and odd ones `async fn` with a context, where the framework has both. The first actor is at the top of
the file, and EDITED is the token of its first handler that an edit replaces."""

EDITED = "rotate_left(10)"
CHUNK = 10
STATE = "sum: u64, last: String, seen: Vec<u64>"


class Program:
    """`actors` actors with `handlers` handlers each. All messages have a reply of `u64` and each actor is spawned and asked
    once, in a function of its own. With `tells`, the first message has no reply, and each actor is told it as well. With
    `events`, each actor publishes one event and subscribes to another, and only one actor is spawned."""

    # What each function that uses an actor gets.
    shared, shared_type = "", ""

    def __init__(self, actors, handlers, tells=False, events=0):
        self.actors, self.handlers, self.tells, self.events = range(actors), range(handlers), tells, range(events)
        self.used = self.actors[:1] if events else self.actors
        self.asked = f"x{1 if tells else 0}"

    def reply(self, handler):
        return None if self.tells and handler == 0 else "u64"

    def returns(self, handler):
        reply = self.reply(handler)
        return f" -> {reply}" if reply else ""

    def result(self, handler):
        return "self.sum" if self.reply(handler) else ""

    def published(self, actor):
        return f"Event{actor % len(self.events)}" if self.events else None

    def subscribed(self, actor):
        return f"Event{(actor + 7) % len(self.events)}" if self.events else None

    def body(self, handler, state="self"):
        return f"""{state}.sum = {state}.sum.wrapping_add(amount.rotate_left({handler + 10}));
        {state}.last = format!("{{}}:{{}}", {state}.last.len(), amount);
        if {state}.sum % {handler + 2} == 0 {{
            {state}.seen.push({state}.sum);
        }}"""

    def source(self):
        lines = [self.imports()]
        for actor in self.actors:
            lines.append(self.actor(actor))
        lines.append(self.system())
        lines += [self.use(actor) for actor in self.used]
        lines += [self.chunk(first) for first in self.used[::CHUNK]]
        return "\n".join(lines) + "\n" + self.main()

    def system(self):
        return ""

    def chunk(self, first):
        """A function that uses CHUNK actors: one function that waits for all of them would be the largest of the program."""
        uses = "\n".join(f"    use{actor}({self.shared}).await?;" for actor in self.used[first : first + CHUNK])
        parameter = f"{self.shared}: {self.shared_type}" if self.shared else ""
        return f"""async fn chunk{first}({parameter}) -> Result<(), Box<dyn std::error::Error>> {{
{uses}
    Ok(())
}}"""

    def chunks(self, argument=""):
        return "\n".join(f"    chunk{first}({argument}).await?;" for first in self.used[::CHUNK])

    def main(self):
        return f"""
#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {{
{self.chunks()}
    Ok(())
}}
"""


class Airssys(Program):
    name = "airssys-rt"
    shared, shared_type = "bank", "&ActorSystem<Bank>"

    def imports(self):
        return "use airssys_rt::prelude::*;"

    def actor(self, actor):
        lines = []
        for handler in self.handlers:
            reply = "(reply = u64)" if self.reply(handler) else ""
            lines.append(f"#[message{reply}]\npub struct Do{actor}x{handler} {{ pub amount: u64 }}")
        lines.append(f"#[derive(Default)]\npub struct Actor{actor} {{ {STATE} }}")
        published = self.published(actor)
        lines.append(f"#[actor(publishes({published}))]" if published else "#[actor]")
        lines.append(f"impl Actor{actor} {{")
        for handler in self.handlers:
            message = f"Do{actor}x{handler}"
            is_async, ctx = ("async ", ", _: &mut ActorContext<Self>") if handler % 2 else ("", "")
            publish = ""
            if published:
                ctx = ", ctx: &mut ActorContext<Self>"
                publish = f"\n        ctx.publish({published} {{ amount }});"
            lines.append(f"""    #[handler]
    {is_async}fn do{handler}(&mut self, {message} {{ amount }}: {message}{ctx}){self.returns(handler)} {{
        {self.body(handler)}{publish}
        {self.result(handler)}
    }}""")
        if self.events:
            lines.append(f"""    #[on_event]
    fn seen(&mut self, event: {self.subscribed(actor)}) {{
        self.sum ^= event.amount;
    }}""")
        return "\n".join(lines) + "\n}"

    def system(self):
        lines = [f"#[event]\n#[derive(Clone)]\npub struct Event{event} {{ pub amount: u64 }}" for event in self.events]
        events = "".join(f", Event{event}" for event in self.events)
        events = f", events({events[2:]})" if events else ""
        actors = ", ".join(f"Actor{actor}" for actor in self.actors)
        lines.append(f"#[actor_system(actors({actors}){events})]\npub struct Bank;")
        return "\n".join(lines)

    def use(self, actor):
        tell = f"\n    bank.tell(&actor, Do{actor}x0 {{ amount: 1 }}).await?;" if self.tells else ""
        return f"""async fn use{actor}(bank: &ActorSystem<Bank>) -> Result<(), Box<dyn std::error::Error>> {{
    let actor = bank.spawn(Actor{actor}::default()).await?;{tell}
    bank.ask(&actor, Do{actor}{self.asked} {{ amount: {actor} }}).await?;
    Ok(())
}}"""

    def main(self):
        return f"""
#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {{
    let bank = ActorSystem::<Bank>::start(SystemConfig::default()).await?;
{self.chunks("&bank")}
    bank.shutdown().await?;
    Ok(())
}}
"""


class Hand(Program):
    """One enum and one task for each actor, one enum for the system, and one map of live actors for each type."""

    name = "hand"
    shared, shared_type = "bank", "&Arc<Bank>"

    def imports(self):
        return "use std::collections::HashMap;\nuse std::sync::{Arc, Mutex};\nuse tokio::sync::{mpsc, oneshot};"

    def actor(self, actor):
        lines = [f"pub struct Do{actor}x{handler} {{ pub amount: u64 }}" for handler in self.handlers]
        lines.append(f"#[derive(Default)]\npub struct Actor{actor} {{ {STATE} }}")
        lines.append(f"impl Actor{actor} {{")
        published = self.published(actor)
        publish = f"\n        out.push(BankEvent::{published}({published} {{ amount }}));" if published else ""
        parameter, argument = (", out: &mut Vec<BankEvent>", ", out") if published else ("", "")
        for handler in self.handlers:
            message = f"Do{actor}x{handler}"
            is_async = "async " if handler % 2 else ""
            lines.append(f"""    {is_async}fn do{handler}(&mut self, {message} {{ amount }}: {message}{parameter}){self.returns(handler)} {{
        {self.body(handler)}{publish}
        {self.result(handler)}
    }}""")
        if self.events:
            lines.append(f"    fn seen(&mut self, event: {self.subscribed(actor)}) {{\n        self.sum ^= event.amount;\n    }}")
        lines.append(f"    pub async fn dispatch(&mut self, message: Actor{actor}Message{parameter}) {{\n        match message {{")
        for handler in self.handlers:
            wait = ".await" if handler % 2 else ""
            lines.append(f"""            Actor{actor}Message::Do{handler}(message, slot) => {{
                let reply = self.do{handler}(message{argument}){wait};
                if let Some(slot) = slot {{
                    let _ = slot.send(reply);
                }}
            }}""")
        if self.events:
            lines.append(f"            Actor{actor}Message::Seen(event) => self.seen(event),")
        lines.append("        }\n    }")
        bank, out, each = "", "", ""
        if self.events:
            bank, out = ", bank: Arc<Bank>", "\n        let mut out = Vec::new();"
            argument = ", &mut out"
            each = "\n            for event in out.drain(..) {\n                bank.publish(event).await;\n            }"
        lines.append(f"""    pub async fn run(mut self, mut from: mpsc::Receiver<Actor{actor}Message>{bank}) {{{out}
        while let Some(message) = from.recv().await {{
            self.dispatch(message{argument}).await;{each}
        }}
    }}
}}""")
        lines.append(f"pub enum Actor{actor}Message {{")
        for handler in self.handlers:
            reply = self.reply(handler) or "()"
            lines.append(f"    Do{handler}(Do{actor}x{handler}, Option<oneshot::Sender<{reply}>>),")
        if self.events:
            lines.append(f"    Seen({self.subscribed(actor)}),")
        return "\n".join(lines) + "\n}"

    def system(self):
        lines = [f"#[derive(Clone)]\npub struct Event{event} {{ pub amount: u64 }}" for event in self.events]
        if self.events:
            lines.append("pub enum BankEvent {")
            lines += [f"    Event{event}(Event{event})," for event in self.events]
            lines.append("}")
        lines.append("pub enum BankMessage {")
        lines += [f"    Actor{actor}(u64, Actor{actor}Message)," for actor in self.actors]
        lines.append("}\n#[derive(Default)]\npub struct Bank {")
        lines += [f"    a{a}: Mutex<HashMap<u64, mpsc::Sender<Actor{a}Message>>>," for a in self.actors]
        lines.append("}\nimpl Bank {\n    pub async fn deliver(&self, message: BankMessage) {\n        match message {")
        for actor in self.actors:
            lines.append(f"""            BankMessage::Actor{actor}(id, message) => {{
                let to = self.a{actor}.lock().unwrap().get(&id).cloned();
                if let Some(to) = to {{
                    let _ = to.send(message).await;
                }}
            }}""")
        lines.append("        }\n    }")
        if self.events:
            lines.append("    pub async fn publish(&self, event: BankEvent) {\n        match event {")
            for event in self.events:
                lines.append(f"            BankEvent::Event{event}(event) => {{")
                for actor in self.actors:
                    if self.subscribed(actor) == f"Event{event}":
                        lines.append(f"""                let all: Vec<_> = self.a{actor}.lock().unwrap().values().cloned().collect();
                for one in all {{
                    let _ = one.send(Actor{actor}Message::Seen(event.clone())).await;
                }}""")
                lines.append("            }")
            lines.append("        }\n    }")
        return "\n".join(lines) + "\n}"

    def use(self, actor):
        ask = self.asked[1]
        bank = ", bank.clone()" if self.events else ""
        tell = ""
        if self.tells:
            tell = f"""
    let message = Actor{actor}Message::Do0(Do{actor}x0 {{ amount: 1 }}, None);
    bank.deliver(BankMessage::Actor{actor}(1, message)).await;"""
        return f"""async fn use{actor}(bank: &Arc<Bank>) -> Result<(), Box<dyn std::error::Error>> {{
    let (to, from) = mpsc::channel(1000);
    bank.a{actor}.lock().unwrap().insert(1, to);
    tokio::spawn(Actor{actor}::default().run(from{bank}));{tell}
    let (slot, reply) = oneshot::channel();
    let message = Actor{actor}Message::Do{ask}(Do{actor}x{ask} {{ amount: {actor} }}, Some(slot));
    bank.deliver(BankMessage::Actor{actor}(1, message)).await;
    reply.await?;
    Ok(())
}}"""

    def main(self):
        return f"""
#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {{
    let bank = Arc::new(Bank::default());
{self.chunks("&bank")}
    Ok(())
}}
"""


class Kameo(Program):
    name = "kameo"

    def imports(self):
        return "use kameo::Actor;\nuse kameo::actor::Spawn;\nuse kameo::message::{Context, Message};"

    def actor(self, actor):
        lines = [f"pub struct Do{actor}x{handler} {{ pub amount: u64 }}" for handler in self.handlers]
        lines.append(f"#[derive(Default, Actor)]\npub struct Actor{actor} {{ {STATE} }}")
        for handler in self.handlers:
            message, reply = f"Do{actor}x{handler}", self.reply(handler) or "()"
            lines.append(f"""impl Message<{message}> for Actor{actor} {{
    type Reply = {reply};

    async fn handle(&mut self, {message} {{ amount }}: {message}, _: &mut Context<Self, {reply}>){self.returns(handler)} {{
        {self.body(handler)}
        {self.result(handler)}
    }}
}}""")
        return "\n".join(lines)

    def use(self, actor):
        tell = f"\n    actor.tell(Do{actor}x0 {{ amount: 1 }}).await?;" if self.tells else ""
        return f"""async fn use{actor}() -> Result<(), Box<dyn std::error::Error>> {{
    let actor = Actor{actor}::spawn(Actor{actor}::default());{tell}
    actor.ask(Do{actor}{self.asked} {{ amount: {actor} }}).await?;
    Ok(())
}}"""


class Ractor(Program):
    name = "ractor"

    def imports(self):
        return "use ractor::{Actor, ActorProcessingErr, ActorRef, RpcReplyPort, call};"

    def actor(self, actor):
        lines = [f"pub struct Do{actor}x{handler} {{ pub amount: u64 }}" for handler in self.handlers]
        lines.append(f"pub struct Actor{actor};\n#[derive(Default)]\npub struct State{actor} {{ {STATE} }}")
        lines.append(f"""impl Actor for Actor{actor} {{
    type Msg = Actor{actor}Message;
    type State = State{actor};
    type Arguments = State{actor};

    async fn pre_start(&self, _: ActorRef<Self::Msg>, state: State{actor}) -> Result<State{actor}, ActorProcessingErr> {{
        Ok(state)
    }}

    async fn handle(&self, _: ActorRef<Self::Msg>, message: Self::Msg, state: &mut State{actor}) -> Result<(), ActorProcessingErr> {{
        match message {{""")
        for handler in self.handlers:
            slot, send = (", reply", "reply.send(state.sum)?;") if self.reply(handler) else ("", "")
            lines.append(f"""            Actor{actor}Message::Do{handler}(Do{actor}x{handler} {{ amount }}{slot}) => {{
        {self.body(handler, "state")}
        {send}
            }}""")
        lines.append(f"        }}\n        Ok(())\n    }}\n}}\npub enum Actor{actor}Message {{")
        for handler in self.handlers:
            slot = ", RpcReplyPort<u64>" if self.reply(handler) else ""
            lines.append(f"    Do{handler}(Do{actor}x{handler}{slot}),")
        return "\n".join(lines) + "\n}"

    def use(self, actor):
        ask = self.asked[1]
        tell = f"\n    actor.cast(Actor{actor}Message::Do0(Do{actor}x0 {{ amount: 1 }}))?;" if self.tells else ""
        return f"""async fn use{actor}() -> Result<(), Box<dyn std::error::Error>> {{
    let (actor, _) = Actor::spawn(None, Actor{actor}, State{actor}::default()).await?;{tell}
    call!(actor, |port| Actor{actor}Message::Do{ask}(Do{actor}x{ask} {{ amount: {actor} }}, port))?;
    Ok(())
}}"""


CONTESTANTS = [Hand, Airssys, Kameo, Ractor]
