package dev.livefeed.app.process;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connector process and all processes that it has started, including orphans. A process belongs to the tree by its
 * parent, by the session of the connector, or by an inherited environment variable; each of these finds processes that
 * have escaped the others. Without a {@link ProcessTable} only the parents are used.
 */
final class ProcessTree {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessTree.class);
    private static final Duration KILL_TIMEOUT = Duration.ofSeconds(2);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final ProcessHandle connector;
    private final String mark;
    private final long start;
    private final boolean hasTable;
    private final Set<ProcessHandle> others = new LinkedHashSet<>();

    /** @param mark the inherited variable, {@code NAME=value} */
    ProcessTree(ProcessHandle connector, String mark) {
        this.connector = connector;
        this.mark = mark;
        this.hasTable = ProcessTable.available();
        ProcessTable.ProcessRow row = hasTable ? ProcessTable.row(connector.pid()) : null;
        this.start = row == null ? -1 : row.start();
    }

    /** Id and start time of the session, as passed to the {@link OrphanReaper}. */
    String session() {
        return connector.pid() + " " + start;
    }

    /**
     * Records the current descendants of the connector. Cheap; called often, because a descendant may become an
     * orphan.
     */
    synchronized void recordDescendants() {
        others.removeIf(handle -> !handle.isAlive());
        connector.descendants().forEach(others::add);
    }

    /** Applies an action to each process except the connector. */
    synchronized void each(Consumer<ProcessHandle> action) {
        find();
        others.forEach(action);
    }

    /** Ids of all processes except the connector. */
    synchronized List<Long> pids() {
        return find().stream().map(ProcessHandle::pid).toList();
    }

    /** Kills all processes except the connector, repeatedly until none is left or a time limit is reached. */
    synchronized void kill() {
        long startedAt = System.nanoTime();
        while (!find().isEmpty()) {
            others.forEach(ProcessHandle::destroyForcibly);
            if (System.nanoTime() - startedAt > KILL_TIMEOUT.toNanos()) {
                LOG.warn(
                        "connector_processes_left pids={}: they do not end on SIGKILL; check what they wait for",
                        others.stream().map(ProcessHandle::pid).toList());
                return;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /** Finds the processes that are alive; without a process table zombies are included. */
    private Set<ProcessHandle> find() {
        recordDescendants();
        if (!hasTable) {
            return others;
        }
        List<ProcessTable.ProcessRow> rows = ProcessTable.read();
        boolean reused = rows.stream().anyMatch(row -> row.pid() == connector.pid() && row.start() != start);
        Set<Long> members = new HashSet<>();
        others.forEach(handle -> members.add(handle.pid()));
        rows.stream()
                .filter(row -> row.start() >= start)
                .filter(row -> !reused && row.session() == connector.pid() || ProcessTable.hasVariable(row.pid(), mark))
                .forEach(row -> members.add(row.pid()));
        members.remove(ProcessHandle.current().pid());
        while (rows.stream()
                .filter(row -> members.contains(row.parent()) || members.contains(row.session()))
                .map(row -> members.add(row.pid()))
                .reduce(false, Boolean::logicalOr)) {
            // Repeat until no further process is found.
        }
        members.remove(connector.pid());
        others.clear();
        rows.stream().filter(row -> members.contains(row.pid())).forEach(this::add);
        return others;
    }

    /** Adds the process of a row unless its id has been reused meanwhile. */
    private void add(ProcessTable.ProcessRow row) {
        Optional<ProcessHandle> handle = ProcessHandle.of(row.pid());
        if (handle.isPresent() && row.equals(ProcessTable.row(row.pid()))) {
            others.add(handle.get());
        }
    }
}
