package dev.livefeed.terminal.top;

import dev.livefeed.terminal.EventSource;
import dev.livefeed.terminal.screen.Frame;
import dev.livefeed.terminal.screen.Glyphs;

/** One screen as text, for scripts. */
final class Snapshot {

    /** Rates need it, and by then book and past prices are there. */
    private static final long WATCHED_MILLIS = 1_500;

    private static final long MOST_MILLIS = 5_000;
    private static final long STEP_MILLIS = 20;

    private final TopModel model;
    private final Selection selection;
    private final TopView view;
    private final TopStreams streams;

    Snapshot(TopModel model, Selection selection, TopView view, TopStreams streams) {
        this.model = model;
        this.selection = selection;
        this.view = view;
        this.streams = streams;
    }

    String text(int rows, int columns, Glyphs glyphs) throws InterruptedException, EventSource.RefusedException {
        while (!streams.awaitOpen(MOST_MILLIS)) {
            // The connection has a limit of its own.
        }
        long begin = model.now();
        while (!complete(model.now() - begin)) {
            streams.check();
            WatchedInstrument chosen = selection.chosen(model.instruments());
            streams.follow(chosen == null ? null : chosen.name());
            Thread.sleep(STEP_MILLIS);
        }
        Frame frame = view.draw(rows, columns, glyphs);
        StringBuilder text = new StringBuilder();
        int last = rows - (view.hasKeys(rows) ? 2 : 1);
        while (last > 0 && frame.text(last).isEmpty()) {
            last--;
        }
        for (int row = 0; row <= last; row++) {
            text.append(frame.text(row)).append('\n');
        }
        return text.toString();
    }

    private boolean complete(long millis) {
        synchronized (model) {
            boolean shown = model.health() != null
                    && model.detail() != null
                    && model.detail().book().synced();
            return millis > MOST_MILLIS || shown && millis > WATCHED_MILLIS;
        }
    }
}
