//! The path by which generated code names the runtime crate: `#[message(crate = ::path)]`.

use proc_macro2::TokenStream;
use syn::Path;
use syn::parse::ParseStream;

use crate::attr_args;
use crate::spans;
use crate::tokens::quote;

/// The path of the runtime crate, `::airssys_rt` unless `crate = ..` says otherwise.
#[derive(Clone)]
pub(crate) struct CratePath(Option<Path>);

impl CratePath {
    pub(crate) const DEFAULT: Self = Self(None);

    /// Reads `= ::path` after `crate`.
    pub(crate) fn read(&mut self, input: ParseStream<'_>) -> syn::Result<()> {
        attr_args::equals(input)?;
        let path = input.call(Path::parse_mod_style)?;
        let root = path.segments.first().map(|segment| segment.ident.to_string());
        if path.leading_colon.is_none() && !matches!(root.as_deref(), Some("crate" | "$crate")) {
            let text = format!(
                "the path must start with `::` or `crate::`: it is used from other modules too\n\
                 write `crate = ::{}`",
                spans::quoted(&path)
            );
            return Err(syn::Error::new_spanned(path, text));
        }
        self.0 = Some(path);
        Ok(())
    }

    /// The module of the runtime crate that holds every item which generated code names.
    pub(crate) fn private(&self) -> TokenStream {
        match &self.0 {
            Some(path) => quote!(#path::__private),
            None => quote!(::airssys_rt::__private),
        }
    }
}
