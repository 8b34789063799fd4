//! The lifecycle of an actor: start and stop hooks, a handler that fails, a handler that panics, and the error hook
//! that decides what follows.
//!
//! Run with `cargo run --release --example actor_lifecycle`. The panic on stderr is expected.

use std::error::Error;
use std::fmt;
use std::sync::mpsc::{Receiver, Sender, channel};

use airssys_rt::prelude::*;

/// Prints, and replies with the number of sheets left.
#[message(reply = u32)]
struct Print {
    sheets: u32,
}

#[message]
struct Shake;

/// A printer that logs what it does, so that this program can check the order of the hooks.
struct Printer {
    name: &'static str,
    paper: u32,
    log: Sender<String>,
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
    fn log(&mut self, entry: impl fmt::Display) {
        // The receiver lives as long as `main`; without a receiver the entry is dropped.
        let _ = self.log.send(format!("{}: {entry}", self.name));
    }
}

#[actor]
impl Printer {
    // Runs before the first message. If it fails, the actor does not start: no address, no name, no `#[post_stop]`.
    #[pre_start]
    fn switch_on(&mut self) -> Result<(), Fault> {
        if self.paper == 0 {
            return Err(OutOfPaper.into());
        }
        self.log("on");
        Ok(())
    }

    // A fault is not a reply: it says that this actor failed. The ask fails immediately.
    #[handler]
    fn print(&mut self, Print { sheets }: Print) -> Result<u32, Fault> {
        self.paper = self.paper.checked_sub(sheets).ok_or(OutOfPaper)?;
        self.log(format_args!("printed {sheets}"));
        Ok(self.paper)
    }

    #[handler]
    fn shake(&mut self, _: Shake) {
        panic!("the lid came off");
    }

    // Runs after a handler that failed, with the state as that handler left it.
    #[on_error]
    fn failed(&mut self, fault: Fault) -> ErrorAction {
        self.log(format_args!("failed, {fault}"));
        if fault.is_panic() { ErrorAction::Stop } else { ErrorAction::Resume }
    }

    // Runs once, for every way in which the actor ends.
    #[post_stop]
    fn switch_off(&mut self) {
        self.log("off");
    }
}

#[actor_system(actors(Printer))]
struct Office;

/// Prints the log entries since the last call and compares them with `expected`.
fn check(log: &Receiver<String>, expected: &[&str]) {
    let logged: Vec<_> = log.try_iter().collect();
    for line in &logged {
        println!("{line}");
    }
    assert_eq!(logged, expected);
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    // Prints panics without a backtrace: the panic is caught, and this one is intended.
    std::panic::set_hook(Box::new(|panic| eprintln!("{panic}")));
    let office = ActorSystem::<Office>::start(SystemConfig::default()).await?;
    let (sender, log) = channel();
    let printer = |name, paper| Printer { name, paper, log: sender.clone() };

    // A start that fails.
    let refused = office.spawn(printer("empty", 0)).await;
    assert!(matches!(refused, Err(SpawnError::Failed { .. })));
    check(&log, &[]);

    // A fault; the actor continues with the state it had.
    let steady = office.spawn(printer("steady", 10)).named("steady").await?;
    assert_eq!(office.ask(&steady, Print { sheets: 4 }).await?, 6);
    let failed = office.ask(&steady, Print { sheets: 7 }).await;
    assert!(matches!(failed, Err(AskError::Failed { .. })));
    assert_eq!(office.ask(&steady, Print { sheets: 6 }).await?, 0);
    check(&log, &["steady: on", "steady: printed 4", "steady: failed, out of paper", "steady: printed 6"]);

    // A stop from outside: when it returns, the stop hook has run and the name is free.
    assert_eq!(*office.stop(&steady).await.reason(), ExitReason::Stopped);
    assert!(office.named::<Printer>("steady").is_none());
    check(&log, &["steady: off"]);

    // A panic, after which the error hook of this actor stops it. Other actors are not affected.
    let shaky = office.spawn(printer("shaky", 10)).await?;
    assert!(matches!(office.ask(&shaky, Shake).await, Err(AskError::Failed { .. })));
    assert!(matches!(office.stop(&shaky).await.reason(), ExitReason::Failed(_)));
    assert!(matches!(office.ask(&shaky, Print { sheets: 1 }).await, Err(AskError::Stopped { .. })));
    check(&log, &["shaky: on", "shaky: failed, the lid came off", "shaky: off"]);

    // An actor that is alive at the shutdown of the system also runs its stop hook.
    let _last = office.spawn(printer("last", 1)).await?;
    office.shutdown().await?;
    check(&log, &["last: on", "last: off"]);
    println!("all hooks ran in the expected order");
    Ok(())
}
