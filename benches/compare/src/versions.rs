//! Which version of a package takes part: what Cargo.lock says, so that no report can say another.

const LOCK: &str = include_str!("../Cargo.lock");

/// The name of a package and its version.
///
/// # Panics
///
/// If this program has no such package, or has it in two versions.
pub(crate) fn locked(package: &str) -> String {
    let after = format!("name = \"{package}\"\nversion = \"");
    let mut versions = LOCK.split(&after).skip(1).map(|rest| rest.split('"').next().unwrap_or_default());
    let version = versions.next().expect("Cargo.lock names it");
    assert!(versions.next().is_none(), "{package} is there once");
    format!("{package} {version}")
}
