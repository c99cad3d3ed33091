package dev.livefeed.soak;

import dev.livefeed.connector.sdk.command.Command;
import dev.livefeed.connector.sdk.output.Outbox;
import dev.livefeed.connector.session.NetworkFeed;
import dev.livefeed.exchange.engine.Exchange;
import dev.livefeed.exchange.engine.ExchangeConfig;
import dev.livefeed.exchange.fault.FaultReader;
import dev.livefeed.exchange.stream.BookPage;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.Kline;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.Gap;
import dev.livefeed.protocol.status.Status;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One seeded sequence, for any venue: some streams, a period with random faults, and a recovery period in which
 * everything must become correct again.
 */
abstract class FaultSequence implements SeededSequence {

    static final long SECOND = SimulatedTime.SECOND;
    static final long MILLI = SimulatedTime.MILLI;
    static final long RECOVERY_TIMEOUT = 200 * SECOND;
    /** Longer than a repair of trades may take while REST is not available. */
    static final long DRAIN_TIMEOUT = 60 * SECOND;

    private static final int FULL_BYTES = 30_000;
    private static final int TRADE_BYTES = 120_000;
    private static final int MAX_LOG_LINES = 400;

    final SplittableRandom random;
    final SoakFigures figures = new SoakFigures();
    final SimulatedTime time = new SimulatedTime();
    final NetworkConditions conditions;
    final Exchange exchange;
    final SimulatedNetwork network;
    final OutputPipe output;
    final Set<StreamRequest> intended = new HashSet<>();
    private final String connector;
    private final Disturbances disturbances;
    /** Streams that were unsubscribed at some time. */
    private final Set<StreamRequest> withdrawn = new HashSet<>();

    private final List<Long> killedAt = new ArrayList<>();
    private final Deque<String> log = new ArrayDeque<>();
    private List<StreamRequest> streams;
    private Application application;
    private Outbox outbox;
    private NetworkFeed feed;
    private boolean trading = true;
    private long outputExcusedUntil;

    /**
     * @param connector the connector's name
     * @param config of the exchange, from a source of random numbers
     */
    FaultSequence(long seed, String connector, Function<SplittableRandom, ExchangeConfig> config) {
        this.connector = connector;
        random = new SplittableRandom(seed);
        conditions = new NetworkConditions(random.split());
        exchange = new Exchange(config.apply(random), time.millis());
        network = new SimulatedNetwork(time, exchange, conditions);
        output = new OutputPipe(FULL_BYTES, time, this::stamp, this::taken);
        disturbances = new Disturbances(random, time, conditions, network);
    }

    /** Starts the connector; called once, at the end of construction. */
    final void begin(List<StreamRequest> chosen) {
        streams = chosen;
        startConnector();
        application = new Application(streams, this::book, this::unknowable, this::command, figures);
    }

    // What differs between venues.

    /** Creates the connector's core. */
    abstract NetworkFeed core(Outbox to, SplittableRandom ofConnector);

    /** Copies the new trades of the markets. */
    abstract void followTrades();

    /** The random faults of the exchange, each a line for its control path. */
    abstract Supplier<String> randomFaults(SplittableRandom ofFaults);

    /** Injects a fault of the network, a market or the reader of the events that lasts until then; returns its kind. */
    abstract String disturb(long until);

    /** Interrupted markets go on, or end as the sequence wants it. */
    abstract void endInterruptions();

    /** Describes what has not recovered yet; null if everything is correct. */
    abstract String recovering();

    /** Like {@link #recovering}, when no market changes any more. */
    abstract String finallyWrong();

    /** Verifies trades and connections when everything is correct. */
    abstract void verify();

    /** Number of trades of each market of a symbol so far; null if the status does not concern trades. */
    abstract Map<String, Long> made(Status status);

    /** Whether something other than REST, the output and a withdrawal prevented the trades from being fetched. */
    abstract boolean lostForGood(Status gap);

    /** Whether the exchange omitted a trade and no client can detect that, see {@link UndetectableLoss}. */
    abstract boolean unknowable(String category, String symbol, MadeTrade row, boolean endedSoon);

    /** The exchange's book. */
    abstract BookPage book(String category, String symbol, int levels, long updateId, long changedAt);

    /** Whether the application subscribes again to a stream that was refused. */
    boolean subscribedAgain(Application.StreamState state) {
        return !state.wanted;
    }

    // What is the same for all.

    final List<StreamRequest> streams() {
        return streams;
    }

    final Application application() {
        return application;
    }

    final boolean trading() {
        return trading;
    }

    /** No market changes any more. */
    final void stopTrading() {
        trading = false;
    }

    private void startConnector() {
        outbox = new Outbox(output, connector, new Outbox.Limits(FULL_BYTES, TRADE_BYTES));
        output.outbox(outbox);
        feed = core(outbox, random.split());
        network.listener(feed, outbox::flush);
    }

    /** Starts the connector and subscribes all streams. */
    final void start() {
        network.deliver(feed::start);
        streams.forEach(this::subscribe);
        feed.commandsDone();
    }

    /** The connector is killed, and another process follows after a while. */
    private void kill() {
        if (feed == null) {
            return;
        }
        long down = (100 + random.nextInt(20_000)) * MILLI;
        figures.fault("kill");
        note("CONNECTOR KILLED for " + down / MILLI + " ms");
        killedAt.add(time.nanos());
        figures.connector(feed.figures());
        figures.connector(outbox.figures());
        feed = null;
        network.clientEnds();
        output.ended();
        application.restarted();
        time.in(down, this::restart);
    }

    private void restart() {
        note("CONNECTOR STARTED");
        startConnector();
        network.deliver(feed::start);
        List.copyOf(intended).forEach(this::subscribe);
        network.deliver(feed::commandsDone);
    }

    /** Whether a process was killed that may still have had to fetch a trade of that time. */
    final boolean killedAfter(long at) {
        return killedAt.stream().anyMatch(killed -> killed >= at && killed < at + 60 * SECOND);
    }

    /** Advances the exchange and the connector from now on. */
    final void advance() {
        time.every(10 * MILLI, this::step);
        time.every(50 * MILLI, () -> network.deliver(() -> feed.tick()));
    }

    private void step() {
        if (trading) {
            exchange.advance(time.millis());
            followTrades();
        }
        if (!network.problems().isEmpty()) {
            throw new Violation(network.problems().get(0));
        }
    }

    @Override
    public final String log() {
        return String.join("\n", log);
    }

    final void note(String text) {
        if (log.size() == MAX_LOG_LINES) {
            log.removeFirst();
        }
        log.add(String.format("%9.3f s  %s", time.nanos() / 1e9, text));
    }

    /** Plans faults, commands and perhaps a kill for the next time. */
    final void plan(long faultNanos) {
        Supplier<String> faults = randomFaults(random.split());
        for (int i = 1 + random.nextInt(10); i > 0; i--) {
            long at = time.nanos() + random.nextLong(faultNanos);
            if (random.nextInt(3) > 0) {
                String fault = faults.get();
                time.at(at, () -> {
                    figures.fault(fault.split(",")[0]);
                    note("FAULT " + fault);
                    exchange.faults().schedule(FaultReader.line(fault));
                });
            } else {
                time.at(at, this::disturb);
            }
        }
        if (random.nextInt(5) == 0) {
            time.at(time.nanos() + random.nextLong(faultNanos), this::kill);
        }
        for (int i = random.nextInt(8); i > 0; i--) {
            time.at(time.nanos() + random.nextLong(faultNanos), this::randomCommand);
        }
    }

    private void disturb() {
        long until = time.nanos() + (100 + random.nextInt(9_000)) * MILLI;
        String kind = disturb(until);
        figures.fault(kind);
        note("DISTURBANCE " + kind + " for " + (until - time.nanos()) / MILLI + " ms");
    }

    final Disturbances disturbances() {
        return disturbances;
    }

    /** The events are not read until then; returns the kind of the fault. */
    final String blockOutput(long until) {
        output.block();
        time.at(until, this::unblockOutput);
        return "output-full";
    }

    private void unblockOutput() {
        output.unblock();
        outputExcusedUntil = time.nanos() + 5 * SECOND;
    }

    private void randomCommand() {
        if (feed == null) {
            return;
        }
        StreamRequest stream = streams.get(random.nextInt(streams.size()));
        switch (random.nextInt(4)) {
            case 0 -> {
                intended.remove(stream);
                withdrawn.add(stream);
                application.unsubscribe(stream);
                if (random.nextInt(3) == 0) {
                    subscribe(stream);
                }
            }
            case 1 -> {
                if (stream.isBook()) {
                    application.resync(stream);
                }
            }
            default -> subscribe(stream);
        }
        network.deliver(feed::commandsDone);
    }

    private void subscribe(StreamRequest stream) {
        if (!application.ended(stream)) {
            intended.add(stream);
            application.subscribe(stream);
        }
    }

    private void command(Command command) {
        note("COMMAND " + command);
        feed.command(command);
    }

    final void endFaults() {
        note("FAULTS ENDED");
        exchange.faults().clear();
        conditions.clear();
        endInterruptions();
        unblockOutput();
    }

    /** Changes every book: the loss of a last update is detected with the next one, and without one only later. */
    final void changeEveryBook() {
        exchange.faults().schedule(FaultReader.line("burst,rate=400,for=200ms"));
        time.runUntil(time.nanos() + SECOND);
        exchange.faults().clear();
    }

    /** Waits until everything is correct. */
    final void settle() {
        long since = time.nanos();
        int round = 0;
        for (String problem = problem(); problem != null; problem = problem()) {
            if (time.nanos() - since > RECOVERY_TIMEOUT) {
                throw new Violation("not recovered within " + RECOVERY_TIMEOUT / SECOND + " s: " + problem);
            }
            if (round++ % 10 == 0) {
                resubscribe();
            }
            time.runUntil(time.nanos() + 200 * MILLI);
        }
        long millis = (time.nanos() - since) / MILLI;
        figures.settleMillis += millis;
        figures.longestSettleMillis = Math.max(figures.longestSettleMillis, millis);
        note("RECOVERED after " + millis + " ms");
    }

    /** Subscribes again to streams that were refused during the faults. */
    private void resubscribe() {
        if (feed == null) {
            return;
        }
        application.states().stream()
                .filter(state -> intended.contains(state.stream) && subscribedAgain(state))
                .map(state -> state.stream)
                .toList()
                .forEach(this::subscribe);
        network.deliver(feed::commandsDone);
    }

    private String problem() {
        return feed == null ? "the connector is not running" : recovering();
    }

    /** Waits until everything is correct in the end, and compares all of it. */
    final void verifyAll(long timeout) {
        long limit = time.nanos() + timeout;
        time.runUntil(time.nanos() + 2 * SECOND);
        for (String problem = finalProblem(); problem != null; problem = finalProblem()) {
            if (time.nanos() > limit) {
                throw new Violation("after recovery: " + problem);
            }
            time.runUntil(time.nanos() + 200 * MILLI);
        }
        verify();
        int waiting = output.waitingBytes();
        Object lost = outbox.figures().get("statuses_lost");
        if (waiting != 0 || !Long.valueOf(0).equals(lost)) {
            throw new Violation("after recovery " + waiting + " bytes are waiting and " + lost + " statuses are lost");
        }
        figures.sequences = 1;
        figures.simulatedMillis = time.nanos() / MILLI;
        figures.frames = network.frames;
        figures.connector(feed.figures());
        figures.connector(outbox.figures());
    }

    private String finalProblem() {
        String problem = problem();
        return problem == null ? finallyWrong() : problem;
    }

    private WrittenEvent stamp(Event event) {
        if (!(event instanceof Trade) && !(event instanceof Depth) && !(event instanceof Kline)) {
            note(event.toString());
        }
        Map<String, Long> made =
                event instanceof Status status && "trades".equals(status.channel()) ? made(status) : null;
        if (made != null) {
            Status status = (Status) event;
            boolean gap = status.status().equals(Gap.STATUS);
            return new WrittenEvent(event, made, gap && excused(status), time.micros());
        }
        // While output is blocked, the status of a book that recovers and fails again is never written.
        return new WrittenEvent(event, Map.of(), output.blocked(), time.micros());
    }

    /** Whether a fault prevented the connector from fetching the trades that it reports as lost. */
    private boolean excused(Status gap) {
        boolean unsubscribed =
                String.valueOf(gap.reason()).endsWith("unsubscribed before they were fetched") && withdrawn(gap);
        return unsubscribed
                || lostForGood(gap)
                || time.nanos() < network.restExcusedUntil
                || output.blocked()
                || time.nanos() < outputExcusedUntil;
    }

    private boolean withdrawn(Status gap) {
        Object category = gap.details().get("category");
        return withdrawn.stream()
                .anyMatch(stream -> stream.category().equals(category)
                        && stream.symbol().equals(gap.symbol())
                        && stream.channel().equals("trades"));
    }

    private void taken(WrittenEvent written) {
        application.event(written);
        intended.removeIf(application::ended);
    }
}
