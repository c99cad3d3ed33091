package dev.livefeed.terminal;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** A program whose stream is read, on this machine or another: its address and the login that it wants. */
public final class RunningProgram {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    /** Until the beginning of the answer. */
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private static final int MAX_PORT = 65_535;

    private final String base;
    private final ProgramLogin login;
    // Closing a response of HTTP/1.1 closes its connection, which the server notices.
    private final HttpClient http;

    /**
     * @param address http or https, host and port, such as {@code http://localhost:8080}, with the path of a proxy if
     *     there is one
     * @param login that it wants
     * @throws IllegalArgumentException with the rule, if it is no such address; without the address if it has a login
     */
    public RunningProgram(String address, ProgramLogin login) {
        URI uri;
        try {
            uri = URI.create(address);
        } catch (IllegalArgumentException e) {
            uri = null;
        }
        if (address.matches("[^/?#]*//[^/?#]*@.*")) {
            throw new IllegalArgumentException(
                    "--url has a login, which other users of this machine could see; it must be in the environment"
                            + " variables LIVEFEED_USER and LIVEFEED_PASSWORD");
        }
        if (uri == null || !isOfServer(uri)) {
            throw new IllegalArgumentException(
                    "--url is \"" + address + "\"; it must be an address such as http://localhost:8080");
        }
        base = address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
        this.login = login;
        HttpClient.Builder builder =
                HttpClient.newBuilder().connectTimeout(CONNECT).version(HttpClient.Version.HTTP_1_1);
        if (login.tls() != null) {
            builder.sslContext(login.tls());
        }
        http = builder.build();
    }

    private static boolean isOfServer(URI uri) {
        return uri.getHost() != null
                && uri.getScheme() != null
                && List.of("http", "https").contains(uri.getScheme().toLowerCase(Locale.ROOT))
                && uri.getPort() != 0
                && uri.getPort() <= MAX_PORT
                && uri.getRawQuery() == null
                && uri.getRawFragment() == null;
    }

    /** The address as it was given, without a slash at the end. */
    public String address() {
        return base;
    }

    /**
     * The address of the stream.
     *
     * @param symbols all if it is empty
     * @param history the number of past candles
     */
    URI stream(Collection<String> channels, Collection<String> symbols, int history) {
        return URI.create(base + "/stream?channels=" + encoded(channels)
                + (symbols.isEmpty() ? "" : "&symbols=" + encoded(symbols))
                + (history == 0 ? "" : "&history=" + history));
    }

    private static String encoded(Collection<String> names) {
        return URLEncoder.encode(String.join(",", names), StandardCharsets.UTF_8);
    }

    /** A request with the login. */
    HttpRequest.Builder request(URI address) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(ANSWER);
        return login.authorization() == null ? request : request.header("Authorization", login.authorization());
    }

    HttpClient http() {
        return http;
    }
}
