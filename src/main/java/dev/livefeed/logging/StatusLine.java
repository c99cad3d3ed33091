package dev.livefeed.logging;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** One line below the other output of a terminal, which changes in place, as for progress. Thread-safe. */
public final class StatusLine extends OutputStream {

    /** A longer one would wrap, and could not be erased. */
    static final int MAX_LENGTH = 79;

    private static final byte[] ERASE = "\r\033[K".getBytes(StandardCharsets.US_ASCII);

    private final OutputStream terminal;
    private byte[] shown = new byte[0];
    private boolean atStart = true;

    /** @param terminal receives the other output and the line */
    StatusLine(OutputStream terminal) {
        this.terminal = terminal;
    }

    /** The line below standard error from now on; empty if standard error is no terminal. */
    public static Optional<StatusLine> ofTerminal() {
        if (!Terminal.isShown()) {
            return Optional.empty();
        }
        StatusLine line = new StatusLine(System.err);
        System.setErr(new PrintStream(line, true, StandardCharsets.UTF_8));
        return Optional.of(line);
    }

    /** Shows the text in place of the last one; nothing if it is empty. */
    public synchronized void show(String text) {
        byte[] next = text.substring(0, Math.min(MAX_LENGTH, text.length())).getBytes(StandardCharsets.UTF_8);
        if (Arrays.equals(next, shown)) {
            return;
        }
        try {
            if (atStart) {
                terminal.write(ERASE);
                terminal.write(next);
                terminal.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        shown = next;
    }

    @Override
    public void write(int oneByte) throws IOException {
        write(new byte[] {(byte) oneByte}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) throws IOException {
        if (length == 0) {
            return;
        }
        boolean visible = shown.length > 0;
        if (atStart && visible) {
            terminal.write(ERASE);
        }
        terminal.write(bytes, from, length);
        atStart = bytes[from + length - 1] == '\n';
        if (atStart && visible) {
            terminal.write(shown);
        }
    }

    @Override
    public synchronized void flush() throws IOException {
        terminal.flush();
    }
}
