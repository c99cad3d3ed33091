package dev.livefeed.connector.feed;

import dev.livefeed.book.BestPrices;
import dev.livefeed.protocol.model.Side;
import dev.livefeed.protocol.model.Trade;
import java.math.BigDecimal;

/**
 * Decides from the trades of its symbol whether a book stands still: each of them changes the book, so some trades
 * without a frame of the book, or one at a price other than the book's best, show that frames are missing.
 *
 * <p>If that turns out to be wrong, it is not believed again for a while, longer each time.
 */
public final class Standstill {

    private static final int TRADES = 3;
    private static final long SECOND = 1_000_000_000L;
    private static final long WAIT = 5 * SECOND;
    private static final long NEWER_MICROS = 5_000_000L;
    private static final long FIRST_PAUSE = 60 * SECOND;
    private static final long LONGEST_PAUSE = 3_600 * SECOND;

    private long frameAt;
    private long before;
    private boolean traded;
    private long since;
    private boolean paused;
    private long pauseEnd;
    private long pause = FIRST_PAUSE;

    /**
     * Called about once a second.
     *
     * @param bookFrameAt when the book's last frame was received
     * @param bookMicros exchange time of that frame
     * @param bookSeq cross sequence of that frame, or -1
     * @param count number of live trades so far
     * @param last the last of them, or null
     * @return why the book stands still; null if it does not seem so
     */
    public String reason(
            BestPrices book, long bookFrameAt, long bookMicros, long bookSeq, long count, Trade last, long now) {
        boolean newer = last != null
                && last.timestampMicros() > bookMicros
                && (last.seq() < 0 || bookSeq < 0 || last.seq() > bookSeq);
        if (!newer || bookFrameAt != frameAt) {
            frameAt = bookFrameAt;
            before = count;
            traded = false;
            return null;
        }
        if (count == before || (paused && now - pauseEnd < 0)) {
            return null;
        }
        if (!traded) {
            traded = true;
            since = now;
        }
        if (now - since < WAIT) {
            return null;
        }
        BigDecimal best = last.side() == Side.BUY ? book.bestAsk() : book.bestBid();
        if (best == null || best.compareTo(last.price()) != 0) {
            return "no update for " + (now - bookFrameAt) / SECOND + " s, while its symbol trades at "
                    + last.price().toPlainString() + ", not at its best " + (last.side() == Side.BUY ? "ask " : "bid ")
                    + (best == null ? "(none)" : best.toPlainString());
        }
        if (count - before >= TRADES && last.timestampMicros() - bookMicros >= NEWER_MICROS) {
            return "no update for " + (now - bookFrameAt) / SECOND + " s and " + (count - before)
                    + " trades of its symbol";
        }
        return null;
    }

    /** The book was checked: it had missed updates, or nothing. */
    public void checked(boolean missed, long now) {
        traded = false;
        if (missed) {
            paused = false;
            pause = FIRST_PAUSE;
        } else {
            paused = true;
            pauseEnd = now + pause;
            pause = Math.min(2 * pause, LONGEST_PAUSE);
        }
    }
}
