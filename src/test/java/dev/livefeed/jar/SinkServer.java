package dev.livefeed.jar;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A server that acknowledges each line with a byte and can be stopped and restarted on its port. */
final class SinkServer implements AutoCloseable {

    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
    private final int port;
    private ServerSocket server;

    SinkServer() throws IOException {
        port = Jar.freePort();
    }

    int port() {
        return port;
    }

    /** All lines so far, in order of arrival. */
    List<String> lines() {
        synchronized (lines) {
            return new ArrayList<>(lines);
        }
    }

    SinkServer up() throws IOException {
        server = new ServerSocket();
        server.setReuseAddress(true);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        ServerSocket mine = server;
        daemon(() -> {
            while (true) {
                Socket client = mine.accept();
                client.setTcpNoDelay(true);
                clients.add(client);
                daemon(() -> serve(client));
            }
        });
        return this;
    }

    /** Closes the port and every connection. */
    void down() throws IOException {
        server.close();
        for (Socket client : clients) {
            client.close();
        }
        clients.clear();
    }

    private void serve(Socket client) throws IOException {
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            lines.add(line);
            client.getOutputStream().write('k');
        }
    }

    @Override
    public void close() throws IOException {
        down();
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void daemon(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // Stopped.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
