package dev.livefeed.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.livefeed.terminal.screen.OutputTerminal;
import dev.livefeed.terminal.screen.TerminalText;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tail}: prints messages of a running program's stream as they come, for pipes. */
@Command(
        name = "tail",
        description = "Print events of a running program as they come, as JSON lines or CSV.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            ProgramOptions.LOGIN,
            "Exit status: 0 after --count, 64 usage, 69 the program is not reached or refuses,",
            "74 the output cannot be written, as on a full disk, 141 its reader has ended."
        })
public final class TailCommand implements Callable<Integer> {

    private static final int UNAVAILABLE = 69;
    /** As EX_IOERR of sysexits. */
    private static final int NOT_WRITTEN = 74;
    /** As a process that SIGPIPE ends. */
    private static final int PIPE_CLOSED = 141;

    enum Format {
        JSON,
        CSV;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Spec
    private CommandSpec spec;

    @Mixin
    private ProgramOptions options;

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            split = ",",
            defaultValue = "trade",
            description = "Types of messages: trade, depth, depth.50, candle.1m, kline.5m, status, health, ... "
                    + "(default: ${DEFAULT-VALUE}).")
    private List<String> types;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "json",
            description = "json: each message on a line; csv: a table of one type (default: ${DEFAULT-VALUE}).")
    private Format format;

    @Option(names = "--count", paramLabel = "N", description = "End after so many messages (default: never).")
    private Long count;

    @Override
    public Integer call() throws InterruptedException {
        MessageTypes asked;
        RowFormat rows;
        try {
            asked = MessageTypes.of(types);
            rows = format == Format.CSV ? CsvFormat.of(asked.types()) : (text, message) -> text + '\n';
            if (count != null && count < 1) {
                throw new IllegalArgumentException("--count must be at least 1");
            }
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
        EventSource client = new EventSource(options.program(), asked.channels(), options.symbols(), new Notes());
        // Not System.out, which hides that the reader has ended.
        OutputStream out = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out));
        try {
            client.read(new Printer(asked, rows, out));
            return 0;
        } catch (Printed e) {
            return 0;
        } catch (EventSource.RefusedException e) {
            System.err.println("error: " + TerminalText.of(e.getMessage(), false));
            return UNAVAILABLE;
        } catch (IOException e) {
            if (!OutputTerminal.isFile()) {
                return PIPE_CLOSED;
            }
            System.err.println("error: standard output cannot be written: " + e.getMessage());
            return NOT_WRITTEN;
        }
    }

    private static void note(String text) {
        System.err.println("note: " + TerminalText.of(text, false));
    }

    private static final class Notes implements EventSource.Listener {

        @Override
        public void connected(boolean again) {
            if (again) {
                note("connected again");
            }
        }

        @Override
        public void lost(String reason, long pauseMillis) {
            note("connection lost (" + reason + "); trying again");
        }
    }

    /** All messages that were asked for are printed. */
    private static final class Printed extends IOException {

        private static final long serialVersionUID = 1;
    }

    private final class Printer implements EventSource.Receiver {

        private final MessageTypes asked;
        private final RowFormat rows;
        private final OutputStream out;
        private final boolean shown = OutputTerminal.isShown();
        private long printed;

        Printer(MessageTypes asked, RowFormat rows, OutputStream out) {
            this.asked = asked;
            this.rows = rows;
            this.out = out;
        }

        @Override
        public void message(String text, JsonNode message) throws IOException {
            String type = message.path("type").asText();
            if (type.equals("lost")) {
                note(message.path("count").asText() + " messages of "
                        + message.path("channel").asText() + " lost: this reader is too slow");
            } else if (message.path("status").asText().equals("not_resumed")) {
                note("what came without a connection is missing: "
                        + message.path("reason").asText());
            }
            if (!asked.contains(type)) {
                return;
            }
            String printable = rows.rows(text, message);
            out.write((shown ? TerminalText.lines(printable) : printable).getBytes(StandardCharsets.UTF_8));
            out.flush();
            if (count != null && ++printed == count) {
                throw new Printed();
            }
        }
    }
}
