use super::rules::{ACCOUNTS, CENTS, Transfer, Transfers};
use crate::savina::{
    finish::{Finish, finish},
    program::Played,
};
use airssys_rt::prelude::*;
use std::time::Instant;

#[message]
struct Begin;

/// Give so much to this one.
#[message]
struct Send {
    to: ActorRef<Account>,
    cents: i64,
}

#[message(reply = ())]
struct Deposit(i64);

#[message]
struct Sent;

#[message(reply = i64)]
struct Balance;

struct Account {
    cents: i64,
    teller: ActorRef<Teller>,
}

#[actor(tells(Teller), asks(Account, cycle = "an account asks only those with a higher number"))]
impl Account {
    #[handler]
    async fn send(&mut self, Send { to, cents }: Send, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        self.cents -= cents;
        ctx.ask(&to, Deposit(cents)).await?;
        ctx.tell(&self.teller, Sent).await?;
        Ok(())
    }

    #[handler]
    fn deposit(&mut self, Deposit(cents): Deposit) {
        self.cents += cents;
    }

    #[handler(entry)]
    fn balance(&self, _: Balance) -> i64 {
        self.cents
    }
}

struct Teller {
    rules: Transfers,
    accounts: Vec<ActorRef<Account>>,
    sent: u64,
    finish: Finish<u64>,
}

#[message]
struct Open(Vec<ActorRef<Account>>);

// It reads no report before all transfers are on their way, so there has to be room for as many.
#[actor(tells(Account), mailbox(unbounded))]
impl Teller {
    #[handler(entry)]
    fn open(&mut self, Open(accounts): Open) {
        self.accounts = accounts;
    }

    #[handler(entry)]
    async fn begin(&mut self, _: Begin, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        for Transfer { from, to, cents } in self.rules.all() {
            let send = Send { to: self.accounts[to].clone(), cents };
            ctx.tell(&self.accounts[from], send).await?;
        }
        Ok(())
    }

    #[handler]
    fn sent(&mut self, _: Sent) {
        self.sent += 1;
        if self.sent == self.rules.transfers {
            self.finish.say(self.sent);
        }
    }
}

#[actor_system(strict, actors(entry Account, entry Teller))]
struct Bank;

pub(crate) async fn run(rules: Transfers) -> Played<(u64, Vec<i64>)> {
    let system = ActorSystem::<Bank>::start(SystemConfig::default()).await.expect("the default is good");
    let (finish, outcome) = finish();
    let teller = Teller { rules, accounts: Vec::new(), sent: 0, finish };
    let teller = system.spawn(teller).await.expect("nothing can fail");
    let mut accounts = Vec::new();
    for _ in 0..ACCOUNTS {
        let account = Account { cents: CENTS, teller: teller.clone() };
        accounts.push(system.spawn(account).await.expect("nothing can fail"));
    }
    system.tell(&teller, Open(accounts.clone())).await.expect("the teller is alive");
    let begin = Instant::now();
    system.tell(&teller, Begin).await.expect("the teller is alive");
    let sent = outcome.wait().await;
    let time = begin.elapsed();
    let mut balances = Vec::new();
    for account in &accounts {
        balances.push(system.ask(account, Balance).await.expect("the account answers"));
    }
    system.shutdown().await.expect("all are idle");
    (time, (sent, balances))
}
