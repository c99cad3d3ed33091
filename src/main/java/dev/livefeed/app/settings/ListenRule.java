package dev.livefeed.app.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rule for the addresses of HTTP servers: loopback; or any address with a login for all paths; or any address if the
 * operator states that access is controlled elsewhere.
 */
final class ListenRule {

    private static final List<String> GROUPS = List.of("camel.server.", "camel.management.");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([\\w.-]+)}}");

    private final SettingsSource source;
    private final Path workingDirectory;
    private final Consumer<String> faults;
    private final Map<String, String> options = new HashMap<>();
    private boolean open;

    /**
     * Creates the rule.
     *
     * @param system system properties, which override the environment, which overrides the files
     * @param faults receives a line for each violation
     */
    ListenRule(SettingsSource source, Path workingDirectory, Properties system, Consumer<String> faults) {
        this.source = source;
        this.workingDirectory = workingDirectory;
        this.faults = faults;
        source.merged().stringPropertyNames().forEach(key -> option(key, source.text(key)));
        source.environment().forEach((name, value) -> option(name.replaceFirst("^(CAMEL)_([A-Z]+)_", "$1.$2."), value));
        system.stringPropertyNames().forEach(key -> option(key, system.getProperty(key)));
    }

    /** Camel accepts option names in any case, with or without hyphens. */
    private void option(String key, String value) {
        String name = key.toLowerCase(Locale.ROOT);
        for (String group : GROUPS) {
            if (name.startsWith(group)) {
                String text = PLACEHOLDER
                        .matcher(value)
                        .replaceAll(found -> Matcher.quoteReplacement(source.text(found.group(1))));
                options.put(group + name.substring(group.length()).replaceAll("[-_]", ""), text.strip());
            }
        }
    }

    private String text(String group, String name) {
        return options.getOrDefault(group + name.toLowerCase(Locale.ROOT), "");
    }

    private boolean yes(String group, String name) {
        return text(group, name).equalsIgnoreCase("true");
    }

    void check() {
        for (String group : GROUPS) {
            if (!yes(group, "enabled")) {
                continue;
            }
            boolean shared = group.equals("camel.management.")
                    && yes("camel.server.", "enabled")
                    && text(group, "port").equals(text("camel.server.", "port"));
            if (!shared) {
                listener(group);
            }
        }
    }

    private boolean tokens() {
        return !source.text("http.tokens.file").isEmpty()
                || !source.text("http.tokens").isEmpty();
    }

    /** Clients have to have a certificate. */
    private boolean certificates() {
        return !source.text("http.tls.client.ca.file").isEmpty();
    }

    private void listener(String group) {
        boolean login = yes(group, "authenticationEnabled");
        if (tokens()) {
            if (login) {
                faults.accept(group + "authenticationEnabled is \"true\" and there are tokens (HTTP_TOKENS_FILE, "
                        + "HTTP_TOKENS); a request has one Authorization header, so it must be one of them");
            }
            return; // they are for all paths
        }
        String fault = login ? loginFault(group) : null;
        if (fault != null) {
            faults.accept(fault);
            return;
        }
        String host = text(group, "host");
        if (loopback(host) || certificates()) {
            return;
        }
        String name = host.equals(source.text("http.host")) ? "HTTP_HOST" : group + "host";
        if (login && !all(group)) {
            faults.accept(group + "authenticationPath leaves paths without a login while " + name + " is \"" + host
                    + "\", which others can reach; set it to /*");
        } else if (!login && source.text("http.open").equals("true")) {
            open = true;
        } else if (!login) {
            faults.accept(name + " is \"" + host
                    + "\", which others can reach without a login; set a loopback address such as "
                    + "127.0.0.1, or a login (HTTP_TOKENS_FILE, HTTP_TLS_CLIENT_CA_FILE, or "
                    + group + "authenticationEnabled and " + group
                    + "basicPropertiesFile), or HTTP_OPEN=true if a proxy, a container or a "
                    + "firewall decides who reaches the port");
        }
    }

    /** Whether a listener can be reached without a login because HTTP_OPEN allows it. */
    boolean open() {
        return open;
    }

    private String loginFault(String group) {
        String file = text(group, "basicPropertiesFile");
        String store = text(group, "jwtKeystorePath");
        if (file.isEmpty() && text(group, "jwtKeystoreType").isEmpty()) {
            return group + "authenticationEnabled is \"true\" without a login to check; set " + group
                    + "basicPropertiesFile, or jwtKeystoreType, jwtKeystorePath and jwtKeystorePassword";
        }
        String key = file.isEmpty() ? "jwtKeystorePath" : "basicPropertiesFile";
        String path = file.isEmpty() ? store : file;
        return readable(path) ? null : group + key + " is \"" + path + "\"; it must be a file that can be read";
    }

    private boolean readable(String file) {
        try {
            Path path = workingDirectory.resolve(file);
            return !file.isEmpty() && Files.isRegularFile(path) && Files.isReadable(path);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /** If no path is set, the login applies to the paths below the server's. */
    private boolean all(String group) {
        String path = text(group, "authenticationPath");
        return path.equals("/*")
                || ((path.isEmpty() || path.equals("/")) && List.of("", "/").contains(text(group, "path")));
    }

    /** A name that cannot be resolved cannot be bound either; the start reports that. */
    private boolean loopback(String host) {
        try {
            for (InetAddress address : InetAddress.getAllByName(host.isEmpty() ? "0.0.0.0" : host)) {
                if (!address.isLoopbackAddress()) {
                    return false;
                }
            }
            return true;
        } catch (UnknownHostException e) {
            return host.equals(source.text("http.host"));
        }
    }
}
