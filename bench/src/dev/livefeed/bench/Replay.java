package dev.livefeed.bench;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Repeats a prepared feed for one connection: copies frames and updates ids, times and sequences. Update ids are
 * consecutive, even across the snapshots at the start of each round. Not thread-safe.
 */
final class Replay {

    /** First update id of each symbol. */
    static final long FIRST_UPDATE = 1_000_000_000L;

    private final List<PreparedFeed.Frame> frames;
    private final byte[][] updates;
    private final byte[] tradeId = digits(0, PreparedFeed.NUMBER_DIGITS);
    private final byte[] seq = digits(0, PreparedFeed.NUMBER_DIGITS);
    private byte[] now = digits(0, PreparedFeed.MILLIS_DIGITS);
    private long nowMillis;
    private int next;
    private long sent;
    private long trades;

    Replay(PreparedFeed feed) {
        frames = feed.frames();
        updates = new byte[feed.instruments().size()][];
        for (int i = 0; i < updates.length; i++) {
            updates[i] = digits(FIRST_UPDATE - 1, PreparedFeed.UPDATE_DIGITS);
        }
    }

    /** Restarts at the snapshots. */
    void restart() {
        next = 0;
    }

    /** Number of frames sent. */
    long sent() {
        return sent;
    }

    /** Number of trades sent. */
    long trades() {
        return trades;
    }

    /** Appends the next frame. Its sequence is the number of frames sent before it. */
    PreparedFeed.Frame append(ByteBuf out, long millis) {
        PreparedFeed.Frame frame = frames.get(next);
        next = next + 1 == frames.size() ? 0 : next + 1;
        if (millis != nowMillis) {
            nowMillis = millis;
            now = digits(millis, PreparedFeed.MILLIS_DIGITS);
        }
        int start = out.writerIndex();
        out.writeBytes(frame.bytes());
        for (int at : frame.timesAt()) {
            out.setBytes(start + at, now);
        }
        if (frame.trades()) {
            for (int at : frame.idsAt()) {
                out.setBytes(start + at, tradeId);
                increment(tradeId);
            }
            trades += frame.idsAt().length;
        } else {
            byte[] update = updates[frame.symbol()];
            increment(update);
            out.setBytes(start + frame.updateAt(), update);
        }
        // A JSON number does not begin with 0.
        seq[0] = '1';
        for (int at : frame.seqsAt()) {
            out.setBytes(start + at, seq);
        }
        increment(seq);
        sent++;
        return frame;
    }

    private static byte[] digits(long value, int count) {
        return String.format("%0" + count + "d", value).getBytes(StandardCharsets.US_ASCII);
    }

    private static void increment(byte[] digits) {
        for (int i = digits.length - 1; i >= 0; i--) {
            if (digits[i] != '9') {
                digits[i]++;
                return;
            }
            digits[i] = '0';
        }
    }
}
