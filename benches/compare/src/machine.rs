//! Where a run was made.

use serde::Serialize;
use std::{fs, process::Command, thread};

/// What figures depend on, apart from the contestants.
#[derive(Debug, Serialize)]
pub(crate) struct Machine {
    pub(crate) cores: usize,
    pub(crate) cpu: String,
    pub(crate) system: String,
    pub(crate) rustc: String,
    /// How many programs were at work when the run began, this one not yet among them.
    pub(crate) load: Option<f64>,
}

impl Machine {
    /// This one, now.
    pub(crate) fn here() -> Self {
        Machine {
            cores: thread::available_parallelism().map_or(1, usize::from),
            cpu: cpu().unwrap_or_else(unknown),
            system: said_by("uname", &["-sm"]).unwrap_or_else(unknown),
            rustc: said_by("rustc", &["--version"]).unwrap_or_else(unknown),
            load: load(),
        }
    }

    /// What to say if others were at work: who spins or waits for another thread then suffers more than the rest.
    pub(crate) fn warning(&self) -> Option<String> {
        let load = self.load.filter(|load| *load > 1.0)?;
        Some(format!(
            "The machine was busy when the run began (load average {load:.1}): ratios of two threads say little."
        ))
    }
}

fn unknown() -> String {
    "unknown".to_owned()
}

fn cpu() -> Option<String> {
    let text = fs::read_to_string("/proc/cpuinfo").ok()?;
    let line = text.lines().find(|line| line.starts_with("model name"))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}

fn load() -> Option<f64> {
    fs::read_to_string("/proc/loadavg").ok()?.split(' ').next()?.parse().ok()
}

fn said_by(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?.trim().to_owned();
    Some(text).filter(|text| !text.is_empty())
}
