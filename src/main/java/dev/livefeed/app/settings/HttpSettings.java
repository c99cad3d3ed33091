package dev.livefeed.app.settings;

import dev.livefeed.app.login.AccessTokens;
import dev.livefeed.app.login.TokenStore;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Address of the HTTP server, and who can reach it.
 *
 * @param names host names of this server besides the loopback ones: the one it listens on, and the configured ones
 * @param open whether others can reach the port without a login
 * @param tokens who may use it, if a login is wanted
 */
record HttpSettings(String host, int port, List<String> names, boolean open, Tokens tokens) {

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
                AccessTokens fixed = AccessTokens.parse(
                        source.text(FIXED).replace(',', '\n'), source.place(FIXED));
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

    static HttpSettings read(SettingsSource source, SettingChecks checks, Path workingDirectory) {
        String host = source.text("http.host");
        int port = checks.whole("http.port", 1, 65_535);
        source.merged().setProperty("http.host", host);
        if (host.isEmpty()) {
            checks.fault("http.host", "it must be an address or a name of this machine, such as 127.0.0.1");
            return new HttpSettings(host, port, List.of(), false, Tokens.NONE);
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
        Tokens tokens = Tokens.read(source, checks, workingDirectory);
        ListenRule rule = new ListenRule(source, workingDirectory, System.getProperties(), checks::line);
        rule.check();
        return new HttpSettings(host, port, names, rule.open(), tokens);
    }
}
