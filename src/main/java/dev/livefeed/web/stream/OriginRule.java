package dev.livefeed.web.stream;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which pages a browser may open the stream from.
 *
 * <ul>
 *   <li>Programs send no Origin and are let in.
 *   <li>Origins that the setting lists are.
 *   <li>So is a page that came from this very server, by a name that nobody else can point here: a loopback name, the host
 *       of the setting, or an address. Any other name may have been bound to this address by its owner, in which case Host
 *       and Origin agree and mean nothing.
 * </ul>
 */
public final class OriginRule {

    private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-f:.]+]");

    private final Set<String> listed;
    private final String boundHost;

    /**
     * @param listed origins such as {@code https://app.example}
     * @param boundHost the host that the server listens on
     */
    public OriginRule(List<String> listed, String boundHost) {
        this.listed = listed.stream().map(OriginRule::canonical).collect(Collectors.toUnmodifiableSet());
        this.boundHost = boundHost.toLowerCase(Locale.ROOT);
    }

    /** Whether the text is an origin: scheme, host and perhaps port, no more. */
    public static boolean valid(String text) {
        return canonical(text) != null;
    }

    /**
     * Why a page may not open the stream, or null where it may.
     *
     * @param origin the header of that name, or null
     * @param host the header of that name, or null
     */
    public String refusal(String origin, String host) {
        if (origin == null) {
            return null;
        }
        String page = canonical(origin);
        if (page != null && (listed.contains(page) || sameServer(page, host))) {
            return null;
        }
        return "the Origin is \"" + Vocabulary.shown(origin)
                + "\"; it must be that of this server or one of STREAM_ORIGINS";
    }

    private boolean sameServer(String page, String host) {
        String server = host == null ? null : canonical(page.substring(0, page.indexOf(':')) + "://" + host);
        if (server == null) {
            return false;
        }
        URI from = URI.create(page);
        URI to = URI.create(server);
        boolean sameHost = from.getHost().equals(to.getHost()) || (loopback(from.getHost()) && loopback(to.getHost()));
        return sameHost && from.getPort() == to.getPort() && (ours(from.getHost()) && ours(to.getHost()));
    }

    private boolean ours(String host) {
        return loopback(host) || host.equals(boundHost) || ADDRESS.matcher(host).matches();
    }

    private static boolean loopback(String host) {
        return host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.\\d{1,3}){3}");
    }

    /** Scheme, host and port in one form, or null where the text is no origin. */
    private static String canonical(String text) {
        try {
            URI uri = URI.create(text.strip().toLowerCase(Locale.ROOT));
            boolean plain = uri.getHost() != null
                    && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    && uri.getRawPath().isEmpty()
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && uri.getRawUserInfo() == null;
            if (!plain) {
                return null;
            }
            int port = uri.getPort() >= 0 ? uri.getPort() : uri.getScheme().equals("https") ? 443 : 80;
            return uri.getScheme() + "://" + uri.getHost() + ':' + port;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
