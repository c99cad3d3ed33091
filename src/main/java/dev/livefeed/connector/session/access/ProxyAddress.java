package dev.livefeed.connector.session.access;

import io.netty.util.NetUtil;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A proxy. Its text holds neither user nor password.
 *
 * @param host a name or an address, IPv6 without brackets
 * @param user null if the proxy needs no login
 * @param source the setting or variable that names the proxy
 */
public record ProxyAddress(Kind kind, String host, int port, String user, String password, String source) {

    static final String RULE =
            "it must be such as http://proxy.example:3128 or socks5://user:password@proxy.example:1080";

    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}]([\\p{L}\\p{N}._-]{0,251}[\\p{L}\\p{N}.])?");
    private static final int MAX_LOGIN_BYTES = 255;

    /** The protocol spoken with the proxy. */
    public enum Kind {
        /** CONNECT over a plain connection. */
        HTTP(80),
        /** CONNECT over TLS. */
        HTTPS(443),
        /** SOCKS version 5; the proxy resolves names. */
        SOCKS5(1080);

        private final int port;

        Kind(int port) {
            this.port = port;
        }
    }

    /**
     * Reads a proxy URL. Without a scheme, it is an HTTP proxy.
     *
     * @throws IllegalArgumentException with the reason, which does not contain the value: it may hold a password
     */
    static ProxyAddress parse(String text, String source) {
        int end = text.indexOf("://");
        Kind kind = kind(end < 0 ? "http" : text.substring(0, end).toLowerCase(Locale.ROOT));
        String rest = end < 0 ? text : text.substring(end + 3);
        if (rest.endsWith("/")) {
            rest = rest.substring(0, rest.length() - 1);
        }
        int at = rest.lastIndexOf('@');
        String[] login = at < 0 ? new String[] {null, null} : login(rest.substring(0, at));
        String authority = rest.substring(at + 1);
        int colon = authority.lastIndexOf(':');
        boolean hasPort = colon >= 0 && colon > authority.lastIndexOf(']');
        String host = host(hasPort ? authority.substring(0, colon) : authority);
        int port = hasPort ? port(authority.substring(colon + 1)) : kind.port;
        return new ProxyAddress(kind, host, port, login[0], login[1], source);
    }

    private static Kind kind(String scheme) {
        return switch (scheme) {
            case "http" -> Kind.HTTP;
            case "https" -> Kind.HTTPS;
            case "socks", "socks5", "socks5h" -> Kind.SOCKS5;
            default ->
                throw new IllegalArgumentException(
                        scheme.startsWith("socks4")
                                ? "SOCKS version 4 is not supported"
                                : "the scheme is not one of http, https, socks5, socks5h");
        };
    }

    private static String[] login(String text) {
        int colon = text.indexOf(':');
        String user = decoded(colon < 0 ? text : text.substring(0, colon));
        String password = colon < 0 ? "" : decoded(text.substring(colon + 1));
        if (user.isEmpty() || bytes(user) > MAX_LOGIN_BYTES || bytes(password) > MAX_LOGIN_BYTES) {
            throw new IllegalArgumentException("user and password must have 1 to " + MAX_LOGIN_BYTES + " bytes each");
        }
        if ((user + password).chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("user and password must have no control characters");
        }
        return new String[] {user, password};
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("a % in user and password must be written as %25", e);
        }
    }

    private static String host(String text) {
        boolean brackets = text.startsWith("[") && text.endsWith("]");
        String host = brackets ? text.substring(1, text.length() - 1) : text;
        if (brackets ? !NetUtil.isValidIpV6Address(host) : !NAME.matcher(host).matches()) {
            throw new IllegalArgumentException("its host is missing or is no host name");
        }
        return host;
    }

    private static int port(String text) {
        if (text.matches("\\d{1,5}")) {
            int port = Integer.parseInt(text);
            if (port >= 1 && port <= 65_535) {
                return port;
            }
        }
        throw new IllegalArgumentException("its port must be a number from 1 to 65535");
    }

    @Override
    public String toString() {
        String name = host.indexOf(':') < 0 ? host : '[' + host + ']';
        return "proxy " + name + ':' + port + " (" + source + ')';
    }
}
