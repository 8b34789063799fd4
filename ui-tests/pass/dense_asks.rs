//! Forty actors, each of which asks all actors after it: many paths, and no cycle.
#![deny(warnings)]

use airssys_rt::prelude::*;

#[message]
pub struct Go;

macro_rules! actors {
    ($($name:ident asks ($($to:ident),*);)*) => {
        $(
            pub struct $name;

            #[actor(asks($($to),*))]
            impl $name {
                #[handler]
                fn go(&mut self, _: Go) {}
            }
        )*

        #[actor_system(actors($($name),*))]
        pub struct Big;
    };
}

actors! {
    A0 asks (A1, A2, A3, A4, A5, A6, A7, A8, A9, A10, A11, A12, A13, A14, A15, A16, A17, A18, A19, A20, A21, A22, A23, A24, A25, A26, A27, A28, A29, A30, A31, A32, A33, A34, A35, A36, A37, A38, A39);
    A1 asks (A2, A3, A4, A5, A6, A7, A8, A9, A10, A11, A12, A13, A14, A15, A16, A17, A18, A19, A20, A21, A22, A23, A24, A25, A26, A27, A28, A29, A30, A31, A32, A33, A34, A35, A36, A37, A38, A39);
    A2 asks (A3, A4, A5, A6, A7, A8, A9, A10, A11, A12, A13, A14, A15, A16, A17, A18, A19, A20, A21, A22, A23, A24, A25, A26, A27, A28, A29, A30, A31, A32, A33, A34, A35, A36, A37, A38, A39);
    A3 asks (A4, A5, A6, A7, A8, A9, A10, A11, A12, A13, A14, A15, A16, A17, A18, A19, A20, A21, A22, A23, A24, A25, A26, A27, A28, A29, A30, A31, A32, A33, A34, A35, A36, A37, A38, A39);
    A4 asks (A5, A6, A7, A8, A9, A10, A11, A12, A13, A14, A15, A16, A17, A18, A19, A20, A21, A22, A23, A24, A25, A26, A27, A28, A29, A30, A31, A32, A33, A34, A35, A36, A37, A38, A39);
    A5 asks (A6, A7, A8, A9, A10, A11, A12, A13, A14, A15, A16, A17, A18, A19, A20, A21, A22, A23, A24, A25, A26, A27, A28, A29, A30, A31, A32, A33, A34, A35, A36, A37, A38, A39);
    A6 asks (A7, A8, A9, A10, A11, A12, A13, A14, A15, A16, A17, A18, A19, A20, A21, A22, A23, A24, A25, A26, A27, A28, A29, A30, A31, A32, A33, A34, A35, A36, A37, A38, A39);
    A7 asks (A8, A9, A10, A11, A12, A13, A14, A15, A16, A17, A18, A19, A20, A21, A22, A23, A24, A25, A26, A27, A28, A29, A30, A31, A32, A33, A34, A35, A36, A37, A38, A39);
    A8 asks (A9, A10, A11, A12, A13, A14, A15, A16, A17, A18, A19, A20, A21, A22, A23, A24, A25, A26, A27, A28, A29, A30, A31, A32, A33, A34, A35, A36, A37, A38, A39);
    A9 asks (A10, A11, A12, A13, A14, A15, A16, A17, A18, A19, A20, A21, A22, A23, A24, A25, A26, A27, A28, A29, A30, A31, A32, A33, A34, A35, A36, A37, A38, A39);
    A10 asks (A11, A12, A13, A14, A15, A16, A17, A18, A19, A20, A21, A22, A23, A24, A25, A26, A27, A28, A29, A30, A31, A32, A33, A34, A35, A36, A37, A38, A39);
    A11 asks (A12, A13, A14, A15, A16, A17, A18, A19, A20, A21, A22, A23, A24, A25, A26, A27, A28, A29, A30, A31, A32, A33, A34, A35, A36, A37, A38, A39);
    A12 asks (A13, A14, A15, A16, A17, A18, A19, A20, A21, A22, A23, A24, A25, A26, A27, A28, A29, A30, A31, A32, A33, A34, A35, A36, A37, A38, A39);
    A13 asks (A14, A15, A16, A17, A18, A19, A20, A21, A22, A23, A24, A25, A26, A27, A28, A29, A30, A31, A32, A33, A34, A35, A36, A37, A38, A39);
    A14 asks (A15, A16, A17, A18, A19, A20, A21, A22, A23, A24, A25, A26, A27, A28, A29, A30, A31, A32, A33, A34, A35, A36, A37, A38, A39);
    A15 asks (A16, A17, A18, A19, A20, A21, A22, A23, A24, A25, A26, A27, A28, A29, A30, A31, A32, A33, A34, A35, A36, A37, A38, A39);
    A16 asks (A17, A18, A19, A20, A21, A22, A23, A24, A25, A26, A27, A28, A29, A30, A31, A32, A33, A34, A35, A36, A37, A38, A39);
    A17 asks (A18, A19, A20, A21, A22, A23, A24, A25, A26, A27, A28, A29, A30, A31, A32, A33, A34, A35, A36, A37, A38, A39);
    A18 asks (A19, A20, A21, A22, A23, A24, A25, A26, A27, A28, A29, A30, A31, A32, A33, A34, A35, A36, A37, A38, A39);
    A19 asks (A20, A21, A22, A23, A24, A25, A26, A27, A28, A29, A30, A31, A32, A33, A34, A35, A36, A37, A38, A39);
    A20 asks (A21, A22, A23, A24, A25, A26, A27, A28, A29, A30, A31, A32, A33, A34, A35, A36, A37, A38, A39);
    A21 asks (A22, A23, A24, A25, A26, A27, A28, A29, A30, A31, A32, A33, A34, A35, A36, A37, A38, A39);
    A22 asks (A23, A24, A25, A26, A27, A28, A29, A30, A31, A32, A33, A34, A35, A36, A37, A38, A39);
    A23 asks (A24, A25, A26, A27, A28, A29, A30, A31, A32, A33, A34, A35, A36, A37, A38, A39);
    A24 asks (A25, A26, A27, A28, A29, A30, A31, A32, A33, A34, A35, A36, A37, A38, A39);
    A25 asks (A26, A27, A28, A29, A30, A31, A32, A33, A34, A35, A36, A37, A38, A39);
    A26 asks (A27, A28, A29, A30, A31, A32, A33, A34, A35, A36, A37, A38, A39);
    A27 asks (A28, A29, A30, A31, A32, A33, A34, A35, A36, A37, A38, A39);
    A28 asks (A29, A30, A31, A32, A33, A34, A35, A36, A37, A38, A39);
    A29 asks (A30, A31, A32, A33, A34, A35, A36, A37, A38, A39);
    A30 asks (A31, A32, A33, A34, A35, A36, A37, A38, A39);
    A31 asks (A32, A33, A34, A35, A36, A37, A38, A39);
    A32 asks (A33, A34, A35, A36, A37, A38, A39);
    A33 asks (A34, A35, A36, A37, A38, A39);
    A34 asks (A35, A36, A37, A38, A39);
    A35 asks (A36, A37, A38, A39);
    A36 asks (A37, A38, A39);
    A37 asks (A38, A39);
    A38 asks (A39);
    A39 asks ();
}

fn main() {
    assert_eq!(Big::topology().actors().count(), 40);
}
