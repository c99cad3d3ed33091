package dev.livefeed.connector.sdk.command;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Reads commands line by line until the stream ends and passes them to a listener.
 *
 * <p>A line of more than {@value #MAX_LINE} bytes is skipped without being kept in memory, and reported.
 */
public final class CommandReader implements Runnable {

    static final int MAX_LINE = 64 * 1024;

    private final InputStream in;
    private final Listener listener;
    private final CommandParser parser = new CommandParser();
    private byte[] line = new byte[1024];
    private int length;
    private boolean tooLong;

    /** Called by the reading thread. */
    public interface Listener {

        void command(Command command);

        /** An invalid line; {@code id} is null if none could be read. */
        void invalid(String id, String message);

        /** No further command is available at the moment. */
        void pause();

        /** The stream has ended or failed: no further command will follow. */
        void end();
    }

    public CommandReader(InputStream in, Listener listener) {
        this.in = in;
        this.listener = listener;
    }

    /** Reads until the end of the stream. */
    @Override
    public void run() {
        byte[] chunk = new byte[8 * 1024];
        try {
            int count;
            while ((count = in.read(chunk)) >= 0) {
                take(chunk, count);
                listener.pause();
            }
        } catch (IOException e) {
            listener.invalid(null, "commands cannot be read any more: " + e.getMessage());
        }
        // An unterminated last line is incomplete and ignored.
        listener.end();
    }

    private void take(byte[] chunk, int count) {
        int start = 0;
        for (int i = 0; i < count; i++) {
            if (chunk[i] == '\n') {
                append(chunk, start, i - start);
                endOfLine();
                start = i + 1;
            }
        }
        append(chunk, start, count - start);
    }

    private void append(byte[] chunk, int offset, int count) {
        if (tooLong || length + count > MAX_LINE) {
            tooLong = true;
            return;
        }
        if (length + count > line.length) {
            line = Arrays.copyOf(line, Math.max(line.length * 2, length + count));
        }
        System.arraycopy(chunk, offset, line, length, count);
        length += count;
    }

    private void endOfLine() {
        if (tooLong) {
            listener.invalid(null, "the command is longer than " + MAX_LINE + " bytes");
        } else if (!blank()) {
            try {
                listener.command(parser.parse(line, 0, length));
            } catch (InvalidCommandException e) {
                listener.invalid(e.id(), e.getMessage());
            }
        }
        length = 0;
        tooLong = false;
    }

    private boolean blank() {
        for (int i = 0; i < length; i++) {
            if (line[i] != ' ' && line[i] != '\t' && line[i] != '\r') {
                return false;
            }
        }
        return true;
    }
}
