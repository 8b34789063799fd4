use super::workload::{ACCOUNTS, CENTS, Transfer, Transfers};
use crate::savina::{
    outcome::{OutcomeSender, outcome_channel},
    program::Measured,
    spawn,
};
use ractor::{Actor, ActorProcessingErr, ActorRef, RpcReplyPort, call};
use std::time::Instant;

enum ToAccount {
    /// Transfers `cents` to the account `to`.
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

struct AccountState {
    cents: i64,
    teller: ActorRef<ToTeller>,
}

impl Actor for Account {
    type Msg = ToAccount;
    type State = AccountState;
    type Arguments = AccountState;

    async fn pre_start(
        &self,
        _: ActorRef<ToAccount>,
        state: AccountState,
    ) -> Result<AccountState, ActorProcessingErr> {
        Ok(state)
    }

    async fn handle(
        &self,
        _: ActorRef<ToAccount>,
        message: ToAccount,
        state: &mut AccountState,
    ) -> Result<(), ActorProcessingErr> {
        match message {
            ToAccount::Send { to, cents } => {
                state.cents -= cents;
                call!(to, ToAccount::Deposit, cents)?;
                state.teller.cast(ToTeller::Sent)?;
            }
            ToAccount::Deposit(cents, port) => {
                state.cents += cents;
                port.send(())?;
            }
            ToAccount::Balance(port) => port.send(state.cents)?,
        }
        Ok(())
    }
}

struct Teller;

struct TellerState {
    workload: Transfers,
    accounts: Vec<ActorRef<ToAccount>>,
    sent: u64,
    outcome: OutcomeSender<u64>,
}

impl Actor for Teller {
    type Msg = ToTeller;
    type State = TellerState;
    type Arguments = TellerState;

    async fn pre_start(
        &self,
        _: ActorRef<ToTeller>,
        state: TellerState,
    ) -> Result<TellerState, ActorProcessingErr> {
        Ok(state)
    }

    async fn handle(
        &self,
        _: ActorRef<ToTeller>,
        message: ToTeller,
        state: &mut TellerState,
    ) -> Result<(), ActorProcessingErr> {
        match message {
            ToTeller::Open(accounts) => state.accounts = accounts,
            ToTeller::Begin => {
                for Transfer { from, to, cents } in state.workload.all() {
                    let to = state.accounts[to].clone();
                    state.accounts[from].cast(ToAccount::Send { to, cents })?;
                }
            }
            ToTeller::Sent => {
                state.sent += 1;
                if state.sent == state.workload.transfers {
                    state.outcome.send(state.sent);
                }
            }
        }
        Ok(())
    }
}

pub(crate) async fn run(workload: Transfers) -> Measured<(u64, Vec<i64>)> {
    let (sender, outcome) = outcome_channel();
    let state = TellerState { workload, accounts: Vec::new(), sent: 0, outcome: sender };
    let teller = spawn::ractor(Teller, state).await;
    let mut accounts = Vec::new();
    for _ in 0..ACCOUNTS {
        accounts.push(spawn::ractor(Account, AccountState { cents: CENTS, teller: teller.clone() }).await);
    }
    teller.cast(ToTeller::Open(accounts.clone())).expect("the teller is alive");
    let begin = Instant::now();
    teller.cast(ToTeller::Begin).expect("the teller is alive");
    let sent = outcome.wait().await;
    let time = begin.elapsed();
    let mut balances = Vec::new();
    for account in &accounts {
        balances.push(call!(account, ToAccount::Balance).expect("the account replies"));
    }
    (time, (sent, balances))
}
