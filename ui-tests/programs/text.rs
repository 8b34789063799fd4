//! The whole program of a case.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::Deserialize;

/// What a case has at its end.
const EMPTY_MAIN: &str = "fn main() {}\n";

/// The row of a case; `README.md` explains the keys.
#[derive(Deserialize)]
pub(crate) struct Case {
    pub(crate) file: String,
    pub(crate) at: String,
    #[serde(flatten)]
    pub(crate) expected: Expected,
    pub(crate) program: Option<Program>,
    #[serde(default)]
    mend: BTreeMap<String, String>,
    /// Why there is no program.
    pub(crate) unwrapped: Option<String>,
}

/// The errors of a case in its program.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Expected {
    #[serde(rename = "program_errors", default = "one")]
    pub(crate) errors: usize,
    /// Whether the first one begins at another token than in the case.
    #[serde(rename = "program_elsewhere", default)]
    pub(crate) is_elsewhere: bool,
}

fn one() -> usize {
    1
}

/// What a program adds to its case.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Program {
    /// Items that the case has not, for example the actor of its message.
    #[serde(default)]
    items: String,
    /// The lists of the system, if the case has none.
    actors: Option<String>,
    events: Option<String>,
    /// The name of the system.
    #[serde(default = "bank")]
    system: String,
    /// The actors that are spawned. Each is bound to the name of its type, in lower case.
    spawn: Vec<String>,
    /// The message that the last of them is told, and asked.
    send: Option<String>,
    publish: Option<String>,
}

fn bank() -> String {
    "Bank".to_owned()
}

impl Case {
    /// The name of the program.
    pub(crate) fn bin(&self) -> String {
        self.file.replace('/', "-")
    }

    /// The case with the program in place of its `main`; `None` if it has no program.
    pub(crate) fn program(&self) -> Option<String> {
        let program = self.program.as_ref()?.text();
        let path = Path::new("fail").join(&self.file).with_extension("rs");
        let source = fs::read_to_string(path).expect("each row has a case");
        let before = source.strip_suffix(EMPTY_MAIN).expect("a case ends with an empty `main`");
        Some(format!("{before}{program}"))
    }

    /// The program without the mistake.
    pub(crate) fn mended(&self) -> Option<String> {
        let mut program = self.program()?;
        for (wrong, right) in &self.mend {
            assert!(program.contains(wrong), "{}: not in the program: {wrong}", self.file);
            program = program.replace(wrong, right);
        }
        Some(program)
    }
}

impl Program {
    fn text(&self) -> String {
        let Program { items, system, .. } = self;
        let (declaration, steps) = (self.declaration(), self.steps().join("\n    "));
        format!(
            "{items}
{declaration}
async fn program() -> Result<(), Box<dyn std::error::Error>> {{
    let system = ActorSystem::<{system}>::start(SystemConfig::default()).await?;
    {steps}
    system.shutdown().await?;
    Ok(())
}}

fn main() -> Result<(), Box<dyn std::error::Error>> {{
    tokio::runtime::Builder::new_current_thread().enable_time().build()?.block_on(program())
}}
"
        )
    }

    /// The system, unless the case declares it.
    fn declaration(&self) -> String {
        let Some(actors) = &self.actors else { return String::new() };
        let events = self.events.as_ref().map(|events| format!(", events({events})")).unwrap_or_default();
        format!("#[actor_system(actors({actors}){events})]\npub struct {};\n", self.system)
    }

    /// The statements of the program.
    fn steps(&self) -> Vec<String> {
        let spawns = self.spawn.iter().map(|actor| (name(actor), actor));
        let mut steps: Vec<_> =
            spawns.map(|(name, actor)| format!("let {name} = system.spawn({actor}).await?;")).collect();
        if let Some(message) = &self.send {
            let actor = self.spawn.last().map(|actor| name(actor)).expect("an actor is spawned");
            steps.push(format!("system.tell(&{actor}, {message}).await?;"));
            steps.push(format!("let _answer = system.ask(&{actor}, {message}).await?;"));
        }
        steps.extend(self.publish.iter().map(|event| format!("system.publish({event}).await?;")));
        steps
    }
}

/// The name of the type of a value, in lower case: `a::Worker(1)` is a `worker`.
fn name(value: &str) -> String {
    let end = value.find([' ', '(', '{']).unwrap_or(value.len());
    let path = value[..end].split("::");
    let types = path.filter(|segment| segment.starts_with(char::is_uppercase));
    types.last().expect("the value of a struct begins with its type").to_lowercase()
}
