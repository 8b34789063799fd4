//! The versions of the contestants, read from Cargo.lock, so that reports always state the compiled versions.

const LOCK: &str = include_str!("../Cargo.lock");

/// Returns the name of a package and its version.
///
/// # Panics
///
/// Panics if the lock file does not contain the package, or contains two versions.
pub(crate) fn locked(package: &str) -> String {
    let after = format!("name = \"{package}\"\nversion = \"");
    let mut versions = LOCK.split(&after).skip(1).map(|rest| rest.split('"').next().unwrap_or_default());
    let version = versions.next().expect("Cargo.lock contains the package");
    assert!(versions.next().is_none(), "Cargo.lock contains {package} once");
    format!("{package} {version}")
}
