package dev.livefeed.exchange.stream;

import dev.livefeed.exchange.venue.Instrument;
import dev.livefeed.exchange.venue.Ladder;
import dev.livefeed.exchange.wire.AsciiText;

/** The best levels of one side as the listeners of a book topic hold them. */
final class TopLevels {

    private final Instrument instrument;
    private final boolean trim;
    private final long[] prices;
    private final long[] sizes;
    private int count;

    TopLevels(Instrument instrument, int depth, boolean trim) {
        this.instrument = instrument;
        this.trim = trim;
        prices = new long[depth];
        sizes = new long[depth];
    }

    int count() {
        return count;
    }

    /** Writes all levels as [price,size] pairs, best first. */
    void writeAll(AsciiText out, int limit) {
        for (int i = 0; i < Math.min(count, limit); i++) {
            level(out, prices[i], sizes[i]);
        }
        out.dropLast(',');
    }

    /**
     * Takes over the best levels of the ladder and writes what a holder of the old levels must change: sizes that
     * differ, levels that moved in, and size 0 for levels that went or were pushed out.
     *
     * @return whether anything changed
     */
    boolean update(Ladder ladder, AsciiText out) {
        int fresh = Math.min(prices.length, ladder.count());
        int before = out.length();
        int old = 0;
        int now = 0;
        while (old < count || now < fresh) {
            if (now == fresh || (old < count && ladder.better(prices[old], ladder.price(now)))) {
                level(out, prices[old++], 0);
            } else if (old == count || ladder.better(ladder.price(now), prices[old])) {
                level(out, ladder.price(now), ladder.size(now));
                now++;
            } else {
                if (sizes[old] != ladder.size(now)) {
                    level(out, ladder.price(now), ladder.size(now));
                }
                old++;
                now++;
            }
        }
        for (int i = 0; i < fresh; i++) {
            prices[i] = ladder.price(i);
            sizes[i] = ladder.size(i);
        }
        count = fresh;
        boolean changed = out.length() > before;
        out.dropLast(',');
        return changed;
    }

    private void level(AsciiText out, long price, long size) {
        out.add("[\"");
        instrument.tick().write(out, price, trim);
        out.add("\",\"");
        if (size == 0) {
            out.add('0');
        } else {
            instrument.lot().write(out, size, trim);
        }
        out.add("\"],");
    }
}
