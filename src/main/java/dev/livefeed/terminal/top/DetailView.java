package dev.livefeed.terminal.top;

import dev.livefeed.terminal.screen.Frame;
import dev.livefeed.terminal.screen.Tone;
import java.util.List;

/** The instrument that is selected: title, curve of its price, book and trades. */
final class DetailView {

    /** With fewer columns, trades stand below the book. */
    private static final int SIDE_BY_SIDE = 64;

    private static final int WIDEST_LADDER = 60;
    /** Behind the time of a trade. */
    private static final int SIDE = 9;

    private final TopModel model;

    DetailView(TopModel model) {
        this.model = model;
    }

    /** Draws into some rows, of which there may be few. */
    void draw(Frame frame, int from, int rows, WatchedInstrument instrument) {
        if (rows < 3) {
            return;
        }
        Detail detail = model.detail();
        boolean own = detail != null && detail.name().equals(instrument.name());
        title(frame, from, instrument);
        int row = curve(frame, from + 1, instrument, own ? detail : null);
        int left = from + rows - row;
        LadderView ladder = new LadderView(model, own ? detail : null);
        if (frame.columns() >= SIDE_BY_SIDE) {
            int width = Math.min(WIDEST_LADDER, frame.columns() / 2);
            ladder.draw(frame, row, left, width - 2);
            for (int i = 0; i < left; i++) {
                frame.put(row + i, width - 1, frame.glyphs().edge(), Tone.FAINT);
            }
            tape(frame, row, left, width + 1, instrument);
        } else {
            int tape = left >= 12 ? left / 3 : 0;
            ladder.draw(frame, row, left - tape, frame.columns());
            tape(frame, row + left - tape, tape, 0, instrument);
        }
    }

    private void title(Frame frame, int row, WatchedInstrument instrument) {
        frame.put(row, 0, frame.glyphs().line(frame.columns()), Tone.FAINT);
        int end = frame.put(row, 2, " " + instrument.name().key() + " ", Tone.HEAD);
        String notCurrent = model.notCurrent(instrument.name());
        long age = model.age(instrument.tradedAt());
        if (!notCurrent.isEmpty()) {
            frame.put(
                    row,
                    end,
                    " NOT CURRENT: " + notCurrent + (age < 0 ? "" : ", " + Words.duration(age) + " old") + " ",
                    Tone.NOT_CURRENT);
        } else if (!instrument.price().isEmpty()) {
            end = frame.put(row, end, instrument.price() + " ", Tone.STRONG);
            String change = instrument.change();
            frame.put(
                    row,
                    end,
                    change.isEmpty() ? "" : change + " today ",
                    change.startsWith("+") ? Tone.GOOD : Tone.SELL);
        }
    }

    /** Returns the next row. */
    private int curve(Frame frame, int row, WatchedInstrument instrument, Detail detail) {
        boolean past = detail != null && detail.minutes().size() > 5;
        PriceHistory history = past ? detail.minutes() : instrument.seconds();
        if (history.size() < 2) {
            frame.put(row, 0, "no past prices yet", Tone.FAINT);
            return row + 1;
        }
        int price = frame.width(history.last(1).get(0).toPlainString());
        int room = Math.max(10, frame.columns() - "1000 min  to ".length() - 2 * price);
        boolean current = model.notCurrent(instrument.name()).isEmpty();
        PriceCurve curve = new PriceCurve(history.last(room));
        int end = frame.put(row, 0, curve.text(frame.glyphs()), current ? Tone.HEAD : Tone.FAINT);
        frame.put(row, end + 1, Words.span(history.span(room)) + " " + curve.low() + " to " + curve.high(), Tone.PLAIN);
        return row + 1;
    }

    private void tape(Frame frame, int from, int rows, int column, WatchedInstrument instrument) {
        if (rows < 2) {
            return;
        }
        boolean current = model.notCurrent(instrument.name()).isEmpty();
        frame.put(from, column, "TRADES (UTC)", Tone.HEAD);
        List<TapeTrade> trades = instrument.trades(rows - 1);
        int price = trades.stream().mapToInt(one -> frame.width(one.price())).reduce(10, Math::max);
        int qty = trades.stream().mapToInt(one -> frame.width(one.qty())).reduce(9, Math::max);
        int row = from + 1;
        for (TapeTrade trade : trades) {
            Tone tone = !current ? Tone.FAINT : trade.buy() ? Tone.BUY : Tone.SELL;
            frame.put(row, column, Words.clock(trade.time()), Tone.FAINT);
            frame.put(row, column + SIDE, trade.buy() ? "B" : "S", tone);
            frame.putRight(row, column + SIDE + 2, price, trade.price(), tone);
            frame.putRight(row, column + SIDE + 3 + price, qty, trade.qty(), tone);
            frame.put(row, column + SIDE + 4 + price + qty, trade.marks(), Tone.FAINT);
            row++;
        }
        if (row == from + 1) {
            frame.put(row, column, "none since this view was opened", Tone.FAINT);
        }
    }
}
