package dev.livefeed.app.backfill;

import dev.livefeed.app.backfill.HistoryException.Kind;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.model.HistoryEvent;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.KlineInterval;
import dev.livefeed.protocol.status.Heartbeat;
import dev.livefeed.protocol.status.HistoryDone;
import dev.livefeed.protocol.status.Status;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Asks the connector for past data with the command {@code history}, one request after the other. A connector that does
 * not know the command is not disturbed: its error, or its silence, is the answer.
 */
public final class HistoryClient {

    /** A connector that shows nothing for so long does not know the command. */
    public static final Duration SILENCE = Duration.ofSeconds(30);

    private static final Duration LONGEST = Duration.ofMinutes(40);
    private static final int PROCESSES = 5;
    private static final long POLL = 250;

    private final Consumer<Map<String, Object>> commands;
    private final LongSupplier process;
    private final BooleanSupplier blocked;
    private final LongSupplier millis;
    private final Duration silence;
    private volatile HistoryAnswer waiting;
    private volatile String circuit;
    private boolean answered;
    private long asked;

    /**
     * @param commands brings a command to the connector
     * @param process the number of the connector process that runs and has said something, or -1
     * @param blocked whether a step of a route holds a line up, so that nothing can be heard
     * @param millis a clock that never goes back, milliseconds
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

    /** The number of the process to ask; waits for one. */
    long awaitProcess() throws InterruptedException {
        long number = process.getAsLong();
        while (number < 0) {
            Thread.sleep(POLL);
            number = process.getAsLong();
        }
        return number;
    }

    /**
     * Asks for candles and waits until they have come. One thread.
     *
     * @param category or null for the connector's own
     * @param from start of the first, milliseconds since 1970
     * @param to not part of it
     * @throws HistoryException where there is no answer
     */
    HistoryAnswer candles(KlineInterval interval, long length, InstrumentId instrument, long from, long to)
            throws HistoryException, InterruptedException {
        for (int i = 0; i < PROCESSES; i++) {
            long number = awaitProcess();
            HistoryAnswer answer = new HistoryAnswer(
                    "history-" + ++asked,
                    interval.channel(),
                    instrument,
                    from,
                    to,
                    (int) ((to - from) / length + 1),
                    millis);
            waiting = answer;
            try {
                commands.accept(command("history-" + asked, interval, instrument, from, to));
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

    private static Map<String, Object> command(
            String id, KlineInterval interval, InstrumentId instrument, long from, long to) {
        Map<String, Object> command = new LinkedHashMap<>();
        command.put("command", "history");
        command.put("channel", interval.channel());
        command.put("symbol", instrument.symbol());
        command.put("category", instrument.category());
        command.put("from", from);
        command.put("to", to);
        command.put("id", id);
        command.values().removeIf(value -> value == null);
        return command;
    }

    /** Waits for the end of the answer; false where the process was gone before. */
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

    /** An event of the past has come. */
    void event(HistoryEvent past) {
        HistoryAnswer answer = waiting;
        if (answer != null) {
            answer.event(past);
        }
    }

    /** A status has come: the end of an answer, or a heartbeat that shows that it is worked on. */
    void status(Status status) {
        HistoryAnswer answer = waiting;
        if (status instanceof Heartbeat heartbeat) {
            circuit = heartbeat.figures().get("history_circuit") instanceof String state ? state : null;
            if (answer != null
                    && heartbeat.figures().get("history_open") instanceof Number open
                    && open.longValue() > 0) {
                answer.sign();
            }
        } else if (answer != null && status instanceof HistoryDone done) {
            answer.done(done);
        }
    }

    /** An error has come, which may be the answer. */
    void failure(Failure failure) {
        HistoryAnswer answer = waiting;
        if (answer != null) {
            answer.failure(failure);
        }
    }

    /** What the connector says of its circuit to the exchange, or null where it says nothing. */
    String circuit() {
        return circuit;
    }
}
