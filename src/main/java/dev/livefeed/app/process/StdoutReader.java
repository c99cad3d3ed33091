package dev.livefeed.app.process;

import dev.livefeed.app.feed.Feed;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands over what a process prints, line by line, once it has the turn. It has a thread of its own, since neither a
 * read of a pipe that a silent orphan holds nor a line that a route holds can be broken off; a thread that does not
 * come back is replaced by another one.
 */
final class StdoutReader implements LineGate.Speaker {

    private static final Logger LOG = LoggerFactory.getLogger(StdoutReader.class);
    /** A line that is inside for longer holds the reader up. */
    private static final long HELD_MILLIS = 250;
    /** For a thread to end that is outside the routes. */
    private static final long END_MILLIS = 1_000;
    /** What a dead process can have left in its pipe is less. */
    private static final long MOST_LEFT = 1 << 20;

    private final LineReader lines;
    private final ConnectorListener listener;
    private final Feed feed;
    private final LineGate turn;
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile boolean givenUp;
    private volatile Thread thread;
    private volatile Throwable failure;
    private volatile long endedAt;

    StdoutReader(InputStream stdout, int maxLine, ConnectorListener listener, Feed feed, LineGate turn) {
        lines = new LineReader(stdout, maxLine);
        this.listener = listener;
        this.feed = feed;
        this.turn = turn;
    }

    void start() {
        speak(new Reading(true));
    }

    private void speak(Reading reading) {
        Thread next = new Thread(reading, "connector-stdout");
        next.setDaemon(true);
        thread = next;
        next.start();
    }

    @Override
    public void goOn() {
        if (givenUp) {
            turn.release(this);
        } else {
            speak(new Reading(false));
        }
    }

    /** Waits for the end of the stream, or for a failure of what takes the lines; false where neither came. */
    boolean await(long millis) throws InterruptedException {
        return done.await(millis, TimeUnit.MILLISECONDS);
    }

    /** What ended the reading before the end of the stream, or null. */
    Throwable failure() {
        return failure;
    }

    /** For how long nobody has been reading any more, in milliseconds; 0 while somebody does. */
    long endedMillis() {
        return done.getCount() > 0 ? 0 : feed.millis().getAsLong() - endedAt;
    }

    int pending() {
        return lines.pending();
    }

    /** Whether a line would not be taken if it came: another one is inside, or those before have the turn. */
    boolean held() {
        return done.getCount() > 0 && (!turn.has(this) || turn.insideMillis() > HELD_MILLIS);
    }

    /** Whether all that came has been handed over. */
    boolean idle() {
        return turn.has(this) && turn.inside() == null && lines.pending() == 0;
    }

    /** Changes whenever a line is taken. */
    Object progress() {
        LineGate.Visit visit = turn.inside();
        return visit == null ? lines.pending() : visit.since() + " " + lines.pending() + " " + turn.has(this);
    }

    /** Hands over nothing more; true where a line is still inside. */
    boolean giveUp() {
        givenUp = true;
        boolean inside = turn.end(this);
        end();
        return inside;
    }

    private void end() {
        if (done.getCount() > 0) {
            endedAt = feed.millis().getAsLong();
            done.countDown();
        }
    }

    /**
     * Hands over nothing more, and tells the listener of each line that is left.
     *
     * @return how many there are
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
                    MOST_LEFT);
        } catch (IOException e) {
            LOG.debug("the rest of a dead connector's stdout cannot be read", e);
        }
        return count[0];
    }

    /** One thread's part of the reading. */
    private final class Reading implements Runnable, LineReader.Sink {

        private final boolean first;
        private boolean replaced;

        private Reading(boolean first) {
            this.first = first;
        }

        @Override
        public void run() {
            try {
                if (first && !turn.take(StdoutReader.this, () -> !givenUp)) {
                    return;
                }
                boolean more = true;
                while (more && !replaced) {
                    more = lines.next(this);
                }
            } catch (IOException e) {
                LOG.debug("stdout of the connector broke off", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException | Error e) {
                failure = e;
            }
            if (!replaced) {
                turn.release(StdoutReader.this);
                end();
            }
        }

        private void refused(byte[] line) {
            replaced = true;
            listener.notRouted(line);
        }

        @Override
        public void line(byte[] line) {
            LineGate.Visit visit = turn.enter(StdoutReader.this, line, feed.line());
            if (visit == null) {
                refused(line);
                return;
            }
            try {
                listener.line(line);
            } finally {
                replaced = !turn.leave(visit);
            }
        }

        @Override
        public void tooLong(long length, byte[] head) {
            LineGate.Visit visit = turn.enter(StdoutReader.this, head, feed.line());
            if (visit == null) {
                refused(head);
                return;
            }
            try {
                listener.tooLong(length, head);
            } finally {
                replaced = !turn.leave(visit);
            }
        }
    }
}
