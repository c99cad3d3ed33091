package dev.livefeed.jar;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** A custom bean that can exist only once, since it listens on the port in {@code BEAN_PORT}. */
public final class ListeningBean implements AutoCloseable {

    private final ServerSocket socket;
    private String word = "none";

    public ListeningBean() throws IOException {
        socket = new ServerSocket(Integer.parseInt(System.getenv("BEAN_PORT")), 5, InetAddress.getByName("127.0.0.1"));
    }

    public void setWord(String word) {
        this.word = word;
    }

    /** Called by a route. */
    public String say() {
        return word + " " + socket.isClosed();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
