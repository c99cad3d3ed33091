package dev.livefeed.app.api.access;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which pages a browser may use the server from.
 *
 * <ul>
 *   <li>Programs send no Origin and are let in.
 *   <li>So is a page that came from this very server, by a name that nobody else can point here: see {@link HostRule}.
 *   <li>Origins that the setting lists may open the stream, no more.
 * </ul>
 */
public final class OriginRule {

    private static final Pattern FORM = Pattern.compile("(https?)://([^/?#@]+)", Pattern.CASE_INSENSITIVE);

    private final Set<Page> listed;
    private final HostRule hosts;

    private record Page(boolean secure, HostAndPort server) {}

    /** @param listed origins such as {@code https://app.example} */
    public OriginRule(List<String> listed, HostRule hosts) {
        this.listed = listed.stream().map(OriginRule::page).collect(Collectors.toUnmodifiableSet());
        this.hosts = hosts;
    }

    /**
     * Why a page may not open the stream, or null if it may.
     *
     * @param origin the header of that name, or null
     * @param host the header of that name, or null
     */
    public String refusal(String origin, String host) {
        Page page = origin == null ? null : page(origin);
        if (origin == null || sameServer(origin, host) || (page != null && listed.contains(page))) {
            return null;
        }
        return "the Origin is \"" + SafeText.shown(origin)
                + "\"; it must be that of this server or one of STREAM_ORIGINS";
    }

    /** Whether the page came from this server. */
    boolean sameServer(String origin, String host) {
        Page page = page(origin);
        HostAndPort asked = host == null ? null : HostAndPort.of(host);
        if (page == null || asked == null) {
            return false;
        }
        HostAndPort from = page.server();
        // Behind a proxy that ends TLS only the page's scheme tells the port that Host leaves out.
        HostAndPort to = asked.orPort(page.secure() ? 443 : 80);
        boolean sameHost = from.host().equals(to.host()) || (from.loopback() && to.loopback());
        return sameHost && from.port() == to.port() && (from.address() || hosts.ours(from));
    }

    /** The page's server, its port always named; null if the text is no origin. */
    private static Page page(String text) {
        Matcher form = FORM.matcher(text);
        HostAndPort server = form.matches() ? HostAndPort.of(form.group(2)) : null;
        boolean secure = server != null && form.group(1).equalsIgnoreCase("https");
        return server == null ? null : new Page(secure, server.orPort(secure ? 443 : 80));
    }
}
