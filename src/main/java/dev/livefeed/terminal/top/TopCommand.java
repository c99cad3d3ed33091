package dev.livefeed.terminal.top;

import dev.livefeed.terminal.EventSource;
import dev.livefeed.terminal.ProgramOptions;
import dev.livefeed.terminal.RunningProgram;
import dev.livefeed.terminal.screen.Glyphs;
import dev.livefeed.terminal.screen.OutputTerminal;
import dev.livefeed.terminal.screen.TerminalScreen;
import dev.livefeed.terminal.screen.TerminalText;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code top}: a live view of a running program in a terminal. */
@Command(
        name = "top",
        description = "Watch a running program in the terminal: state, lag, prices, book and trades.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            ProgramOptions.LOGIN,
            "Keys: j k or arrows choose an instrument, / searches, space pauses, ? lists all, q quits.",
            "Exit status: 0, 2 the output is no terminal, 64 usage, 69 the program is not reached or refuses,",
            "130 after Ctrl-C."
        })
public final class TopCommand implements Callable<Integer> {

    private static final int NO_TERMINAL = 2;
    private static final int UNAVAILABLE = 69;
    private static final long CONNECTING_MILLIS = 50;
    private static final int ROWS = 24;
    private static final int COLUMNS = 80;

    @Mixin
    private ProgramOptions options;

    @Option(
            names = "--once",
            description = "Print one screen as text and end; its size is that of COLUMNS and LINES, or 80 x 24.")
    private boolean once;

    @Override
    public Integer call() throws IOException, InterruptedException {
        RunningProgram program = options.program();
        Map<String, String> environment = System.getenv();
        if (!once) {
            String missing = OutputTerminal.missing(environment);
            if (!missing.isEmpty()) {
                return noTerminal(missing);
            }
        }
        TopModel model = new TopModel(() -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
        Selection selection = new Selection();
        TopView view = new TopView(model, selection, program.address());
        try (TopStreams streams = new TopStreams(program, options.symbols(), model)) {
            if (once) {
                return print(new Snapshot(model, selection, view, streams), environment);
            }
            return show(model, selection, view, streams, screen(environment));
        } catch (NoScreenException e) {
            return noTerminal(e.getMessage());
        } catch (EventSource.RefusedException e) {
            System.err.println("error: " + TerminalText.of(String.valueOf(e.getMessage()), false));
            return UNAVAILABLE;
        }
    }

    private static int noTerminal(String missing) {
        System.err.println("error: " + missing + "; use tail, or top --once");
        return NO_TERMINAL;
    }

    /** Closes the screen, whatever happens. */
    static int show(TopModel model, Selection selection, TopView view, TopStreams streams, TerminalScreen taken)
            throws IOException, EventSource.RefusedException, InterruptedException {
        try (TerminalScreen screen = taken) {
            while (!streams.awaitOpen(CONNECTING_MILLIS)) {
                if (screen.interrupted()) {
                    return TopSession.INTERRUPTED;
                }
            }
            screen.enter();
            return new TopSession(model, selection, view, streams, screen).run();
        }
    }

    /** @throws NoScreenException if the terminal cannot be used, as without the program stty */
    private static TerminalScreen screen(Map<String, String> environment) throws NoScreenException {
        try {
            return TerminalScreen.ofProcess(OutputTerminal.hasColours(environment));
        } catch (IOException | RuntimeException e) {
            throw new NoScreenException(e);
        }
    }

    private static final class NoScreenException extends Exception {

        private static final long serialVersionUID = 1;

        NoScreenException(Exception why) {
            super("this terminal cannot be used: " + why.getMessage(), why);
        }
    }

    private static int print(Snapshot snapshot, Map<String, String> environment)
            throws InterruptedException, EventSource.RefusedException {
        // Before Java 18 there is no such property, and the default is that of the locale.
        Charset charset = Charset.forName(
                System.getProperty("stdout.encoding", Charset.defaultCharset().name()));
        String text = snapshot.text(
                number(environment.get("LINES"), ROWS),
                number(environment.get("COLUMNS"), COLUMNS),
                charset.equals(StandardCharsets.UTF_8) ? Glyphs.UNICODE : Glyphs.ASCII);
        System.out.writeBytes(text.getBytes(charset));
        System.out.flush();
        return 0;
    }

    private static int number(String text, int otherwise) {
        try {
            int number = Integer.parseInt(text);
            return number > 0 && number <= 1_000 ? number : otherwise;
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }
}
