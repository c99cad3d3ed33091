package dev.livefeed.app.route.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.MIMEHeader;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/**
 * {@code GET /} for people: who asks for HTML rather than JSON, as browsers do, gets the page of the jar, if there is
 * one. Everybody else gets the index of the paths.
 */
final class FrontPage implements Handler<RoutingContext> {

    private static final String PAGE = "/index.html";
    private static final String IN_JAR = "/web" + PAGE;

    private final boolean present = FrontPage.class.getResource(IN_JAR) != null;

    @Override
    public void handle(RoutingContext routing) {
        routing.response().headers().add(HttpHeaders.VARY, "Accept");
        if (present && wantsHtml(routing.parsedHeaders().accept())) {
            routing.reroute(PAGE);
        } else {
            routing.next();
        }
    }

    static boolean wantsHtml(List<MIMEHeader> accepted) {
        return weight(accepted, "text", "html") > weight(accepted, "application", "json");
    }

    /** The weight of the most specific entry for a type; 0 if it is not accepted. */
    private static float weight(List<MIMEHeader> accepted, String type, String subtype) {
        float weight = 0;
        int found = 0;
        for (MIMEHeader one : accepted) {
            float own = one.weight(); // first: it parses the header, which a single one is not yet
            int specific = one.component().equalsIgnoreCase(type)
                    ? one.subComponent().equalsIgnoreCase(subtype)
                            ? 3
                            : one.subComponent().equals("*") ? 2 : 0
                    : one.component().equals("*") ? 1 : 0;
            if (specific > found) {
                found = specific;
                weight = own;
            }
        }
        return weight;
    }
}
