package dev.livefeed.app.process;

import dev.livefeed.app.feed.Feed;
import dev.livefeed.app.feed.Phase;
import dev.livefeed.protocol.status.Exhausted;
import dev.livefeed.protocol.status.Status;
import dev.livefeed.protocol.status.Status.Head;
import java.io.IOException;
import java.time.Duration;
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
 * Runs one connector process at a time and knows how it went. When to start again is not decided here: that is the
 * routes' redelivery policy, and each start is one call of {@link #run}.
 */
public final class Supervisor {

    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
    private static final Logger STDERR = LoggerFactory.getLogger("connector.stderr");
    private static final Duration EXIT_WAIT = Duration.ofSeconds(2);
    /** For the commands of a new process to be sent, before its lines are read all the same. */
    private static final long ASK_MILLIS = 5_000;
    /** For what has happened to a process to go through the status route, before all goes on. */
    private static final Duration ANNOUNCE_WAIT = Duration.ofSeconds(2);
    /** For the run before to end. */
    private static final long RUN_WAIT_SECONDS = 10;

    private static final String RUN = "LIVEFEED_CONNECTOR_RUN";
    private static final int EX_USAGE = 64;
    private static final int EX_CONFIG = 78;

    private final SupervisorConfig config;
    private final Feed feed;
    private final LineGate turn;
    private final Semaphore runs = new Semaphore(1);
    /** What the mark of each run begins with: all processes of a run inherit it. */
    private final String mark = RUN + "=" + UUID.randomUUID() + ".";

    private final KillGuard guard;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition stopAsked = lock.newCondition();
    private final AtomicLong errors = new AtomicLong();

    private volatile Phase phase = Phase.IDLE;
    private volatile ConnectorProcess current;
    private volatile Asking asking;
    private volatile String replaceReason;
    private volatile boolean stopping;
    private volatile int attempt;
    private volatile long starts;
    private volatile long retries;
    private volatile long rounds;
    private volatile long failedAt;
    private volatile String lastFailure;
    private volatile Integer lastExit;
    private volatile List<String> lastStderr = List.of();
    private Thread stopper;

    /** The commands to a new process on their way through the routes. */
    private record Asking(CompletableFuture<Void> done, long since) {}

    public Supervisor(SupervisorConfig config, Feed feed) {
        this.config = config;
        this.feed = feed;
        this.turn = new LineGate(feed.millis());
        this.guard = new KillGuard(mark, config.stopWait(), config.killWait());
    }

    /** Which line is inside the routes. */
    public LineGate turn() {
        return turn;
    }

    /**
     * Starts the command, hands over all it says until it ends, and judges its end.
     *
     * @return the exit status: 0 where the feed has ended or a stop was asked for, 64 or 78 where it can never start,
     *     and the status of a process that failed after it had been stable
     * @throws ConnectorFailedException for every other end; the redelivery policy counts it
     */
    public int run(List<String> command, ConnectorListener listener) throws ConnectorFailedException {
        try {
            if (!runs.tryAcquire(RUN_WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw failed("cannot be started: the process before it has not been ended yet", null);
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
            if (stopping) {
                return 0;
            }
            if (attempt > 0) {
                retries++;
                LOG.info(
                        "connector_retry attempt={} retry_delay_ms={}",
                        attempt,
                        (System.nanoTime() - failedAt) / 1_000_000);
            }
            starts++;
            replaceReason = null;
            guard.start();
            process = ConnectorProcess.start(
                    command,
                    config.workingDirectory(),
                    config.environment(),
                    mark + starts,
                    stdout -> new StdoutReader(stdout, config.maxLine(), listener, feed, turn),
                    config.secrets()::redact,
                    STDERR::info);
            guard.watch(process.session());
            feed.started();
            phase = Phase.RUNNING;
            current = process;
        } catch (IOException e) {
            throw failed("cannot be started: " + e.getMessage(), null);
        } finally {
            lock.unlock();
        }
        LOG.info(
                "bybit_connector_runner_started source={} pid={} command={}",
                config.name(),
                process.pid(),
                config.secrets().redact(command.toString()));
        Thread ticker = new Thread(() -> watch(process), "connector-watchdog");
        ticker.setDaemon(true);
        ticker.start();
        int exit = read(process, listener, ticker);
        return judge(exit);
    }

    private int read(ConnectorProcess process, ConnectorListener listener, Thread ticker)
            throws ConnectorFailedException {
        try {
            ask(listener);
            process.readEvents(() -> patience(process));
            int exit = process.exit(EXIT_WAIT);
            lastExit = exit;
            return exit;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.kill();
            throw failed("was interrupted", null);
        } catch (RuntimeException e) {
            process.kill();
            throw failed("could not be served: " + e, null);
        } finally {
            ticker.interrupt();
            close(process);
            guard.forget(process.session());
            feed.ended();
            lastStderr = process.lastStderr();
            current = null;
            listener.gone();
            announceEnd(listener);
        }
    }

    /**
     * Has the new process asked for what is wanted. A step that holds the commands up does not keep its lines from
     * being read.
     */
    private void ask(ConnectorListener listener) throws InterruptedException {
        CompletableFuture<Void> asked = new CompletableFuture<>();
        asking = new Asking(asked, feed.millis().getAsLong());
        Thread thread = new Thread(
                () -> {
                    try {
                        listener.started();
                        asked.complete(null);
                    } catch (RuntimeException e) {
                        asked.completeExceptionally(e);
                    }
                },
                "connector-subscribe");
        thread.setDaemon(true);
        thread.start();
        try {
            asked.get(ASK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.warn(
                    "connector_commands_late seconds={}: a step of the subscriptions or commands route "
                            + "holds them up; the"
                            + " lines of the process are read meanwhile",
                    ASK_MILLIS / 1_000);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
        }
    }

    private DrainTimeouts patience(ConnectorProcess process) {
        if (stopping) {
            return DrainTimeouts.STOPPING;
        }
        return replaceReason == null && config.exitZeroFinishes() && feed.delivered() && process.endedWell()
                ? DrainTimeouts.END_OF_FEED
                : DrainTimeouts.BETWEEN_PROCESSES;
    }

    private void announceEnd(ConnectorListener listener) {
        String reason = stopping ? "stopped" : "the connector process ended";
        try {
            turn.announce("ended", () -> listener.ended(reason), stopping ? Duration.ofMillis(500) : ANNOUNCE_WAIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Has a status of the application about the connector said between the lines of one process and those of the
     * next.
     */
    public void announce(String kind, Runnable announcement) {
        try {
            turn.announce(kind, announcement, ANNOUNCE_WAIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int judge(int exit) throws ConnectorFailedException {
        String replaced = replaceReason;
        if (stopping) {
            phase = Phase.STOPPED;
            LOG.info("bybit_connector_runner_stopped exit={}", exit);
            return 0;
        }
        boolean delivered = feed.delivered();
        if (replaced == null && exit == 0 && delivered && config.exitZeroFinishes()) {
            phase = Phase.FINISHED;
            LOG.warn("connector_finished exit=0: the feed has ended; it is not started again (connector.when.done)");
            return 0;
        }
        if (replaced == null && (exit == EX_USAGE || exit == EX_CONFIG)) {
            // Whoever sees the phase finds its reason.
            lastFailure = "exit status " + exit + ": it can never start as it is configured" + lastWords();
            phase = Phase.MISCONFIGURED;
            errors.incrementAndGet();
            LOG.error("bybit_connector_misconfigured {}; not tried again until the configuration changes", lastFailure);
            return exit;
        }
        String reason = replaced != null ? "was replaced: " + replaced : "ended with exit status " + exit;
        if (feed.goodMillis() >= config.stableAfter().toMillis()) {
            attempt = 1;
            noteFailure(reason);
            return exit == 0 ? -1 : exit;
        }
        throw failed(reason, exit);
    }

    private ConnectorFailedException failed(String reason, Integer exit) {
        lastExit = exit;
        attempt++;
        noteFailure(reason);
        return new ConnectorFailedException("the connector " + lastFailure);
    }

    private void noteFailure(String reason) {
        failedAt = System.nanoTime();
        errors.incrementAndGet();
        lastFailure = config.secrets().redact(reason) + lastWords();
        phase = stopping ? Phase.STOPPED : Phase.RETRYING;
        LOG.warn("bybit_connector_process_died attempt={} reason=\"{}\"", attempt, lastFailure);
    }

    private String lastWords() {
        List<String> words = lastStderr;
        return words.isEmpty() ? "" : "; its last words: " + words.get(words.size() - 1);
    }

    /** Once a second or so: replaces a process the watchdog condemns, and frees a stdout that outlives its process. */
    private void watch(ConnectorProcess process) {
        try {
            while (true) {
                TimeUnit.MILLISECONDS.sleep(250);
                if (!process.alive()) {
                    TimeUnit.SECONDS.sleep(1);
                    process.killDescendants();
                    return;
                }
                process.noteDescendants();
                if (process.held() || commandsHeldMillis() > 0) {
                    feed.held();
                }
                String verdict = config.watchdog().verdict(feed);
                if (verdict != null && !stopping) {
                    replaceReason = verdict;
                    LOG.warn("bybit_connector_stale_connection_detected pid={} reason=\"{}\"", process.pid(), verdict);
                    process.stop(config.stopWait(), config.killWait());
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

    /** A round of retries is used up. Returns the marker for the stream. */
    public Status exhausted() {
        phase = stopping ? Phase.STOPPED : Phase.EXHAUSTED;
        rounds++;
        attempt = 0;
        LOG.error("connector_connection_exhausted round={} reason=\"{}\"", rounds, lastFailure);
        return new Exhausted(Head.of(config.name(), String.valueOf(lastFailure)));
    }

    /** Waits, unless a stop comes first. */
    public void coolDown(long millis) {
        LOG.info("connector_reconnect_cooldown seconds={}", millis / 1000.0);
        await(millis);
    }

    /** Waits until the connector's configuration file changes, or for the stop. */
    public void awaitConfiguration() {
        long before = stamp();
        while (!stopping && stamp() == before) {
            await(1_000);
        }
        attempt = 0;
    }

    private long stamp() {
        return config.configFile() == null ? 0 : config.configFile().toFile().lastModified();
    }

    private void await(long millis) {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(millis);
            while (!stopping && left > 0) {
                left = stopAsked.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    /** Whether the connector is to be started again. */
    public boolean wanted() {
        return !stopping && phase != Phase.FINISHED;
    }

    /** Asks the running process to stop, and ends it if it does not; starts are refused from now on. Does not wait. */
    public void stop() {
        lock.lock();
        try {
            if (stopping) {
                return;
            }
            stopping = true;
            stopAsked.signalAll();
            ConnectorProcess process = current;
            if (process == null) {
                phase = Phase.STOPPED;
                return;
            }
            stopper = new Thread(() -> end(process), "connector-stop");
            stopper.start();
        } finally {
            lock.unlock();
        }
    }

    private void end(ConnectorProcess process) {
        try {
            process.stop(config.stopWait(), config.killWait());
        } catch (InterruptedException e) {
            process.kill();
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for a stop that was asked for to have ended the process. */
    public void awaitStopped() throws InterruptedException {
        Thread thread = stopper;
        if (thread != null) {
            thread.join(config.stopWait().plus(config.killWait()).toMillis() + 500);
        }
    }

    /** Frees what outlives the single runs. Nothing is started any more. */
    public void close() throws InterruptedException {
        guard.close();
    }

    /** Starts are allowed again: the route that makes them has come back. */
    public void resume() {
        lock.lock();
        try {
            stopping = false;
            attempt = 0;
            if (current == null) {
                phase = Phase.IDLE;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Hands a command line to the running process; false where none runs or too many commands wait. */
    public boolean send(byte[] command) {
        ConnectorProcess process = current;
        return process != null && process.send(command);
    }

    public Phase phase() {
        return phase;
    }

    public boolean alive() {
        ConnectorProcess process = current;
        return process != null && process.alive();
    }

    /** Process id, or -1 where none runs. */
    public long pid() {
        ConnectorProcess process = current;
        return process == null ? -1 : process.pid();
    }

    /** For how long a process has been running whose lines nobody reads, in milliseconds; 0 where that is not so. */
    public long unreadMillis() {
        ConnectorProcess process = current;
        return process == null || !process.alive() ? 0 : process.unreadMillis();
    }

    /** For how long a step has held up the commands to the running process, in milliseconds; 0 where none does. */
    public long commandsHeldMillis() {
        Asking now = asking;
        if (now == null || now.done().isDone() || current == null) {
            return 0;
        }
        long millis = feed.millis().getAsLong() - now.since();
        return millis < ASK_MILLIS ? 0 : millis;
    }

    /** Lines read from the connector and not yet routed. */
    public int queueSize() {
        ConnectorProcess process = current;
        return process == null ? 0 : process.pending();
    }

    /** Failures in a row in this round; 0 once a process has proved stable or a new round has begun. */
    public int attempt() {
        boolean stable = phase == Phase.RUNNING
                && feed.goodMillis() >= config.stableAfter().toMillis();
        return stable ? 0 : attempt;
    }

    public long starts() {
        return starts;
    }

    /** Starts that followed a failure. */
    public long retries() {
        return retries;
    }

    /** Rounds of retries that were used up. */
    public long exhaustedRounds() {
        return rounds;
    }

    /** Failures of the process since the application started. */
    public long errors() {
        return errors.get();
    }

    /** How the last process failed, or null. */
    public String lastFailure() {
        return lastFailure;
    }

    /** Exit status of the last process, or null. */
    public Integer lastExit() {
        return lastExit;
    }

    /** The last lines on stderr of the running process, or of the last one. */
    public List<String> stderr() {
        ConnectorProcess process = current;
        return process == null ? lastStderr : process.lastStderr();
    }
}
