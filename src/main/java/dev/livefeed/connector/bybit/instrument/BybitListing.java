package dev.livefeed.connector.bybit.instrument;

import dev.livefeed.connector.bybit.topic.Category;
import dev.livefeed.connector.feed.VenueCategory;
import dev.livefeed.connector.instrument.ListingSource;
import dev.livefeed.protocol.model.Symbols;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Lists instruments with {@code instruments-info}. */
public final class BybitListing implements ListingSource {

    private static final String PATH = "/v5/market/instruments-info?category=";

    /** A possessive pattern, because backtracking on a long text could overflow the stack. */
    private static final Pattern FOR_AN_ADDRESS = Pattern.compile("(?:[A-Za-z0-9._~-]++|%[0-9A-Fa-f]{2})++");

    /** Statuses that a single symbol is looked up with; empty: the venue's default. */
    private static final List<String> FUTURES = List.of("Closed", "", "PreLaunch", "Delivering");

    private static final List<String> OTHERS = List.of("Closed", "");

    @Override
    public List<String> requests(VenueCategory category, String group) {
        // Without a status filter, futures are only listed while they trade and options until delivery; spot has no
        // status.
        Stream<String> statuses = futures(category) ? Stream.of("Trading", "PreLaunch", "Delivering") : Stream.of("");
        return statuses.map(status -> PATH
                        + category.text()
                        + (group == null ? "" : "&baseCoin=" + Symbols.inAddress(group))
                        + filter(status)
                        + (category == Category.SPOT ? "" : "&limit=1000"))
                .toList();
    }

    @Override
    public ListingPage read(VenueCategory category, byte[] body) throws IOException {
        return InstrumentPage.read(body);
    }

    @Override
    public String next(String request, ListingPage page) {
        if (page.cursor().isEmpty()) {
            return null;
        }
        // The venue sends it URL-encoded.
        String cursor = FOR_AN_ADDRESS.matcher(page.cursor()).matches()
                ? page.cursor()
                : URLEncoder.encode(page.cursor(), StandardCharsets.UTF_8);
        int before = request.indexOf("&cursor=");
        return (before < 0 ? request : request.substring(0, before)) + "&cursor=" + cursor;
    }

    @Override
    public List<String> lookUps(VenueCategory category, String symbol) {
        return (futures(category) ? FUTURES : OTHERS)
                .stream()
                        .map(status -> PATH + category.text() + "&symbol=" + Symbols.inAddress(symbol) + filter(status))
                        .toList();
    }

    private static String filter(String status) {
        return status.isEmpty() ? "" : "&status=" + status;
    }

    private static boolean futures(VenueCategory category) {
        return category == Category.LINEAR || category == Category.INVERSE;
    }
}
