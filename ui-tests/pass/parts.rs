//! Types that are described: of every shape, generic, in each other, with every attribute of rustc that a type may have.
#![deny(warnings, missing_docs, missing_debug_implementations)]
#![allow(dead_code)]

use airssys_rt::{message::schema::Part, prelude::*};
use std::collections::BTreeMap;

const LENGTH: usize = 3;

/// Not `Send`, which only a message must be.
#[derive(Debug)]
#[message(part)]
pub struct Local(std::rc::Rc<str>);

#[derive(Debug, Clone)]
#[message(part, name = "page")]
pub(crate) struct Page<T: Part, const N: usize = 2>
where
    T: Clone,
{
    items: [Option<T>; N],
    more: Option<Box<Page<T, N>>>,
    lengths: ([u8; LENGTH], [u8; LENGTH + 1], [u8; 0x10]),
}

type Prices<'a> = BTreeMap<u32, Vec<Price>>;

#[derive(Debug, Clone, Copy)]
#[message(part)]
enum Price {
    Free,
    #[cfg(any())]
    Never(Nothing),
    Cents(u64),
    Rate {
        of: f32,
    },
}

#[message(name = "order", reply = Result<Price, ()>)]
struct Order {
    prices: Prices<'static>,
    page: Page<Price>,
    t: T,
}

#[derive(Debug)]
#[message(part)]
struct T;

mod inner {
    #[airssys_rt::message(part)]
    #[derive(Debug)]
    struct Private;
}

struct Shop;

#[actor]
impl Shop {
    #[handler(entry)]
    fn order(&mut self, _: Order) -> Result<Price, ()> {
        Ok(Price::Free)
    }
}

#[actor_system(actors(entry Shop))]
struct System;

fn main() {
    let Order { .. } = Order {
        prices: Prices::new(),
        page: Page { items: [None, None], more: None, lengths: ([0; 3], [0; 4], [0; 16]) },
        t: T,
    };
    assert_eq!(System::topology().system(), "System");
}
