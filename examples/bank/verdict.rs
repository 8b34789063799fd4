//! Whether everything adds up.

use crate::money::show;
use crate::replay::Replayed;
use crate::sequential::Expected;

/// What does not add up within the replay itself; nothing if all is well.
pub(crate) fn discrepancies(replayed: &Replayed) -> Vec<String> {
    let Replayed { tally, balances, book, audit, flags, counters, strikes, restarts, .. } = replayed;
    let mut found = Vec::new();
    let mut expect = |holds: bool, otherwise: &dyn Fn() -> String| {
        if !holds {
            found.push(otherwise());
        }
    };
    expect(tally.held() == Some(balances.total()), &|| {
        let held = tally.held().map_or_else(|| "less than nothing".to_owned(), show);
        format!("money is not conserved: {held} by the file, {} in the accounts", show(balances.total()))
    });
    expect(book.balances == *balances, &|| {
        format!("the ledger holds {}, the accounts {}", show(book.balances.total()), show(balances.total()))
    });
    expect((audit.paid_in, audit.paid_out) == (tally.paid_in, tally.paid_out), &|| {
        let (saw_in, saw_out) = (show(audit.paid_in), show(audit.paid_out));
        let (paid_in, paid_out) = (show(tally.paid_in), show(tally.paid_out));
        format!("the auditor saw {saw_in} in and {saw_out} out, the file has {paid_in} and {paid_out}")
    });
    expect(audit.unsettled == 0, &|| format!("the auditor misses a half of {} transfers", audit.unsettled));
    expect(audit.flagged == flags.len(), &|| {
        format!("the fraud watch flagged {}, the auditor heard of {}", flags.len(), audit.flagged)
    });
    match strikes {
        // What was in the hands of somebody who was killed is dead: that is meant.
        Some(strikes) => {
            for actor in
                strikes.kills.keys().filter(|actor| restarts.get(*actor).is_none_or(|count| *count == 0))
            {
                expect(false, &|| format!("of type `{actor}` somebody was killed and nobody was restarted"));
            }
        }
        None => expect(counters.failed == 0 && counters.dead == 0, &|| {
            format!("{} messages failed and {} were dead", counters.failed, counters.dead)
        }),
    }
    let fates = counters.handled + counters.failed + counters.dead + counters.queued;
    expect(counters.sent == fates, &|| {
        format!("{} messages were sent, but {fates} are accounted for", counters.sent)
    });
    found
}

/// Where the replay differs from the plain program; nothing if they agree.
pub(crate) fn differences(replayed: &Replayed, expected: &Expected) -> Vec<String> {
    let (digest, plain) = (replayed.balances.digest(), expected.balances.digest());
    let mut found = Vec::new();
    if replayed.balances != expected.balances {
        found.push(format!("the digest is {digest}, that of the plain program {plain}"));
    }
    if replayed.tally != expected.tally {
        let (applied, plain) = (replayed.tally.applied, expected.tally.applied);
        found.push(format!("other rows were refused: {applied} applied, {plain} by the plain program"));
    }
    if replayed.flags != expected.flags {
        let (flags, plain) = (replayed.flags.len(), expected.flags.len());
        found.push(format!("other rows were flagged: {flags}, {plain} by the plain program"));
    }
    found
}
