//! Signals as a process sees them. The process is this test program, run again with the test `service` only.

#![allow(missing_debug_implementations)] // of the actors and messages of the tests

use airssys_rt::{prelude::*, system::listen_to_signals};
use airssys_rt_tests::until;
use std::{
    env, future,
    io::{BufRead, BufReader, Read, Write},
    os::unix::process::ExitStatusExt,
    process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio},
    thread,
    time::{Duration, Instant},
};

/// Does what its mode says, and then is handled.
#[message]
pub struct Work(pub Mode);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    Returns,
    /// Waits for ever.
    Waits,
    /// Blocks its thread for ever.
    Blocks,
}

#[derive(Default)]
pub struct Worker;

#[actor]
impl Worker {
    #[handler]
    async fn work(&mut self, Work(mode): Work) {
        match mode {
            Mode::Returns => {}
            Mode::Waits => future::pending().await,
            Mode::Blocks => loop {
                thread::park();
            },
        }
    }
}

#[actor_system(actors(Worker))]
pub struct Service;

/// The modes of the process, from its environment.
fn mode(name: &str) -> bool {
    env::var("SERVICE").is_ok_and(|modes| modes.split(' ').any(|mode| mode == name))
}

/// Runs in a process of its own, for the other tests.
#[ignore = "the process that is signalled"]
#[test]
fn service() {
    let mut builder = match mode("one-thread") {
        true => tokio::runtime::Builder::new_current_thread(),
        false => tokio::runtime::Builder::new_multi_thread(),
    };
    // No I/O driver: the signals need none.
    let runtime = builder.enable_time().build().unwrap();
    let ended = runtime.block_on(serve());
    if !mode("quiet") {
        println!(
            "ended: {}",
            ended.as_ref().map_or_else(ToString::to_string, |report| format!("{report:?}"))
        );
    }
    if mode("waits-for-runtime") {
        drop(runtime);
    } else {
        runtime.shutdown_background();
    }
    std::process::exit(i32::from(ended.is_err()));
}

async fn serve() -> Result<airssys_rt::system::ShutdownReport, ShutdownError> {
    if mode("early") {
        listen_to_signals().unwrap();
        println!("\nready");
        let mut line = String::new();
        std::io::stdin().read_line(&mut line).unwrap();
    }
    let config = SystemConfig::default()
        .with_drain_timeout(Duration::from_millis(if mode("waits") { 60_000 } else { 500 }))
        .with_stop_timeout(Duration::from_millis(200));
    let service = ActorSystem::<Service>::start(config).await.unwrap();
    if mode("over") {
        let run = service.run_until_signal();
        service.shutdown().await.unwrap();
        run.await.unwrap();
        println!("\nready");
        loop {
            thread::park();
        }
    }
    let on = match (mode("waits"), mode("blocks")) {
        (true, _) => Mode::Waits,
        (_, true) => Mode::Blocks,
        _ => Mode::Returns,
    };
    if mode("tree") {
        let child = |id| airssys_rt::supervisor::Child::new(id, |_| Worker).on_thread();
        let tree = Supervisor::one_for_one("workers").child(child("first")).child(child("second"));
        let workers = service.supervise(tree).await.unwrap();
        for id in ["first", "second"] {
            service.tell(&workers.actor::<Worker>(id).unwrap(), Work(on)).await.unwrap();
        }
    } else {
        let worker = service.spawn(Worker).await.unwrap();
        let run = service.run_until_signal(); // listens from here on
        if mode("waits") {
            let service = service.clone();
            tokio::spawn(async move {
                until("the shutdown begins", || service.is_shutting_down()).await;
                println!("closing");
            });
        }
        if !mode("early") {
            println!("\nready");
        }
        for _ in 0..3 {
            service.tell(&worker, Work(on)).await.unwrap();
        }
        return run.await;
    }
    let run = service.run_until_signal();
    println!("\nready");
    run.await
}

/// The process, killed when the test is over.
struct Process {
    child: Child,
    input: ChildStdin,
    output: Option<BufReader<ChildStdout>>,
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Process {
    /// Starts the process, and waits until it listens to signals.
    fn start(modes: &str) -> Self {
        Self::start_by(Command::new(env::current_exe().unwrap()), modes)
    }

    fn start_by(mut command: Command, modes: &str) -> Self {
        command.args(["process::service", "--exact", "--ignored", "--nocapture"]).env("SERVICE", modes);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (input, output) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let mut process = Process { child, input, output: Some(BufReader::new(output)) };
        assert!(process.until_line("ready"), "the process runs");
        process
    }

    /// Reads up to this line. `false`: the process has ended without it.
    fn until_line(&mut self, wanted: &str) -> bool {
        let output = self.output.as_mut().unwrap();
        output.lines().map_while(Result::ok).any(|line| line == wanted)
    }

    fn signal(&self, names: &[&str]) {
        let kills: Vec<_> = names.iter().map(|name| format!("kill -s {name} {}", self.child.id())).collect();
        assert!(Command::new("sh").args(["-c", &kills.join("; ")]).status().unwrap().success());
    }

    /// Waits for the end of the process, with its last words.
    fn end(mut self) -> (ExitStatus, String) {
        let end = Instant::now() + Duration::from_secs(20);
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            assert!(Instant::now() < end, "the process ends");
            thread::sleep(Duration::from_millis(5));
        };
        let mut words = String::new();
        if let Some(output) = &mut self.output {
            output.read_to_string(&mut words).unwrap();
        }
        (status, words)
    }

    /// Sends signals until the process ends, and returns how it has ended.
    fn signal_until_it_ends(&mut self, name: &str) -> ExitStatus {
        let end = Instant::now() + Duration::from_secs(20);
        loop {
            self.signal(&[name]);
            thread::sleep(Duration::from_millis(100)); // two signals at once may be one
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(Instant::now() < end, "signals end the process");
        }
    }
}

/// DR-05: one signal ends a process in order, on one thread and on several, also with supervised actors on threads of their own.
#[test]
fn sigterm_and_ctrl_c_end_a_process_in_order() {
    for (name, modes) in [("TERM", ""), ("INT", ""), ("TERM", "one-thread"), ("INT", "tree")] {
        let process = Process::start(modes);
        process.signal(&[name]);
        let (status, words) = process.end();
        assert!(status.success(), "{name} {modes}: {words}");
        assert!(words.contains("ended: ShutdownReport"), "{name} {modes}: {words}");
        assert!(words.contains("dead: 0"), "{name} {modes}: {words}");
    }
}

/// DR-05: the second signal kills, which is an error with the actors that were killed, and an exit code.
#[test]
fn the_second_sigterm_of_a_process_kills_and_is_an_error() {
    let mut process = Process::start("waits");
    process.signal(&["TERM"]);
    assert!(process.until_line("closing"), "the process shuts down"); // two signals of one kind at once are one
    process.signal(&["TERM"]);
    let (status, words) = process.end();
    assert_eq!(status.code(), Some(1), "{words}");
    assert!(words.contains("aborted: Worker 0.0.1"), "{words}");
}

/// DR-05: two different signals at once are two.
#[test]
fn sigterm_and_ctrl_c_at_once_are_two_signals() {
    let process = Process::start("waits");
    process.signal(&["TERM", "INT"]);
    let (status, words) = process.end();
    assert_eq!(status.code(), Some(1), "{words}");
    assert!(words.contains("aborted: Worker 0.0.1"), "{words}");
}

/// DR-05: a signal before the first actor is spawned is not lost and does not end the process by itself.
#[test]
fn a_signal_during_the_start_shuts_the_system_down() {
    let mut process = Process::start("early");
    process.signal(&["TERM"]);
    thread::sleep(Duration::from_millis(200)); // so that the signal comes first, most times; the result is the same
    writeln!(process.input).unwrap();
    let (status, words) = process.end();
    assert!(status.success(), "{words}");
    assert!(words.contains("ended: ShutdownReport"), "{words}");
}

/// DR-05: a handler that blocks its thread is named, and the process ends.
#[test]
fn a_process_with_a_stuck_handler_ends() {
    let process = Process::start("blocks");
    process.signal(&["TERM"]);
    let (status, words) = process.end();
    assert_eq!(status.code(), Some(1), "{words}");
    assert!(words.contains("aborted: Worker 0.0.1 [stuck]"), "{words}");
}

/// DR-05: a further signal ends the process where handlers block all threads, and where the drop of the runtime waits for one.
#[test]
fn a_third_signal_ends_a_process_whose_threads_are_blocked() {
    for modes in ["blocks one-thread", "blocks waits-for-runtime"] {
        let mut process = Process::start(modes);
        let status = process.signal_until_it_ends("TERM");
        assert_eq!(status.signal(), Some(15), "{modes}: {status}");
    }
}

/// DR-05: a process whose output is closed ends in order.
#[test]
fn a_process_with_a_closed_output_ends_in_order() {
    let mut process = Process::start("quiet");
    process.output = None;
    process.signal(&["TERM"]);
    let (status, _) = process.end();
    assert!(status.success(), "{status}");
}

/// DR-05: the first process of a container, for which signals have no default action.
#[test]
fn the_first_process_of_a_container_ends_by_signals() {
    let unshare = || {
        let mut command = Command::new("unshare");
        // The signals of the test go to `unshare`, which does not pass them on, so they are sent inside.
        command.args(["--pid", "--fork", "--kill-child", "--mount-proc"]);
        command
    };
    let may = unshare().arg("true").stderr(Stdio::null()).status();
    if !may.is_ok_and(|status| status.success()) {
        eprintln!("skipped: this user may not make a container");
        return;
    }
    let run = |modes: &str, signals: u32| {
        let program = env::current_exe().unwrap();
        let script = format!(
            "(for i in $(seq {signals}); do sleep 0.3; kill -s TERM 1; done) & \
             exec {} process::service --exact --ignored --nocapture",
            program.display()
        );
        let mut command = unshare();
        command
            .args(["sh", "-c", &script])
            .env("SERVICE", modes)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let (input, output) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        Process { child, input, output: Some(BufReader::new(output)) }.end()
    };
    let (status, words) = run("", 1);
    assert!(status.success(), "{words}");
    assert!(words.contains("ended: ShutdownReport"), "{words}");
    let (status, words) = run("blocks one-thread", 100);
    assert_eq!(status.code(), Some(128 + 15), "{status} {words}");
}

/// DR-05: after the end of the system a signal has its default action again.
#[test]
fn a_signal_after_the_end_of_the_system_ends_the_process() {
    let process = Process::start("over");
    process.signal(&["TERM"]);
    let (status, _) = process.end();
    assert_eq!(status.signal(), Some(15), "{status}");
}
