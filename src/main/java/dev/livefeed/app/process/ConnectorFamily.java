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
 * A connector's process and all that it has started, those too whose parents are gone. They are known by their parents
 * while these live, by the session that the connector was started in, and by a variable that all of them inherit: who
 * leaves one of these is found by another. Where there is no {@link ProcessTable}, their parents have to do.
 */
final class ConnectorFamily {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectorFamily.class);
    private static final Duration SWEEP = Duration.ofSeconds(2);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final ProcessHandle connector;
    private final String mark;
    private final long start;
    private final boolean table;
    private final Set<ProcessHandle> others = new LinkedHashSet<>();

    /** @param mark the variable, {@code NAME=value} */
    ConnectorFamily(ProcessHandle connector, String mark) {
        this.connector = connector;
        this.mark = mark;
        this.table = ProcessTable.available();
        ProcessTable.Row row = table ? ProcessTable.row(connector.pid()) : null;
        this.start = row == null ? -1 : row.start();
    }

    /** The session id as it is passed to the {@link KillGuard}. */
    String session() {
        return connector.pid() + " " + start;
    }

    /** Notes the processes that have the connector among their parents: cheap, to be called often. */
    synchronized void note() {
        others.removeIf(handle -> !handle.isAlive());
        connector.descendants().forEach(others::add);
    }

    /** Does something to each of them but the connector. */
    synchronized void each(Consumer<ProcessHandle> action) {
        find();
        others.forEach(action);
    }

    /** SIGKILL to each of them but the connector, until none is left. */
    synchronized void kill() {
        long began = System.nanoTime();
        while (!find().isEmpty()) {
            others.forEach(ProcessHandle::destroyForcibly);
            if (System.nanoTime() - began > SWEEP.toNanos()) {
                LOG.warn(
                        "connector_processes_left pids={}: they do not end on SIGKILL; look at what they wait for",
                        others.stream().map(ProcessHandle::pid).toList());
                return;
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    /** All that live now; without a table those that live or have ended and wait for their parent. */
    private Set<ProcessHandle> find() {
        note();
        if (!table) {
            return others;
        }
        List<ProcessTable.Row> rows = ProcessTable.read();
        boolean strange = rows.stream().anyMatch(row -> row.pid() == connector.pid() && row.start() != start);
        Set<Long> members = new HashSet<>();
        others.forEach(handle -> members.add(handle.pid()));
        rows.stream()
                .filter(row -> row.start() >= start)
                .filter(row -> !strange && row.session() == connector.pid() || ProcessTable.carries(row.pid(), mark))
                .forEach(row -> members.add(row.pid()));
        members.remove(ProcessHandle.current().pid());
        while (rows.stream()
                .filter(row -> members.contains(row.parent()) || members.contains(row.session()))
                .map(row -> members.add(row.pid()))
                .reduce(false, Boolean::logicalOr)) {
            // Until no more are found.
        }
        members.remove(connector.pid());
        others.clear();
        rows.stream().filter(row -> members.contains(row.pid())).forEach(this::add);
        return others;
    }

    /** The handle is of the process in the row, though its id may have gone to another meanwhile. */
    private void add(ProcessTable.Row row) {
        Optional<ProcessHandle> handle = ProcessHandle.of(row.pid());
        if (handle.isPresent() && row.equals(ProcessTable.row(row.pid()))) {
            others.add(handle.get());
        }
    }
}
