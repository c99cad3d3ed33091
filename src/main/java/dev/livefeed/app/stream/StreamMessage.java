package dev.livefeed.app.stream;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A message in UTF-8, encoded once and held once, however many clients it waits for. Immutable.
 */
public final class StreamMessage {

    /** Bytes of memory that a message takes besides its text: two objects and the places in queues. */
    public static final int OVERHEAD = 64;

    private final byte[] text;

    private StreamMessage(byte[] text) {
        this.text = text;
    }

    /** The message with this text. */
    public static StreamMessage of(String text) {
        return new StreamMessage(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The message with the first bytes of a buffer, which are copied. */
    static StreamMessage of(byte[] buffer, int length) {
        return new StreamMessage(Arrays.copyOf(buffer, length));
    }

    /** The text in UTF-8; not to be changed. */
    public byte[] bytes() {
        return text;
    }

    /** Bytes of the text. */
    public int length() {
        return text.length;
    }

    /** Bytes of memory that the message takes. */
    public int held() {
        return text.length + OVERHEAD;
    }

    @Override
    public String toString() {
        return new String(text, StandardCharsets.UTF_8);
    }
}
