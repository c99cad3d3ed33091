package dev.livefeed.jar;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The response to a raw request, which an HTTP client library would correct.
 *
 * @param status 0 if there was no response
 * @param head status line and headers
 */
record RawHttp(int status, String head, String body) {

    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: (\\d+)");

    /** Sends a request with the given lines and body. */
    static RawHttp send(int port, String body, String... lines) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(10_000);
            String request = String.join("\r\n", lines) + "\r\n\r\n" + body;
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            ByteArrayOutputStream read = new ByteArrayOutputStream();
            byte[] part = new byte[8192];
            while (!whole(read.toString(StandardCharsets.ISO_8859_1))) {
                int length = socket.getInputStream().read(part);
                if (length < 0) {
                    break;
                }
                read.write(part, 0, length);
            }
            return of(read.toString(StandardCharsets.ISO_8859_1));
        } catch (SocketTimeoutException e) {
            return of("");
        }
    }

    private static boolean whole(String text) {
        int end = text.indexOf("\r\n\r\n");
        Matcher length = LENGTH.matcher(text);
        return end >= 0
                && (text.startsWith("HTTP/1.1 101")
                        || text.startsWith("HTTP/1.1 204")
                        || text.endsWith("\r\n0\r\n\r\n")
                        || (length.find() && text.length() >= end + 4 + Integer.parseInt(length.group(1))));
    }

    private static RawHttp of(String text) {
        int end = text.indexOf("\r\n\r\n");
        return end < 0
                ? new RawHttp(0, text, "")
                : new RawHttp(Integer.parseInt(text.substring(9, 12)), text.substring(0, end), text.substring(end + 4));
    }
}
