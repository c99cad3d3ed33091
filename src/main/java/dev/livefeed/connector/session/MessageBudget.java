package dev.livefeed.connector.session;

/**
 * The messages of one connection in the last second, which the venue limits: requests, pings, and the pongs that answer
 * its pings. A connection that sends more is closed.
 */
public final class MessageBudget {

    /** A little more than the venue's second, since messages may arrive closer together than they were sent. */
    private static final long WINDOW = 1_200_000_000L;

    /** Left to a ping and a pong, which are not asked for. */
    private static final int RESERVE = 2;

    private final int limit;

    /** Times of the last messages: a ring with as many entries as messages are allowed. */
    private final long[] sent;

    private int next;
    private int recorded;

    /** @param limit messages that the venue allows per second */
    public MessageBudget(int limit) {
        this.limit = limit;
        this.sent = new long[limit];
    }

    /** Whether a request may be sent now. */
    public boolean allows(long now) {
        int recent = 0;
        for (int i = 0; i < recorded; i++) {
            if (now - sent[i] < WINDOW) {
                recent++;
            }
        }
        return recent < limit - RESERVE;
    }

    /** A message was sent. */
    public void sent(long now) {
        sent[next] = now;
        next = (next + 1) % sent.length;
        recorded = Math.min(sent.length, recorded + 1);
    }

    /** The connection has ended. */
    public void clear() {
        recorded = 0;
        next = 0;
    }
}
