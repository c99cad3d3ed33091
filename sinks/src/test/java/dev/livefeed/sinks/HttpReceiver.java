package dev.livefeed.sinks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A receiver of the sink http: appends each batch to a file, behind its run and number, then confirms it. */
final class HttpReceiver {

    static final String FILE = "received";

    private HttpReceiver() {}

    /** @param args port */
    public static void main(String[] args) throws IOException {
        HttpServer server = HttpServer.create(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0])), 16);
        server.createContext("/events", HttpReceiver::take);
        server.start();
    }

    private static void take(HttpExchange exchange) throws IOException {
        String head = "batch " + exchange.getRequestHeaders().getFirst("X-Sink-Run") + " "
                + exchange.getRequestHeaders().getFirst("X-Sink-First") + "\n";
        try (InputStream body = exchange.getRequestBody();
                OutputStream out =
                        Files.newOutputStream(Path.of(FILE), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            byte[] lines = body.readAllBytes();
            byte[] all = new byte[head.length() + lines.length];
            System.arraycopy(head.getBytes(java.nio.charset.StandardCharsets.US_ASCII), 0, all, 0, head.length());
            System.arraycopy(lines, 0, all, head.length(), lines.length);
            out.write(all);
        }
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
    }
}
