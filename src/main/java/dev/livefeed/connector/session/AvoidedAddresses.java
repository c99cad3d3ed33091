package dev.livefeed.connector.session;

import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Addresses that are tried last, because they did not respond. Of more than {@value #MOST}, the one that was noticed
 * longest ago is forgotten, since the names of a venue have other addresses every few minutes.
 */
final class AvoidedAddresses {

    static final int MOST = 64;

    private final Set<InetSocketAddress> addresses = new LinkedHashSet<>();

    void add(InetSocketAddress address) {
        addresses.remove(address);
        if (addresses.size() == MOST) {
            addresses.remove(addresses.iterator().next());
        }
        addresses.add(address);
    }

    /** It has responded. */
    void remove(InetSocketAddress address) {
        addresses.remove(address);
    }

    boolean contains(InetSocketAddress address) {
        return addresses.contains(address);
    }
}
