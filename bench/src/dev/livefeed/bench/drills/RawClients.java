package dev.livefeed.bench.drills;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Raw TCP connections to the HTTP port: the drill decides which bytes are sent, and whether responses are read. */
final class RawClients implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 3_000;
    private static final int SMALL_BUFFER = 4_096;
    private static final int MOST_CHARS = 1 << 20;
    /** A frame that closes a WebSocket: its kind, length, and a code from 1000 on. */
    private static final Pattern CLOSING = Pattern.compile("\u0088.\u0003[\u00e8-\u00ff]", Pattern.DOTALL);

    private final int port;
    private final List<Socket> sockets = new ArrayList<>();
    private int refused;

    RawClients(int port) {
        this.port = port;
    }

    /** Opens connections; one that is not accepted is counted. */
    RawClients open(int count) {
        for (int i = 0; i < count; i++) {
            Socket socket = new Socket();
            try {
                socket.setReceiveBufferSize(SMALL_BUFFER);
                socket.setSoTimeout(TIMEOUT_MILLIS);
                socket.connect(new InetSocketAddress("127.0.0.1", port), TIMEOUT_MILLIS);
                sockets.add(socket);
            } catch (IOException e) {
                refused++;
            }
        }
        return this;
    }

    /** Sends the same on each connection; does not wait for a server that does not read. */
    RawClients send(byte[] bytes) {
        for (Socket socket : List.copyOf(sockets)) {
            Thread writer = new Thread(() -> write(socket, bytes), "raw-client");
            writer.setDaemon(true);
            writer.start();
        }
        return this;
    }

    private static void write(Socket socket, byte[] bytes) {
        try {
            OutputStream out = socket.getOutputStream();
            out.write(bytes);
            out.flush();
        } catch (IOException e) {
            // The server has closed it, or this side has.
        }
    }

    RawClients send(String text) {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Reads each connection's first line; an empty one if it was closed or nothing came. */
    List<String> firstLines() {
        return sockets.stream().map(RawClients::firstLine).toList();
    }

    private static String firstLine(Socket socket) {
        StringBuilder line = new StringBuilder();
        try {
            InputStream in = socket.getInputStream();
            for (int c = in.read(); c >= 0 && c != '\r' && c != '\n' && line.length() < 200; c = in.read()) {
                line.append((char) c);
            }
        } catch (IOException e) {
            // Closed, or nothing came.
        }
        return line.toString();
    }

    /**
     * Reads the first connection until the server ends it.
     *
     * @return empty if it ends, by the end of the connection or by a frame that closes it; else what came until then
     */
    String answerUntilEnd(int millis) {
        StringBuilder text = new StringBuilder();
        try {
            Socket socket = sockets.get(0);
            long end = System.nanoTime() + millis * 1_000_000L;
            byte[] buffer = new byte[65_536];
            while (true) {
                socket.setSoTimeout((int) Math.max(1, (end - System.nanoTime()) / 1_000_000));
                int length = socket.getInputStream().read(buffer);
                text.append(new String(buffer, 0, Math.max(0, length), StandardCharsets.ISO_8859_1));
                if (length < 0 || CLOSING.matcher(text).find()) {
                    return "";
                }
                if (System.nanoTime() > end || text.length() > MOST_CHARS) {
                    return text.toString();
                }
            }
        } catch (SocketTimeoutException e) {
            return text.toString();
        } catch (IOException e) {
            return "";
        }
    }

    int opened() {
        return sockets.size();
    }

    int refused() {
        return refused;
    }

    @Override
    public void close() {
        for (Socket socket : sockets) {
            try {
                socket.close();
            } catch (IOException e) {
                // It is gone.
            }
        }
    }
}
