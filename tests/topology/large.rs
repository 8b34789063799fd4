//! A graph that is too large for Mermaid.

use std::{env, fs, path::Path};

type Four<T> = (Vec<Vec<T>>, Vec<Vec<T>>, Vec<Vec<T>>, Vec<Vec<T>>);

/// Actors that all tell each other.
macro_rules! actors {
    ($module:ident, $reply:ty: $($actor:ident)+) => {
        actors!(@ $module, $reply, ($($actor)+): $($actor)+);
    };
    (@ $module:ident, $reply:ty, $all:tt: $($actor:ident)+) => {
        mod $module {
            use airssys_rt::prelude::*;
            #[message(reply = $reply)]
            pub(crate) struct M;
            $(actors!(# $actor, $reply, $all);)+
            #[actor_system(actors($(entry $actor),+))]
            pub(crate) struct Large;
        }
    };
    (# $actor:ident, $reply:ty, ($($all:ident)+)) => {
        pub(crate) struct $actor;
        #[actor(try_tells($($all),+))]
        impl $actor {
            #[handler(entry)]
            fn m(&self, _: M) -> Result<$reply, Fault> { Err(Fault::new("never")) }
        }
    };
}

actors! { wide, u8: A0 A1 A2 A3 A4 A5 A6 A7 A8 A9 A10 A11 A12 A13 A14 A15 A16 A17 A18 A19 A20 A21 A22 }
// A reply with a long text.
type Row = (u64, u64, u64, u64, u64, u64, u64, u64, u64, u64);
actors! { long, (
    super::Four<(super::Row, super::Row, super::Row, super::Row, super::Row, super::Row, super::Row, super::Row)>,
    super::Four<(super::Row, super::Row, super::Row, super::Row, super::Row, super::Row, super::Row, super::Row)>,
    super::Four<(super::Row, super::Row, super::Row, super::Row, super::Row, super::Row, super::Row, super::Row)>,
    super::Four<(super::Row, super::Row, super::Row, super::Row, super::Row, super::Row, super::Row, super::Row)>,
    super::Four<(super::Row, super::Row, super::Row, super::Row, super::Row, super::Row, super::Row, super::Row)>,
    super::Four<(super::Row, super::Row, super::Row, super::Row, super::Row, super::Row, super::Row, super::Row)>,
    super::Four<(super::Row, super::Row, super::Row, super::Row, super::Row, super::Row, super::Row, super::Row)>,
    super::Four<(super::Row, super::Row, super::Row, super::Row, super::Row, super::Row, super::Row, super::Row)>,
    super::Four<(super::Row, super::Row, super::Row, super::Row, super::Row, super::Row, super::Row, super::Row)>,
    super::Four<(super::Row, super::Row, super::Row, super::Row, super::Row, super::Row, super::Row, super::Row)>,
    super::Four<(super::Row, super::Row, super::Row, super::Row, super::Row, super::Row, super::Row, super::Row)>,
    super::Four<(super::Row, super::Row, super::Row, super::Row, super::Row, super::Row, super::Row, super::Row)>
):
    A0 A1 A2 A3 A4 A5 A6 A7 A8 A9 A10 A11 A12 A13 A14 A15 A16 A17 A18 A19 A20 A21 A22 }

#[test]
fn a_large_chart_keeps_to_the_limits() {
    let chart = wide::Large::topology().to_mermaid();
    assert_eq!(wide::Large::topology().links().len(), 23 * 23);
    assert_eq!(chart.lines().filter(|line| line.contains(".->")).count(), 499);
    let note = "    note{{\"left out, by the limits of Mermaid: 30 of 529 arrows\"}}";
    assert_eq!(chart.lines().last(), Some(note));
    assert!(chart.contains("M -#gt; u8") && chart.contains("a22[\""));

    let long = long::Large::topology().to_mermaid();
    assert!(long.chars().count() < 50_000, "{} characters", long.chars().count());
    assert!(long.contains("30 of 529 arrows; messages and mailboxes"), "{}", long.lines().last().unwrap());
    assert!(long::Large::topology().to_dot().chars().count() > 50_000, "the others have all of it");

    // For `ci/pictures`.
    if let Some(folder) = env::var_os("CHARTS") {
        fs::write(Path::new(&folder).join("large.mmd"), chart).unwrap();
    }
}
