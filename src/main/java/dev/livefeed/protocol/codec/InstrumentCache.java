package dev.livefeed.protocol.codec;

import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Instruments;
import java.util.Arrays;
import java.util.Objects;

/** Finds the instrument of a line without creating an object. Not thread-safe. */
final class InstrumentCache {

    /** A power of two. */
    private static final int SLOTS = 2_048;

    private record Slot(String symbol, String category, InstrumentId instrument) {}

    private final Instruments instruments;
    private final Slot[] slots = new Slot[SLOTS];
    /** Since when the slots are valid: {@link Instruments#changes}. */
    private int changes;

    InstrumentCache(Instruments instruments) {
        this.instruments = instruments;
    }

    /**
     * The instrument, or null if nobody asked for it.
     *
     * @param category of the line, or null
     */
    InstrumentId of(String symbol, String category) {
        int now = instruments.changes();
        if (now != changes) {
            Arrays.fill(slots, null);
            changes = now;
        }
        int hash = symbol.hashCode() * 31 + (category == null ? 0 : category.hashCode());
        int at = (hash ^ (hash >>> 16)) & (SLOTS - 1);
        Slot slot = slots[at];
        if (slot == null || !slot.symbol.equals(symbol) || !Objects.equals(slot.category, category)) {
            slot = new Slot(symbol, category, instruments.wanted(symbol, category));
            slots[at] = slot;
        }
        return slot.instrument;
    }
}
