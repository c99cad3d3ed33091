package dev.livefeed.connector.bybit.account;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.livefeed.protocol.model.AccountEvent;
import dev.livefeed.protocol.model.Execution;
import dev.livefeed.protocol.model.Order;
import dev.livefeed.protocol.model.Position;
import dev.livefeed.protocol.model.Symbols;
import dev.livefeed.protocol.model.Wallet;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Converts rows of the private stream to events, without loss of precision. Unmapped fields of a row are kept as they
 * are.
 */
final class RowReader {

    /** A protocol line is limited to 1 MiB; a longer row is emitted without its unmapped fields. */
    private static final int LONGEST_ROW = 256 * 1024;

    private final ObjectMapper mapper;
    private final Consumer<String> leftOut;
    private boolean tooLong;
    private long latestMillis;

    /** @param leftOut called with the reason for each coin of a wallet that is left out */
    RowReader(ObjectMapper mapper, Consumer<String> leftOut) {
        this.mapper = mapper;
        this.leftOut = leftOut;
    }

    /** Slightly less than the limit of one day that the protocol sets for future times. */
    static long latestMillis(long receivedAt) {
        return receivedAt / 1_000L + 86_000_000L;
    }

    /**
     * Reads a row.
     *
     * @param createdMicros creation time of the frame, used for rows without a time
     * @throws UnusableRowException if a required field is missing
     */
    AccountEvent read(PrivateTopic topic, JsonNode data, long createdMicros, long receivedAt, boolean synthetic)
            throws UnusableRowException {
        if (!(data instanceof ObjectNode fields)) {
            throw new UnusableRowException("the row is not a JSON object");
        }
        tooLong = fields.toString().length() > LONGEST_ROW;
        latestMillis = latestMillis(receivedAt);
        Row row = new Row(mapper, fields, latestMillis);
        return switch (topic.kind()) {
            case ORDER -> order(row, topic, createdMicros, receivedAt, synthetic);
            case EXECUTION ->
                BookingKind.trade(fields.get("execType"))
                        ? execution(row, topic, createdMicros, receivedAt, synthetic)
                        : booking(row, topic, createdMicros, receivedAt, synthetic);
            case POSITION -> position(row, topic, createdMicros, receivedAt, synthetic);
            case WALLET -> wallet(row, createdMicros, receivedAt, synthetic);
        };
    }

    private Order order(Row row, PrivateTopic topic, long createdMicros, long receivedAt, boolean synthetic)
            throws UnusableRowException {
        Long updated = row.time("updatedTime");
        String reject = row.word("rejectReason");
        return new Order(
                symbol(row),
                category(row, topic),
                updated == null ? createdMicros : updated,
                row.needed("orderId"),
                row.text("orderLinkId"),
                row.neededSide("side"),
                row.word("orderType"),
                row.neededWord("orderStatus"),
                row.price("price"),
                row.neededAmount("qty"),
                row.amount("cumExecQty"),
                row.amount("leavesQty"),
                row.price("avgPrice"),
                row.amount("cumExecValue"),
                row.figure("cumExecFee"),
                row.coin("feeCurrency"),
                row.price("triggerPrice"),
                row.word("timeInForce"),
                row.flag("reduceOnly"),
                "ec_no_error".equals(reject) ? null : reject,
                row.time("createdTime"),
                rest(row),
                receivedAt,
                synthetic);
    }

    private Execution execution(Row row, PrivateTopic topic, long createdMicros, long receivedAt, boolean synthetic)
            throws UnusableRowException {
        Long executed = row.time("execTime");
        return new Execution(
                symbol(row),
                category(row, topic),
                executed == null ? createdMicros : executed,
                row.needed("execId"),
                null,
                row.needed("orderId"),
                row.text("orderLinkId"),
                row.neededSide("side"),
                row.neededAmount("execPrice"),
                row.neededAmount("execQty"),
                row.figure("execValue"),
                row.figure("execFee"),
                row.figure("feeRate"),
                row.coin("feeCurrency"),
                row.flag("isMaker"),
                row.word("execType"),
                row.word("orderType"),
                row.price("orderPrice"),
                row.amount("orderQty"),
                row.amount("leavesQty"),
                row.amount("closedSize"),
                row.figure("execPnl"),
                row.whole("seq"),
                topic.fast(),
                rest(row),
                receivedAt,
                synthetic);
    }

    private Execution booking(Row row, PrivateTopic topic, long createdMicros, long receivedAt, boolean synthetic)
            throws UnusableRowException {
        Long executed = row.time("execTime");
        String execType = row.word("execType");
        return new Execution(
                symbol(row),
                category(row, topic),
                executed == null ? createdMicros : executed,
                row.needed("execId"),
                BookingKind.of(execType),
                row.text("orderId"),
                row.text("orderLinkId"),
                row.optionalSide("side"),
                row.price("execPrice"),
                row.amount("execQty"),
                row.figure("execValue"),
                row.figure("execFee"),
                row.figure("feeRate"),
                row.coin("feeCurrency"),
                row.flag("isMaker"),
                execType,
                row.word("orderType"),
                row.price("orderPrice"),
                row.amount("orderQty"),
                row.amount("leavesQty"),
                row.amount("closedSize"),
                row.figure("execPnl"),
                row.whole("seq"),
                topic.fast(),
                rest(row),
                receivedAt,
                synthetic);
    }

    private Position position(Row row, PrivateTopic topic, long createdMicros, long receivedAt, boolean synthetic)
            throws UnusableRowException {
        Long updated = row.time("updatedTime");
        Position position = new Position(
                symbol(row),
                category(row, topic),
                updated == null ? createdMicros : updated,
                row.side("side"),
                row.sizeOrNone("size"),
                row.whole("positionIdx"),
                row.price("entryPrice"),
                row.price("markPrice"),
                row.figure("positionValue"),
                row.price("leverage"),
                row.price("liqPrice"),
                row.price("takeProfit"),
                row.price("stopLoss"),
                row.figure("unrealisedPnl"),
                row.figure("curRealisedPnl"),
                row.figure("cumRealisedPnl"),
                row.word("positionStatus"),
                row.time("createdTime"),
                row.whole("seq"),
                rest(row),
                receivedAt,
                synthetic);
        if (position.side() == null && position.size().signum() != 0) {
            throw new UnusableRowException("side is empty, must be Buy or Sell for an open position");
        }
        return position;
    }

    private Wallet wallet(Row row, long createdMicros, long receivedAt, boolean synthetic) throws UnusableRowException {
        JsonNode coins = row.list("coin");
        if (coins == null) {
            throw new UnusableRowException("coin is missing, must be a list");
        }
        List<Wallet.Coin> held = new ArrayList<>();
        for (JsonNode coin : coins) {
            try {
                held.add(coin(coin));
            } catch (UnusableRowException e) {
                leftOut.accept(e.getMessage());
            }
        }
        return new Wallet(
                createdMicros,
                row.neededWord("accountType"),
                row.figure("totalEquity"),
                row.figure("totalWalletBalance"),
                row.figure("totalMarginBalance"),
                row.figure("totalAvailableBalance"),
                row.figure("totalPerpUPL"),
                row.figure("totalInitialMargin"),
                row.figure("totalMaintenanceMargin"),
                List.copyOf(held),
                rest(row),
                receivedAt,
                synthetic);
    }

    private Wallet.Coin coin(JsonNode data) throws UnusableRowException {
        if (!(data instanceof ObjectNode fields)) {
            throw new UnusableRowException("a coin is not a JSON object");
        }
        Row row = new Row(mapper, fields, latestMillis);
        String coin = row.coin("coin");
        BigDecimal balance = row.figure("walletBalance");
        if (coin == null || balance == null) {
            throw new UnusableRowException(
                    coin == null ? "a coin has no name" : "coin " + coin + " has no walletBalance");
        }
        return new Wallet.Coin(
                coin,
                balance,
                row.figure("equity"),
                row.figure("usdValue"),
                row.figure("locked"),
                row.figure("borrowAmount"),
                row.figure("unrealisedPnl"),
                row.figure("cumRealisedPnl"),
                tooLong ? Map.of() : row.rest());
    }

    private static String symbol(Row row) throws UnusableRowException {
        String symbol = row.needed("symbol");
        if (!Symbols.valid(symbol)) {
            throw new UnusableRowException("symbol is \"" + symbol + "\", must be " + Symbols.RULE);
        }
        return symbol;
    }

    /** The category of the row, otherwise that of the topic. */
    private static String category(Row row, PrivateTopic topic) {
        String category = row.word("category");
        return category == null || !Symbols.validCategory(category) ? topic.category() : category;
    }

    private Map<String, Object> rest(Row row) {
        return tooLong ? Map.of("omitted", "the row is longer than " + LONGEST_ROW + " characters") : row.rest();
    }
}
