//! The lints a strict crate forbids.
#![forbid(unsafe_code)]
#![deny(warnings, missing_docs, clippy::all, clippy::pedantic, clippy::nursery)]

use airssys_rt::prelude::*;

/// Resets the account.
#[message]
#[derive(Debug)]
pub struct Reset;

/// An account.
#[derive(Debug)]
pub struct Account;

#[actor]
impl Account {
    #[handler]
    fn reset(&mut self, _: Reset) {}
}

/// A bank.
#[actor_system(actors(Account))]
#[derive(Debug)]
pub struct Bank;

fn main() {}
