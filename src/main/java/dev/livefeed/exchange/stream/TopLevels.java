package dev.livefeed.exchange.stream;

import dev.livefeed.exchange.market.Instrument;
import dev.livefeed.exchange.market.Ladder;
import dev.livefeed.exchange.wire.AsciiText;

/** The best levels of one side of a book topic, as last published. */
public final class TopLevels {

    private final LevelFormat format;
    private final int depth;
    private long[] prices = new long[0];
    private long[] sizes = new long[0];
    private int count;

    /** Writes the numbers of a level. */
    public interface LevelFormat {
        void price(AsciiText out, long ticks);

        /** @param lots 0 for a level that is gone */
        void size(AsciiText out, long lots);
    }

    TopLevels(Instrument instrument, int depth, boolean trim) {
        this(depth, new LevelFormat() {
            @Override
            public void price(AsciiText out, long ticks) {
                instrument.tick().write(out, ticks, trim);
            }

            @Override
            public void size(AsciiText out, long lots) {
                if (lots == 0) {
                    out.add('0');
                } else {
                    instrument.lot().write(out, lots, trim);
                }
            }
        });
    }

    public TopLevels(int depth, LevelFormat format) {
        this.depth = depth;
        this.format = format;
    }

    int count() {
        return count;
    }

    /** Writes all levels as [price,size] pairs, best first. */
    public void writeAll(AsciiText out, int limit) {
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
    public boolean update(Ladder ladder, AsciiText out) {
        int newCount = Math.min(depth, ladder.count());
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
        if (newCount > prices.length) {
            prices = new long[Math.min(depth, newCount + newCount / 8)];
            sizes = new long[prices.length];
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
        format.price(out, price);
        out.add("\",\"");
        format.size(out, size);
        out.add("\"],");
    }
}
