use super::workload::{ACCOUNTS, CENTS, Transfer, Transfers};
use crate::savina::{
    outcome::{OutcomeSender, outcome_channel},
    program::Measured,
};
use airssys_rt::prelude::*;
use std::time::Instant;

#[message]
struct Begin;

/// Transfers `cents` to the account `to`.
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

#[actor(tells(Teller), asks(Account, cycle = "an account asks only accounts with a higher number"))]
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
    workload: Transfers,
    accounts: Vec<ActorRef<Account>>,
    sent: u64,
    outcome: OutcomeSender<u64>,
}

#[message]
struct Open(Vec<ActorRef<Account>>);

// The teller reads no report before it has sent all transfers, so its mailbox must hold all reports.
#[actor(tells(Account), mailbox(unbounded))]
impl Teller {
    #[handler(entry)]
    fn open(&mut self, Open(accounts): Open) {
        self.accounts = accounts;
    }

    #[handler(entry)]
    async fn begin(&mut self, _: Begin, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        for Transfer { from, to, cents } in self.workload.all() {
            let send = Send { to: self.accounts[to].clone(), cents };
            ctx.tell(&self.accounts[from], send).await?;
        }
        Ok(())
    }

    #[handler]
    fn sent(&mut self, _: Sent) {
        self.sent += 1;
        if self.sent == self.workload.transfers {
            self.outcome.send(self.sent);
        }
    }
}

#[actor_system(strict, actors(entry Account, entry Teller))]
struct Bank;

pub(crate) async fn run(workload: Transfers) -> Measured<(u64, Vec<i64>)> {
    let system = ActorSystem::<Bank>::start(SystemConfig::default())
        .await
        .expect("the default configuration is valid");
    let (sender, outcome) = outcome_channel();
    let teller = Teller { workload, accounts: Vec::new(), sent: 0, outcome: sender };
    let teller = system.spawn(teller).await.expect("the spawn succeeds");
    let mut accounts = Vec::new();
    for _ in 0..ACCOUNTS {
        let account = Account { cents: CENTS, teller: teller.clone() };
        accounts.push(system.spawn(account).await.expect("the spawn succeeds"));
    }
    system.tell(&teller, Open(accounts.clone())).await.expect("the teller is alive");
    let begin = Instant::now();
    system.tell(&teller, Begin).await.expect("the teller is alive");
    let sent = outcome.wait().await;
    let time = begin.elapsed();
    let mut balances = Vec::new();
    for account in &accounts {
        balances.push(system.ask(account, Balance).await.expect("the account replies"));
    }
    system.shutdown().await.expect("all actors are idle");
    (time, (sent, balances))
}
