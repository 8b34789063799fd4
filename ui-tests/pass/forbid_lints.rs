//! Lints that a strict crate forbids.
#![forbid(unsafe_code, missing_docs, unused_must_use)]
#![deny(elided_lifetimes_in_paths, explicit_outlives_requirements, let_underscore_drop, meta_variable_misuse)]
#![deny(non_ascii_idents, redundant_lifetimes, single_use_lifetimes, trivial_casts, trivial_numeric_casts)]
#![deny(unit_bindings, unused_extern_crates, unused_import_braces, unused_lifetimes, unused_macro_rules)]
#![deny(unused_qualifications, unused_results, variant_size_differences)]
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
