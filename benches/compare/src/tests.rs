use crate::{
    contest::Row,
    contestants::ALL,
    deadline::run_with_deadline,
    job::{Job, Threads},
    report::draw,
    work::Work,
};

/// Enough operations for each player of a ring, and for each of 64 askers.
const OPERATIONS: u64 = 1000;

#[test]
fn every_contestant_handles_each_message_once() {
    let mut runs = 0;
    for contestant in ALL {
        assert!(!(contestant.about)().is_empty());
        for work in Work::ALL.into_iter().filter(|work| work.population() <= 1000) {
            let Some(program) = (contestant.program)(work) else { continue };
            for threads in Threads::ALL {
                let job = Job { work, threads, operations: OPERATIONS };
                let sum = run_with_deadline(contestant.name, program, &job).sum;
                assert_eq!(sum, work.sum(OPERATIONS), "{}, {}, {threads:?}", contestant.name, work.name());
                runs += 1;
            }
        }
    }
    assert!(runs > 100, "only {runs} programs ran");
}

#[test]
fn the_chart_has_a_bar_per_contestant_except_the_baseline() {
    let row = |contestant, median: f64| Row {
        work: Work::Tell.name(),
        threads: Threads::Two.name(),
        contestant,
        median,
        minimum: median,
        maximum: median,
        ratio: Some(median / 100.0),
    };
    let chart =
        draw(&[row("tokio", 100.0), row("airssys", 20.0), row("actix", 1300.0)]).expect("the chart has bars");
    for label in ["airssys-rt 0.20<", "13.0 actix<", "tokio: 100 ns<"] {
        assert!(chart.contains(label), "no {label} in {chart}");
    }
    assert_eq!(draw(&[row("airssys", 20.0)]), None);
}
