package dev.livefeed.app.api.access;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Decides which pages may do what in a browser.
 *
 * <ul>
 *   <li>Programs send no Origin and are accepted.
 *   <li>A page of this server is accepted if {@link HostRule} accepts its host.
 *   <li>Pages of the origins in HTTP_ORIGINS may do what those of this server may.
 *   <li>Pages of the origins in STREAM_ORIGINS may open the stream, but nothing else.
 * </ul>
 */
public final class OriginRule {

    private static final Pattern FORM = Pattern.compile("(https?)://([^/?#@]+)", Pattern.CASE_INSENSITIVE);

    private final Set<OriginPage> everywhere;
    private final Set<OriginPage> onTheStream;
    private final HostRule hosts;
    private final boolean tls;

    private record OriginPage(boolean secure, HostAndPort server) {}

    /**
     * @param everywhere origins such as {@code https://app.example} whose pages may do what those of this server may
     * @param onTheStream origins whose pages may open the stream
     */
    public OriginRule(List<String> everywhere, List<String> onTheStream, HostRule hosts) {
        this(everywhere, onTheStream, hosts, false);
    }

    /** @param tls whether this server has TLS, so that a page without it is none of its pages */
    public OriginRule(List<String> everywhere, List<String> onTheStream, HostRule hosts, boolean tls) {
        this.everywhere = pages(everywhere);
        this.onTheStream = pages(onTheStream);
        this.hosts = hosts;
        this.tls = tls;
    }

    private static Set<OriginPage> pages(List<String> origins) {
        return origins.stream().map(OriginRule::page).collect(Collectors.toUnmodifiableSet());
    }

    /** Whether there are origins whose pages may read responses. */
    public boolean crossOrigin() {
        return !everywhere.isEmpty();
    }

    /** Whether pages of this origin may do what those of this server may. */
    public boolean allows(String origin) {
        OriginPage page = crossOrigin() && origin != null ? page(origin) : null;
        return page != null && everywhere.contains(page);
    }

    /**
     * Why a page may not open the stream, or null if it may.
     *
     * @param origin the header, or null
     * @param host the header, or null
     */
    public String refusal(String origin, String host) {
        OriginPage page = origin == null ? null : page(origin);
        if (origin == null
                || sameServer(origin, host)
                || allows(origin)
                || (page != null && onTheStream.contains(page))) {
            return null;
        }
        return "the Origin is \"" + SafeText.shown(origin)
                + "\"; it must be that of this server, or one of HTTP_ORIGINS or STREAM_ORIGINS";
    }

    /** Whether the page came from this server. */
    boolean sameServer(String origin, String host) {
        OriginPage page = page(origin);
        HostAndPort asked = host == null ? null : HostAndPort.of(host);
        if (page == null || asked == null || (tls && !page.secure())) {
            return false;
        }
        HostAndPort from = page.server();
        // Behind a proxy that terminates TLS, only the scheme of the Origin determines the port missing in Host.
        HostAndPort to = asked.orPort(page.secure() ? 443 : 80);
        boolean sameHost = from.host().equals(to.host()) || (from.loopback() && to.loopback());
        return sameHost && from.port() == to.port() && (from.address() || hosts.ours(from));
    }

    /** Host and port of the page, with the default port filled in; null if the text is not an origin. */
    private static OriginPage page(String text) {
        Matcher form = FORM.matcher(text);
        HostAndPort server = form.matches() ? HostAndPort.of(form.group(2)) : null;
        boolean secure = server != null && form.group(1).equalsIgnoreCase("https");
        return server == null ? null : new OriginPage(secure, server.orPort(secure ? 443 : 80));
    }
}
