//! Schemas and the lock file: a change of a message's wire format fails a test until the file is updated.

use airssys_rt::{
    message::schema::{Schema, Shape},
    prelude::*,
    testkit::schema::{self, Lock, LockError},
};
use std::{
    env, fs,
    panic::catch_unwind,
    path::{Path, PathBuf},
    process::Command,
};

#[allow(dead_code)]
mod bank {
    use airssys_rt::prelude::*;

    #[message(name = "bank.money")]
    pub(crate) struct Money {
        pub cents: u64,
    }

    #[message(name = "bank.withdraw", reply = Result< Money , String >)]
    pub(crate) struct Withdraw {
        pub amount: Money,
        pub notes: std::collections::HashMap<String, Vec<Option<Money>>>,
        #[cfg(any())]
        pub never: Nothing,
    }

    #[message(name = "a name, with \"quotes\"")]
    pub(crate) enum Order {
        Market,
        Limit { price: Money, all: bool },
        Both(Box<Order>, [u8; 4]),
    }

    #[event(name = "bank.withdrawn")]
    #[derive(Clone)]
    pub(crate) struct Withdrawn(pub u64);

    pub(crate) struct Account;

    #[actor(publishes(Withdrawn))]
    impl Account {
        #[handler]
        fn withdraw(&mut self, Withdraw { amount, .. }: Withdraw) -> Result<Money, String> {
            Ok(amount)
        }

        #[handler]
        fn order(&mut self, _: Order) {}
    }

    pub(crate) struct Auditor;

    #[actor]
    impl Auditor {
        #[on_event]
        fn withdrawn(&mut self, _: Withdrawn) {}
    }

    #[actor_system(actors(entry Account, entry Auditor), events(Withdrawn))]
    pub(crate) struct Bank;
}
use bank::Bank;

/// [`bank`] in a later version.
#[allow(dead_code)]
mod later {
    use airssys_rt::prelude::*;

    #[message(name = "bank.withdraw", reply = bool)]
    pub(crate) struct Withdraw {
        pub amount: u64,
    }

    #[message(name = "bank.withdrawn")]
    pub(crate) struct Withdrawn(pub u64);

    #[message(name = "bank.close")]
    pub(crate) struct Close;

    pub(crate) struct Account;

    #[actor]
    impl Account {
        #[handler]
        fn withdraw(&mut self, _: Withdraw) -> bool {
            true
        }

        #[handler]
        fn withdrawn(&mut self, _: Withdrawn) {}

        #[handler]
        fn close(&mut self, _: Close) {}
    }

    #[actor_system(actors(entry Account))]
    pub(crate) struct Bank;
}

/// A1: a schema is a constant.
#[test]
fn a_schema_is_plain_data_in_a_constant() {
    const SCHEMA: &Schema = <bank::Withdraw as Message>::SCHEMA;
    const NAME: &str = SCHEMA.name;
    assert_eq!(NAME, "bank.withdraw");
    let Shape::Struct(fields) = SCHEMA.shape else { panic!("{:?}", SCHEMA.shape) };
    let fields: Vec<_> = fields.iter().map(|field| (field.name, field.ty.as_str())).collect();
    let notes = ("notes", "std::collections::HashMap<String, Vec<Option<Money>>>");
    assert_eq!(fields, [("amount", "Money"), notes]);
    let reply = SCHEMA.reply.unwrap();
    assert_eq!(reply.as_str(), "Result<Money, String>");
    assert_eq!(
        reply.parts().map(|(text, part)| (text, part.name)).collect::<Vec<_>>(),
        [("Money", "bank.money")]
    );
    assert!(<bank::Withdrawn as Event>::SCHEMA.reply.is_none());
}

/// The schema of a generic message, and of a type that is no message, is its text.
#[test]
fn an_unknown_type_is_represented_by_its_text() {
    #[message]
    struct Job<T>(#[allow(dead_code)] Option<T>, #[allow(dead_code)] std::time::Duration);
    let Shape::Tuple(fields) = <Job<u8> as Message>::SCHEMA.shape else { panic!("it is a tuple") };
    assert_eq!(fields.iter().map(|field| field.name).collect::<Vec<_>>(), ["0", "1"]);
    assert_eq!(
        fields.iter().map(|field| field.ty.as_str()).collect::<Vec<_>>(),
        ["Option<T>", "std::time::Duration"]
    );
    assert!(fields.iter().all(|field| field.ty.parts().next().is_none()));
}

/// A fingerprint does not depend on the machine, the build or the compiler, because it is part of messages on the wire.
#[test]
fn a_fingerprint_is_the_same_everywhere() {
    let of = |schema: &'static Schema| schema.fingerprint().to_string();
    assert_eq!(of(<bank::Money as Message>::SCHEMA), "ae6e6db3522b7d2b");
    assert_eq!(of(<bank::Withdraw as Message>::SCHEMA), "901c5e1e2fb995e3");
    assert_eq!(of(<bank::Order as Message>::SCHEMA), "1aaf2cda4a6cf332");
    assert_eq!(of(<bank::Withdrawn as Event>::SCHEMA), "8a1c0b598fc4e962");
}

/// A fingerprint covers everything that is on the wire, also within other messages, and nothing else.
#[test]
fn different_schemas_have_different_fingerprints() {
    macro_rules! message {
        ($(#[$rule:meta])* $name:literal, $reply:ty, $money:ident { $($money_fields:tt)* }, { $($fields:tt)* }) => {{
            #[message(name = "money")]
            #[allow(dead_code)]
            struct $money { $($money_fields)* }
            #[message(name = $name, reply = $reply)]
            #[allow(dead_code)]
            struct M { $($fields)* }
            <M as Message>::SCHEMA.fingerprint()
        }};
    }
    let first = message!("m", u8, Money { cents: u64 }, { amount: Money, note: Option<String> });
    let same = message!("m", u8, Money { cents : u64, }, { amount: Money , note: Option < String, > });
    assert_eq!(first, same);
    let others = [
        message!("n", u8, Money { cents: u64 }, { amount: Money, note: Option<String> }),
        message!("m", u16, Money { cents: u64 }, { amount: Money, note: Option<String> }),
        message!("m", u8, Money { cents: u32 }, { amount: Money, note: Option<String> }),
        message!("m", u8, Money { euros: u64 }, { amount: Money, note: Option<String> }),
        message!("m", u8, Money { cents: u64 }, { amount: Money, note: String }),
        message!("m", u8, Money { cents: u64 }, { amount: Money, text: Option<String> }),
        message!("m", u8, Money { cents: u64 }, { amount: Money }),
        message!("m", u8, Money { cents: u64 }, { note: Option<String>, amount: Money }),
        message!("m", u8, Money { cents: u64 }, { amount: Option<Money>, note: Option<String> }),
    ];
    for (at, other) in others.iter().enumerate() {
        assert_ne!(*other, first, "{at}");
        assert!(!others[..at].contains(other), "{at}");
    }
}

/// Messages that contain each other have schemas, although a constant cannot contain itself.
#[test]
fn messages_may_contain_each_other() {
    #[message(name = "tree")]
    #[allow(dead_code)]
    struct Tree(Vec<Branch>);
    #[message(name = "branch")]
    #[allow(dead_code)]
    struct Branch {
        tree: Box<Tree>,
        itself: Option<Box<Self>>,
    }
    let fingerprints = [<Tree as Message>::SCHEMA, <Branch as Message>::SCHEMA].map(Schema::fingerprint);
    assert_ne!(fingerprints[0], fingerprints[1]);
    let lock = Lock::of_schemas("Bank", &[<Tree as Message>::SCHEMA]).to_string();
    for line in [
        "message tree tuple -> ()",
        "  field 0: Vec<@branch>",
        "part branch struct",
        "  field itself: Option<Box<@branch>>",
    ] {
        assert!(lock.lines().any(|other| other == line), "{line:?} is missing in\n{lock}");
    }
}

/// RE-24
#[test]
fn a_lock_lists_the_messages_of_a_system() {
    let lock = Lock::of::<Bank>();
    assert_eq!(lock.system(), "Bank");
    expect_test::expect_file!["bank.lock"].assert_eq(&lock.to_string());
    let read = Lock::parse(&lock.to_string()).unwrap();
    assert!(lock.changes(&read).is_empty() && read.changes(&lock).is_empty());
    assert_eq!(read.to_string(), lock.to_string());
}

/// RE-24
#[test]
fn each_difference_of_two_systems_is_named() {
    let changes = Lock::of::<Bank>().changes(&Lock::of::<later::Bank>());
    let said: Vec<_> = changes.iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "`a name, with \"quotes\"`: it is gone; this program cannot read what older versions write",
            "`bank.withdraw`: its reply is `bool`, and was `Result<@bank.money, String>`; \
             neither can read what the other writes",
            "`bank.withdraw`, `amount`: it is `u64`, and was `@bank.money`; neither can read what the other writes",
            "`bank.withdraw`, `notes`: it is gone; older versions cannot read what this program writes",
            "`bank.withdrawn`: it is a message, and was an event; neither can read what the other writes",
            "`bank.close`: it is new",
        ]
    );
    let change = &changes[2];
    assert_eq!((change.message(), change.field()), ("bank.withdraw", Some("amount")));
    assert!(!change.is_compatible() && changes[5].is_compatible());
}

/// The error for an invalid lock file has the line.
#[test]
fn an_invalid_lock_file_is_an_error() {
    let head = "version 2\nsystem Bank\n";
    let line = |line, text: &str| LockError::Line { line, text: text.to_owned() };
    for (rest, error) in [
        ("message a\n", line(3, "message a")),
        ("message a struct\n", line(3, "message a struct")),
        ("event a struct -> ()\n", line(3, "event a struct -> ()")),
        ("message a union -> ()\n", line(3, "message a union -> ()")),
        ("field a: u8\n", line(3, "field a: u8")),
        ("event a unit\nfield a: u8\n", line(4, "field a: u8")),
        ("event a struct\n\n# why\nfield a u8\n", line(6, "field a u8")),
        ("event a struct\nfield \"a: u8\n", line(4, "field \"a: u8")),
        ("event a struct\nvariant b unit\n", line(4, "variant b unit")),
        ("event a enum\nfield b: u8\n", line(4, "field b: u8")),
        ("event a enum\nvariant b enum\n", line(4, "variant b enum")),
        ("event a struct\ndefault\n", line(4, "default")),
        ("event a struct\nfield b: u8\ndefault now\nopaque\n", line(6, "opaque")),
        ("something else\n", line(3, "something else")),
        ("event a unit\nevent a unit\n", LockError::Twice { line: 4, name: "a".to_owned() }),
        ("event a struct\nfield b: u8\nfield b: u8\n", LockError::Twice { line: 5, name: "b".to_owned() }),
        ("event a unit\n<<<<<<< HEAD\n", LockError::Conflict { line: 4 }),
    ] {
        assert_eq!(Lock::parse(&format!("{head}{rest}")).unwrap_err(), error, "{rest}");
    }
    assert_eq!(Lock::parse("").unwrap_err(), LockError::NoVersion);
    assert_eq!(Lock::parse("[package]\n").unwrap_err(), LockError::NoVersion);
    assert_eq!(Lock::parse("version 1\n").unwrap_err(), LockError::Version { found: "1".to_owned() });
    assert_eq!(line(3, "x").to_string(), "line 3: `x` is not valid here");
}

/// Any text is a lock file or an error.
#[test]
fn a_damaged_lock_file_is_an_error_and_no_panic() {
    let text = Lock::of::<Bank>().to_string();
    let mut refused = 0;
    for at in (0..text.len()).filter(|at| text.is_char_boundary(*at)) {
        let (begin, end) = text.split_at(at);
        let without = end.char_indices().nth(1).map_or("", |(next, _)| &end[next..]);
        for damaged in
            [begin.to_owned(), end.to_owned(), format!("{begin}\"{end}"), format!("{begin}{without}")]
        {
            match Lock::parse(&damaged) {
                Ok(lock) => drop(lock.changes(&Lock::of::<Bank>())),
                Err(_) => refused += 1,
            }
        }
    }
    assert!(refused > text.len(), "{refused} of {} were refused", 4 * text.len());
}

/// Two different types with one name are found, also within other types.
#[test]
fn two_different_types_of_one_name_are_found() {
    #[allow(dead_code)]
    mod other {
        #[airssys_rt::message(name = "bank.money")]
        pub(crate) struct Money(pub u8);
    }
    #[message(name = "a")]
    #[allow(dead_code)]
    struct A(bank::Money);
    #[message(name = "b")]
    #[allow(dead_code)]
    struct B(other::Money);
    let schemas = [<A as Message>::SCHEMA, <B as Message>::SCHEMA];
    let panic = catch_unwind(|| Lock::of_schemas("Bank", &schemas)).unwrap_err();
    let text = panic.downcast_ref::<String>().unwrap();
    assert_eq!(text, "two different types have the wire name `bank.money`: give one of them another name");
}

/// A temporary folder, removed on drop.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = env::temp_dir().join(format!("airssys-rt-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        Folder(folder)
    }

    fn lock(&self) -> PathBuf {
        self.0.join("schema.lock")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn panic_of(check: fn(PathBuf), path: &Path) -> String {
    let path = path.to_owned();
    let panic = catch_unwind(|| check(path)).unwrap_err();
    panic.downcast_ref::<String>().unwrap().clone()
}

/// RE-24
#[test]
fn the_check_writes_the_file_and_fails_when_messages_change() {
    let folder = Folder::new("check");
    let path = folder.lock();
    assert!(run(&path, &[]).0);
    assert_eq!(fs::read_to_string(&path).unwrap(), Lock::of::<Bank>().to_string());
    schema::check::<Bank>(&path);
    // Line endings and comments make no difference.
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace('\n', "\r\n").replace("# What", "# Nothing")).unwrap();
    schema::check::<Bank>(&path);

    let said = panic_of(schema::check::<later::Bank>, &path);
    let lines: Vec<_> = said.lines().collect();
    assert_eq!(lines[0], "incompatible changes of messages:");
    assert!(lines[1..6].iter().all(|line| line.starts_with("  `")), "{said}");
    assert_eq!(lines[6..8], ["compatible changes of messages:", "  `bank.close`: it is new"]);
    assert!(
        lines[8].starts_with("`UPDATE_SCHEMA=1 cargo test` writes ") && lines[8].contains("no older version")
    );
    assert_eq!(lines.len(), 9);
}

/// RE-24: a compatible change is reported too, otherwise the next change would not be compared with it.
#[test]
fn a_compatible_change_must_be_written_to_the_file() {
    let folder = Folder::new("compatible");
    let text = Lock::of::<Bank>().to_string();
    let at = text.find("message bank.withdraw ").unwrap();
    let end = text[at..].find("\n\n").unwrap();
    fs::write(folder.lock(), text.replace(&text[at..at + end + 1], "")).unwrap();
    let said = panic_of(schema::check::<Bank>, &folder.lock());
    assert!(said.starts_with("compatible changes of messages:\n  `bank.withdraw`: it is new\n"), "{said}");
    assert!(
        said.ends_with("writes it again; commit it with these changes")
            || said.ends_with("; commit it with these changes")
    );
}

/// A file that cannot be compared is an error, and is not overwritten.
#[test]
fn a_file_that_cannot_be_compared_is_not_overwritten() {
    let folder = Folder::new("damaged");
    for (text, said) in [
        (
            "version 2\nnonsense\n",
            "line 2: `nonsense` is not valid here\n`UPDATE_SCHEMA=1 cargo test` writes the file again",
        ),
        ("version 9\n", "it has version 9, but only version 2 is supported"),
        ("version 2\nsystem Shop\n", "is the lock file of `Shop`, but this system is `Bank`"),
        ("\u{feff}version 2\n", "it does not begin with `version 2`: it is not a lock file"),
    ] {
        fs::write(folder.lock(), text).unwrap();
        let panic = panic_of(schema::check::<Bank>, &folder.lock());
        assert!(panic.contains(said), "{panic}");
        assert_eq!(fs::read_to_string(folder.lock()).unwrap(), text);
    }
    let (passed, said) = run(&folder.0.join("nowhere/schema.lock"), &[]);
    assert!(!passed && said.contains("cannot write "), "{said}");
    assert!(panic_of(schema::check::<Bank>, &folder.0).starts_with("cannot read "));
}

/// Run by the test below, in a process of its own.
#[test]
#[ignore = "it is run by another test"]
fn child() {
    schema::check::<Bank>(env::var_os("SCHEMA_LOCK").unwrap());
}

/// An environment variable belongs to a process, so the check runs in another process.
fn run(path: &Path, variables: &[(&str, &str)]) -> (bool, String) {
    let mut command = Command::new(env::current_exe().unwrap());
    command.args(["--ignored", "--exact", "lock_file::child", "--nocapture"]).env("SCHEMA_LOCK", path);
    command.env_remove("UPDATE_SCHEMA").env_remove("CI").env_remove("RUST_BACKTRACE");
    let done = command.envs(variables.iter().copied()).output().unwrap();
    (done.status.success(), String::from_utf8_lossy(&done.stderr).into_owned())
}

#[test]
fn an_environment_variable_rewrites_the_file() {
    let folder = Folder::new("update");
    let path = folder.lock();
    fs::write(&path, Lock::of::<later::Bank>().to_string()).unwrap();
    let (passed, said) = run(&path, &[]);
    assert!(!passed && said.contains("incompatible changes"), "{said}");
    // The panic has the location of the call of the check.
    assert!(said.contains("panicked at tests/schema/lock_file.rs"), "{said}");
    assert!(!run(&path, &[("UPDATE_SCHEMA", "0")]).0);
    assert!(run(&path, &[("UPDATE_SCHEMA", "1")]).0);
    assert_eq!(fs::read_to_string(&path).unwrap(), Lock::of::<Bank>().to_string());
    assert!(run(&path, &[]).0);
}

/// A test that wrote a missing file in CI would be green for ever, with a path that is misspelt or a file that was not committed.
#[test]
fn a_missing_file_is_written_but_not_in_ci() {
    let folder = Folder::new("missing");
    let path = folder.lock();
    let (passed, said) = run(&path, &[("CI", "true")]);
    assert!(!passed && said.contains("there is no file ") && said.contains("UPDATE_SCHEMA=1"), "{said}");
    assert!(!path.exists());
    assert!(run(&path, &[("CI", "true"), ("UPDATE_SCHEMA", "1")]).0);
    assert!(run(&path, &[("CI", "true")]).0);
}
