package dev.livefeed.sinks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Writes each line to a server of the test and waits for its acknowledgement; reconnects after each failure. */
public final class SocketSink {

    private static final int TIMEOUT_MILLIS = 5_000;

    private Socket socket;

    public SocketSink() {}

    public synchronized void write(String line, int port) throws IOException {
        try {
            if (socket == null) {
                socket = new Socket();
                socket.setTcpNoDelay(true);
                socket.setSoTimeout(TIMEOUT_MILLIS);
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
            }
            socket.getOutputStream().write((line + '\n').getBytes(StandardCharsets.UTF_8));
            if (socket.getInputStream().read() < 0) {
                throw new IOException("the server has closed the connection");
            }
        } catch (IOException e) {
            if (socket != null) {
                socket.close();
                socket = null;
            }
            throw e;
        }
    }
}
