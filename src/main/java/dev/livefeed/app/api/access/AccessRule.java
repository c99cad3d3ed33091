package dev.livefeed.app.api.access;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Accepts requests of programs, of this server's own pages and of pages of listed origins; refuses those that a browser
 * sends for other pages.
 *
 * <ul>
 *   <li>Every request must name this server in Host ({@link HostRule}): 421.
 *   <li>A request that may change something must not come from a page of another origin that is not listed: 403.
 *   <li>Such a request has no body or a JSON body, which a page cannot send to another origin without a preflight: 415.
 * </ul>
 */
public final class AccessRule {

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final Pattern JSON = Pattern.compile(
            "application/json\\s*(;\\s*charset\\s*=\\s*(\"[\\w-]+\"|[\\w-]+)\\s*)?;?\\s*", Pattern.CASE_INSENSITIVE);
    private static final Pattern ABSOLUTE = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*://([^/?#]*).*", Pattern.DOTALL);

    private final HostRule hosts;
    private final OriginRule origins;

    public AccessRule(HostRule hosts, OriginRule origins) {
        this.hosts = hosts;
        this.origins = origins;
    }

    /** Why the request is refused, or null if it is accepted. */
    public AccessRefusal refusal(AccessRequest request) {
        if (request.hosts().size() != 1) {
            return new AccessRefusal(
                    400, "the request has " + request.hosts().size() + " Host headers; it must have one");
        }
        String host = request.hosts().get(0);
        AccessRefusal misdirected = misdirected(host, request.localAddress());
        if (misdirected == null && !request.target().startsWith("/")) {
            var absolute = ABSOLUTE.matcher(request.target());
            misdirected = absolute.matches()
                    ? misdirected(absolute.group(1), request.localAddress())
                    : new AccessRefusal(
                            400,
                            "the request target is \"" + SafeText.shown(request.target())
                                    + "\"; it must be a path that starts with /");
        }
        if (misdirected != null || READING.contains(request.method())) {
            return misdirected;
        }
        AccessRefusal foreign = foreign(request, host);
        return foreign != null ? foreign : notJson(request);
    }

    private AccessRefusal misdirected(String host, String localAddress) {
        return hosts.serves(host, localAddress)
                ? null
                : new AccessRefusal(
                        421,
                        "the Host is \"" + SafeText.shown(host)
                                + "\"; it must be localhost, the requested address, HTTP_HOST or one of HTTP_NAMES:"
                                + " if it is a name of this server, add it to HTTP_NAMES");
    }

    private AccessRefusal foreign(AccessRequest request, String host) {
        List<String> from = request.origins();
        if (from.size() == 1 && origins.allows(from.get(0))) {
            return null; // the browser has asked for it by a preflight; Sec-Fetch-Site says cross-site
        }
        if (from.size() > 1 || (from.size() == 1 && !origins.sameServer(from.get(0), host))) {
            return new AccessRefusal(
                    403,
                    "the Origin is \"" + SafeText.shown(String.join(", ", from))
                            + "\"; only pages of this server and of HTTP_ORIGINS may send a "
                            + SafeText.shown(request.method()) + "; programs send no Origin");
        }
        for (String site : request.fetchSites()) {
            String word = site.strip().toLowerCase(Locale.ROOT);
            if (!word.equals("same-origin") && !word.equals("none")) {
                return new AccessRefusal(
                        403,
                        "Sec-Fetch-Site is \"" + SafeText.shown(site) + "\"; only pages of this server may send a "
                                + SafeText.shown(request.method()) + "; programs send no Sec-Fetch-Site");
            }
        }
        return null;
    }

    private static AccessRefusal notJson(AccessRequest request) {
        List<String> types = request.contentTypes();
        if (types.isEmpty() ? !request.body() : types.size() == 1 && json(types.get(0))) {
            return null;
        }
        String said = types.isEmpty() ? "missing" : '"' + SafeText.shown(String.join(", ", types)) + '"';
        return new AccessRefusal(
                415,
                "the Content-Type is " + said + "; send the body as JSON with Content-Type: application/json"
                        + (request.body() ? "" : ", or neither"));
    }

    /** Whether a Content-Type is JSON, with or without a charset. */
    public static boolean json(String contentType) {
        return JSON.matcher(contentType.strip()).matches();
    }
}
