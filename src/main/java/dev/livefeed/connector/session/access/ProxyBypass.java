package dev.livefeed.connector.session.access;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The hosts that are reached without a proxy, as {@code NO_PROXY} lists them: {@code *}, a domain with or without a
 * leading dot (the host itself and all below it), an address, a network such as {@code 10.0.0.0/8}; each but a network
 * may have a port.
 *
 * <p>Addresses are compared with hosts that are given as addresses; names are not resolved.
 */
final class ProxyBypass {

    static final ProxyBypass NONE = new ProxyBypass(List.of());

    private static final Pattern DOMAIN = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}\\p{M}._-]*");

    private final List<Rule> rules;

    private interface Rule {

        /** @param address null if the host is a name */
        boolean matches(String host, int port, InetAddress address);
    }

    private ProxyBypass(List<Rule> rules) {
        this.rules = rules;
    }

    /** @param invalid receives entries that cannot be used */
    static ProxyBypass parse(String text, List<String> invalid) {
        List<Rule> rules = new ArrayList<>();
        for (String entry : text.split("[,\\s]+")) {
            if (!entry.isEmpty()) {
                try {
                    rules.add(rule(entry.toLowerCase(Locale.ROOT)));
                } catch (IllegalArgumentException e) {
                    invalid.add(entry);
                }
            }
        }
        return new ProxyBypass(rules);
    }

    /** @param host without brackets */
    boolean matches(String host, int port) {
        String name = withoutDot(host.toLowerCase(Locale.ROOT));
        InetAddress address = address(name);
        return rules.stream().anyMatch(rule -> rule.matches(name, port, address));
    }

    private static Rule rule(String entry) {
        if (entry.equals("*")) {
            return (host, port, address) -> true;
        }
        if (entry.indexOf('/') >= 0) {
            return network(entry);
        }
        int colon = entry.lastIndexOf(':');
        boolean hasPort = colon > entry.lastIndexOf(']') && !NetUtil.isValidIpV6Address(entry);
        Rule host = host(hasPort ? entry.substring(0, colon) : entry);
        if (!hasPort) {
            return host;
        }
        int only = Integer.parseInt(entry.substring(colon + 1));
        return (name, port, address) -> port == only && host.matches(name, port, address);
    }

    private static Rule network(String entry) {
        String[] parts = entry.split("/");
        byte[] bytes = parts.length == 2 ? NetUtil.createByteArrayFromIpAddressString(parts[0]) : null;
        if (bytes == null) {
            throw new IllegalArgumentException(entry);
        }
        IpSubnetFilterRule network =
                new IpSubnetFilterRule(parts[0], Integer.parseInt(parts[1]), IpFilterRuleType.ACCEPT);
        return (host, port, address) -> address != null
                && address.getAddress().length == bytes.length
                && network.matches(new InetSocketAddress(address, 1));
    }

    private static Rule host(String entry) {
        InetAddress only = address(entry);
        if (only != null) {
            return (host, port, address) -> address != null && Arrays.equals(address.getAddress(), only.getAddress());
        }
        String suffix = withoutDot(entry.startsWith("*.") ? entry.substring(1) : entry);
        String domain = suffix.startsWith(".") ? suffix.substring(1) : suffix;
        if (!DOMAIN.matcher(domain).matches()) {
            throw new IllegalArgumentException(entry);
        }
        return (host, port, address) -> host.equals(domain) || host.endsWith('.' + domain);
    }

    /** Null if it is no literal address. */
    static InetAddress address(String host) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(host);
        try {
            return bytes == null ? null : InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            return null;
        }
    }

    private static String withoutDot(String host) {
        return host.length() > 1 && host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }
}
