package dev.livefeed.app.settings;

import dev.livefeed.app.login.AccessTokens;
import dev.livefeed.app.login.SecretFile;
import dev.livefeed.app.login.TokenStore;
import dev.livefeed.tls.PemFiles;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Address of the HTTP server, and who can reach it.
 *
 * @param names host names of this server besides the loopback ones: the one it listens on, and the configured ones
 * @param open whether others can reach the port without a login
 * @param tokens who may use it, if a login is wanted
 * @param tls null without TLS
 */
record HttpSettings(String host, int port, List<String> names, boolean open, Tokens tokens, Tls tls) {

    private static final String CERTIFICATE = "http.tls.cert.file";
    private static final String KEY = "http.tls.key.file";
    private static final String CLIENTS = "http.tls.client.ca.file";

    /**
     * The files of TLS.
     *
     * @param clients null if clients need no certificate
     */
    record Tls(Path certificate, Path key, Path clients) {

        /** Null without TLS. */
        private static Tls read(SettingsSource source, SettingChecks checks, Path workingDirectory) {
            boolean wanted = !source.text(CERTIFICATE).isEmpty();
            if (source.text(KEY).isEmpty() == wanted) {
                checks.fault(
                        wanted ? KEY : CERTIFICATE, "HTTP_TLS_CERT_FILE and HTTP_TLS_KEY_FILE must be set together");
                return null;
            }
            if (!wanted) {
                if (!source.text(CLIENTS).isEmpty()) {
                    checks.fault(CLIENTS, "it needs HTTP_TLS_CERT_FILE and HTTP_TLS_KEY_FILE");
                }
                return null;
            }
            try {
                Tls files = new Tls(
                        workingDirectory.resolve(source.text(CERTIFICATE)),
                        workingDirectory.resolve(source.text(KEY)),
                        source.text(CLIENTS).isEmpty() ? null : workingDirectory.resolve(source.text(CLIENTS)));
                PemFiles.identity(files.certificate(), files.key());
                if (files.clients() != null) {
                    PemFiles.certificates(files.clients());
                }
                return files;
            } catch (IllegalArgumentException e) {
                checks.line(e.getMessage());
                return null;
            }
        }
    }

    /** What does not prevent a start. */
    List<String> warnings() {
        Stream<Optional<String>> files = Stream.of(
                tokens.file() == null
                        ? Optional.empty()
                        : SecretFile.warning("HTTP_TOKENS_FILE", tokens.file(), "can see or change who may sign in"),
                tls == null
                        ? Optional.empty()
                        : SecretFile.warning("HTTP_TLS_KEY_FILE", tls.key(), "can pass for this server"));
        return files.flatMap(Optional::stream).toList();
    }

    private static final int FOR_REQUESTS = 8;
    private static final String FILE = "http.tokens.file";
    private static final String FIXED = "http.tokens";

    /**
     * The tokens of a login.
     *
     * @param file or null
     * @param fixed those that are set without a file
     * @param all both together
     */
    record Tokens(Path file, AccessTokens fixed, AccessTokens all) {

        private static final Tokens NONE = new Tokens(null, AccessTokens.NONE, AccessTokens.NONE);

        private static Tokens read(SettingsSource source, SettingChecks checks, Path workingDirectory) {
            try {
                AccessTokens fixed = AccessTokens.parse(source.text(FIXED).replace(',', '\n'), source.place(FIXED));
                if (source.text(FILE).isEmpty()) {
                    return new Tokens(null, fixed, fixed);
                }
                Path file = workingDirectory.resolve(source.text(FILE));
                return new Tokens(file, fixed, fixed.and(TokenStore.read(file)));
            } catch (InvalidPathException e) {
                checks.fault(FILE, "it must be a file with a token on each line");
            } catch (IllegalArgumentException e) {
                checks.line(e.getMessage());
            }
            return NONE;
        }
    }

    private static final Pattern HOST =
            Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9_.-]{0,252}[A-Za-z0-9_])?|\\[?[0-9A-Fa-f.]*:[0-9A-Fa-f:.]+]?");

    private static void connections(SettingChecks checks, SettingsSource source) {
        int connections = checks.whole("http.connections", 16, 100_000);
        checks.whole("http.client.connections", 8, 100_000);
        String clients = source.text("stream.clients");
        if (connections > 0
                && clients.matches("[1-9]\\d{0,3}")
                && connections < Integer.parseInt(clients) + FOR_REQUESTS) {
            checks.fault(
                    "http.connections",
                    "it must be at least " + FOR_REQUESTS + " more than STREAM_CLIENTS, which is " + clients
                            + ", since each client of the stream has a connection");
        }
        for (String key : List.of("http.idle", "http.request.timeout")) {
            checks.duration(key);
            checks.atLeastASecond(key);
        }
    }

    static HttpSettings read(SettingsSource source, SettingChecks checks, Path workingDirectory) {
        String host = source.text("http.host");
        int port = checks.whole("http.port", 1, 65_535);
        source.merged().setProperty("http.host", host);
        if (host.isEmpty()) {
            checks.fault("http.host", "it must be an address or a name of this machine, such as 127.0.0.1");
            return new HttpSettings(host, port, List.of(), false, Tokens.NONE, null);
        }
        List<String> names = Stream.concat(
                        Stream.of(host), Arrays.stream(source.text("http.names").split(",")))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
        for (String name : names) {
            if (!name.equals(host) && !HOST.matcher(name).matches()) {
                checks.fault(
                        "http.names",
                        "it must be a comma list of names or addresses without ports, such as feed.example, "
                                + "192.168.1.7");
            }
        }
        checks.oneOf("http.open", "true", "false");
        connections(checks, source);
        Tls tls = Tls.read(source, checks, workingDirectory);
        Tokens tokens = Tokens.read(source, checks, workingDirectory);
        ListenRule rule = new ListenRule(source, workingDirectory, System.getProperties(), checks::line);
        rule.check();
        return new HttpSettings(host, port, names, rule.open(), tokens, tls);
    }
}
