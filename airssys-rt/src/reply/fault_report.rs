//! `FaultReport`: the texts of a fault, for later.

use crate::{rt, sync::Arc};
use std::{error::Error, fmt, ptr};

/// The number of errors of a chain of sources that a report has at most.
const CHAIN_LIMIT: usize = 64;

/// A record of a [`Fault`](crate::reply::Fault) that outlives it: an ordinary error that is cheap to clone.
///
/// Its `source()` chain has the texts of the causes of the fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaultReport(Arc<ReportData>);

#[derive(Debug, PartialEq, Eq)]
struct ReportData {
    message: Option<&'static str>,
    panicked: bool,
    cause: FaultText,
}

#[derive(Debug, PartialEq, Eq)]
struct FaultText {
    text: String,
    source: Option<Box<FaultText>>,
}

impl FaultText {
    /// The texts of an error and its sources. A loop and a limit: the chain is made by user code, and may have no end.
    fn of(error: &(dyn Error + 'static)) -> Self {
        let mut chain = vec![error];
        let mut cut_off = None;
        while let Some(source) = source_of(chain[chain.len() - 1]) {
            if chain.iter().any(|earlier| is_same(*earlier, source)) {
                cut_off = Some("the chain of sources is a cycle".to_owned());
                break;
            }
            if chain.len() == CHAIN_LIMIT {
                cut_off = Some(format!("the chain of sources has more than {CHAIN_LIMIT} errors"));
                break;
            }
            chain.push(source);
        }
        let texts = chain.into_iter().map(text_of).chain(cut_off);
        let texts: Vec<String> = texts.collect();
        let link = |source, text| Some(Box::new(FaultText { text, source }));
        let first = texts.into_iter().rev().fold(None, link);
        first.map_or_else(|| FaultText { text: String::new(), source: None }, |first| *first)
    }
}

/// The text of an error, whose `Display` is user code.
fn text_of(error: &dyn Error) -> String {
    let mut text = None;
    rt::catch(|| text = Some(error.to_string()));
    text.unwrap_or_else(|| "an error that cannot be printed".to_owned())
}

/// The source of an error, which is user code. `None` also if it panics.
fn source_of<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
    let mut source = None;
    rt::catch(|| source = error.source());
    source
}

/// Whether two references lead to one error. Errors without a size share their addresses, so they are never the same one; the limit
/// of a chain ends their cycles.
fn is_same(one: &dyn Error, other: &dyn Error) -> bool {
    size_of_val(one) > 0 && ptr::eq(one, other)
}

impl FaultReport {
    /// The report of a fault: the texts of its cause.
    pub(super) fn new(message: Option<&'static str>, panicked: bool, cause: &(dyn Error + 'static)) -> Self {
        FaultReport(Arc::new(ReportData { message, panicked, cause: FaultText::of(cause) }))
    }

    /// The name of the message or event whose handler failed; `None` in a lifecycle hook.
    #[must_use]
    pub fn message(&self) -> Option<&'static str> {
        self.0.message
    }

    /// Whether a panic was the cause.
    #[must_use]
    pub fn is_panic(&self) -> bool {
        self.0.panicked
    }
}

impl fmt::Display for FaultReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.cause.text)
    }
}

impl Error for FaultReport {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.cause.source()
    }
}

impl fmt::Display for FaultText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Error for FaultText {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|cause| cause as &(dyn Error + 'static))
    }
}
