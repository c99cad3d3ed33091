package dev.livefeed.exchange.stream;

import dev.livefeed.exchange.market.Instrument;
import dev.livefeed.exchange.market.Ladder;
import dev.livefeed.exchange.wire.AsciiText;

/** The best levels of one side of a book topic, as last published. */
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
     * Copies the best levels of the ladder and writes the changes against the previous levels: changed sizes, new
     * levels, and size 0 for levels that are gone or no longer among the best.
     *
     * @return whether anything changed
     */
    boolean update(Ladder ladder, AsciiText out) {
        int newCount = Math.min(prices.length, ladder.count());
        int before = out.length();
        int oldRank = 0;
        int newRank = 0;
        while (oldRank < count || newRank < newCount) {
            if (newRank == newCount || (oldRank < count && ladder.better(prices[oldRank], ladder.price(newRank)))) {
                level(out, prices[oldRank++], 0);
            } else if (oldRank == count || ladder.better(ladder.price(newRank), prices[oldRank])) {
                level(out, ladder.price(newRank), ladder.size(newRank));
                newRank++;
            } else {
                if (sizes[oldRank] != ladder.size(newRank)) {
                    level(out, ladder.price(newRank), ladder.size(newRank));
                }
                oldRank++;
                newRank++;
            }
        }
        for (int i = 0; i < newCount; i++) {
            prices[i] = ladder.price(i);
            sizes[i] = ladder.size(i);
        }
        count = newCount;
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
