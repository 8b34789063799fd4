//! The trait `Running`: a running system behind its handles. rustc's search for `Send` ends here.

use crate::{
    broker::MessageBroker,
    sync::Arc,
    system::{Core, System, shutdown},
};

/// A running system, as its handles hold it.
///
/// A trait object, because each function of a user that holds a handle has to prove that the handle is `Send`. With the core in
/// the handle, each proof went through all messages of all actors, which took a third of the time of checking a program of 50
/// actors, and two thirds with 300. The proof is made once now, where the system starts.
pub(crate) trait Running<S: System, B>: Send + Sync {
    fn core(&self) -> &Arc<Core<S, B>>;
}

/// The core of a system that its handles share. The last handle ends the system.
pub(crate) struct Handle<S: System, B: MessageBroker<S::Message>>(pub(crate) Arc<Core<S, B>>);

impl<S: System, B: MessageBroker<S::Message>> Running<S, B> for Handle<S, B> {
    fn core(&self) -> &Arc<Core<S, B>> {
        &self.0
    }
}

impl<S: System, B: MessageBroker<S::Message>> Drop for Handle<S, B> {
    fn drop(&mut self) {
        if !self.0.ending.has_begun() {
            shutdown::abandon(&self.0);
        }
    }
}
