package dev.livefeed.terminal.top;

import dev.livefeed.terminal.screen.Frame;
import dev.livefeed.terminal.screen.Tone;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** The book: asks above, the spread between, bids below, as many levels as there is room for. */
final class LadderView {

    private static final int LEAST_PRICE = 10;
    private static final int LEAST_QTY = 9;

    private final TopModel model;
    private final Detail detail;

    /** @param detail null if the book is not followed yet */
    LadderView(TopModel model, Detail detail) {
        this.model = model;
        this.detail = detail;
    }

    void draw(Frame frame, int from, int rows, int width) {
        if (rows < 1) {
            return;
        }
        if (detail == null) {
            frame.put(from, 0, width, "waiting for the book", Tone.FAINT);
            return;
        }
        String unusable = unusable();
        int row = from;
        int reasonRows = 0;
        if (!unusable.isEmpty()) {
            frame.tint(row, 0, width, Tone.NOT_CURRENT);
            frame.put(row++, 0, width, "DO NOT USE: " + unusable, Tone.NOT_CURRENT);
            reasonRows = 1;
        }
        int levels = (rows - reasonRows - 1) / 2;
        List<DepthBook.Level> asks = new ArrayList<>(detail.book().asks(levels));
        List<DepthBook.Level> bids = detail.book().bids(levels);
        BigDecimal largest = Stream.concat(asks.stream(), bids.stream())
                .map(DepthBook.Level::qty)
                .max(BigDecimal::compareTo)
                .orElse(BigDecimal.ONE);
        int price = widest(frame, LEAST_PRICE, asks, bids, DepthBook.Level::priceText);
        int qty = widest(frame, LEAST_QTY, asks, bids, DepthBook.Level::qtyText);
        LevelColumns ladder = new LevelColumns(frame, width, price, qty, largest);
        Collections.reverse(asks);
        row += levels - asks.size();
        for (DepthBook.Level ask : asks) {
            ladder.draw(row++, ask, unusable.isEmpty() ? Tone.SELL : Tone.FAINT);
        }
        middle(frame, row++, width);
        for (DepthBook.Level bid : bids) {
            ladder.draw(row++, bid, unusable.isEmpty() ? Tone.BUY : Tone.FAINT);
        }
    }

    /** Why the book must not be used; empty if it may. */
    private String unusable() {
        String reason = detail.unusable();
        if (!reason.isEmpty()) {
            return reason;
        }
        String notCurrent = model.notCurrent(detail.name());
        long age = model.now() - detail.bookAt();
        if (!notCurrent.isEmpty()) {
            return notCurrent + ", " + Words.duration(age) + " old";
        }
        return age > TrustView.STALE_AFTER ? "no update for " + Words.duration(age) : "";
    }

    private void middle(Frame frame, int row, int width) {
        String spread = detail.book().spread();
        double updates = detail.updatesPerSecond(model.now());
        frame.put(
                row,
                0,
                width,
                (spread.isEmpty() ? "no spread" : "spread " + spread)
                        + (updates < 0 ? "" : "   " + Words.rate(updates) + " updates/s"),
                Tone.FAINT);
    }

    private static int widest(
            Frame frame,
            int least,
            List<DepthBook.Level> asks,
            List<DepthBook.Level> bids,
            Function<DepthBook.Level, String> text) {
        return Stream.concat(asks.stream(), bids.stream())
                .mapToInt(level -> frame.width(text.apply(level)))
                .reduce(least, Math::max);
    }

    /** How a level is drawn. */
    private record LevelColumns(Frame frame, int width, int price, int qty, BigDecimal largest) {

        void draw(int row, DepthBook.Level level, Tone tone) {
            frame.putRight(row, 0, Math.min(width, price), level.priceText(), tone);
            frame.putRight(row, price + 1, Math.min(width - price - 1, qty), level.qtyText(), tone);
            int room = width - price - qty - 3;
            if (room > 0) {
                int bar = level.qty()
                        .multiply(BigDecimal.valueOf(room))
                        .divide(largest, MathContext.DECIMAL32)
                        .intValue();
                frame.put(row, price + qty + 2, frame.glyphs().bar(bar), tone);
            }
        }
    }
}
