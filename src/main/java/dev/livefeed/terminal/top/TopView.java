package dev.livefeed.terminal.top;

import dev.livefeed.terminal.screen.Frame;
import dev.livefeed.terminal.screen.Glyphs;
import dev.livefeed.terminal.screen.Tone;
import java.util.List;

/** The whole screen: which part has which rows. */
final class TopView {

    private static final List<String> HELP = List.of(
            "Keys",
            "",
            "j k, arrows      next or previous instrument",
            "Page, g G        ten on, first, last",
            "/                search instruments; Enter keeps, Esc shows all",
            "Space            pause the display, go on",
            "?                this list",
            "q, Ctrl-C        quit",
            "",
            "AGE    time since the last trade",
            "TODAY  change since the first price of the day (UTC)",
            "lag    from the venue to the routes, last 60 s",
            "",
            "What is grey or marked NOT CURRENT must not be traded on.");

    /** On a lower screen, the state of the feed needs the row of the keys. */
    private static final int LEAST_WITH_KEYS = 6;

    private final TopModel model;
    private final Selection selection;
    private final String address;
    private final TrustView trust;
    private final InstrumentsView table;
    private final DetailView detail;

    TopView(TopModel model, Selection selection, String address) {
        this.model = model;
        this.selection = selection;
        this.address = address;
        trust = new TrustView(model);
        table = new InstrumentsView(model, selection);
        detail = new DetailView(model);
    }

    Frame draw(int rows, int columns, Glyphs glyphs) {
        Frame frame = new Frame(rows, columns, glyphs);
        synchronized (model) {
            head(frame);
            boolean foot = hasKeys(rows);
            int bottom = foot ? rows - 1 : rows;
            int row = trust.draw(frame, 1, bottom);
            if (selection.help()) {
                for (int i = 0; i < HELP.size() && row + i < bottom; i++) {
                    frame.put(row + i, 1, HELP.get(i), i == 0 ? Tone.HEAD : Tone.PLAIN);
                }
            } else {
                market(frame, row, bottom);
            }
            if (foot) {
                foot(frame, bottom);
            }
        }
        return frame;
    }

    /** Whether the last row of so many lists the keys. */
    boolean hasKeys(int rows) {
        return rows >= LEAST_WITH_KEYS || selection.typing();
    }

    private void market(Frame frame, int from, int bottom) {
        List<WatchedInstrument> shown = selection.shown(model.instruments());
        int room = bottom - from;
        if (room < 2) {
            return;
        }
        int wanted = Math.max(1, shown.size()) + 1;
        // The book of the selected one needs more than half; on a low screen there is only the table.
        int rows = room < 9 ? room : Math.min(wanted, Math.max(4, room * 2 / 5));
        table.draw(frame, from, rows, shown);
        WatchedInstrument chosen = selection.chosen(shown);
        if (chosen != null) {
            detail.draw(frame, from + rows, room - rows, chosen);
        }
    }

    private void head(Frame frame) {
        Health health = model.health();
        String version = health == null ? "" : " " + health.version();
        long time = model.programTime();
        String clock = time == 0 ? "" : Words.clock(time) + " UTC";
        int end = frame.put(0, 0, "livefeed top" + version, Tone.STRONG);
        if (frame.columns() >= end + 2 + frame.width(address) + 2 + clock.length()) {
            frame.put(0, end + 2, address, Tone.FAINT);
        }
        if (frame.columns() > end + clock.length()) {
            frame.putRight(0, 0, frame.columns(), clock, Tone.PLAIN);
        }
    }

    private void foot(Frame frame, int row) {
        if (row < 1) {
            return;
        }
        // Not the last cell, at which a terminal may scroll.
        int width = frame.columns() - 1;
        if (selection.typing()) {
            frame.put(row, 0, width, "search: " + selection.filter() + "_", Tone.STRONG);
        } else {
            String filter = selection.filter().isEmpty() ? "" : "   filter: " + selection.filter() + " (Esc: all)";
            frame.put(row, 0, width, "q quit  ? help  j k choose  / search  space pause" + filter, Tone.FAINT);
        }
    }
}
