package dev.livefeed.app.backfill;

import dev.livefeed.app.backfill.HistoryException.Kind;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.model.HistoryEvent;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.KlineInterval;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.Heartbeat;
import dev.livefeed.protocol.status.HistoryDone;
import dev.livefeed.protocol.status.Status;
import dev.livefeed.protocol.status.StatusVisitor;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Requests past data from the connector with the command {@code history}, one request at a time. A connector that does
 * not know the command may reply with an error or not at all.
 */
public final class HistoryClient {

    /** A connector that shows no activity for this time does not know the command. */
    public static final Duration SILENCE = Duration.ofSeconds(30);

    private static final Duration LONGEST = Duration.ofMinutes(40);
    private static final int PROCESSES = 5;
    private static final long POLL = 250;
    private static final Duration WITHOUT_STATUS = Duration.ofSeconds(1);

    private final Consumer<Map<String, Object>> commands;
    private final LongSupplier process;
    private final BooleanSupplier blocked;
    private final LongSupplier millis;
    private final Duration silence;
    private final HistoryStatuses statuses = new HistoryStatuses();
    private final StatusSignal signal = new StatusSignal(WITHOUT_STATUS);
    private volatile HistoryAnswer waiting;
    private volatile String circuit;
    private boolean answered;
    private long asked;

    /**
     * Creates a client.
     *
     * @param commands sends a command to the connector
     * @param process number of the running connector process once it has written a line, or -1
     * @param blocked whether a step of a route holds a line, so that replies cannot arrive
     * @param millis monotonic clock, milliseconds
     * @param silence see {@link #SILENCE}
     */
    public HistoryClient(
            Consumer<Map<String, Object>> commands,
            LongSupplier process,
            BooleanSupplier blocked,
            LongSupplier millis,
            Duration silence) {
        this.commands = commands;
        this.process = process;
        this.blocked = blocked;
        this.millis = millis;
        this.silence = silence;
    }

    /** Waits for a process and returns its number. */
    long awaitProcess() throws InterruptedException {
        AtomicLong number = new AtomicLong(-1);
        signal.await(() -> {
            number.set(process.getAsLong());
            return number.get() >= 0;
        });
        return number.get();
    }

    /** Waits until the condition holds, which a status makes true, but no longer than the limit. */
    void awaitStatus(BooleanSupplier condition, Duration limit) throws InterruptedException {
        signal.await(condition, limit);
    }

    /**
     * Requests candles and waits for the reply. Not thread-safe.
     *
     * @param category category of the symbol, or null for the connector's default
     * @param from start of the first candle, milliseconds since 1970
     * @param to end of the range, exclusive
     * @throws HistoryException if there is no reply
     */
    HistoryAnswer candles(KlineInterval interval, long length, InstrumentId instrument, long from, long to)
            throws HistoryException, InterruptedException {
        return answer(
                interval.channel(),
                instrument,
                from,
                to,
                id -> new HistoryAnswer(
                        id, interval.channel(), instrument, from, to, (int) ((to - from) / length + 1), millis));
    }

    /**
     * Requests trades, passes them on as they come and waits for the end of the reply. If the process ends meanwhile,
     * the next one sends them again from the beginning. Not thread-safe.
     *
     * @param trades called on the thread of the routes
     * @throws HistoryException if there is no reply
     */
    HistoryAnswer trades(InstrumentId instrument, long from, long to, Consumer<Trade> trades)
            throws HistoryException, InterruptedException {
        return answer(
                "trades", instrument, from, to, id -> HistoryAnswer.ofTrades(id, instrument, from, to, trades, millis));
    }

    private HistoryAnswer answer(
            String channel, InstrumentId instrument, long from, long to, Function<String, HistoryAnswer> empty)
            throws HistoryException, InterruptedException {
        for (int i = 0; i < PROCESSES; i++) {
            long number = awaitProcess();
            String id = "history-" + ++asked;
            HistoryAnswer answer = empty.apply(id);
            waiting = answer;
            try {
                commands.accept(command(id, channel, instrument, from, to));
                if (ended(answer, number)) {
                    answer.candles();
                    answered = true;
                    return answer;
                }
            } finally {
                waiting = null;
            }
        }
        throw new HistoryException(
                Kind.FAILED, "the connector process ended " + PROCESSES + " times before it answered");
    }

    private static Map<String, Object> command(String id, String channel, InstrumentId instrument, long from, long to) {
        Map<String, Object> command = new LinkedHashMap<>();
        command.put("command", "history");
        command.put("channel", channel);
        command.put("symbol", instrument.symbol());
        command.put("category", instrument.category());
        command.put("from", from);
        command.put("to", to);
        command.put("id", id);
        command.values().removeIf(value -> value == null);
        return command;
    }

    /** Waits for the end of the reply; false if the process ended first. */
    private boolean ended(HistoryAnswer answer, long number) throws HistoryException, InterruptedException {
        long began = millis.getAsLong();
        while (!answer.await(POLL)) {
            if (process.getAsLong() != number) {
                return false;
            }
            if (blocked.getAsBoolean()) {
                answer.sign();
            }
            if (answer.silence() > silence.toMillis()) {
                throw new HistoryException(
                        answered ? Kind.FAILED : Kind.UNKNOWN_COMMAND,
                        "the connector did not answer the command history within " + silence.toSeconds() + " s");
            }
            if (millis.getAsLong() - began > LONGEST.toMillis()) {
                throw new HistoryException(
                        Kind.FAILED, "the connector did not end its answer within " + LONGEST.toMinutes() + " minutes");
            }
        }
        return true;
    }

    /** Handles a history event. */
    void event(HistoryEvent past) {
        HistoryAnswer answer = waiting;
        if (answer != null) {
            answer.event(past);
        }
    }

    /**
     * Handles a status: the end of a reply, or a heartbeat that shows work on the request. The market must have it
     * already, see {@link #awaitStatus}.
     */
    void status(Status status) {
        status.accept(statuses);
        signal.signal();
    }

    private final class HistoryStatuses implements StatusVisitor.WithDefault<Void> {

        @Override
        public Void other(Status status) {
            return null;
        }

        @Override
        public Void heartbeat(Heartbeat status) {
            circuit = status.history().historyCircuit();
            HistoryAnswer answer = waiting;
            if (answer != null && status.history().working()) {
                answer.sign();
            }
            return null;
        }

        @Override
        public Void historyDone(HistoryDone status) {
            HistoryAnswer answer = waiting;
            if (answer != null) {
                answer.done(status);
            }
            return null;
        }
    }

    /** Handles an error, which may be the reply. */
    void failure(Failure failure) {
        HistoryAnswer answer = waiting;
        if (answer != null) {
            answer.failure(failure);
        }
    }

    /** State of the connector's circuit breaker for history requests, or null if it is not reported. */
    String circuit() {
        return circuit;
    }
}
