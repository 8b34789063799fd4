//! The life of an actor: hooks at its start and end, a handler that fails, one that panics, and the decision
//! what then.
//!
//! Run with `cargo run --release --example actor_lifecycle`. The panic on stderr is part of the show.

use std::error::Error;
use std::fmt;
use std::sync::mpsc::{Receiver, Sender, channel};

use airssys_rt::prelude::*;

/// Answered with the sheets that are left.
#[message(reply = u32)]
struct Print {
    sheets: u32,
}

#[message]
struct Shake;

/// A printer that keeps a diary, so that this program can tell what happened to it.
struct Printer {
    name: &'static str,
    paper: u32,
    diary: Sender<String>,
}

#[derive(Debug)]
struct OutOfPaper;

impl fmt::Display for OutOfPaper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("out of paper")
    }
}

impl Error for OutOfPaper {}

impl Printer {
    fn note(&mut self, what: impl fmt::Display) {
        // The reader lives as long as `main`; without it there is nobody to note anything for.
        let _ = self.diary.send(format!("{}: {what}", self.name));
    }
}

#[actor]
impl Printer {
    // Before the first message. If it fails the actor never was: no address, no name, no `#[post_stop]`.
    #[pre_start]
    fn switch_on(&mut self) -> Result<(), Fault> {
        if self.paper == 0 {
            return Err(OutOfPaper.into());
        }
        self.note("on");
        Ok(())
    }

    // A fault is no answer: it says that this actor failed at its work. Whoever asked hears so at once.
    #[handler]
    fn print(&mut self, Print { sheets }: Print) -> Result<u32, Fault> {
        self.paper = self.paper.checked_sub(sheets).ok_or(OutOfPaper)?;
        self.note(format_args!("printed {sheets}"));
        Ok(self.paper)
    }

    #[handler]
    fn shake(&mut self, _: Shake) {
        panic!("the lid came off");
    }

    // After a handler that failed, with the state as that handler left it.
    #[on_error]
    fn failed(&mut self, fault: Fault) -> ErrorAction {
        self.note(format_args!("failed, {fault}"));
        if fault.is_panic() { ErrorAction::Stop } else { ErrorAction::Resume }
    }

    // Once, however the actor ends.
    #[post_stop]
    fn switch_off(&mut self) {
        self.note("off");
    }
}

#[actor_system(actors(Printer))]
struct Office;

/// Shows what was noted since the last time, and that it is what was expected.
fn read(diary: &Receiver<String>, expected: &[&str]) {
    let noted: Vec<_> = diary.try_iter().collect();
    for line in &noted {
        println!("{line}");
    }
    assert_eq!(noted, expected);
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    // Without a backtrace: a panic is caught, and this one is meant.
    std::panic::set_hook(Box::new(|panic| eprintln!("{panic}")));
    let office = ActorSystem::<Office>::start(SystemConfig::default()).await?;
    let (notes, diary) = channel();
    let printer = |name, paper| Printer { name, paper, diary: notes.clone() };

    // A failing start.
    let refused = office.spawn(printer("empty", 0)).await;
    assert!(matches!(refused, Err(SpawnError::Failed { .. })));
    read(&diary, &[]);

    // A fault, and the actor goes on with the state it had.
    let steady = office.spawn(printer("steady", 10)).named("steady").await?;
    assert_eq!(office.ask(&steady, Print { sheets: 4 }).await?, 6);
    let failed = office.ask(&steady, Print { sheets: 7 }).await;
    assert!(matches!(failed, Err(AskError::Failed { .. })));
    assert_eq!(office.ask(&steady, Print { sheets: 6 }).await?, 0);
    read(&diary, &["steady: on", "steady: printed 4", "steady: failed, out of paper", "steady: printed 6"]);

    // Stopped from outside: when that has returned, the end hook has run and the name is free.
    assert_eq!(*office.stop(&steady).await.reason(), ExitReason::Stopped);
    assert!(office.named::<Printer>("steady").is_none());
    read(&diary, &["steady: off"]);

    // A panic, after which this actor does not want to go on. Nothing else notices.
    let shaky = office.spawn(printer("shaky", 10)).await?;
    assert!(matches!(office.ask(&shaky, Shake).await, Err(AskError::Failed { .. })));
    assert!(matches!(office.stop(&shaky).await.reason(), ExitReason::Failed(_)));
    assert!(matches!(office.ask(&shaky, Print { sheets: 1 }).await, Err(AskError::Stopped { .. })));
    read(&diary, &["shaky: on", "shaky: failed, the lid came off", "shaky: off"]);

    // Who still lives when the system shuts down ends in order, too.
    let _last = office.spawn(printer("last", 1)).await?;
    office.shutdown().await?;
    read(&diary, &["last: on", "last: off"]);
    println!("every hook ran when it should");
    Ok(())
}
