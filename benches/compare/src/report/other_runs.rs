//! Tables from the results of other runs: the programs of the Savina suite and `./ci/hello`.

use serde::{Deserialize, de::DeserializeOwned};
use std::{fs, io, path::Path};

/// The results of `--suite savina`.
#[derive(Deserialize)]
struct Programs {
    rounds: u16,
    rows: Vec<Program>,
}

#[derive(Deserialize)]
struct Program {
    program: String,
    threads: String,
    contestant: String,
    median: f64,
    minimum: f64,
    maximum: f64,
}

/// The results of `./ci/hello`.
#[derive(Deserialize)]
struct Hellos {
    rounds: u16,
    programs: Vec<Hello>,
}

#[derive(Deserialize)]
struct Hello {
    name: String,
    version: String,
    packages: u32,
    build: Seconds,
    release: Seconds,
    check: Seconds,
    stripped: u64,
}

#[derive(Deserialize)]
struct Seconds {
    cpu: f64,
    clock: f64,
}

/// Formats the tables of the runs whose result files are in `folder`.
///
/// # Errors
///
/// Fails if one of the files exists and cannot be read.
pub(super) fn write(folder: &Path) -> io::Result<String> {
    let programs = read::<Programs>(&folder.join("savina.json"))?.map(|programs| programs.table());
    let hellos = read::<Hellos>(&folder.join("hello.json"))?.map(|hellos| hellos.table());
    Ok(programs.into_iter().chain(hellos).collect())
}

fn read<T: DeserializeOwned>(path: &Path) -> io::Result<Option<T>> {
    let text = match fs::read_to_string(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        read => read?,
    };
    let parsed = serde_json::from_str(&text);
    parsed.map(Some).map_err(|error| io::Error::other(format!("{}: {error}", path.display())))
}

impl Programs {
    fn table(&self) -> String {
        let mut text = format!(
            "\n## Programs\n\nThe programs of the [Savina suite](https://doi.org/10.1145/2687357.2687368), in milliseconds per run: the \
             median of {} alternating rounds, with the minimum and the maximum in brackets. Each run checks the outcome of the \
             program. The ratio is the time of airssys-rt divided by the time of the contestant; below 1 airssys-rt is faster.\n\n\
             | program | threads | contestant | time | airssys ratio |\n|---|---|---|--:|--:|\n",
            self.rounds
        );
        for row in &self.rows {
            let ours = self.rows.iter().find(|other| {
                (&other.program, &other.threads, &*other.contestant)
                    == (&row.program, &row.threads, "airssys")
            });
            let ratio =
                ours.map_or_else(|| "-".to_owned(), |ours| format!("{:.2}", ours.median / row.median));
            text += &format!(
                "| {} | {} | {} | {:.1} ({:.1} to {:.1}) | {ratio} |\n",
                row.program, row.threads, row.contestant, row.median, row.minimum, row.maximum
            );
        }
        text
    }
}

impl Hellos {
    fn table(&self) -> String {
        let mut text = format!(
            "\n## Build cost of hello\n\nOne actor, one tell, one ask (`./ci/hello`, rounds: {}): processor seconds, with \
             wall-clock seconds in brackets, for a clean build with all dependencies, and for `cargo check` after a change to \
             `main.rs`; the size is that of the stripped program.\n\n\
             | framework | packages | build | release | check | size |\n|---|--:|--:|--:|--:|--:|\n",
            self.rounds
        );
        for hello in &self.programs {
            let seconds = |time: &Seconds| format!("{:.2} ({:.1})", time.cpu, time.clock);
            text += &format!(
                "| {} {} | {} | {} | {} | {} | {} KiB |\n",
                hello.name,
                hello.version,
                hello.packages,
                seconds(&hello.build),
                seconds(&hello.release),
                seconds(&hello.check),
                hello.stripped / 1024
            );
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str) -> std::path::PathBuf {
        let folder = std::env::temp_dir().join(format!("airssys-compare-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("the temporary folder is writable");
        folder
    }

    #[test]
    fn a_missing_file_gives_no_table() {
        let folder = folder("empty");
        assert_eq!(write(&folder).expect("a missing file is not an error"), "");
        fs::remove_dir_all(folder).expect("the folder exists");
    }

    #[test]
    fn each_file_gives_a_table() {
        let folder = folder("both");
        let row = |contestant, median: f64| {
            format!(
                r#"{{"program":"ring","threads":"one thread","contestant":"{contestant}","median":{median},"minimum":1.0,"maximum":9.0}}"#
            )
        };
        let savina =
            format!(r#"{{"rounds":5,"seed":1,"rows":[{},{}]}}"#, row("airssys", 2.0), row("kameo", 8.0));
        fs::write(folder.join("savina.json"), savina).expect("the temporary folder is writable");
        let hello = r#"{"rounds":1,"programs":[{"name":"kameo","version":"0.22.2","packages":31,"bytes":9,
            "build":{"cpu":26.9,"clock":20.0},"release":{"cpu":37.0,"clock":30.0},"check":{"cpu":0.07,"clock":0.1},
            "stripped":925696}]}"#;
        fs::write(folder.join("hello.json"), hello).expect("the temporary folder is writable");
        let page = write(&folder).expect("both files are valid");
        assert!(page.contains("| ring | one thread | kameo | 8.0 (1.0 to 9.0) | 0.25 |"), "{page}");
        assert!(
            page.contains("| kameo 0.22.2 | 31 | 26.90 (20.0) | 37.00 (30.0) | 0.07 (0.1) | 904 KiB |"),
            "{page}"
        );
        fs::write(folder.join("hello.json"), "{").expect("the temporary folder is writable");
        let error = write(&folder).expect_err("the file is not JSON").to_string();
        assert!(error.contains("hello.json"), "{error}");
        fs::remove_dir_all(folder).expect("the folder exists");
    }
}
