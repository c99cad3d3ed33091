package dev.livefeed.connector.sdk.command;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Reads commands from a stream until it ends, line by line, and tells a listener.
 *
 * <p>A line may have {@value #MAX_LINE} bytes. A longer one is skipped without being held, and reported.
 */
public final class CommandReader implements Runnable {

    static final int MAX_LINE = 64 * 1024;

    private final InputStream in;
    private final Listener listener;
    private final CommandParser parser = new CommandParser();
    private byte[] line = new byte[1024];
    private int length;
    private boolean tooLong;

    /** Told by the reading thread. */
    public interface Listener {

        void command(Command command);

        /** A line that could not be used; {@code id} is null where none could be read. */
        void invalid(String id, String message);

        /** What was read at once has been told. */
        void pause();

        /** The stream has ended or broken: nobody can send commands any more. */
        void end();
    }

    public CommandReader(InputStream in, Listener listener) {
        this.in = in;
        this.listener = listener;
    }

    /** Reads to the end of the stream. */
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
        // What stands behind the last line end is half a line: its sender is gone.
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
