package dev.livefeed.app.process;

import dev.livefeed.app.feed.FeedState;
import dev.livefeed.app.feed.Phase;
import dev.livefeed.logging.LogLevels;
import dev.livefeed.logging.LogVenue;
import dev.livefeed.protocol.status.Exhausted;
import dev.livefeed.protocol.status.Status;
import dev.livefeed.protocol.status.Status.Head;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one connector process at a time and records its result. Each call of {@link #run} starts one process; when to
 * start the next one is decided by the redelivery policy of the routes.
 */
public final class Supervisor {

    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
    private static final Logger STDERR = LoggerFactory.getLogger(LogLevels.STDERR);
    private static final Duration EXIT_WAIT = Duration.ofSeconds(2);
    /** Time for sending the first commands to a new process; then its lines are read in any case. */
    private static final long COMMANDS_MILLIS = 5_000;
    /** Maximum wait for an announcement to pass the status route. */
    private static final Duration ANNOUNCE_WAIT = Duration.ofSeconds(2);
    /** Maximum wait for the end of the previous run. */
    private static final long RUN_WAIT_SECONDS = 10;

    static final String RUN = "LIVEFEED_CONNECTOR_RUN";
    private static final int EX_USAGE = 64;
    private static final int EX_CONFIG = 78;

    private final SupervisorConfig config;
    private final FeedState feed;
    private final NextStart.Delays delays;
    /** The end of log lines if there are several sources. */
    private final LineGate gate;

    private final Semaphore runs = new Semaphore(1);
    /** Prefix of the variable that all processes of a run inherit. */
    private final String mark = RUN + "=" + UUID.randomUUID() + ".";

    private final OrphanReaper reaper;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final AtomicLong errors = new AtomicLong();

    private volatile ConnectorProcess current;
    private volatile FirstCommands firstCommands;
    private volatile String replaceReason;
    private volatile boolean stopping;
    private volatile boolean ending;
    /** Why the running process is ended on request; null if it is not. */
    private volatile String requested;
    /** Why and since when no process is started; null if one may be. */
    private volatile Paused pause;
    /** Requests that end a cool-down or the wait for another configuration; guarded by the lock. */
    private int wakes;

    private volatile Round round = Round.NEW;

    private volatile long starts;
    private volatile long retries;
    private volatile long rounds;
    private volatile long failedAt;
    private volatile String lastFailure;
    private volatile Integer lastExit;
    private volatile List<String> lastStderr = List.of();
    private final ConnectorEnds ends = new ConnectorEnds();
    /** When the current process, or the last one, was started; null if it could not be. */
    private volatile Instant startedAt;
    /** When the next process is due, or null. */
    private volatile Instant nextStartAt;

    private Thread stopper;

    /**
     * The round of starts that the caller counts.
     *
     * @param redeliveries the caller's count at the last start
     * @param afterStable whether the round began after the failure of a stable process
     * @param failed whether the last start has failed, which the caller has not counted yet
     */
    private record Round(int redeliveries, boolean afterStable, boolean failed) {

        static final Round NEW = new Round(0, false, false);
        static final Round AFTER_STABLE = new Round(0, true, false);

        /** Consecutive failures in this round; the end of the stable process before it is not one of them. */
        int failures() {
            return redeliveries + (failed ? 1 : 0);
        }

        /** Whether a start now follows a failure. */
        boolean afterFailure() {
            return redeliveries > 0 || afterStable;
        }
    }

    /**
     * A time in which no process is started, on request.
     *
     * @param reason who or what has asked for it
     */
    public record Paused(String reason, Instant since) {

        @Override
        public String toString() {
            return reason + " since " + since;
        }
    }

    /** The first commands to a new process, which pass through the routes. */
    private record FirstCommands(CompletableFuture<Void> done, long since) {}

    public Supervisor(SupervisorConfig config, FeedState feed) {
        this(config, feed, null, new NextStart.Delays(Duration.ZERO, 1, Duration.ZERO));
    }

    /**
     * @param turn shared by all connectors; null if this one is alone
     * @param delays between retries, as the redelivery policy of the routes has them
     */
    public Supervisor(SupervisorConfig config, FeedState feed, LineTurn turn, NextStart.Delays delays) {
        this.config = config;
        this.feed = feed;
        this.delays = delays;
        this.gate = new LineGate(feed.millis(), turn);
        this.reaper = new OrphanReaper(mark, config.stop().term(), config.stop().kill());
    }

    private void logStderr(String line) {
        if (config.launch().venue() == null) {
            STDERR.info(line);
        } else {
            STDERR.info("{}: {}", config.launch().venue(), line);
        }
    }

    /** The gate that all lines of the connector pass. */
    public LineGate gate() {
        return gate;
    }

    /**
     * Starts the command, passes on its output and waits for its end.
     *
     * @param redeliveries retries of the caller's redelivery policy in this round, 0 for the first start
     * @return exit status: 0 if the feed has ended or a stop was requested; 64 or 78 if the connector rejects its
     *     configuration; the status of a process that failed after it had been stable, -1 instead of 0
     * @throws ConnectorFailedException for every other end, which the redelivery policy counts
     */
    public int run(List<String> command, int redeliveries, ConnectorListener listener) throws ConnectorFailedException {
        LogVenue.Mark mark = LogVenue.of(config.launch().venue());
        try {
            return run(redeliveries, command, listener);
        } finally {
            mark.end();
        }
    }

    private int run(int redeliveries, List<String> command, ConnectorListener listener)
            throws ConnectorFailedException {
        round = new Round(redeliveries, round.afterStable(), false);
        try {
            if (!runs.tryAcquire(RUN_WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw failed("cannot be started: the previous process has not ended yet", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("was interrupted", null);
        }
        try {
            return runAlone(command, listener);
        } finally {
            runs.release();
        }
    }

    private int runAlone(List<String> command, ConnectorListener listener) throws ConnectorFailedException {
        ConnectorProcess process;
        lock.lock();
        try {
            while (pause != null && !stopping) {
                feed.phase(Phase.PAUSED);
                changed.await();
            }
            if (stopping) {
                return 0;
            }
            if (round.afterFailure()) {
                retries++;
            }
            if (round.failures() > 0) {
                LOG.info(
                        "connector_retry attempt={} retry_delay_ms={}",
                        round.failures(),
                        (System.nanoTime() - failedAt) / 1_000_000);
            }
            starts++;
            startedAt = null;
            nextStartAt = null;
            replaceReason = null;
            requested = null;
            reaper.start();
            process = ConnectorProcess.start(
                    command,
                    config.launch().workingDirectory(),
                    config.launch().environment().get(),
                    mark + starts,
                    stdout -> new StdoutReader(
                            stdout,
                            config.maxLine(),
                            listener,
                            feed,
                            gate,
                            config.launch().venue()),
                    config.secrets()::redact,
                    this::logStderr);
            reaper.watch(process.session());
            current = process;
            startedAt = now();
            feed.started(process::alive);
        } catch (IOException e) {
            throw failed("cannot be started: " + e.getMessage(), null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("was interrupted", null);
        } finally {
            lock.unlock();
        }
        LOG.info(
                "bybit_connector_runner_started source={} pid={} command={}",
                config.launch().name(),
                process.pid(),
                config.secrets().redact(command.toString()));
        Thread ticker = thread("connector-watchdog", () -> watch(process));
        ticker.setDaemon(true);
        ticker.start();
        int exit = read(process, listener, ticker);
        return result(exit, process.outlivedStdout());
    }

    /** A task whose log lines are about this connector. */
    public Runnable marked(Runnable task) {
        return LogVenue.in(config.launch().venue(), task);
    }

    private Thread thread(String name, Runnable task) {
        return new Thread(marked(task), name);
    }

    private int read(ConnectorProcess process, ConnectorListener listener, Thread ticker)
            throws ConnectorFailedException {
        try {
            sendFirstCommands(listener);
            process.readEvents(() -> drainTimeouts(process));
            int exit = process.exit(EXIT_WAIT);
            lastExit = exit;
            return exit;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.kill();
            throw failed("was interrupted", null);
        } catch (RuntimeException e) {
            process.kill();
            throw failed("was stopped after an error of the application: " + e, null);
        } finally {
            ticker.interrupt();
            close(process);
            reaper.forget(process.session());
            String asked = requested;
            String reason = stopping ? "stopped" : asked != null ? asked : "the connector process ended";
            ends.fresh(feed.firstDataAt());
            feed.ended(reason);
            lastStderr = process.lastStderr();
            current = null;
            listener.gone();
            announceEnd(listener, reason);
        }
    }

    /**
     * Sends the first commands to the new process. A step that delays them does not delay reading its lines for long.
     */
    private void sendFirstCommands(ConnectorListener listener) throws InterruptedException {
        CompletableFuture<Void> sent = new CompletableFuture<>();
        firstCommands = new FirstCommands(sent, feed.millis().getAsLong());
        Thread thread = thread("connector-subscribe", () -> {
            try {
                listener.started();
                sent.complete(null);
            } catch (RuntimeException e) {
                sent.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        try {
            sent.get(COMMANDS_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.warn(
                    "connector_commands_late seconds={}: a step of the subscriptions or commands route delays them; the"
                            + " lines of the process are read meanwhile",
                    COMMANDS_MILLIS / 1_000);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
        }
    }

    private DrainTimeouts drainTimeouts(ConnectorProcess process) {
        if (stopping) {
            return DrainTimeouts.STOPPING;
        }
        return replaceReason == null
                        && requested == null
                        && config.exitZeroFinishes()
                        && feed.delivered()
                        && process.succeeded()
                ? DrainTimeouts.END_OF_FEED
                : DrainTimeouts.BETWEEN_PROCESSES;
    }

    private void announceEnd(ConnectorListener listener, String reason) {
        try {
            gate.announce(
                    "ended", marked(() -> listener.ended(reason)), stopping ? Duration.ofMillis(500) : ANNOUNCE_WAIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Announces a status of the application about the connector, between the lines of two processes.
     *
     * @param kind replaces a pending announcement of the same kind
     */
    public void announce(String kind, Runnable announcement) {
        try {
            gate.announce(kind, marked(announcement), ANNOUNCE_WAIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int result(int exit, boolean outlivedStdout) throws ConnectorFailedException {
        String replaced = replaceReason;
        if (stopping) {
            feed.phase(Phase.STOPPED);
            LOG.info("bybit_connector_runner_stopped exit={}", exit);
            return 0;
        }
        String asked = requested;
        if (asked != null) {
            round = Round.NEW;
            ends.add(new ConnectorEnd(startedAt, now(), 0, asked, exit, lastStderr, null), feed.millis());
            feed.phase(pause == null ? Phase.IDLE : Phase.PAUSED);
            LOG.info("connector_ended_on_request reason=\"{}\" exit={}", asked, exit);
            return 0;
        }
        boolean delivered = feed.delivered();
        if (replaced == null && exit == 0 && delivered && config.exitZeroFinishes()) {
            feed.phase(Phase.FINISHED);
            LOG.warn("connector_finished exit=0: the feed has ended; it is not started again (connector.when.done)");
            return 0;
        }
        if (replaced == null && (exit == EX_USAGE || exit == EX_CONFIG)) {
            // Set before the phase, for readers on other threads.
            String rejected = "exit status " + exit + ": the connector rejects its configuration";
            lastFailure = rejected + lastStderrLine();
            ends.add(
                    new ConnectorEnd(startedAt, now(), round.failures() + 1, rejected, exit, lastStderr, null),
                    feed.millis());
            feed.phase(Phase.MISCONFIGURED);
            errors.incrementAndGet();
            LOG.error("bybit_connector_misconfigured {}; not restarted until the configuration changes", lastFailure);
            return exit;
        }
        String ended = outlivedStdout
                ? "closed its stdout, did not exit within " + EXIT_WAIT.toSeconds() + " s and was killed"
                : "ended with exit status " + ConnectorEnd.named(exit);
        String reason = replaced != null ? "was replaced: " + replaced : ended;
        if (feed.goodMillis() >= config.stableAfter().toMillis()) {
            round = Round.AFTER_STABLE;
            noteFailure(reason);
            return exit == 0 ? -1 : exit;
        }
        throw failed(reason, exit);
    }

    private ConnectorFailedException failed(String reason, Integer exit) {
        lastExit = exit;
        round = new Round(round.redeliveries(), round.afterStable(), true);
        noteFailure(reason);
        return new ConnectorFailedException("the connector " + lastFailure);
    }

    private void noteFailure(String reason) {
        failedAt = System.nanoTime();
        errors.incrementAndGet();
        String shown = config.secrets().redact(reason);
        lastFailure = shown + lastStderrLine();
        Instant now = now();
        ends.add(new ConnectorEnd(startedAt, now, round.failures(), shown, lastExit, lastStderr, null), feed.millis());
        nextStartAt = stopping ? null : now.plus(delays.before(round.failures()));
        feed.phase(stopping ? Phase.STOPPED : Phase.RETRYING);
        LOG.warn("bybit_connector_process_died attempt={} reason=\"{}\"", round.failures(), lastFailure);
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    private String lastStderrLine() {
        List<String> lines = lastStderr;
        return lines.isEmpty() ? "" : "; last line of stderr: " + lines.get(lines.size() - 1);
    }

    /** Applies the watchdog while the process runs, and kills its remaining descendants when it has ended. */
    private void watch(ConnectorProcess process) {
        try {
            while (true) {
                TimeUnit.MILLISECONDS.sleep(250);
                if (!process.alive()) {
                    TimeUnit.SECONDS.sleep(1);
                    process.killDescendants();
                    return;
                }
                process.recordDescendants();
                ends.fresh(feed.firstDataAt());
                if (process.held() || commandsHeldMillis() > 0) {
                    feed.held();
                }
                String verdict = config.watchdog().verdict(feed);
                if (verdict != null && !stopping && requested == null) {
                    replaceReason = verdict;
                    LOG.warn("bybit_connector_stale_connection_detected pid={} reason=\"{}\"", process.pid(), verdict);
                    process.stop(config.stop().term(), config.stop().kill());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void close(ConnectorProcess process) {
        try {
            process.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends a round of retries that is used up. Returns the status to emit. */
    public Status exhausted() {
        feed.phase(stopping ? Phase.STOPPED : Phase.EXHAUSTED);
        rounds++;
        round = Round.NEW;
        marked(() -> LOG.error("connector_connection_exhausted round={} reason=\"{}\"", rounds, lastFailure))
                .run();
        return new Exhausted(new Head(
                config.launch().name(),
                null,
                null,
                null,
                String.valueOf(lastFailure),
                config.launch().venue()));
    }

    /** Waits for the given time, or until a stop or a start is requested. */
    public void coolDown(long millis) {
        marked(() -> {
                    if (round.afterStable()) {
                        LOG.info("connector_restart_delay seconds={}: it was stable", millis / 1000.0);
                    } else {
                        LOG.info("connector_reconnect_cooldown seconds={}", millis / 1000.0);
                    }
                })
                .run();
        nextStartAt = now().plusMillis(millis);
        await(millis);
    }

    /** Waits until the connector's configuration file changes, or a stop or a start is requested. */
    public void awaitConfiguration() {
        long before = stamp();
        while (!stopping && stamp() == before && !await(1_000)) {
            // Looks again.
        }
        round = Round.NEW;
    }

    private long stamp() {
        return config.configFile() == null ? 0 : config.configFile().toFile().lastModified();
    }

    /** Returns whether the wait was ended by a request. */
    private boolean await(long millis) {
        lock.lock();
        try {
            int before = wakes;
            long left = TimeUnit.MILLISECONDS.toNanos(millis);
            while (!stopping && left > 0 && wakes == before) {
                left = changed.awaitNanos(left);
            }
            return stopping || wakes != before;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Whether the connector is to be restarted. */
    public boolean wanted() {
        return !stopping && feed.phase() != Phase.FINISHED;
    }

    /**
     * Ends the running process, by force if necessary, so that another one is started at once; it counts as no failure.
     * Without a process, ends a cool-down. Does not wait.
     *
     * @param reason shown in the history of restarts
     * @return whether a process runs, which is ended now; one that is being ended already is
     */
    public boolean restart(String reason) {
        lock.lock();
        try {
            wakes++;
            changed.signalAll();
            return endOnRequest(reason);
        } finally {
            lock.unlock();
        }
    }

    /** Ends the running process in the same way, and starts none until {@link #unpause}. Does not wait. */
    public void pause(String reason) {
        lock.lock();
        try {
            if (stopping) {
                return;
            }
            if (pause == null) {
                pause = new Paused(reason, now());
                marked(() -> LOG.warn("connector_paused reason=\"{}\"", reason)).run();
            }
            wakes++;
            changed.signalAll();
            if (!endOnRequest(reason) && feed.phase() != Phase.FINISHED) {
                feed.phase(Phase.PAUSED);
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean endOnRequest(String reason) {
        ConnectorProcess process = current;
        if (stopping || process == null) {
            return false;
        }
        if (requested == null) {
            requested = reason;
            thread("connector-end", () -> end(process)).start();
        }
        return true;
    }

    /** Starts a process again after a {@link #pause}. Returns whether it was paused. */
    public boolean unpause() {
        lock.lock();
        try {
            if (pause == null) {
                return false;
            }
            pause = null;
            changed.signalAll();
            marked(() -> LOG.info("connector_resumed")).run();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Why no process is started, or null. */
    public Paused paused() {
        return pause;
    }

    /** Stops the running process, by force if necessary, and rejects further starts. Does not wait. */
    public void stop() {
        lock.lock();
        try {
            if (stopping) {
                return;
            }
            stopping = true;
            changed.signalAll();
            ConnectorProcess process = current;
            if (process == null) {
                feed.phase(Phase.STOPPED);
                return;
            }
            stopper = thread("connector-stop", () -> end(process));
            stopper.start();
        } finally {
            lock.unlock();
        }
    }

    private void end(ConnectorProcess process) {
        try {
            process.stop(config.stop().term(), config.stop().kill());
        } catch (InterruptedException e) {
            process.kill();
            Thread.currentThread().interrupt();
        }
    }

    /** Whether a requested stop found a process to end. */
    public boolean stopsProcess() {
        return stopper != null;
    }

    /** Waits until a requested stop has ended the process. */
    public void awaitStopped() throws InterruptedException {
        Thread thread = stopper;
        if (thread != null) {
            thread.join(config.stop().term().plus(config.stop().kill()).toMillis() + 500);
        }
    }

    /** Releases all resources. No process may be started afterwards. */
    public void close() throws InterruptedException {
        reaper.close();
    }

    /** Stops as {@link #stop} does, for good: a route that is started afterwards starts no process. */
    public void stopForGood() {
        ending = true;
        stop();
    }

    /** Allows starts again, because the route that starts the connector has been started again. */
    public void resume() {
        lock.lock();
        try {
            if (ending) {
                return;
            }
            stopping = false;
            stopper = null;
            round = Round.NEW;
            if (current == null) {
                feed.phase(Phase.IDLE);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Queues a command line for the running process; false if none is running or too many commands are queued. */
    public boolean send(byte[] command) {
        ConnectorProcess process = current;
        return process != null && process.send(command);
    }

    /** Process id, or -1 if no process is running. */
    public long pid() {
        ConnectorProcess process = current;
        return process == null ? -1 : process.pid();
    }

    /** Milliseconds since the lines of the running process were last read; 0 while they are being read. */
    public long unreadMillis() {
        ConnectorProcess process = current;
        return process == null || !process.alive() ? 0 : process.unreadMillis();
    }

    /** Milliseconds that a step has delayed the first commands to the running process; 0 if it does not. */
    public long commandsHeldMillis() {
        FirstCommands now = firstCommands;
        if (now == null || now.done().isDone() || current == null) {
            return 0;
        }
        long millis = feed.millis().getAsLong() - now.since();
        return millis < COMMANDS_MILLIS ? 0 : millis;
    }

    /** Number of lines that were read from the connector but not routed yet. */
    public int queueSize() {
        ConnectorProcess process = current;
        return process == null ? 0 : process.pending();
    }

    /** Consecutive failures in this round; 0 while the process is stable and at the start of a round. */
    public int attempt() {
        boolean stable = feed.phase() == Phase.RUNNING
                && feed.goodMillis() >= config.stableAfter().toMillis();
        return stable ? 0 : round.failures();
    }

    /** When the running process was started, or null if none runs. */
    public Instant startedAt() {
        return current == null ? null : startedAt;
    }

    /** The start that follows the last failure; null while a process is stable, and before the first failure. */
    public NextStart nextStart() {
        Instant at = current == null && !stopping && pause == null ? nextStartAt : null;
        int attempt = attempt();
        return attempt == 0 && at == null ? null : new NextStart(attempt, at);
    }

    /** The processes that have ended although the program goes on. */
    public ConnectorEnds ends() {
        return ends;
    }

    public long starts() {
        return starts;
    }

    /** Number of starts that followed a failure. */
    public long retries() {
        return retries;
    }

    /** Number of rounds of retries that were used up. */
    public long exhaustedRounds() {
        return rounds;
    }

    /** Number of failures of the process since the application started. */
    public long errors() {
        return errors.get();
    }

    /** Reason of the last failure, or null. */
    public String lastFailure() {
        return lastFailure;
    }

    /** Exit status of the last process, or null. */
    public Integer lastExit() {
        return lastExit;
    }

    /** The last lines of stderr of the running process, or of the previous one if none is running. */
    public List<String> stderr() {
        ConnectorProcess process = current;
        return process == null ? lastStderr : process.lastStderr();
    }
}
