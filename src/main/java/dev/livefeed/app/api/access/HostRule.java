package dev.livefeed.app.api.access;

import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides which host names and addresses belong to this server.
 *
 * <p>Protects against DNS rebinding: an attacker can point a domain at this machine's address, and the browser then
 * treats the attacker's page as same-origin and lets it read the responses. Such a request still has the attacker's
 * domain in its Host header, so only hosts that nobody else can point here are accepted.
 */
public final class HostRule {

    private final Set<String> names;

    /**
     * @param names additional hosts of this server, without ports; loopback hosts and the requested address are
     * always accepted
     */
    public HostRule(Collection<String> names) {
        this.names = names.stream()
                .map(name -> HostAndPort.of(name.indexOf(':') >= 0 && !name.startsWith("[") ? '[' + name + ']' : name))
                .filter(Objects::nonNull)
                .map(HostAndPort::host)
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Whether a Host header names this server.
     *
     * @param localAddress the local address of the connection, or null
     */
    boolean serves(String host, String localAddress) {
        HostAndPort asked = HostAndPort.of(host);
        return asked != null && (ours(asked) || (asked.address() && asked.host().equals(canonical(localAddress))));
    }

    /** Whether a Host header is a name that is no loopback one, and no address. */
    public static boolean isName(String host) {
        HostAndPort asked = HostAndPort.of(host);
        return asked != null && !asked.address() && !asked.loopback();
    }

    /** Whether the host is a name of this server, regardless of the requested address. */
    boolean ours(HostAndPort asked) {
        return asked.loopback() || names.contains(asked.host());
    }

    private static String canonical(String address) {
        if (address == null) {
            return null;
        }
        String plain = address.indexOf('%') < 0 ? address : address.substring(0, address.indexOf('%'));
        HostAndPort local = HostAndPort.of(plain.indexOf(':') < 0 ? plain : '[' + plain + ']');
        return local == null ? null : local.host();
    }
}
