%% The works of `src/work.rs` in Erlang. One start runs one work: it warms up with a tenth of the operations, runs all of
%% them, and prints the time in nanoseconds and the sum of the receivers.
%%
%% Messages are sent with `!`, and a process identifier is the address. A process that is asked repeatedly is a gen_server,
%% as the OTP design principles recommend. Mailboxes are unbounded.
-module(compare).
-behaviour(gen_server).
-export([main/1, idle/1]).
-export([init/1, handle_call/3, handle_cast/2]).

main([Work, Operations]) ->
    All = list_to_integer(Operations),
    _ = work(Work, max(1000, All div 10)),
    {Time, Sum} = work(Work, All),
    io:format("~b ~b~n", [Time, Sum]),
    halt().

work("tell", All) -> tell(All, 1);
work("tell-4", All) -> tell(All, 4);
work("ask", All) -> ask(All, 1, infinity);
work("ask-timeout", All) -> ask(All, 1, 5000);
work("ask-64", All) -> ask(All, 64, infinity);
work("ping-pong", All) -> ring(All, 2);
work("ring-100", All) -> ring(All, 100);
work("event-10", All) -> event(All, 10);
work("event-100", All) -> event(All, 100);
work("spawn", All) -> timed(fun() -> spawn_all(All, 0) end);
work("address-10", All) -> address(All, 10);
work("address-1000", All) -> address(All, 1000);
work("address-100000", All) -> address(All, 100000).

timed(Fun) ->
    Begin = erlang:monotonic_time(nanosecond),
    Sum = Fun(),
    {erlang:monotonic_time(nanosecond) - Begin, Sum}.

%% Adds up the sums of the given number of receivers.
sums(0, Sum) -> Sum;
sums(Missing, Sum) -> receive {sum, More} -> sums(Missing - 1, Sum + More) end.

%% The range of operations of one of several producers; the end is exclusive.
share(All, Producers, Producer) -> {All * Producer div Producers, All * (Producer + 1) div Producers}.

counter(Numbers) ->
    Main = self(),
    spawn(fun() -> count(Numbers, 0, Main) end).

count(0, Sum, Main) -> Main ! {sum, Sum};
count(Left, Sum, Main) -> receive {add, N} -> count(Left - 1, Sum + N, Main) end.

tell(All, Producers) ->
    Counter = counter(All),
    timed(fun() ->
        [spawn(fun() -> send(share(All, Producers, One), Counter) end) || One <- lists:seq(0, Producers - 1)],
        sums(1, 0)
    end).

send({End, End}, _) -> ok;
send({N, End}, Counter) ->
    Counter ! {add, N},
    send({N + 1, End}, Counter).

ask(All, Askers, Limit) ->
    Main = self(),
    {ok, Oracle} = gen_server:start(?MODULE, [], []),
    Result = timed(fun() ->
        [spawn(fun() -> Main ! {sum, asks(share(All, Askers, One), Oracle, Limit, 0)} end)
            || One <- lists:seq(0, Askers - 1)],
        sums(Askers, 0)
    end),
    gen_server:stop(Oracle),
    Result.

asks({End, End}, _, _, Sum) -> Sum;
asks({N, End}, Oracle, Limit, Sum) ->
    asks({N + 1, End}, Oracle, Limit, Sum + gen_server:call(Oracle, get, Limit)).

%% The oracle replies with the number of asks so far.
init([]) -> {ok, 0}.
handle_call(get, _, Asked) -> {reply, Asked + 1, Asked + 1}.
handle_cast(_, Asked) -> {noreply, Asked}.

ring(All, Players) ->
    Main = self(),
    First = spawn(fun() -> receive {close, Next} -> run(Next, 0, Players, Main) end end),
    Last = lists:foldl(
        fun(_, Next) -> spawn(fun() -> run(Next, 0, Players, Main) end) end, First, lists:seq(2, Players)
    ),
    First ! {close, Last},
    timed(fun() ->
        First ! {pass, All - 1},
        sums(Players, 0)
    end).

run(Next, Handled, Players, Main) ->
    receive
        {pass, N} when N >= Players ->
            Next ! {pass, N - 1},
            run(Next, Handled + 1, Players, Main);
        {pass, N} ->
            N > 0 andalso (Next ! {pass, N - 1}),
            Main ! {sum, Handled + 1}
    end.

event(All, Subscribers) ->
    Listeners = [counter(All) || _ <- lists:seq(1, Subscribers)],
    Source = spawn(fun() -> source(All, Listeners) end),
    timed(fun() ->
        spawn(fun() -> send({0, All}, Source) end),
        sums(Subscribers, 0)
    end).

source(0, _) -> ok;
source(Left, Listeners) ->
    receive {add, _} = Event -> [Listener ! Event || Listener <- Listeners] end,
    source(Left - 1, Listeners).

spawn_all(0, Sum) -> Sum;
spawn_all(Left, Sum) ->
    Once = spawn(fun() -> receive {get, From, Question} -> From ! {Question, 1} end end),
    Question = make_ref(),
    Once ! {get, self(), Question},
    receive {Question, Answer} -> spawn_all(Left - 1, Sum + Answer) end.

address(All, Population) ->
    Counters = [counter(All div 10) || _ <- lists:seq(1, Population)],
    Apart = Population div 10,
    Receivers = list_to_tuple([lists:nth(1 + One * Apart, Counters) || One <- lists:seq(0, 9)]),
    Result = timed(fun() ->
        spawn(fun() -> send_in_rotation(0, All, Receivers) end),
        sums(10, 0)
    end),
    [exit(One, kill) || One <- Counters],
    Result.

send_in_rotation(All, All, _) -> ok;
send_in_rotation(N, All, Receivers) ->
    element(1 + N rem 10, Receivers) ! {add, N},
    send_in_rotation(N + 1, All, Receivers).

%% Spawns idle oracles, and prints the bytes of process memory and of resident memory per oracle.
idle([Actors]) ->
    Count = list_to_integer(Actors),
    {ok, _} = gen_server:start(?MODULE, [], []),
    {Heap, Resident} = {erlang:memory(processes), resident()},
    [{ok, _} = gen_server:start(?MODULE, [], []) || _ <- lists:seq(1, Count)],
    io:format("~b ~b~n", [
        (erlang:memory(processes) - Heap) div Count, (resident() - Resident) div Count
    ]),
    halt().

resident() ->
    {ok, Text} = file:read_file("/proc/self/statm"),
    [_, Pages | _] = string:lexemes(binary_to_list(Text), " "),
    4096 * list_to_integer(Pages).
