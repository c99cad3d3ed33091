package dev.livefeed.connector.sdk;

import dev.livefeed.connector.sdk.command.Command;
import dev.livefeed.connector.sdk.command.CommandReader;
import dev.livefeed.connector.sdk.output.LineWriter;
import dev.livefeed.connector.sdk.output.Outbox;
import dev.livefeed.protocol.model.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a connector: reads commands from a stream and writes events to a channel.
 *
 * <p>Three threads: the connector's loop, which never blocks, a reader of commands and a writer of lines. It stops on
 * the command {@code stop}, at the end of the commands, on {@link #stop}, or when the feed ends by itself. Cannot be
 * restarted.
 */
public final class ConnectorRuntime implements Host {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectorRuntime.class);
    /** Limit for stopping the feed, and again for writing the last events; the protocol allows 5 s in total. */
    private static final long STOP_MILLIS = 2_000;

    private final Connector connector;
    private final TimeSource time;
    private final InputStream commands;
    private final ScheduledExecutorService loop;
    private final LineWriter writer;
    private final Outbox outbox;
    private final CompletableFuture<Integer> ended = new CompletableFuture<>();
    private final CountDownLatch written = new CountDownLatch(1);

    // Accessed by the loop only.
    private ConnectorFeed feed;
    private HeartbeatWriter heartbeat;
    private boolean stopping;
    /** The exit code once the feed has ended by itself and its last events are being written; else null. */
    private volatile Integer feedExitCode;

    public ConnectorRuntime(
            Connector connector,
            TimeSource time,
            InputStream commands,
            WritableByteChannel events,
            Outbox.Limits limits) {
        this.connector = connector;
        this.time = time;
        this.commands = commands;
        this.loop = connector.loop();
        this.writer = new LineWriter(events, limits.full(), new OutputWatch());
        this.outbox = new Outbox(writer, connector.name(), limits);
    }

    /**
     * Starts the connector and waits for its end.
     *
     * @return the exit code
     */
    public int run() throws InterruptedException {
        startThread("events", () -> {
            writer.run();
            written.countDown();
            Integer code = feedExitCode;
            if (code != null) {
                ended.complete(code);
            }
        });
        onLoop(this::startFeed);
        startThread("commands", new CommandReader(commands, new Commands()));
        int code = ended.join();
        awaitWritten();
        loop.shutdownNow();
        return code;
    }

    /** Waits for a limited time until the last events of a stopped connector are written. */
    public void awaitEnd() {
        try {
            ended.get(STOP_MILLIS, TimeUnit.MILLISECONDS);
            awaitWritten();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("connector_stop_timeout limit_ms={}: it exits anyway", STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitWritten() throws InterruptedException {
        if (!written.await(STOP_MILLIS, TimeUnit.MILLISECONDS)) {
            LOG.warn("last_events_lost limit_ms={}: the reader of standard output did not take them", STOP_MILLIS);
        }
    }

    /** Stops the connector, from any thread; {@link #run} then returns 0. */
    public void stop() {
        try {
            loop.execute(() -> {
                if (feedExitCode == null) {
                    guarded(this::stopFeed);
                } else {
                    ended.complete(feedExitCode);
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("The loop has already ended");
        }
    }

    private void startFeed() {
        feed = connector.feed(this);
        heartbeat = new HeartbeatWriter(connector.name(), feed, outbox, time);
        feed.start();
        heartbeat.beat(null);
        outbox.flush();
        // With a fixed delay, commands are handled between any two ticks.
        long tick = connector.tickInterval().toNanos();
        loop.scheduleWithFixedDelay(() -> guarded(() -> feed.tick()), tick, tick, TimeUnit.NANOSECONDS);
        repeat(HeartbeatWriter.INTERVAL.toNanos(), () -> heartbeat.beat(null));
    }

    private void repeat(long nanos, Runnable action) {
        loop.scheduleAtFixedRate(() -> guarded(action), nanos, nanos, TimeUnit.NANOSECONDS);
    }

    private void stopFeed() {
        if (stopping) {
            return;
        }
        stopping = true;
        feed.stop();
        outbox.drained();
        writer.end();
        ended.complete(ExitCode.OK);
    }

    private void onLoop(Runnable action) {
        try {
            loop.execute(() -> guarded(action));
        } catch (RejectedExecutionException e) {
            LOG.debug("The loop has already ended");
        }
    }

    /** Runs an action of the loop and flushes what it wrote. An unexpected exception ends the process. */
    private void guarded(Runnable action) {
        if (stopping) {
            return;
        }
        try {
            action.run();
            outbox.flush();
        } catch (RuntimeException | Error e) {
            crash(e);
        }
    }

    @Override
    public Outbox outbox() {
        return outbox;
    }

    @Override
    public TimeSource time() {
        return time;
    }

    @Override
    public void end(int exitCode) {
        if (stopping) {
            return;
        }
        stopping = true;
        heartbeat.beat(null); // final figures
        feed.stop();
        outbox.drained();
        feedExitCode = exitCode;
        writer.end();
    }

    @Override
    public void crash(Throwable bug) {
        LOG.error("connector_crashed: it exits", bug);
        stopping = true;
        outbox.failure(new Failure("the connector failed: " + bug, "crash", null, null, null, true));
        outbox.flush();
        writer.end();
        ended.complete(ExitCode.SOFTWARE);
    }

    private static void startThread(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Passes commands from the reading thread to the loop. */
    private final class Commands implements CommandReader.Listener {

        @Override
        public void command(Command command) {
            switch (command.kind()) {
                case STOP -> stop();
                case PING -> onLoop(() -> heartbeat.beat(command.id()));
                case HISTORY -> onLoop(() -> history(command));
                case PAUSE, RESUME, SPEED, STEP -> onLoop(() -> replay(command));
                default -> onLoop(() -> feed.command(command));
            }
        }

        private void history(Command command) {
            if (!feed.history(command)) {
                unsupported(command, "has no history");
            }
        }

        private void replay(Command command) {
            if (!feed.replay(command)) {
                unsupported(command, "plays no recording");
            }
        }

        private void unsupported(Command command, String why) {
            outbox.failure(new Failure(
                    "the connector " + connector.name() + ' ' + why,
                    Failure.UNSUPPORTED,
                    command.symbol(),
                    command.channel(),
                    command.id(),
                    false));
        }

        @Override
        public void invalid(String id, String message) {
            onLoop(() -> outbox.failure(new Failure(message, "bad-command", null, null, id, false)));
        }

        @Override
        public void pause() {
            onLoop(() -> feed.commandsDone());
        }

        @Override
        public void end() {
            LOG.info("stdin_ended: the connector stops");
            stop();
        }
    }

    /** Passes events of the writing thread to the loop. */
    private final class OutputWatch implements LineWriter.Listener {

        @Override
        public void drained() {
            onLoop(outbox::drained);
        }

        @Override
        public void lost(IOException e) {
            LOG.error("stdout_failed reason=\"{}\": the connector stops", e.getMessage());
            ended.complete(ExitCode.OUTPUT_LOST);
        }
    }
}
