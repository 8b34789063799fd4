"""The program of ci/ide, and the places in it with the expected answers of rust-analyzer."""

PROGRAM = """use airssys_rt::prelude::*;
use airssys_rt::system::System;

#[message(reply = u64)]
pub struct Draw { pub cents: u64 }

#[message(reply = u64, name = "bank.withdraw")]
pub struct Withdraw { pub cents: u64 }

#[message(boxed)]
pub struct Serve { pub account: ActorRef<Account> }

#[event]
#[derive(Clone)]
pub struct Withdrawn { pub cents: u64 }

#[derive(Default)]
pub struct Ledger { statements: u64 }

#[actor]
impl Ledger {
    #[handler]
    fn draw(&mut self, draw: Draw) -> u64 { self.statements += 1; draw.cents }
}

pub struct Account { balance: u64, ledger: ActorRef<Ledger> }

#[actor(publishes(Withdrawn), asks(Ledger))]
impl Account {
    #[handler]
    async fn withdraw(&mut self, withdraw: Withdraw, ctx: &mut ActorContext<Self>) -> Result<u64, Fault> {
        let amount = ctx.ask(&self.ledger, Draw { cents: withdraw.cents }).await?;
        ctx.publish(Withdrawn { cents: amount });
        self.balance -= amount;
        Ok(self.balance)
    }
}

pub struct Teller;

#[actor(name = "teller", asks(Account), tells(any Draw), spawns(Archive), mailbox(capacity = 8, overflow = Drop))]
impl Teller {
    #[pre_start]
    fn open(&mut self) {}

    #[handler(entry)]
    async fn serve(&mut self, serve: Serve, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        let _balance = ctx.ask(&serve.account, Withdraw { cents: 1 }).await?;
        Ok(())
    }

    #[on_event]
    fn withdrawn(&mut self, _: Withdrawn) {}

    #[on_terminated]
    fn ended(&mut self, _: Terminated) {}

    #[on_error]
    fn failed(&mut self, _: Fault) -> ErrorAction { ErrorAction::Resume }

    #[post_stop]
    fn close(&mut self) {}
}

#[actor(handles(entry Draw), subscribes(Withdrawn), tells(Ledger, cycle = "tries only"))]
pub struct Archive;

impl Handler<Draw> for Archive {
    async fn handle(&mut self, draw: Draw, _: &mut ActorContext<Self>) -> Result<u64, Fault> { Ok(draw.cents) }
}

impl Subscriber<Withdrawn> for Archive {
    async fn on_event(&mut self, _: Withdrawn, _: &mut ActorContext<Self>) -> Result<(), Fault> { Ok(()) }
}

#[message]
pub struct Put<T>(pub T);

pub struct Shelf<T> { items: Vec<T>, ledger: ActorRef<Ledger> }

#[actor(tells(Ledger), mailbox(unbounded))]
impl<T> Shelf<T> {
    #[handler(entry)]
    fn put(&mut self, Put(item): Put<T>) { self.items.push(item); let _ = &self.ledger; }
}

#[actor_system(actors(Account, Ledger, entry Teller, Archive, Shelf<u8> as Bytes), events(Withdrawn))]
pub struct Bank;

pub type Messages = <Bank as System>::Message;

pub fn observe(message: &Messages) -> bool {
    let _ = Bank::topology();
    match message {
        Messages::Account(_) => true,
        _ => false,
    }
}
"""

# What a generated name looks like in this program.
GENERATED = r"__|(Ledger|Account|Teller|Archive|Shelf|Bank)(Message|Event)$"

HALF_TYPED = "        self.balance -= amount;\n        Ok(self.balance)\n    }\n"

# Each place is a change of the program with the expected answers:
#   completes    text that must be among the completions
#   lacks        expression that none of the completions may match
#   hover        text that the hover must contain
#   defined      text with which the line of a definition must begin
#   targets      maximum number of definitions: the current number, so that it does not grow
#   implemented  beginnings of lines that must be among the implementations
#   referenced   beginnings of lines that must be among the references
#   renamed      the new name, and the changes that it must make of the program
#   errors       beginnings of the only lines that may have an error
#   why          why an answer is only printed
# What cannot be had, and why:
#   - senders, from the method of a handler: rust-analyzer searches for the text of the name, and a send contains that of the message;
#     a token with the place of the name and the text of the message is not followed, because both texts must be the same
#   - only actors in a list: completions of a type are all types in scope. Those of a module are possible, as for the keys, but no
#     macro knows all actors. The generated enums of an actor are out of scope, those of a system are `#[unstable]`: rust-analyzer
#     does not list such an item, and neither its variants after `BankMessage::`. It lists them in a match
#   - the types of a system's list in a module of their own: its glob import of the user's module has the same names
#   - completions after an alias, `type Messages = <Bank as System>::Message`: rust-analyzer does not resolve the projection there
PLACES = [
    dict(
        name="inside a handler",
        change=("ctx.publish(", "ctx.publ<|>ish("),
        completes="publish", hover="fn publish", defined="pub fn publish", targets=1,
    ),
    dict(
        name="inside a handler, a local",
        change=("balance -= amount;", "balance -= amo<|>unt;"),
        completes="amount", lacks=r"__", hover="amount: u64", defined="let amount", targets=1,
    ),
    dict(
        name="a field of self",
        change=("&self.ledger, Draw", "&self.led<|>ger, Draw"),
        completes="ledger", hover="ActorRef<Ledger>", defined="pub struct Account", targets=1,
    ),
    # The types of the lists.
    dict(
        name="a listed type, actors(..)",
        change=("actors(Account,", "actors(Acc<|>ount,"),
        completes="Account", lacks=GENERATED, hover="struct Account", defined="pub struct Account", targets=1,
    ),
    dict(
        name="a listed type, entry and as",
        change=("entry Teller", "entry Tel<|>ler"),
        completes="Teller", lacks=GENERATED, hover="struct Teller", defined="pub struct Teller", targets=1,
    ),
    dict(
        name="a listed type, events(..)",
        change=("events(Withdrawn)", "events(With<|>drawn)"),
        completes="Withdrawn", lacks=GENERATED, hover="struct Withdrawn", defined="pub struct Withdrawn", targets=1,
    ),
    dict(
        name="a listed type, asks(..)",
        change=("asks(Ledger)", "asks(Led<|>ger)"),
        completes="Ledger", lacks=GENERATED, hover="struct Ledger", defined="pub struct Ledger", targets=1,
    ),
    dict(
        name="a listed type, any M",
        change=("any Draw", "any Dr<|>aw"),
        completes="Draw", lacks=GENERATED, hover="struct Draw", defined="pub struct Draw", targets=1,
    ),
    dict(
        name="a listed type, spawns(..)",
        change=("spawns(Archive)", "spawns(Arc<|>hive)"),
        completes="Archive", lacks=GENERATED, hover="struct Archive", defined="pub struct Archive", targets=1,
    ),
    dict(
        name="a listed type, publishes(..)",
        change=("publishes(Withdrawn)", "publishes(With<|>drawn)"),
        completes="Withdrawn", lacks=GENERATED, hover="struct Withdrawn", defined="pub struct Withdrawn", targets=1,
    ),
    dict(
        name="a listed type, handles(..)",
        change=("handles(entry Draw)", "handles(entry Dr<|>aw)"),
        completes="Draw", lacks=GENERATED, hover="struct Draw", defined="pub struct Draw", targets=1,
    ),
    dict(
        name="a listed type, generic actor",
        change=("tells(Ledger), mailbox(unb", "tells(Led<|>ger), mailbox(unb"),
        completes="Ledger", lacks=GENERATED, hover="struct Ledger", defined="pub struct Ledger", targets=1,
    ),
    dict(
        name="the first listed type",
        change=("asks(Ledger)", "asks(Led<|>)"), completes="Ledger", lacks=GENERATED,
    ),
    dict(
        name="the first actor of a system",
        change=("#[actor_system(actors(Account, Ledger, entry Teller, Archive, Shelf<u8> as Bytes), events(Withdrawn))]",
                "#[actor_system(actors(Acc<|>))]"),
        completes="Account", lacks=GENERATED,
    ),
    dict(
        name="the type of a reply",
        change=("#[message(reply = u64)]\npub struct Draw", "#[message(reply = Acc<|>ount)]\npub struct Draw"),
        completes="Account", lacks=GENERATED, hover="struct Account", defined="pub struct Account", targets=1,
    ),
    dict(
        name="the message of a handler",
        change=("draw: Draw) -> u64", "draw: Dr<|>aw) -> u64"),
        completes="Draw", lacks=GENERATED, hover="struct Draw", defined="pub struct Draw", targets=1,
    ),
    # What a system generates.
    dict(
        name="a variant of a system's messages",
        change=("        Messages::Account(_) => true,\n        _ => false,\n", "        Acc<|>\n"),
        completes="BankMessage::Account",
    ),
    dict(
        name="a named variant",
        change=("Messages::Account", "Messages::Acc<|>ount"),
        hover="A message to Account", defined="pub struct Bank", targets=1,
    ),
    dict(
        name="a generated function",
        change=("Bank::topology", "Bank::topo<|>logy"),
        completes="topology", hover="Returns the message graph", defined="pub struct Bank", targets=1,
    ),
    # Keys and words.
    dict(name="a key, a few letters", change=("asks(Ledger))]", "tel<|>)]"), completes="tells", lacks=r"krate|__"),
    dict(name="a wrong key", change=("publishes(Withdrawn)", "publi<|>sh(Withdrawn)"), completes="publishes"),
    dict(name="the key handles", change=("handles(entry", "han<|>dles(entry"), completes="handles", hover="an impl of Handler handles"),
    dict(name="the key subscribes", change=("subscribes(With", "sub<|>scribes(With"), completes="subscribes", hover="an impl of Subscriber handles"),
    dict(name="the key publishes", change=("publishes(With", "pub<|>lishes(With"), completes="publishes", hover="ctx.publish takes"),
    dict(name="the key asks", change=("asks(Ledger)", "as<|>ks(Ledger)"), completes="asks", hover="ctx.ask takes"),
    dict(name="the key tells", change=("tells(any", "te<|>lls(any"), completes="tells", hover="ctx.tell takes"),
    dict(name="the key spawns", change=("spawns(Arc", "spa<|>wns(Arc"), completes="spawns", hover="ctx.spawn takes"),
    dict(name="the key name of an actor", change=('name = "teller"', 'na<|>me = "teller"'), completes="name", hover="in errors, logs and the graph"),
    dict(name="the key mailbox", change=("mailbox(capacity", "mail<|>box(capacity"), completes="mailbox", hover="the limit of the mailbox"),
    dict(name="a setting of the mailbox", change=("mailbox(capacity", "mailbox(capa<|>city"), completes="capacity", hover="at most this many messages"),
    dict(name="an overflow policy", change=("overflow = Drop", "overflow = Dr<|>op"), hover="mailbox::policy::Overflow"),
    dict(name="the word entry", change=("entry Teller", "ent<|>ry Teller"), hover="outside of the system's actors"),
    dict(name="the word any", change=("any Draw", "an<|>y Draw"), hover="sent to any Recipient"),
    dict(name="the word cycle", change=("cycle =", "cyc<|>le ="), hover="allows a cycle"),
    dict(name="the word entry of a handler", change=("#[handler(entry)]\n    async", "#[handler(ent<|>ry)]\n    async"), hover="outside of the system's actors"),
    dict(name="the key actors", change=("actors(Acc", "act<|>ors(Acc"), completes="actors", hover="the actors that the system hosts"),
    dict(name="the key events", change=("events(With", "eve<|>nts(With"), completes="events", hover="the events that the system routes"),
    dict(name="the key reply", change=("reply = u64, name", "rep<|>ly = u64, name"), completes="reply", hover="which ask returns"),
    dict(name="the key name of a message", change=("name = \"bank", "na<|>me = \"bank"), completes="name", hover="on the wire"),
    dict(name="the key boxed", change=("(boxed)", "(box<|>ed)"), completes="boxed", hover="in a box"),
    dict(name="the key keep_payload", change=("(boxed)", "(keep_<|>payload)"), completes="keep_payload", hover="sent again with replay"),
    dict(name="the key crate", change=("#[event]", "#[event(cr<|>ate = ::airssys_rt)]"), hover="the path of airssys_rt"),
    # Attributes.
    dict(name="#[message]", change=("#[message(boxed)]", "#[mes<|>sage(boxed)]"), completes="message", hover="Makes a struct or an enum a message"),
    dict(name="#[event]", change=("#[event]", "#[ev<|>ent]"), completes="event", hover="Makes a struct or an enum an event"),
    dict(name="#[actor]", change=("#[actor]", "#[act<|>or]"), completes="actor", hover="Makes a type an actor"),
    dict(name="#[actor_system]", change=("#[actor_system(", "#[actor_s<|>ystem("), completes="actor_system", hover="Makes a unit struct a system"),
    dict(name="#[handler]", change=("#[handler]\n    fn draw", "#[hand<|>ler]\n    fn draw"), completes="handler", hover="Marks the method of an actor that handles a message"),
    dict(name="#[on_event]", change=("#[on_event]", "#[on_ev<|>ent]"), completes="on_event", hover="that handles an event"),
    dict(name="#[on_terminated]", change=("#[on_terminated]", "#[on_term<|>inated]"), completes="on_terminated", hover="an actor that it watches has ended"),
    dict(name="#[pre_start]", change=("#[pre_start]", "#[pre_<|>start]"), completes="pre_start", hover="before its first message"),
    dict(name="#[post_stop]", change=("#[post_stop]", "#[post<|>_stop]"), completes="post_stop", hover="after its last message"),
    dict(name="#[on_error]", change=("#[on_error]", "#[on_er<|>ror]"), completes="on_error", hover="what follows a fault"),
    # Half-typed code: the rest of the program must work, and have no error.
    dict(name="the program", mark=("pub struct Bank", "pub struct <|>Bank"), errors=[]),
    dict(
        name="beside a half-typed handler",
        change=(HALF_TYPED, HALF_TYPED.replace(".balance -=", ".bal<|>ance -=") + "\n    #[handler]\n    async fn wi\n"),
        completes="balance", hover="balance: u64", defined="pub struct Account", targets=1, errors=["async fn wi"],
    ),
    dict(
        name="a type in a half-typed handler",
        change=(HALF_TYPED, HALF_TYPED + "\n    #[handler]\n    async fn wi(&mut self, w: Dr<|>aw)\n"),
        completes="Draw", lacks=GENERATED, hover="struct Draw", defined="pub struct Draw", targets=1, errors=["async fn wi"],
    ),
    dict(
        name="the body of a half-typed handler",
        change=(HALF_TYPED, HALF_TYPED + "\n    #[handler]\n    async fn wi(&mut self, w: Draw, ctx: &mut ActorContext<Self>) { ctx.pub<|> }\n"),
        completes="publish", errors=["async fn wi"],
    ),
    dict(
        name="a sender of a half-typed handler",
        change=("async fn withdraw(&mut self, withdraw: Withdraw, ctx: &mut ActorContext<Self>) -> Result<u64, Fault> {",
                "async fn withdraw(&mut self, withdraw: Withdraw, ctx: &mut ActorContext<Self>) -> Result<u64, \n\n    #[handler]\n    fn other(&mut self, _: Draw) -> u64 {"),
        mark=("let _balance = ctx.ask(", "let _balance = ctx.as<|>k("),
        hover="fn ask",
    ),
    dict(
        name="a handler without parameters",
        change=(HALF_TYPED, HALF_TYPED.replace(".balance -=", ".bal<|>ance -=") + "\n    #[handler]\n    fn close() {}\n"),
        completes="balance", hover="balance: u64", defined="pub struct Account", targets=1, errors=["fn close()"],
    ),
    dict(
        name="a handler without a message",
        change=(HALF_TYPED, HALF_TYPED.replace(".balance -=", ".bal<|>ance -=") + "\n    #[handler]\n    fn close(&mut self) {}\n"),
        completes="balance", hover="balance: u64", defined="pub struct Account", targets=1, errors=["fn close(&mut self)"],
    ),
    dict(
        name="a handler with half a type",
        change=(HALF_TYPED, HALF_TYPED.replace(".balance -=", ".bal<|>ance -=") + "\n    #[handler]\n    fn close(&mut self, close: Clo) {}\n"),
        completes="balance", hover="balance: u64", defined="pub struct Account", targets=1, errors=["fn close(&mut self, close"],
    ),
    dict(
        name="a half-typed attribute",
        change=(HALF_TYPED, HALF_TYPED.replace(".balance -=", ".bal<|>ance -=") + "\n    #[hand\n    fn close(&mut self, close: Draw) {}\n"),
        completes="balance", hover="balance: u64", defined="pub struct Account", targets=1, errors=["#[hand", "fn close"],
    ),
    dict(
        name="a half-typed body",
        change=("self.balance -= amount;", "self.bal<|>"),
        completes="balance", lacks=r"__", errors=["self.bal", "Ok("],
    ),
    dict(
        name="below a wrong key",
        change=("publishes(Withdrawn), asks(Ledger))]\nimpl Account", "publish(Withdrawn), asks(Ledger))]\nimpl Account"),
        mark=("self.balance -= amount;", "self.bal<|>ance -= amount;"),
        completes="balance", hover="balance: u64", defined="pub struct Account", targets=1, errors=["#[actor(publish("],
    ),
    # From a message to its handlers and senders.
    dict(
        name="handlers of a message",
        mark=("pub struct Draw", "pub struct Dr<|>aw"),
        implemented=["fn draw(&mut self, draw: Draw)", "#[actor(handles(entry Draw)"],
    ),
    dict(
        name="handlers of a sent message",
        mark=("Draw { cents: withdraw", "Dr<|>aw { cents: withdraw"),
        implemented=["fn draw(&mut self, draw: Draw)", "#[actor(handles(entry Draw)"],
    ),
    dict(
        name="handlers of a generic message",
        mark=("pub struct Put", "pub struct Pu<|>t"),
        implemented=["fn put(&mut self"],
    ),
    dict(
        name="handlers of an event",
        mark=("ctx.publish(Withdrawn", "ctx.publish(With<|>drawn"),
        implemented=["fn withdrawn(&mut self, _: Withdrawn)", "#[actor(handles(entry Draw), subscribes(Withdrawn)"],
    ),
    dict(
        name="senders, from the parameter",
        mark=("draw: Draw) -> u64", "draw: Dr<|>aw) -> u64"),
        referenced=["let amount = ctx.ask(&self.ledger, Draw", "#[actor(name = \"teller\""],
    ),
    dict(
        name="senders, from the method",
        mark=("fn draw(", "fn dr<|>aw("), referenced=None,
        why="rust-analyzer searches the text `draw`, which no send contains; the parameter leads to the senders",
    ),
    # Names.
    dict(
        name="rename a system",
        mark=("pub struct Bank", "pub struct Ba<|>nk"),
        renamed=("Shop", [("pub struct Bank", "pub struct Shop"), ("<Bank as System>", "<Shop as System>"), ("Bank::topology", "Shop::topology")]),
    ),
    dict(
        name="rename an actor",
        mark=("pub struct Teller", "pub struct Tel<|>ler"),
        renamed=("Desk", [("pub struct Teller", "pub struct Desk"), ("impl Teller", "impl Desk"), ("entry Teller", "entry Desk")]),
    ),
    dict(
        name="rename a message",
        mark=("pub struct Serve", "pub struct Ser<|>ve"),
        renamed=("Help", [("pub struct Serve", "pub struct Help"), ("serve: Serve", "serve: Help")]),
    ),
    dict(
        name="rename a handler",
        mark=("fn serve(", "fn ser<|>ve("),
        renamed=("help", [("fn serve(", "fn help(")]),
    ),
]
