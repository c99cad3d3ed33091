package dev.livefeed.connector.bybit.account;

import com.fasterxml.jackson.databind.JsonNode;

/** Tells the venue's execution rows that are trades from those that are not, by their {@code execType}. */
final class BookingKind {

    private static final String TRADE = "Trade";

    private BookingKind() {}

    /** Whether a row is a trade: it says so, or it has no such field, as in {@code execution.fast}. */
    static boolean trade(JsonNode execType) {
        return execType == null || execType.isTextual() && execType.textValue().equals(TRADE);
    }

    /**
     * The protocol's kind for the venue's word in its protocol form; unknown words are {@code other}.
     *
     * @param execType null if it is empty
     */
    static String of(String execType) {
        return switch (execType == null ? "" : execType) {
            case "funding" -> "funding";
            case "settle", "session_settle_pn_l" -> "settlement";
            case "delivery" -> "delivery";
            case "adl_trade" -> "adl";
            case "bust_trade" -> "bust";
            case "block_trade" -> "block";
            case "move_position" -> "move";
            case "future_spread" -> "spread";
            case "corporate_action", "forward_split_settle", "reverse_split_settle", "dividend" -> "corporate_action";
            default -> "other";
        };
    }
}
