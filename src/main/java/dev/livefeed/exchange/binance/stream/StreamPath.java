package dev.livefeed.exchange.binance.stream;

import dev.livefeed.exchange.market.ProductCategory;
import dev.livefeed.exchange.stream.FrameForm;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The path of a connection: {@code /ws}, {@code /stream} and what follows them. Futures have {@code /public},
 * {@code /market} or {@code /private} before it. Without a group, {@code /usdm} stands for the host of futures, which
 * has only what is on {@code /public}.
 *
 * @param group of futures; spot has one only
 * @param streams names in the path or the query, subscribed at once
 */
public record StreamPath(ProductCategory category, StreamGroup group, FrameForm form, List<String> streams) {

    /** A part of the streams. */
    public enum StreamGroup {
        ALL,
        PUBLIC,
        MARKET,
        /** Of accounts, which this exchange has not: it is silent. */
        PRIVATE;

        boolean carries(BinanceStream stream) {
            return switch (this) {
                case ALL -> true;
                case PUBLIC -> stream.kind().inPublicGroup();
                case MARKET -> !stream.kind().inPublicGroup();
                case PRIVATE -> false;
            };
        }

        private static StreamGroup ofFutures(String group) {
            return switch (group == null ? "" : group) {
                case "/market" -> MARKET;
                case "/private" -> PRIVATE;
                default -> PUBLIC;
            };
        }
    }

    private static final Pattern PATH =
            Pattern.compile("(/usdm)?(/public|/market|/private)?/(ws|stream)(/.*)?", Pattern.UNICODE_CASE);

    /**
     * Parses a path; empty if the venue does not have it.
     *
     * @param query value of the parameter {@code streams}, or null
     */
    public static Optional<StreamPath> parse(String path, String query) {
        Matcher parts = PATH.matcher(path);
        if (!parts.matches()) {
            return Optional.empty();
        }
        boolean spot = parts.group(1) == null && parts.group(2) == null;
        StreamGroup group = spot ? StreamGroup.ALL : StreamGroup.ofFutures(parts.group(2));
        boolean combined = parts.group(3).equals("stream");
        String names = combined
                ? query
                : parts.group(4) == null ? null : parts.group(4).substring(1);
        List<String> streams = names == null
                ? List.of()
                : Arrays.stream(names.split("/"))
                        .filter(name -> !name.isEmpty())
                        .toList();
        return Optional.of(new StreamPath(
                spot ? ProductCategory.SPOT : ProductCategory.LINEAR,
                group,
                combined ? FrameForm.COMBINED : FrameForm.RAW,
                streams));
    }
}
