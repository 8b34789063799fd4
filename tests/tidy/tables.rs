//! The tables of ARCHITECTURE.md, parsed: layers, rooms, allowed cycles, doors, limits.

use crate::source::root;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

pub(crate) struct Tables {
    text: String,
    layers: BTreeMap<String, usize>,
    rooms: BTreeMap<String, Room>,
}

/// A room of `actor`.
pub(crate) struct Room {
    /// The rooms it imports from.
    pub(crate) imports: BTreeSet<String>,
    /// The types it names although they are of other rooms.
    pub(crate) names: BTreeSet<String>,
}

/// A word, and the only files that may hold it.
pub(crate) struct Door {
    pub(crate) word: String,
    pub(crate) files: Vec<String>,
}

pub(crate) struct Limits {
    pub(crate) lines: usize,
    pub(crate) lines_to_report: usize,
}

impl Tables {
    pub(crate) fn read() -> Self {
        let text = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
        let mut layers = BTreeMap::new();
        for row in rows(&text, "### Layers") {
            let layer = row[0].parse().unwrap();
            for module in quoted(&row[1]) {
                assert_eq!(layers.insert(module.clone(), layer), None, "`{module}` stands twice");
            }
        }
        let rooms = rows(&text, "### Rooms of `actor`").into_iter().map(|row| {
            let room = Room {
                imports: quoted(&row[1]).into_iter().collect(),
                names: quoted(&row[2]).into_iter().collect(),
            };
            (quoted(&row[0]).remove(0), room)
        });
        let rooms: BTreeMap<_, _> = rooms.collect();
        assert!(layers.len() > 10 && rooms.len() > 3, "the tables of ARCHITECTURE.md are not found");
        Tables { layers, rooms, text }
    }

    pub(crate) fn layer(&self, module: &str) -> Option<usize> {
        self.layers.get(module).copied()
    }

    pub(crate) fn room(&self, room: &str) -> Option<&Room> {
        self.rooms.get(room)
    }

    /// The files of each import cycle that is allowed.
    pub(crate) fn cycles(&self) -> BTreeSet<BTreeSet<String>> {
        rows(&self.text, "### Import cycles")
            .iter()
            .map(|row| quoted(&row[0]).into_iter().collect())
            .collect()
    }

    pub(crate) fn doors(&self) -> Vec<Door> {
        let rows = rows(&self.text, "### Doors");
        let doors = rows.iter().flat_map(|row| {
            let files = quoted(&row[1]);
            quoted(&row[0]).into_iter().map(move |word| Door { word, files: files.clone() })
        });
        let doors: Vec<_> = doors.collect();
        assert!(doors.len() > 5, "the table of doors is not found");
        doors
    }

    pub(crate) fn limits(&self) -> Limits {
        let rows = rows(&self.text, "### Limits");
        let number = |row: usize| rows[row][1].split(' ').next().unwrap().parse().unwrap();
        Limits { lines: number(0), lines_to_report: number(1) }
    }
}

/// The rows of the first table below a heading.
fn rows(text: &str, heading: &str) -> Vec<Vec<String>> {
    let start = text.find(&format!("\n{heading}\n")).unwrap_or_else(|| panic!("no heading {heading}"));
    let below = text[start + heading.len() + 2..].lines();
    let table = below.skip_while(|line| !line.starts_with('|')).take_while(|line| line.starts_with('|'));
    let cells = |line: &str| line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect();
    table.skip(2).map(cells).collect()
}

/// What stands between back quotes.
fn quoted(cell: &str) -> Vec<String> {
    cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}
