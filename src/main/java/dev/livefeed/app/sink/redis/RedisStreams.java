package dev.livefeed.app.sink.redis;

import dev.livefeed.app.sink.LineBatch;
import dev.livefeed.app.sink.LineTexts;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Appends lines to Redis streams, one for each type and instrument. The id of an entry is the run and the number of its
 * line, so that Redis refuses a line that comes again. A batch is one transaction: a server without memory takes all of
 * it or nothing, and no line is missing before another one. Not for several threads at a time.
 */
public final class RedisStreams {

    /** Fewest entries that a stream must keep, so that what comes again is still there. */
    public static final int MIN_LENGTH = 10_000;

    private static final String FIELD = "event";
    private static final String CATEGORY = "category";
    private static final String SYMBOL = "symbol";
    private static final Set<String> INSTRUMENT = Set.of(CATEGORY, SYMBOL);
    private static final String VENUE = "venue";
    private static final String NONE = "_";
    private static final Set<String> INSTRUMENT_AND_VENUE = Set.of(CATEGORY, SYMBOL, VENUE);
    private static final int ANSWER_SECONDS = 10;
    private static final String NOT_LATER = "The ID specified in XADD";

    private record Entry(String stream, String id, byte[] line) {}

    private final String prefix;
    private final String venue;
    private final RedisAddress address;
    private final int maxLength;
    private Vertx vertx;
    private Redis client;
    private RedisConnection connection;

    /**
     * @param prefix first part of the names of the streams
     * @param venue that of all lines, which do not contain it
     * @param maxLength how many entries a stream keeps at least before old ones are removed; 0 for all
     */
    public RedisStreams(String prefix, String venue, RedisAddress address, int maxLength) {
        this.prefix = prefix;
        this.venue = venue;
        this.address = address;
        this.maxLength = maxLength;
    }

    /**
     * Appends all lines.
     *
     * @throws IOException if the lines must be appended again
     */
    public synchronized void append(LineBatch lines) throws IOException, InterruptedException {
        List<Entry> entries = new ArrayList<>(lines.size());
        for (int i = 0; i < lines.size(); i++) {
            entries.add(new Entry(stream(lines, i), lines.run() + "-" + (lines.first() + i), lines.line(i)));
        }
        try {
            open();
            verify(added(entries));
        } catch (IOException | InterruptedException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** {@code PREFIX:TYPE:VENUE}, followed by {@code :CATEGORY} and {@code :SYMBOL} if the line has them. */
    private String stream(LineBatch lines, int index) {
        StringBuilder name =
                new StringBuilder(prefix).append(':').append(lines.type(index)).append(':');
        try {
            Map<String, String> fields =
                    LineTexts.of(lines.line(index), venue == null ? INSTRUMENT_AND_VENUE : INSTRUMENT);
            name.append(venue == null ? fields.getOrDefault(VENUE, NONE) : venue);
            if (fields.containsKey(CATEGORY)) {
                name.append(':').append(fields.get(CATEGORY));
            }
            if (fields.containsKey(SYMBOL)) {
                name.append(':').append(fields.get(SYMBOL));
            }
        } catch (IOException e) {
            // A line of a route of one's own, which is not JSON.
            name.append(venue == null ? NONE : venue);
        }
        return name.toString();
    }

    /** Adds all entries and returns those that were not taken because the stream has a later one. */
    private List<Entry> added(List<Entry> entries) throws IOException, InterruptedException {
        List<Request> commands = new ArrayList<>(entries.size() + 2);
        commands.add(Request.cmd(Command.MULTI));
        entries.forEach(entry -> commands.add(add(entry)));
        commands.add(Request.cmd(Command.EXEC));
        List<Response> answers = await(connection.batch(commands));
        Response results = answers.get(answers.size() - 1);
        if (results == null || results.size() != entries.size()) {
            throw new IOException("Redis has not executed the transaction: " + results);
        }
        List<Entry> notLater = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            Response result = results.get(i);
            if (result.type() == ResponseType.ERROR) {
                if (!result.toString().contains(NOT_LATER)) {
                    throw new IOException(result + " (stream " + entries.get(i).stream + ")");
                }
                notLater.add(entries.get(i));
            }
        }
        return notLater;
    }

    private Request add(Entry entry) {
        Request add = Request.cmd(Command.XADD).arg(entry.stream);
        if (maxLength > 0) {
            add.arg("MAXLEN").arg("~").arg(maxLength);
        }
        return add.arg(entry.id).arg(FIELD).arg(entry.line);
    }

    /** Entries that were not taken are there from an attempt before, unless another program writes to the stream. */
    private void verify(List<Entry> entries) throws IOException, InterruptedException {
        if (entries.isEmpty()) {
            return;
        }
        List<Request> commands = new ArrayList<>(entries.size());
        entries.forEach(entry -> commands.add(
                Request.cmd(Command.XRANGE).arg(entry.stream).arg(entry.id).arg(entry.id)));
        List<Response> answers = await(connection.batch(commands));
        for (int i = 0; i < entries.size(); i++) {
            if (!isThere(entries.get(i), answers.get(i))) {
                throw new IOException("stream " + entries.get(i).stream + " does not take "
                        + entries.get(i).id + " because it has a later entry, of another program or of another "
                        + "SINK_DIR; delete the stream, or set SINK_REDIS_PREFIX to another name");
            }
        }
    }

    private static boolean isThere(Entry entry, Response found) {
        return found != null
                && found.size() == 1
                && found.get(0).get(1).size() == 2
                && Arrays.equals(found.get(0).get(1).get(1).toBytes(), entry.line);
    }

    private void open() throws IOException, InterruptedException {
        if (connection != null) {
            return;
        }
        if (vertx == null) {
            vertx = Vertx.vertx(new VertxOptions()
                    .setEventLoopPoolSize(1)
                    .setWorkerPoolSize(1)
                    .setInternalBlockingPoolSize(1)
                    .setUseDaemonThread(true));
        }
        client = Redis.createClient(vertx, address.options());
        connection = await(client.connect());
        // The failure of a command is that of its future; one between commands is found by the next one.
        connection.exceptionHandler(failure -> {});
    }

    private static <T> T await(Future<T> future) throws IOException, InterruptedException {
        try {
            return future.toCompletionStage().toCompletableFuture().get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + ANSWER_SECONDS + " s"); // without its nameless cause
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getCause().getMessage()), e.getCause());
        }
    }

    private void close() {
        if (connection != null) {
            connection.close();
        }
        if (client != null) {
            client.close();
        }
        connection = null;
        client = null;
    }
}
