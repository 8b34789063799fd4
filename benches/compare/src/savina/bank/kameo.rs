use super::workload::{ACCOUNTS, CENTS, Transfer, Transfers};
use crate::savina::{
    outcome::{OutcomeSender, outcome_channel},
    program::Measured,
    spawn,
};
use kameo::prelude::*;
use std::time::Instant;

struct Begin;

/// Transfers `cents` to the account `to`.
struct Send {
    to: ActorRef<Account>,
    cents: i64,
}

struct Deposit(i64);

struct Sent;

struct Balance;

#[derive(Actor)]
struct Account {
    cents: i64,
    teller: ActorRef<Teller>,
}

impl Message<Send> for Account {
    type Reply = ();

    async fn handle(&mut self, Send { to, cents }: Send, _: &mut Context<Self, ()>) {
        self.cents -= cents;
        to.ask(Deposit(cents)).await.expect("the other account replies");
        self.teller.tell(Sent).await.expect("the teller is alive");
    }
}

impl Message<Deposit> for Account {
    type Reply = ();

    async fn handle(&mut self, Deposit(cents): Deposit, _: &mut Context<Self, ()>) {
        self.cents += cents;
    }
}

impl Message<Balance> for Account {
    type Reply = i64;

    async fn handle(&mut self, _: Balance, _: &mut Context<Self, i64>) -> i64 {
        self.cents
    }
}

#[derive(Actor)]
struct Teller {
    workload: Transfers,
    accounts: Vec<ActorRef<Account>>,
    sent: u64,
    outcome: OutcomeSender<u64>,
}

struct Open(Vec<ActorRef<Account>>);

impl Message<Open> for Teller {
    type Reply = ();

    async fn handle(&mut self, Open(accounts): Open, _: &mut Context<Self, ()>) {
        self.accounts = accounts;
    }
}

impl Message<Begin> for Teller {
    type Reply = ();

    async fn handle(&mut self, _: Begin, _: &mut Context<Self, ()>) {
        for Transfer { from, to, cents } in self.workload.all() {
            let send = Send { to: self.accounts[to].clone(), cents };
            self.accounts[from].tell(send).await.expect("the account is alive");
        }
    }
}

impl Message<Sent> for Teller {
    type Reply = ();

    async fn handle(&mut self, _: Sent, _: &mut Context<Self, ()>) {
        self.sent += 1;
        if self.sent == self.workload.transfers {
            self.outcome.send(self.sent);
        }
    }
}

pub(crate) async fn run(workload: Transfers) -> Measured<(u64, Vec<i64>)> {
    let (sender, outcome) = outcome_channel();
    // The teller reads no report before it has sent all transfers, so its mailbox must hold all reports.
    let teller = spawn::kameo_unbounded(Teller { workload, accounts: Vec::new(), sent: 0, outcome: sender });
    let account = |_| spawn::kameo(Account { cents: CENTS, teller: teller.clone() });
    let accounts: Vec<_> = (0..ACCOUNTS).map(account).collect();
    teller.tell(Open(accounts.clone())).await.expect("the teller is alive");
    let begin = Instant::now();
    teller.tell(Begin).await.expect("the teller is alive");
    let sent = outcome.wait().await;
    let time = begin.elapsed();
    let mut balances = Vec::new();
    for account in &accounts {
        balances.push(account.ask(Balance).await.expect("the account replies"));
    }
    (time, (sent, balances))
}
