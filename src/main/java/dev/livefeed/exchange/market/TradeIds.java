package dev.livefeed.exchange.market;

/** Generates trade ids: increasing decimal numbers with gaps for spot, unordered UUIDs otherwise. */
final class TradeIds {

    private static final long FIRST_SPOT_ID = 2_290_000_000_000_000_000L;
    private static final long SPOT_EPOCH = 1_600_000_000_000L;

    private final boolean spot;
    private final long key;
    private long next;

    TradeIds(Instrument instrument, long seed, long startedAt) {
        spot = instrument.category() == ProductCategory.SPOT;
        key = SeededRandom.mix(seed ^ startedAt, instrument.category() + instrument.symbol());
        next = spot ? FIRST_SPOT_ID + (startedAt - SPOT_EPOCH) * 1000 : 0;
    }

    String next() {
        long n = next;
        if (spot) {
            next += 1 + (SeededRandom.mix(key, n) & 3);
            return Long.toString(n);
        }
        next++;
        long high = SeededRandom.mix(key, n);
        long low = SeededRandom.mix(high, n);
        return new java.util.UUID((high & ~0xF000L) | 0x5000L, (low & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L)
                .toString();
    }
}
