//! The machine of a run.

use serde::Serialize;
use std::{fs, process::Command, thread};

/// The conditions that figures depend on, apart from the contestants.
#[derive(Debug, Serialize)]
pub(crate) struct Machine {
    pub(crate) cores: usize,
    pub(crate) cpu: String,
    pub(crate) system: String,
    pub(crate) rustc: String,
    /// The load average at the start of the run, without this program.
    pub(crate) load: Option<f64>,
}

impl Machine {
    /// Detects the current machine and its load.
    pub(crate) fn detect() -> Self {
        Machine {
            cores: thread::available_parallelism().map_or(1, usize::from),
            cpu: cpu().unwrap_or_else(unknown),
            system: output_of("uname", &["-sm"]).unwrap_or_else(unknown),
            rustc: output_of("rustc", &["--version"]).unwrap_or_else(unknown),
            load: load(),
        }
    }

    /// Returns a warning if the machine was busy: contestants that spin or wait for another thread then slow down more than
    /// the others.
    pub(crate) fn warning(&self) -> Option<String> {
        let load = self.load.filter(|load| *load > 1.0)?;
        Some(format!(
            "The machine was busy at the start of the run (load average {load:.1}): ratios on two threads are not reliable."
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

fn output_of(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?.trim().to_owned();
    Some(text).filter(|text| !text.is_empty())
}
