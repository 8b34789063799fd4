//! Erlang, if `erl` is installed: each job starts a new Erlang VM, which measures the time itself.

use crate::{
    job::{Contestant, Idle, Job, Program, Sample, Threads},
    work::Work,
};
use std::{env, ffi::OsStr, fs, path::PathBuf, process::Command, sync::OnceLock, time::Duration};

pub(crate) const ERLANG: Contestant =
    Contestant { name: "erlang", about, program, idle: Idle::OtherProcess(idle) };

const SOURCE: &str = include_str!("../../erlang/compare.erl");

/// Prints the release, then the version of the VM.
const VERSION: &str =
    r#"io:format("~s (ERTS ~s)", [erlang:system_info(S) || S <- [otp_release, version]]), halt()."#;

fn about() -> String {
    match version() {
        Some(version) => format!(
            "Erlang/OTP {version}; mailboxes without a limit (it has no other); each run starts a new VM, which warms up"
        ),
        None => "Erlang is not measured: `erl` is not installed (Debian: erlang-base)".to_owned(),
    }
}

fn program(work: Work) -> Option<Program> {
    match work {
        // Tracing of processes exists, but has a different purpose.
        Work::TellHook => None,
        _ => version().map(|_| run as Program),
    }
}

/// Returns the installed version.
fn version() -> Option<&'static str> {
    static VERSION_HERE: OnceLock<Option<String>> = OnceLock::new();
    let find = || {
        let output = Command::new("erl").args(["-noshell", "-eval", VERSION]).output().ok()?;
        String::from_utf8(output.stdout).ok().filter(|version| !version.is_empty())
    };
    VERSION_HERE.get_or_init(find).as_deref()
}

/// Returns the folder of the compiled program, which is compiled at the first call.
fn compiled() -> &'static PathBuf {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let folder = env::temp_dir().join("airssys-rt-compare");
        fs::create_dir_all(&folder).expect("the output folder is writable");
        fs::write(folder.join("compare.erl"), SOURCE).expect("the output folder is writable");
        let erlc = Command::new("erlc").arg("-o").arg(&folder).arg(folder.join("compare.erl")).output();
        let erlc = erlc.expect("erlc is installed with erl");
        assert!(erlc.status.success(), "erlang: {}", String::from_utf8_lossy(&erlc.stdout));
        folder
    })
}

/// Calls a function of the Erlang program, which prints two numbers.
fn call(schedulers: &str, function: &str, arguments: &[&str]) -> (u64, u64) {
    let mut erl = Command::new("erl");
    erl.args(["-noshell", "+S", schedulers, "-pa"].map(OsStr::new)).arg(compiled());
    let output = erl.args(["-run", "compare", function]).args(arguments).output().expect("erl starts");
    let text = String::from_utf8_lossy(&output.stdout);
    let mut numbers = text.split_whitespace().map(str::parse);
    match (output.status.success(), numbers.next(), numbers.next()) {
        (true, Some(Ok(first)), Some(Ok(second))) => (first, second),
        _ => panic!("erlang, {function} {arguments:?}: {text}{}", String::from_utf8_lossy(&output.stderr)),
    }
}

fn run(job: &Job) -> Sample {
    let schedulers = match job.threads {
        Threads::One => "1:1",
        Threads::Two => "2:2",
    };
    let (time, sum) = call(schedulers, "main", &[job.work.name(), &job.operations.to_string()]);
    Sample { time: Duration::from_nanos(time), sum }
}

/// The VM itself reports the memory of its processes, which differs slightly from the requested bytes.
fn idle(actors: usize) -> Option<(f64, f64)> {
    version()?;
    let (heap, resident) = call("1:1", "idle", &[&actors.to_string()]);
    Some((heap as f64, resident as f64))
}
