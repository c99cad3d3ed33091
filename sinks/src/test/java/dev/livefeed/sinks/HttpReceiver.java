package dev.livefeed.sinks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.KeyStore;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A receiver of the sink http: appends each batch to a file, behind its run and number, then confirms it. The file
 * {@code mood} in its folder tells what it does instead, as an answer and its text: {@code 503}, {@code 429 5} (with
 * Retry-After), {@code 307 ADDRESS}, {@code 413 BYTES}, {@code 400 TEXT} that it does not take, {@code endless}
 * (confirms with an endless body), {@code mute}.
 */
final class HttpReceiver {

    static final String FILE = "received";
    static final String MOOD = "mood";

    private final String authorization;

    private HttpReceiver(String authorization) {
        this.authorization = authorization;
    }

    /** @param args port, and for TLS and a login: the key store and the header that is expected */
    public static void main(String[] args) throws Exception {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0]));
        HttpServer server = args.length == 1 ? HttpServer.create(address, 16) : secure(address, Path.of(args[1]));
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/events", new HttpReceiver(args.length == 1 ? null : args[2])::handle);
        server.start();
    }

    private static HttpServer secure(InetSocketAddress address, Path store) throws Exception {
        char[] password = TlsFiles.PASSWORD.toCharArray();
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(KeyStore.getInstance(store.toFile(), password), password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(address, 16);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        return server;
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] lines;
        try (InputStream body = exchange.getRequestBody()) {
            lines = body.readAllBytes();
        }
        String given = exchange.getRequestHeaders().getFirst("Authorization");
        if (authorization != null && !authorization.equals(given)) {
            answer(exchange, 401, "not " + given);
            return;
        }
        Path mood = Path.of(MOOD);
        String[] words = Files.exists(mood) ? Files.readString(mood).strip().split(" ") : new String[] {"204"};
        switch (words[0]) {
            case "204" -> take(exchange, lines);
            case "mute" -> {}
            case "endless" -> {
                keep(exchange, lines);
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().write('x');
                exchange.getResponseBody().flush();
            }
            case "400" -> {
                if (new String(lines, StandardCharsets.UTF_8).contains(words[1])) {
                    answer(exchange, 400, "no " + words[1]);
                } else {
                    take(exchange, lines);
                }
            }
            case "413" -> {
                if (lines.length > Integer.parseInt(words[1])) {
                    answer(exchange, 413, "too long");
                } else {
                    take(exchange, lines);
                }
            }
            default -> {
                if (words.length > 1) {
                    exchange.getResponseHeaders().set(words[0].startsWith("3") ? "Location" : "Retry-After", words[1]);
                }
                answer(exchange, Integer.parseInt(words[0]), "not now");
            }
        }
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static void take(HttpExchange exchange, byte[] lines) throws IOException {
        keep(exchange, lines);
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
    }

    private static synchronized void keep(HttpExchange exchange, byte[] lines) throws IOException {
        String head = "batch " + exchange.getRequestHeaders().getFirst("X-Sink-Run") + " "
                + exchange.getRequestHeaders().getFirst("X-Sink-First") + "\n";
        try (OutputStream out =
                Files.newOutputStream(Path.of(FILE), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            byte[] all = new byte[head.length() + lines.length];
            System.arraycopy(head.getBytes(StandardCharsets.US_ASCII), 0, all, 0, head.length());
            System.arraycopy(lines, 0, all, head.length(), lines.length);
            out.write(all);
        }
    }
}
