use super::rules::{ACCOUNTS, CENTS, Transfer, Transfers};
use crate::savina::{
    finish::{Finish, finish},
    peers,
    program::Played,
};
use ractor::{Actor, ActorProcessingErr, ActorRef, RpcReplyPort, call};
use std::time::Instant;

enum ToAccount {
    /// Give so much to this one.
    Send {
        to: ActorRef<ToAccount>,
        cents: i64,
    },
    Deposit(i64, RpcReplyPort<()>),
    Balance(RpcReplyPort<i64>),
}

enum ToTeller {
    Open(Vec<ActorRef<ToAccount>>),
    Begin,
    Sent,
}

struct Account;

struct Purse {
    cents: i64,
    teller: ActorRef<ToTeller>,
}

impl Actor for Account {
    type Msg = ToAccount;
    type State = Purse;
    type Arguments = Purse;

    async fn pre_start(&self, _: ActorRef<ToAccount>, purse: Purse) -> Result<Purse, ActorProcessingErr> {
        Ok(purse)
    }

    async fn handle(
        &self,
        _: ActorRef<ToAccount>,
        message: ToAccount,
        purse: &mut Purse,
    ) -> Result<(), ActorProcessingErr> {
        match message {
            ToAccount::Send { to, cents } => {
                purse.cents -= cents;
                call!(to, ToAccount::Deposit, cents)?;
                purse.teller.cast(ToTeller::Sent)?;
            }
            ToAccount::Deposit(cents, port) => {
                purse.cents += cents;
                port.send(())?;
            }
            ToAccount::Balance(port) => port.send(purse.cents)?,
        }
        Ok(())
    }
}

struct Teller;

struct Desk {
    rules: Transfers,
    accounts: Vec<ActorRef<ToAccount>>,
    sent: u64,
    finish: Finish<u64>,
}

impl Actor for Teller {
    type Msg = ToTeller;
    type State = Desk;
    type Arguments = Desk;

    async fn pre_start(&self, _: ActorRef<ToTeller>, desk: Desk) -> Result<Desk, ActorProcessingErr> {
        Ok(desk)
    }

    async fn handle(
        &self,
        _: ActorRef<ToTeller>,
        message: ToTeller,
        desk: &mut Desk,
    ) -> Result<(), ActorProcessingErr> {
        match message {
            ToTeller::Open(accounts) => desk.accounts = accounts,
            ToTeller::Begin => {
                for Transfer { from, to, cents } in desk.rules.all() {
                    let to = desk.accounts[to].clone();
                    desk.accounts[from].cast(ToAccount::Send { to, cents })?;
                }
            }
            ToTeller::Sent => {
                desk.sent += 1;
                if desk.sent == desk.rules.transfers {
                    desk.finish.say(desk.sent);
                }
            }
        }
        Ok(())
    }
}

pub(crate) async fn run(rules: Transfers) -> Played<(u64, Vec<i64>)> {
    let (finish, outcome) = finish();
    let desk = Desk { rules, accounts: Vec::new(), sent: 0, finish };
    let teller = peers::ractor(Teller, desk).await;
    let mut accounts = Vec::new();
    for _ in 0..ACCOUNTS {
        accounts.push(peers::ractor(Account, Purse { cents: CENTS, teller: teller.clone() }).await);
    }
    teller.cast(ToTeller::Open(accounts.clone())).expect("the teller is alive");
    let begin = Instant::now();
    teller.cast(ToTeller::Begin).expect("the teller is alive");
    let sent = outcome.wait().await;
    let time = begin.elapsed();
    let mut balances = Vec::new();
    for account in &accounts {
        balances.push(call!(account, ToAccount::Balance).expect("the account answers"));
    }
    (time, (sent, balances))
}
