//! Checks that the figures of a replay are consistent, and that they match the sequential program.

use crate::money::show;
use crate::replay::Replayed;
use crate::sequential::Expected;

/// Returns the inconsistencies within the replay; empty if there are none.
pub(crate) fn discrepancies(replayed: &Replayed) -> Vec<String> {
    let Replayed { tally, balances, book, audit, flags, counters, chaos, restarts, .. } = replayed;
    let mut found = Vec::new();
    let mut expect = |holds: bool, message: &dyn Fn() -> String| {
        if !holds {
            found.push(message());
        }
    };
    expect(tally.held() == Some(balances.total()), &|| {
        let held = tally.held().map_or_else(|| "a negative sum".to_owned(), show);
        format!("money is not conserved: {held} by the file, {} in the accounts", show(balances.total()))
    });
    expect(book.balances == *balances, &|| {
        format!("the ledger holds {}, the accounts {}", show(book.balances.total()), show(balances.total()))
    });
    expect((audit.paid_in, audit.paid_out) == (tally.paid_in, tally.paid_out), &|| {
        let (audited_in, audited_out) = (show(audit.paid_in), show(audit.paid_out));
        let (paid_in, paid_out) = (show(tally.paid_in), show(tally.paid_out));
        format!(
            "the auditor counted {audited_in} in and {audited_out} out, the file has {paid_in} and {paid_out}"
        )
    });
    expect(audit.unsettled == 0, &|| format!("the auditor misses one half of {} transfers", audit.unsettled));
    expect(audit.flagged == flags.len(), &|| {
        format!("the fraud watch flagged {}, the auditor received {}", flags.len(), audit.flagged)
    });
    match chaos {
        // The message that a killed actor was handling becomes a dead letter; that is expected.
        Some(report) => {
            for actor in
                report.kills.keys().filter(|actor| restarts.get(*actor).is_none_or(|count| *count == 0))
            {
                expect(false, &|| format!("an actor of type `{actor}` was killed, but none was restarted"));
            }
        }
        None => expect(counters.failed == 0 && counters.dead == 0, &|| {
            format!("{} messages failed and {} were dead", counters.failed, counters.dead)
        }),
    }
    let accounted = counters.handled + counters.failed + counters.dead + counters.queued;
    expect(counters.sent == accounted, &|| {
        format!("{} messages were sent, but {accounted} are accounted for", counters.sent)
    });
    found
}

/// Returns the differences between the replay and the sequential program; empty if they agree.
pub(crate) fn differences(replayed: &Replayed, expected: &Expected) -> Vec<String> {
    let (digest, plain) = (replayed.balances.digest(), expected.balances.digest());
    let mut found = Vec::new();
    if replayed.balances != expected.balances {
        found.push(format!("the digest is {digest}, that of the sequential program {plain}"));
    }
    if replayed.tally != expected.tally {
        let (applied, plain) = (replayed.tally.applied, expected.tally.applied);
        found.push(format!(
            "different rows were refused: {applied} applied, {plain} by the sequential program"
        ));
    }
    if replayed.flags != expected.flags {
        let (flags, plain) = (replayed.flags.len(), expected.flags.len());
        found.push(format!("different rows were flagged: {flags}, {plain} by the sequential program"));
    }
    found
}
