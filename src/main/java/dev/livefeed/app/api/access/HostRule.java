package dev.livefeed.app.api.access;

import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which names and addresses are this server's.
 *
 * <p>Anybody can bind a name of their own to this machine's address. Their page then counts for the browser as one of
 * this server's, and may read its answers (DNS rebinding). Such a request still names their host, so only hosts that
 * nobody else can point here are served.
 */
public final class HostRule {

    private final Set<String> names;

    /** @param names hosts of this server besides the loopback ones and the address that was asked; without ports */
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
     * @param localAddress the address that the connection was made to, or null
     */
    boolean serves(String host, String localAddress) {
        HostAndPort asked = HostAndPort.of(host);
        return asked != null && (ours(asked) || (asked.address() && asked.host().equals(canonical(localAddress))));
    }

    /** Whether it is this server by name, whatever address was asked. */
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
