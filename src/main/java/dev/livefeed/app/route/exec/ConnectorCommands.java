package dev.livefeed.app.route.exec;

import dev.livefeed.app.process.Supervisor;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a command as a line of JSON to the running process. */
public final class ConnectorCommands {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectorCommands.class);

    private final Supervisor supervisor;
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();

    public ConnectorCommands(Supervisor supervisor) {
        this.supervisor = supervisor;
    }

    /** Never waits: if no process runs, or it does not read commands, the command is dropped and counted. */
    public void send(byte[] json) {
        byte[] line = Arrays.copyOf(json, json.length + 1);
        line[json.length] = '\n';
        if (supervisor.send(line)) {
            sent.incrementAndGet();
        } else if (dropped.incrementAndGet() == 1) {
            supervisor
                    .marked(() -> LOG.warn(
                            "command_dropped: no connector process reads commands; further ones are only counted"))
                    .run();
        }
    }

    public long sent() {
        return sent.get();
    }

    public long dropped() {
        return dropped.get();
    }
}
