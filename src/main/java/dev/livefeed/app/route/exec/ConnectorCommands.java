package dev.livefeed.app.route.exec;

import dev.livefeed.app.process.Supervisor;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes a command as JSON and hands it, as a line, to the running process. */
public final class ConnectorCommands {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectorCommands.class);

    private final Supervisor supervisor;
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();

    public ConnectorCommands(Supervisor supervisor) {
        this.supervisor = supervisor;
    }

    /** Never waits: where no process runs, or one that does not read its commands, the command is dropped and counted. */
    public void send(byte[] json) {
        byte[] line = Arrays.copyOf(json, json.length + 1);
        line[json.length] = '\n';
        if (supervisor.send(line)) {
            sent.incrementAndGet();
        } else if (dropped.incrementAndGet() == 1) {
            LOG.warn("a command was dropped: no connector process takes it; further ones are counted");
        }
    }

    public long sent() {
        return sent.get();
    }

    public long dropped() {
        return dropped.get();
    }
}
