package dev.livefeed.connector.instrument;

import dev.livefeed.connector.feed.VenueCategory;
import dev.livefeed.protocol.model.TradingPhase;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is known of one instrument over its life, and which of its channels wait for a later phase. */
final class FollowedInstrument {

    /** An instrument list without it ends it only if the one before lacked it too: a single one may be incomplete. */
    private static final int LISTINGS_WITHOUT = 2;

    private static final long FIRST_RETRY = 5_000_000_000L;
    private static final long LONGEST_RETRY = 600_000_000_000L;

    private final VenueCategory category;
    private final String symbol;
    /** Channels that the venue refused or that have ended, with the phase at that time; null if it was not known. */
    private final Map<String, TradingPhase> waiting = new LinkedHashMap<>();

    private ListedInstrument last;
    private boolean inAListing;
    private int missing;
    private long missingSince;
    private boolean refused;
    private boolean ended;
    private long retryWait;
    private long retryAt;

    FollowedInstrument(VenueCategory category, String symbol) {
        this.category = category;
        this.symbol = symbol;
    }

    VenueCategory category() {
        return category;
    }

    String symbol() {
        return symbol;
    }

    /** As it was last listed, or null. */
    ListedInstrument last() {
        return last;
    }

    boolean ended() {
        return ended;
    }

    void ended(boolean now) {
        ended = now;
    }

    Map<String, TradingPhase> waiting() {
        return waiting;
    }

    /** Its phase; {@code TRADING} as long as nothing else is known. */
    TradingPhase phase() {
        if (ended) {
            return TradingPhase.CLOSED;
        }
        return last == null ? TradingPhase.TRADING : last.phase();
    }

    /**
     * The venue has refused a channel.
     *
     * @param channel null if it does not wait for a later phase
     */
    void refused(String channel) {
        refused = true;
        if (channel != null) {
            waiting.put(channel, last == null ? null : phase());
        }
    }

    /** A channel was refused though it trades: a new attempt is due after 5 s, then after twice of it, up to 10 min. */
    void refusedWhileTrading(long now) {
        if (now - retryAt >= 0) {
            boolean first = retryWait == 0 || now - retryAt > LONGEST_RETRY;
            retryWait = first ? FIRST_RETRY : Math.min(LONGEST_RETRY, 2 * retryWait);
            retryAt = now + retryWait;
        }
    }

    /** Whether channels that were refused though it trades are to be subscribed again. */
    boolean retryDue(long now) {
        return last != null && phase() == TradingPhase.TRADING && missing == 0 && now - retryAt >= 0;
    }

    /** Whether no instrument list has had it; it may have been looked up by itself. */
    boolean neverListed() {
        return !inAListing;
    }

    /** A complete instrument list was read. */
    void listedInGeneral(boolean has) {
        inAListing |= has;
    }

    /** A complete instrument list has it, or it was looked up. */
    void listed(ListedInstrument row) {
        last = row;
        missing = 0;
        refused = false;
    }

    /**
     * A complete instrument list does not have it.
     *
     * @param heardSince whether data was received after an earlier instrument list without it; then that instrument
     *     list was wrong
     */
    void notListed(long now, boolean heardSince) {
        if (missing == 0 || heardSince) {
            missing = 0;
            missingSince = now;
        }
        missing++;
    }

    /** Whether the last instrument list lacks it. */
    boolean missing() {
        return missing > 0;
    }

    long missingSince() {
        return missingSince;
    }

    /** Whether it is certain that it has ended. */
    boolean hasEnded(long exchangeMillis) {
        if (last == null) {
            return false;
        }
        if (missing == 0) {
            return last.phase() == TradingPhase.CLOSED;
        }
        boolean delivered = last.deliveryMillis() > 0 && last.deliveryMillis() <= exchangeMillis;
        return delivered || refused || missing >= LISTINGS_WITHOUT;
    }

    /**
     * Milliseconds until the next instrument list may show another phase; -1 if none is expected.
     *
     * @param pollMillis interval while the next phase has no time
     */
    long changesInMillis(long exchangeMillis, long pollMillis) {
        if (ended || last == null) {
            return -1;
        }
        long delivery = until(last.deliveryMillis(), exchangeMillis);
        if (delivery >= 0) {
            return last.trading() && missing == 0 && !refused ? delivery : Math.min(delivery, pollMillis);
        }
        if (missing > 0 || refused || last.deliveryMillis() > 0) {
            return pollMillis;
        }
        if (last.trading()) {
            return -1;
        }
        long launch = until(last.launchMillis(), exchangeMillis);
        return launch < 0 ? pollMillis : Math.min(launch, pollMillis);
    }

    /** Milliseconds until shortly after the time; -1 if that is over. */
    private static long until(long millis, long exchangeMillis) {
        return millis > 0 && millis >= exchangeMillis ? millis - exchangeMillis + 1_000 : -1;
    }
}
