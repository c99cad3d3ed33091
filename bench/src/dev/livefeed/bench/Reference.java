package dev.livefeed.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The reference for the figures: the same feed on one thread with a raw socket, streaming JSON and an array book. No
 * second process, no routes, no field checks, no supervision.
 */
public final class Reference {

    private static final int BUFFER = 256 * 1024;

    private final Socket socket;
    private byte[] buffer = new byte[BUFFER];
    private int start;
    private int end;

    private Reference(Socket socket) {
        this.socket = socket;
    }

    /** @param args the server's URL and the symbols, separated by commas */
    public static void main(String[] args) throws IOException {
        URI uri = URI.create(args[0]);
        List<String> symbols = List.of(args[1].split(","));
        try (Socket socket = new Socket()) {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()));
            new Reference(socket).run(uri, symbols, new ReferenceParser(new EventCount(ProbeFile.ofThisProcess())));
        }
    }

    private void run(URI uri, List<String> symbols, ReferenceParser parser) throws IOException {
        send("GET /v5/public/linear HTTP/1.1\r\nHost: " + uri.getAuthority()
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n");
        String head;
        do {
            read();
            head = new String(buffer, 0, end, StandardCharsets.ISO_8859_1);
        } while (!head.contains("\r\n\r\n"));
        start = head.indexOf("\r\n\r\n") + 4;
        String topics = symbols.stream()
                .flatMap(symbol -> Stream.of("publicTrade." + symbol, "orderbook." + MarketWalk.LEVELS + '.' + symbol))
                .collect(Collectors.joining("\",\""));
        sendText("{\"op\":\"subscribe\",\"args\":[\"" + topics + "\"]}");
        while (read()) {
            frames(parser);
        }
    }

    private void frames(ReferenceParser parser) throws IOException {
        while (end - start >= 4) {
            int length = buffer[start + 1] & 127;
            int header = 2;
            if (length == 126) {
                length = (buffer[start + 2] & 255) << 8 | buffer[start + 3] & 255;
                header = 4;
            }
            if (end - start < header + length) {
                return;
            }
            parser.frame(buffer, start + header, length);
            start += header + length;
        }
    }

    private boolean read() throws IOException {
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            end -= start;
            start = 0;
        }
        int count = socket.getInputStream().read(buffer, end, buffer.length - end);
        end += Math.max(count, 0);
        return count >= 0;
    }

    private void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends a masked text frame; the mask is all zeros. */
    private void sendText(String text) throws IOException {
        byte[] payload = text.getBytes(StandardCharsets.ISO_8859_1);
        boolean tiny = payload.length < 126;
        byte[] frame = new byte[(tiny ? 6 : 8) + payload.length];
        frame[0] = (byte) 0x81;
        frame[1] = (byte) (0x80 | (tiny ? payload.length : 126));
        if (!tiny) {
            frame[2] = (byte) (payload.length >> 8);
            frame[3] = (byte) payload.length;
        }
        System.arraycopy(payload, 0, frame, frame.length - payload.length, payload.length);
        socket.getOutputStream().write(frame);
    }
}
