//! `pair!`: a test of two versions of a message.

/// `$before` and `$now` are the content of two modules with a message `M`; the values are those of the module.
macro_rules! pair {
    (
        $(#[$attribute:meta])*
        $name:ident,
        before { $($before:item)* } writes $written_before:expr,
        now { $($now:item)* } writes $written_now:expr,
        reads $reads:literal, read $read:literal, says $says:expr
    ) => {
        $(#[$attribute])*
        #[test]
        fn $name() {
            #[allow(dead_code)]
            mod before {
                use super::*;
                $(#[derive(Debug, Serialize, Deserialize)] $before)*
                pub(super) fn json() -> String { serde_json::to_string(&$written_before).unwrap() }
            }
            #[allow(dead_code)]
            mod now {
                use super::*;
                $(#[derive(Debug, Serialize, Deserialize)] $now)*
                pub(super) fn json() -> String { serde_json::to_string(&$written_now).unwrap() }
            }
            let locks = [<before::M as Message>::SCHEMA, <now::M as Message>::SCHEMA]
                .map(|schema| Lock::of_schemas("Bank", &[schema]));
            let changes = locks[0].changes(&locks[1]);
            let said: Vec<_> = changes.iter().map(ToString::to_string).collect();
            assert_eq!(said, $says, "what is said");
            assert_eq!(changes.iter().all(|change| change.reads_before()), $reads, "this reads what was written");
            assert_eq!(changes.iter().all(|change| change.is_read_by_before()), $read, "those of before read this");
            let (old, new) = (before::json(), now::json());
            assert_eq!(serde_json::from_str::<now::M>(&old).is_ok(), $reads, "serde reads {old}");
            assert_eq!(serde_json::from_str::<before::M>(&new).is_ok(), $read, "serde of before reads {new}");
        }
    };
}
