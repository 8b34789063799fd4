//! `Fault`: the failure of a handler or hook, from an error or a panic.

use crate::{
    reply::{FaultReport, PanicAskers},
    rt::{self, CatchDrop},
};
use std::{any::Any, error::Error, fmt, mem};

/// The failure of an actor, as opposed to an answer that is an error.
///
/// A handler that returns `Result<Reply, Fault>` makes a fault from any error with `?`, or from a text with [`Fault::new`].
/// Like `anyhow::Error`, it does not implement [`Error`] itself: otherwise `?` could not convert every error to it. It is `Send`
/// but not `Sync`, because an error that contains a message is not `Sync` if the message is not.
pub struct Fault(Box<FaultData>);

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
        FaultReport::new(self.0.message, self.0.panicked, &**self.0.cause)
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
