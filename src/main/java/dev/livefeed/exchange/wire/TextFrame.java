package dev.livefeed.exchange.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * An encoded, unmasked WebSocket text frame including its header; built once and shared by all receivers.
 */
public final class TextFrame {

    private static final byte FIN_TEXT = (byte) 0x81;

    private final byte[] bytes;
    private final int headerLength;

    private TextFrame(byte[] bytes, int headerLength) {
        this.bytes = bytes;
        this.headerLength = headerLength;
    }

    /** A frame with a copy of the buffer's content; the buffer may be reused at once. */
    public static TextFrame of(AsciiText text) {
        int header = headerLength(text.length());
        byte[] bytes = new byte[header + text.length()];
        writeHeader(bytes, text.length());
        text.copyTo(bytes, header);
        return new TextFrame(bytes, header);
    }

    public static TextFrame of(String text) {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        int header = headerLength(payload.length);
        byte[] bytes = new byte[header + payload.length];
        writeHeader(bytes, payload.length);
        System.arraycopy(payload, 0, bytes, header, payload.length);
        return new TextFrame(bytes, header);
    }

    /** The encoded bytes; shared, must not be modified. */
    public byte[] bytes() {
        return bytes;
    }

    /** The payload as text. */
    public String text() {
        return new String(bytes, headerLength, bytes.length - headerLength, StandardCharsets.UTF_8);
    }

    /** The first half of the encoded bytes, as received when a connection breaks within a frame. */
    public byte[] firstHalf() {
        return Arrays.copyOf(bytes, Math.max(1, bytes.length / 2));
    }

    private static int headerLength(int payload) {
        return payload < 126 ? 2 : payload < 65536 ? 4 : 10;
    }

    private static void writeHeader(byte[] bytes, int payload) {
        bytes[0] = FIN_TEXT;
        if (payload < 126) {
            bytes[1] = (byte) payload;
        } else if (payload < 65536) {
            bytes[1] = 126;
            bytes[2] = (byte) (payload >>> 8);
            bytes[3] = (byte) payload;
        } else {
            bytes[1] = 127;
            for (int i = 0; i < 8; i++) {
                bytes[2 + i] = (byte) ((long) payload >>> (56 - 8 * i));
            }
        }
    }
}
