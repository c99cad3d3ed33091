package dev.livefeed.exchange.market;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Phase in the life of a market. */
public enum MarketState {
    PRELAUNCH("PreLaunch", "NotStarted"),
    AUCTION("PreLaunch", "CallAuction"),
    TRADING("Trading", null),
    /** Trading is interrupted. Bybit documents no word for it; this one is invented. */
    HALTED("Halted", null),
    DELIVERING("Delivering", null),
    CLOSED("Closed", null);

    private final String status;
    private final String auctionPhase;

    MarketState(String status, String auctionPhase) {
        this.status = status;
        this.auctionPhase = auctionPhase;
    }

    /** The venue's word in {@code instruments-info}. */
    public String status() {
        return status;
    }

    /** The venue's word for the phase of the auction before the launch, or null. */
    public String auctionPhase() {
        return auctionPhase;
    }

    /** Whether a subscriber is sent anything; a halted market has a book that does not change. */
    public boolean streams() {
        return this == TRADING || this == HALTED;
    }

    /** The state of a word such as {@code prelaunch}. */
    public static Optional<MarketState> of(String word) {
        return Arrays.stream(values())
                .filter(state -> state.toString().equals(word))
                .findFirst();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
