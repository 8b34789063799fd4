//! `TopicPattern`: a pattern over topics such as `Account.Withdraw`, for a tap that receives only some messages.

use crate::envelope::Meta;
use std::{fmt, str::FromStr};

/// A pattern over the topics of messages, for a tap that receives only some of them.
///
/// The topic of a message is the name of its recipient's actor type and the name of its own type: `Account.Withdraw`. That of
/// an event is `Event.Withdrawn`. In a pattern, `*` matches one name, and `>` at the end matches one or more.
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
    names: Vec<NamePattern>,
    /// The pattern ends in `>`: a topic has at least one name more.
    open: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum NamePattern {
    Any,
    Literal(Box<str>),
}

/// The error for a text that is not a pattern of topics.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{pattern}` is no pattern of topics: {problem}")]
pub struct InvalidPattern {
    pattern: Box<str>,
    problem: &'static str,
}

impl TopicPattern {
    /// Whether the pattern matches a topic.
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
            (NamePattern::Any, Some(_)) => true,
            (NamePattern::Literal(literal), Some(other)) => **literal == *other,
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
            let is_last = parts.peek().is_none();
            match part {
                "" => return Err(invalid("a name is empty")),
                ">" if is_last => return Ok(TopicPattern { names, open: true }),
                ">" => return Err(invalid("`>` may only be the last name")),
                "*" => names.push(NamePattern::Any),
                name if name.contains(['*', '>']) || name.contains(char::is_whitespace) => {
                    return Err(invalid("a name contains `*`, `>` or white space"));
                }
                name => names.push(NamePattern::Literal(name.into())),
            }
        }
        Ok(TopicPattern { names, open: false })
    }
}

impl fmt::Display for TopicPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.names.iter().map(|name| match name {
            NamePattern::Any => "*",
            NamePattern::Literal(name) => name,
        });
        let all: Vec<_> = names.chain(self.open.then_some(">")).collect();
        f.write_str(&all.join("."))
    }
}
