package dev.livefeed.terminal.top;

import dev.livefeed.terminal.screen.Frame;
import dev.livefeed.terminal.screen.Tone;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The table of instruments. Columns that a narrow screen has no room for are left out, the least important first. */
final class InstrumentsView {

    /** A column with its least width; the last one takes what is left. */
    private enum Column {
        NAME("INSTRUMENT", 16),
        PRICE("PRICE", 12),
        CHANGE("TODAY", 9),
        RATE("TRADES/S", 9),
        AGE("AGE", 6),
        STATE("STATE", 5);

        private final String title;
        private final int width;

        Column(String title, int width) {
            this.title = title;
            this.width = width;
        }
    }

    private static final int POINTER = 2;
    private static final int LONGEST_NAME = 32;

    private final TopModel model;
    private final Selection selection;
    private final Map<Column, Integer> widths = new EnumMap<>(Column.class);

    InstrumentsView(TopModel model, Selection selection) {
        this.model = model;
        this.selection = selection;
    }

    /** Draws the table with its head into some rows. */
    void draw(Frame frame, int from, int rows, List<WatchedInstrument> shown) {
        int visible = rows - 1;
        int chosen = shown.isEmpty() ? 0 : shown.indexOf(selection.chosen(shown));
        int first = Math.max(0, Math.min(chosen - visible / 2, shown.size() - visible));
        List<WatchedInstrument> seen = shown.subList(first, Math.min(shown.size(), first + Math.max(0, visible)));
        List<Column> columns = columns(frame, seen);
        int column = POINTER;
        for (Column one : columns) {
            if (one == Column.NAME || one == Column.STATE) {
                frame.put(from, column, one.title, Tone.HEAD);
            } else {
                frame.putRight(from, column, widths.get(one), one.title, Tone.HEAD);
            }
            column += widths.get(one) + 1;
        }
        if (shown.isEmpty()) {
            frame.put(
                    from + 1,
                    POINTER,
                    selection.filter().isEmpty() ? "no instrument yet" : "no instrument with " + selection.filter(),
                    Tone.FAINT);
            return;
        }
        for (int i = 0; i < seen.size(); i++) {
            row(frame, from + 1 + i, columns, seen.get(i));
            if (first + i == chosen) {
                frame.tint(from + 1 + i, 0, frame.columns(), Tone.SELECTED);
                frame.put(from + 1 + i, 0, frame.glyphs().pointer(), Tone.SELECTED);
            }
        }
    }

    /** The columns that there is room for, and how wide they are. */
    private List<Column> columns(Frame frame, List<WatchedInstrument> seen) {
        for (Column one : Column.values()) {
            widths.put(one, one.width);
        }
        seen.forEach(one -> widths.merge(Column.PRICE, frame.width(one.price()), Math::max));
        List<Column> columns = new ArrayList<>(List.of(Column.values()));
        for (Column least : List.of(Column.STATE, Column.CHANGE, Column.RATE)) {
            if (needed(columns) > frame.columns()) {
                columns.remove(least);
            }
        }
        int spare = frame.columns() - needed(columns) - (columns.contains(Column.STATE) ? frame.columns() / 3 : 0);
        int longest = seen.stream()
                .mapToInt(one -> frame.width(name(one.name())))
                .max()
                .orElse(0);
        int most = Math.min(LONGEST_NAME, Column.NAME.width + Math.max(0, spare));
        widths.put(Column.NAME, Math.max(Column.NAME.width, Math.min(longest, most)));
        return columns;
    }

    private int needed(List<Column> columns) {
        return POINTER
                - 1
                + columns.stream().mapToInt(one -> widths.get(one) + 1).sum();
    }

    private void row(Frame frame, int row, List<Column> columns, WatchedInstrument instrument) {
        long now = model.now();
        boolean current = model.notCurrent(instrument.name()).isEmpty();
        Health.Condition condition = instrument.condition();
        Tone tone = current ? Tone.PLAIN : Tone.FAINT;
        int column = POINTER;
        for (Column one : columns) {
            int width = widths.get(one);
            switch (one) {
                case NAME -> frame.put(row, column, width, name(instrument.name()), tone);
                case PRICE ->
                    frame.putRight(
                            row,
                            column,
                            width,
                            instrument.price().isEmpty() ? "-" : instrument.price(),
                            current ? Tone.STRONG : tone);
                case CHANGE -> {
                    String change = instrument.change();
                    Tone direction = change.startsWith("+") ? Tone.GOOD : Tone.SELL;
                    frame.putRight(row, column, width, change.isEmpty() ? "-" : change, current ? direction : tone);
                }
                case RATE -> {
                    double rate = instrument.tradesPerSecond(now);
                    frame.putRight(row, column, width, rate < 0 || !current ? "-" : Words.rate(rate), tone);
                }
                case AGE -> {
                    long age = model.age(instrument.tradedAt());
                    frame.putRight(row, column, width, age < 0 ? "-" : Words.shortDuration(age), tone);
                }
                case STATE -> frame.put(row, column, state(instrument, condition), stateTone(current, condition));
                default -> throw new IllegalStateException(one.name());
            }
            column += widths.get(one) + 1;
        }
    }

    private static String name(InstrumentName name) {
        return name.symbol() + (name.category().isEmpty() ? "" : " " + name.category());
    }

    private String state(WatchedInstrument instrument, Health.Condition condition) {
        String notCurrent = model.notCurrent(instrument.name());
        if (!notCurrent.isEmpty()) {
            return notCurrent;
        }
        if (condition == null) {
            return "-";
        }
        String reasons = String.join("; ", condition.reasons());
        return condition.ready() && reasons.isEmpty() ? "ready" : condition.ready() ? "ready, " + reasons : reasons;
    }

    private static Tone stateTone(boolean current, Health.Condition condition) {
        if (!current) {
            return Tone.BAD;
        }
        return condition == null ? Tone.FAINT : condition.ready() ? Tone.GOOD : Tone.WARN;
    }
}
