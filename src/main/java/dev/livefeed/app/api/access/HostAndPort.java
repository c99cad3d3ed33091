package dev.livefeed.app.api.access;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Host and port of a Host header or an Origin in normalized form: lower case, without a trailing dot, addresses as
 * formatted by Java. Only plain names, dotted decimal IPv4 and bracketed IPv6 without a zone are accepted, because
 * browsers send no other forms.
 *
 * @param address whether the host is an address rather than a name
 * @param loopback whether it always means this machine
 * @param port -1 if missing
 */
record HostAndPort(String host, boolean address, boolean loopback, int port) {

    private static final Pattern FORM = Pattern.compile(
            "(?:(\\[[0-9a-f:.]{2,45}])|([a-z0-9_](?:[a-z0-9_.-]{0,252}[a-z0-9_])?)\\.?)(?::(\\d{0,5}))?");
    private static final Pattern NUMBERS = Pattern.compile("(?:.*\\.)?(?:\\d+|0x[0-9a-f]*)");
    private static final Pattern IPV4 = Pattern.compile("(?:(?:0|[1-9]\\d{0,2})(?:\\.(?!$)|$)){4}");

    /** Parses {@code host} or {@code host:port}; null if it is neither. */
    static HostAndPort of(String text) {
        Matcher form = FORM.matcher(text.toLowerCase(Locale.ROOT));
        if (!form.matches()) {
            return null;
        }
        int port = form.group(3) == null || form.group(3).isEmpty() ? -1 : Integer.parseInt(form.group(3));
        if (port > 65_535) {
            return null;
        }
        String name = form.group(2);
        if (form.group(1) == null && !NUMBERS.matcher(name).matches()) {
            boolean loopback = name.equals("localhost") || name.endsWith(".localhost");
            return name.contains("..") ? null : new HostAndPort(name, false, loopback, port);
        }
        if (form.group(1) == null && !IPV4.matcher(name).matches()) {
            return null;
        }
        try {
            InetAddress address = InetAddress.getByName(form.group(1) == null ? name : form.group(1));
            return new HostAndPort(address.getHostAddress(), true, address.isLoopbackAddress(), port);
        } catch (UnknownHostException e) {
            return null;
        }
    }

    /** The same host with this port if the port is missing. */
    HostAndPort orPort(int other) {
        return port >= 0 ? this : new HostAndPort(host, address, loopback, other);
    }
}
