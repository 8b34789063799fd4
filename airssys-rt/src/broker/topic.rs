use crate::envelope::Meta;
use std::{fmt, str::FromStr};

/// What somebody wants to see of all that passes: a pattern over the topics of messages.
///
/// The topic of a message is the name of the actor's type it goes to and the name of its own, `Account.Withdraw`; that of
/// an event is `Event.Withdrawn`. In a pattern `*` stands for one name and `>`, at the end, for all that follows.
///
/// ```
/// use airssys_rt::broker::TopicPattern;
///
/// let pattern: TopicPattern = "Account.*".parse()?;
/// assert!(pattern.matches("Account.Withdraw"));
/// assert!(!pattern.matches("Event.Withdrawn"));
/// assert!("Account.".parse::<TopicPattern>().is_err());
/// # Ok::<(), airssys_rt::broker::InvalidPattern>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TopicPattern {
    names: Vec<Name>,
    /// Ends in `>`: at least one name more.
    open: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Name {
    Any,
    This(Box<str>),
}

/// A pattern that no topic could match as it is meant.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{pattern}` is no pattern of topics: {problem}")]
pub struct InvalidPattern {
    pattern: Box<str>,
    problem: &'static str,
}

impl TopicPattern {
    /// Whether a topic is one of those that are meant.
    #[must_use]
    pub fn matches(&self, topic: &str) -> bool {
        self.matches_names(topic.split('.'))
    }

    pub(crate) fn matches_meta(&self, meta: &Meta) -> bool {
        self.matches_names([meta.receiver_type(), meta.message_type()].into_iter())
    }

    fn matches_names<'a>(&self, mut topic: impl Iterator<Item = &'a str>) -> bool {
        let all = self.names.iter().all(|name| match (name, topic.next()) {
            (_, None) => false,
            (Name::Any, Some(_)) => true,
            (Name::This(this), Some(other)) => **this == *other,
        });
        all && topic.next().is_some() == self.open
    }
}

impl FromStr for TopicPattern {
    type Err = InvalidPattern;

    fn from_str(pattern: &str) -> Result<Self, InvalidPattern> {
        let invalid = |problem| InvalidPattern { pattern: pattern.into(), problem };
        let mut names = Vec::new();
        let mut parts = pattern.split('.').peekable();
        while let Some(part) = parts.next() {
            let last = parts.peek().is_none();
            match part {
                "" => return Err(invalid("a name is empty")),
                ">" if last => return Ok(TopicPattern { names, open: true }),
                ">" => return Err(invalid("`>` stands at the end")),
                "*" => names.push(Name::Any),
                name if name.contains(['*', '>']) || name.contains(char::is_whitespace) => {
                    return Err(invalid("a name has `*`, `>` or white space in it"));
                }
                name => names.push(Name::This(name.into())),
            }
        }
        Ok(TopicPattern { names, open: false })
    }
}

impl fmt::Display for TopicPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.names.iter().map(|name| match name {
            Name::Any => "*",
            Name::This(name) => name,
        });
        let all: Vec<_> = names.chain(self.open.then_some(">")).collect();
        f.write_str(&all.join("."))
    }
}
