//! The table printed at the end.

use std::collections::BTreeMap;
use std::fmt::{self, Write};

use crate::actors::Pattern;
use crate::chaos::ChaosReport;
use crate::money::{show, thousands};
use crate::replay::Replayed;
use crate::tally::{Refusal, Refused};

/// Column widths of the labels and of the figures.
const LABEL: usize = 24;
const FIGURE: usize = 16;

/// Formats the table.
///
/// # Errors
///
/// None: writing to a `String` does not fail.
pub(crate) fn table(title: &str, workers: u8, replayed: &Replayed) -> Result<String, fmt::Error> {
    let mut out = String::new();
    let seconds = replayed.elapsed.as_secs_f64();
    let plural = if workers == 1 { "" } else { "s" };
    writeln!(out, "Replayed {title} on {workers} worker{plural} in {seconds:.2} s\n")?;
    rows(&mut out, replayed)?;
    money(&mut out, replayed)?;
    failures(&mut out, replayed)?;
    messages(&mut out, replayed, seconds)?;
    Ok(out)
}

fn rows(out: &mut String, Replayed { tally, most_in_flight, .. }: &Replayed) -> fmt::Result {
    let refusals = tally.refusals();
    line(out, "rows", &thousands(u128::from(tally.applied + refusals)), "")?;
    line(out, "  applied", &thousands(u128::from(tally.applied)), "")?;
    line(out, "  refused", &thousands(u128::from(refusals)), "")?;
    for refusal in Refusal::ALL {
        let refused = tally.refused(refusal);
        let count = thousands(u128::from(refused.count));
        line(out, &format!("    {refusal}"), &count, &lines(&refused))?;
    }
    line(out, "most rows in flight", &most_in_flight.to_string(), "")?;
    if !tally.malformed.is_empty() {
        writeln!(out, "\nThe first malformed rows, skipped:")?;
        for row in &tally.malformed {
            writeln!(out, "  line {}: {}", row.line, row.reason)?;
        }
    }
    writeln!(out)
}

fn money(out: &mut String, replayed: &Replayed) -> fmt::Result {
    let Replayed { tally, balances, book, audit, flags, .. } = replayed;
    let agrees = |holds: bool| if holds { "agrees" } else { "DIFFERS" };
    let held = tally.held();
    let conserved = if held == Some(balances.total()) { "conserved to the cent" } else { "NOT CONSERVED" };
    line(out, "money by the file", &held.map_or_else(|| "negative".to_owned(), show), "")?;
    line(out, "money in the accounts", &show(balances.total()), conserved)?;
    let ledger = agrees(book.balances == *balances);
    let note = format!("{ledger}, account by account; {} entries", thousands(u128::from(book.entries)));
    line(out, "money in the ledger", &show(book.balances.total()), &note)?;
    line(out, "records in the journal", &thousands(u128::from(book.decisions)), &journal(replayed))?;

    let seen = audit.paid_in.saturating_sub(audit.paid_out);
    let settled = audit.unsettled == 0 && (audit.paid_in, audit.paid_out) == (tally.paid_in, tally.paid_out);
    let transfers = thousands(u128::from(audit.transfers));
    let note = format!("{}; both halves of {transfers} transfers received", agrees(settled));
    line(out, "money by the auditor", &show(seen), &note)?;

    let of = |pattern| flags.iter().filter(|flag| flag.pattern == pattern).count();
    let [large, streak] =
        [Pattern::Large, Pattern::Streak].map(|pattern| format!("{} {pattern}", of(pattern)));
    let note = format!("{large}, {streak}; the auditor {}", agrees(audit.flagged == flags.len()));
    line(out, "flagged by fraud watch", &flags.len().to_string(), &note)?;
    let accounts = thousands(balances.accounts() as u128);
    line(out, "digest of the balances", &balances.digest(), &format!("of {accounts} accounts"))?;
    writeln!(out)
}

/// Describes where the journal is and what was found there.
fn journal(Replayed { store, .. }: &Replayed) -> String {
    let mut note = store.description();
    if store.found() > 0 {
        note += &format!("; {} from an earlier run", thousands(u128::from(store.found())));
    }
    if store.torn_bytes() > 0 {
        note += &format!("; a torn tail of {} bytes was cut off", store.torn_bytes());
    }
    if store.readings() > 1 {
        note += &format!("; read {} times", store.readings());
    }
    note
}

/// Formats the kills of `--chaos`, the restarts and the retries; empty if there were none.
fn failures(out: &mut String, Replayed { chaos, restarts, retried, .. }: &Replayed) -> fmt::Result {
    let list = |figures: &BTreeMap<&'static str, u64>| {
        let figures = figures.iter().filter(|(_, count)| **count > 0);
        figures.map(|(actor, count)| format!("{count} {actor}")).collect::<Vec<_>>().join(", ")
    };
    let sum =
        |figures: &BTreeMap<&'static str, u64>| thousands(figures.values().copied().map(u128::from).sum());
    if let Some(ChaosReport { kills, panics, least_in_flight }) = chaos {
        line(out, "kills", &sum(kills), &format!("{}; {panics} by a panic", list(kills)))?;
        let least = least_in_flight.map_or_else(|| "none".to_owned(), |least| least.to_string());
        line(out, "least rows in flight", &least, "at a kill")?;
    }
    let (rows, tries) = *retried;
    if chaos.is_some() || tries > 0 || restarts.values().any(|count| *count > 0) {
        line(out, "restarts", &sum(restarts), &list(restarts))?;
        line(out, "retries", &thousands(u128::from(tries)), &format!("of {rows} rows"))?;
        writeln!(out)?;
    }
    Ok(())
}

fn messages(out: &mut String, Replayed { tally, counters, .. }: &Replayed, seconds: f64) -> fmt::Result {
    for (label, count) in [
        ("messages sent", counters.sent),
        ("  handled", counters.handled),
        ("  failed", counters.failed),
        ("  dead", counters.dead),
    ] {
        line(out, label, &thousands(u128::from(count)), "")?;
    }
    // The cast rounds to the printed precision, and saturates for a file without rows.
    let rate = |count: u64| thousands((count as f64 / seconds.max(f64::EPSILON)) as u128);
    line(out, "rows per second", &rate(tally.applied + tally.refusals()), "")?;
    line(out, "messages per second", &rate(counters.sent), "")
}

fn line(out: &mut String, label: &str, figure: &str, note: &str) -> fmt::Result {
    writeln!(out, "{}", format!("{label:<LABEL$} {figure:>FIGURE$}   {note}").trim_end())
}

fn lines(refused: &Refused) -> String {
    let first: Vec<_> = refused.first.iter().map(u64::to_string).collect();
    match (refused.count, first.len()) {
        (0, _) => String::new(),
        (1, _) => format!("line {}", first[0]),
        (count, listed) if count > listed as u64 => format!("lines {}, …", first.join(", ")),
        _ => format!("lines {}", first.join(", ")),
    }
}
