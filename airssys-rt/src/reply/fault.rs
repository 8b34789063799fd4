//! `Fault`: the failure of a handler or hook, from an error or a panic; `FaultReport`, its text for later.

use crate::{
    reply::PanicAskers,
    rt::{self, CatchDrop},
    sync::Arc,
};
use std::{any::Any, error::Error, fmt, mem, ptr};

/// The failure of an actor, as opposed to an answer that is an error.
///
/// A handler that returns `Result<Reply, Fault>` makes a fault from any error with `?`, or from a text with [`Fault::new`].
/// Like `anyhow::Error`, it does not implement [`Error`] itself: otherwise `?` could not convert every error to it. It is `Send`
/// but not `Sync`, because an error that contains a message is not `Sync` if the message is not.
pub struct Fault(Box<FaultData>);

/// The number of errors of a chain of sources that a report has at most.
const CHAIN_LIMIT: usize = 64;

struct FaultData {
    // The `Drop` of an error is user code. An error is dropped wherever its fault is, so its panic is caught here: it is no second
    // failure of the actor.
    cause: CatchDrop<Box<dyn Error + Send>>,
    message: Option<&'static str>,
    panicked: bool,
    askers: PanicAskers,
}

impl Fault {
    /// Makes a fault from an error or from a text.
    pub fn new(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::of(cause.into(), false)
    }

    /// Makes a fault from the payload of a panic. `askers`: they wait for its text.
    pub(crate) fn from_panic(payload: Box<dyn Any + Send>, askers: PanicAskers) -> Self {
        let text = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
        let text = text.or_else(|| payload.downcast_ref::<String>().cloned());
        rt::discard_payload(payload);
        let cause: Box<dyn Error + Send + Sync> =
            text.unwrap_or_else(|| "a panic without a text".to_owned()).into();
        let mut fault = Self::of(cause, true);
        fault.0.askers = askers;
        fault
    }

    /// Tells the askers that wait for the text of this panic.
    pub(crate) fn tell_askers(&mut self, report: &FaultReport) {
        mem::take(&mut self.0.askers).tell(report);
    }

    fn of(cause: Box<dyn Error + Send>, panicked: bool) -> Self {
        Fault(Box::new(FaultData {
            cause: CatchDrop::new(cause),
            message: None,
            panicked,
            askers: PanicAskers::default(),
        }))
    }

    /// Sets the name of the message that was being handled, unless it is set.
    pub(crate) fn at(mut self, message: &'static str) -> Self {
        self.0.message.get_or_insert(message);
        self
    }

    /// The name of the message or event whose handler failed; `None` in a lifecycle hook.
    #[must_use]
    pub fn message(&self) -> Option<&'static str> {
        self.0.message
    }

    /// Whether a panic was the cause. `Display` then prints the text of the panic.
    #[must_use]
    pub fn is_panic(&self) -> bool {
        self.0.panicked
    }

    /// The cause, if it is of type `E`.
    #[must_use]
    pub fn downcast_ref<E: Error + 'static>(&self) -> Option<&E> {
        self.0.cause.downcast_ref()
    }

    /// The report of this fault: its texts, which can be stored, cloned and shared.
    ///
    /// A chain of sources that is a cycle, or that has more than 64 errors, is cut off; the last text says so.
    #[must_use]
    pub fn report(&self) -> FaultReport {
        let cause = FaultText::of(&**self.0.cause);
        FaultReport(Arc::new(ReportData { message: self.0.message, panicked: self.0.panicked, cause }))
    }
}

/// What `?` converts into a [`Fault`]: every error that is `Send`.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not implement `Error`",
    label = "`{Self}` does not implement `Error`: convert it with `.map_err(Fault::new)?`",
    note = "`Fault::new` takes a text, a `Box<dyn Error + Send + Sync>` and an `anyhow::Error`"
)]
pub trait IntoFault: Sized {
    #[doc(hidden)]
    fn into_fault(self) -> Fault;
}

#[diagnostic::do_not_recommend]
impl<E: Error + Send + 'static> IntoFault for E {
    fn into_fault(self) -> Fault {
        Fault::of(Box::new(self), false)
    }
}

impl<E: IntoFault> From<E> for Fault {
    fn from(error: E) -> Self {
        error.into_fault()
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&*self.0.cause, f)
    }
}

impl fmt::Debug for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fault")
            .field("cause", &*self.0.cause)
            .field("message", &self.0.message)
            .field("panicked", &self.0.panicked)
            .finish()
    }
}

/// A record of a [`Fault`] that outlives it: an ordinary error that is cheap to clone.
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
