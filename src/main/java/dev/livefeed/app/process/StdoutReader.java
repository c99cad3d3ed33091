package dev.livefeed.app.process;

import dev.livefeed.app.feed.FeedState;
import dev.livefeed.logging.LogVenue;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the stdout of a process and passes its lines on while it holds the {@link LineGate}. Runs on a separate thread,
 * because a read from a pipe that an orphan holds open, or a line that a route does not finish, cannot be aborted; an
 * abandoned thread is replaced by a new one.
 */
final class StdoutReader implements LineGate.Source {

    private static final Logger LOG = LoggerFactory.getLogger(StdoutReader.class);
    /** A line that is in the routes for longer blocks the reader. */
    private static final long HELD_MILLIS = 250;
    /** Time for a thread outside the routes to end. */
    private static final long END_MILLIS = 1_000;
    /** More than the pipe of a process that has ended can contain. */
    private static final long MAX_REST = 1 << 20;

    private final LineReader lines;
    private final ConnectorListener listener;
    private final FeedState feed;
    private final LineGate gate;
    private final String venue;
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile boolean givenUp;
    private volatile Thread thread;
    private volatile Throwable failure;
    private volatile long endedAt;

    /** @param venue of the connector, for the log; null if it is the only one */
    StdoutReader(
            InputStream stdout, int maxLine, ConnectorListener listener, FeedState feed, LineGate gate, String venue) {
        this.venue = venue;
        lines = new LineReader(stdout, maxLine);
        this.listener = listener;
        this.feed = feed;
        this.gate = gate;
    }

    void start() {
        read(new ReadTask(true));
    }

    private void read(ReadTask task) {
        Thread next = new Thread(LogVenue.in(venue, task), "connector-stdout");
        next.setDaemon(true);
        thread = next;
        next.start();
    }

    @Override
    public void resume() {
        if (givenUp) {
            gate.release(this);
        } else {
            read(new ReadTask(false));
        }
    }

    /** Waits for the end of the stream or a failure of the listener; false if neither happens in time. */
    boolean await(long millis) throws InterruptedException {
        return done.await(millis, TimeUnit.MILLISECONDS);
    }

    /** The error that ended task before the end of the stream, or null. */
    Throwable failure() {
        return failure;
    }

    /** Milliseconds since task ended; 0 while it continues. */
    long endedMillis() {
        return done.getCount() > 0 ? 0 : feed.millis().getAsLong() - endedAt;
    }

    int pending() {
        return lines.pending();
    }

    /** Whether a new line would have to wait: another line or another source is in the routes. */
    boolean held() {
        return done.getCount() > 0
                && (!gate.isHeldBy(this) || gate.currentMillis() > HELD_MILLIS || gate.waitingMillis() > HELD_MILLIS);
    }

    /** Whether all received lines have been passed on. */
    boolean idle() {
        return gate.isHeldBy(this) && gate.current() == null && lines.pending() == 0;
    }

    /** Returns a value that changes whenever a line is passed on. */
    Object progress() {
        LineGate.Visit visit = gate.current();
        return visit == null ? lines.pending() : visit.since() + " " + lines.pending() + " " + gate.isHeldBy(this);
    }

    /** Passes on no further line; true if a line is still in the routes. */
    boolean giveUp() {
        givenUp = true;
        boolean inRoutes = gate.end(this);
        end();
        return inRoutes;
    }

    private void end() {
        if (done.getCount() > 0) {
            endedAt = feed.millis().getAsLong();
            done.countDown();
        }
    }

    /**
     * Passes on no further line and reports each remaining line as not routed.
     *
     * @return number of remaining lines
     */
    int drop() throws InterruptedException {
        if (!giveUp()) {
            thread.join(END_MILLIS);
            if (thread.isAlive()) {
                return 0;
            }
        }
        int[] count = new int[1];
        try {
            lines.rest(
                    new LineReader.Sink() {
                        @Override
                        public void line(byte[] line) {
                            count[0]++;
                            listener.notRouted(line);
                        }

                        @Override
                        public void tooLong(long length, byte[] head) {
                            count[0]++;
                            listener.notRouted(head);
                        }
                    },
                    MAX_REST);
        } catch (IOException e) {
            LOG.debug("the rest of the connector's stdout cannot be read", e);
        }
        return count[0];
    }

    /** Reads on one thread until the end of the stream or until the thread is replaced. */
    private final class ReadTask implements Runnable, LineReader.Sink {

        private final boolean first;
        private boolean replaced;

        private ReadTask(boolean first) {
            this.first = first;
        }

        @Override
        public void run() {
            try {
                if (first && !gate.acquire(StdoutReader.this, () -> !givenUp)) {
                    return;
                }
                boolean more = true;
                while (more && !replaced) {
                    more = lines.next(this);
                }
            } catch (IOException e) {
                LOG.debug("task the connector's stdout failed", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException | Error e) {
                failure = e;
            }
            if (!replaced) {
                gate.release(StdoutReader.this);
                end();
            }
        }

        private void notRouted(byte[] line) {
            replaced = true;
            listener.notRouted(line);
        }

        @Override
        public void line(byte[] line) {
            LineGate.Visit visit = gate.enter(StdoutReader.this, line, feed.line());
            if (visit == null) {
                notRouted(line);
                return;
            }
            try {
                listener.line(line);
            } finally {
                replaced = !gate.leave(visit);
            }
        }

        @Override
        public void tooLong(long length, byte[] head) {
            LineGate.Visit visit = gate.enter(StdoutReader.this, head, feed.line());
            if (visit == null) {
                notRouted(head);
                return;
            }
            try {
                listener.tooLong(length, head);
            } finally {
                replaced = !gate.leave(visit);
            }
        }
    }
}
