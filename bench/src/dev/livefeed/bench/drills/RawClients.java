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

/** Connections that send what they are told, byte by byte, and read only when asked. */
final class RawClients implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 3_000;
    private static final int SMALL_BUFFER = 4_096;

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

    /** Number of connections that the server closes within the limit; reads away what it sends. */
    int closedWithin(int millis) {
        int closed = 0;
        long end = System.nanoTime() + millis * 1_000_000L;
        byte[] buffer = new byte[65_536];
        for (Socket socket : sockets) {
            closed += isClosed(socket, end, buffer) ? 1 : 0;
        }
        return closed;
    }

    private static boolean isClosed(Socket socket, long endNanos, byte[] buffer) {
        try {
            while (true) {
                long left = (endNanos - System.nanoTime()) / 1_000_000;
                socket.setSoTimeout((int) Math.max(1, left));
                if (socket.getInputStream().read(buffer) < 0) {
                    return true;
                }
                if (left <= 0) {
                    return false;
                }
            }
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
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
