package dev.livefeed.terminal.top;

import dev.livefeed.terminal.EventSource;
import dev.livefeed.terminal.screen.Frame;
import dev.livefeed.terminal.screen.KeyPress;
import dev.livefeed.terminal.screen.TerminalScreen;
import dev.livefeed.terminal.screen.Tone;
import java.io.IOException;
import java.util.List;

/** Draws the view and obeys keys until the user has had enough. */
final class TopSession {

    /** As of a process that Ctrl-C ends. */
    static final int INTERRUPTED = 130;

    private static final long FRAME_MILLIS = 100;
    private static final int PAGE = 10;

    private final TopModel model;
    private final Selection selection;
    private final TopView view;
    private final TopStreams streams;
    private final TerminalScreen screen;
    private long pausedAt;
    private boolean paused;
    private Frame frozen;

    TopSession(TopModel model, Selection selection, TopView view, TopStreams streams, TerminalScreen screen) {
        this.model = model;
        this.selection = selection;
        this.view = view;
        this.streams = streams;
        this.screen = screen;
    }

    /** Returns the exit status. @throws EventSource.RefusedException if the program refuses the stream now */
    int run() throws IOException, EventSource.RefusedException {
        long drawnAt = model.now() - FRAME_MILLIS;
        while (true) {
            if (screen.interrupted()) {
                return INTERRUPTED;
            }
            streams.check();
            WatchedInstrument chosen = selection.chosen(shown());
            streams.follow(chosen == null ? null : chosen.name());
            boolean changed = screen.changed();
            if (changed || model.now() - drawnAt >= FRAME_MILLIS) {
                drawnAt = model.now();
                draw(changed);
            }
            KeyPress key = screen.key(Math.max(1, FRAME_MILLIS - (model.now() - drawnAt)));
            if (key != null) {
                if (quits(key)) {
                    return 0;
                }
                frozen = null;
                draw(false);
                drawnAt = model.now();
            }
        }
    }

    private List<WatchedInstrument> shown() {
        return selection.shown(model.instruments());
    }

    private void draw(boolean changed) {
        if (frozen == null || changed || !paused) {
            frozen = view.draw(screen.rows(), screen.columns(), screen.glyphs());
        }
        if (paused) {
            frozen.tint(0, 0, frozen.columns(), Tone.NOT_CURRENT);
            String text = "PAUSED for " + Words.duration(model.now() - pausedAt) + ", space goes on";
            int end = frozen.put(0, 0, text, Tone.NOT_CURRENT);
            frozen.put(0, end, " ".repeat(frozen.columns() - end), Tone.NOT_CURRENT);
        }
        screen.draw(frozen);
    }

    private boolean quits(KeyPress key) {
        if (key.kind() == KeyPress.Kind.GONE) {
            return true;
        }
        if (selection.typing()) {
            type(key);
            return false;
        }
        if (selection.help()) {
            selection.help(false);
            return key.character() == 'q';
        }
        switch (key.kind()) {
            case UP -> move(-1);
            case DOWN -> move(1);
            case PAGE_UP -> move(-PAGE);
            case PAGE_DOWN -> move(PAGE);
            case HOME -> move(Integer.MIN_VALUE / 2);
            case END -> move(Integer.MAX_VALUE / 2);
            case ESCAPE -> selection.showAll();
            case LETTER -> {
                return letter(key.character());
            }
            default -> {}
        }
        return false;
    }

    private void type(KeyPress key) {
        switch (key.kind()) {
            case LETTER -> selection.type(key.character());
            case BACKSPACE -> selection.erase();
            case ENTER -> selection.accept();
            case ESCAPE -> selection.showAll();
            case UP -> move(-1);
            case DOWN -> move(1);
            default -> {}
        }
    }

    private boolean letter(char letter) {
        switch (letter) {
            case 'k' -> move(-1);
            case 'j' -> move(1);
            case 'g' -> move(Integer.MIN_VALUE / 2);
            case 'G' -> move(Integer.MAX_VALUE / 2);
            case '/' -> selection.search();
            case '?' -> selection.help(true);
            case ' ' -> {
                paused = !paused;
                pausedAt = model.now();
            }
            case 'q' -> {
                return true;
            }
            default -> {}
        }
        return false;
    }

    private void move(int by) {
        selection.move(shown(), by);
    }
}
