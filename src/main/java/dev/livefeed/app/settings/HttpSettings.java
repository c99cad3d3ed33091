package dev.livefeed.app.settings;

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
 */
record HttpSettings(String host, int port, List<String> names, boolean open) {

    private static final Pattern HOST =
            Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9_.-]{0,252}[A-Za-z0-9_])?|\\[?[0-9A-Fa-f.]*:[0-9A-Fa-f:.]+]?");

    static HttpSettings read(SettingsSource source, SettingChecks checks, Path workingDirectory) {
        String host = source.text("http.host");
        int port = checks.whole("http.port", 1, 65_535);
        source.merged().setProperty("http.host", host);
        if (host.isEmpty()) {
            checks.fault("http.host", "it must be an address or a name of this machine, such as 127.0.0.1");
            return new HttpSettings(host, port, List.of(), false);
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
        ListenRule rule = new ListenRule(source, workingDirectory, System.getProperties(), checks::line);
        rule.check();
        return new HttpSettings(host, port, names, rule.open());
    }
}
