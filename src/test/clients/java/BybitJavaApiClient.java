import com.bybit.api.client.domain.CategoryType;
import com.bybit.api.client.domain.market.MarketInterval;
import com.bybit.api.client.domain.market.request.MarketDataRequest;
import com.bybit.api.client.service.BybitApiClientFactory;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * bybit-java-api, which hands on the text of the frames, against the local exchange: BybitJavaApiClient PORT
 * [SECONDS]
 */
final class BybitJavaApiClient {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static Truth truth;

    /** A book kept from the frames of one topic. */
    private static final class Kept {
        final Map<BigDecimal, BigDecimal> bids = new HashMap<>();
        final Map<BigDecimal, BigDecimal> asks = new HashMap<>();
        long updateId;
    }

    public static void main(String[] args) throws Exception {
        int port = Integer.parseInt(args[0]);
        long seconds = args.length > 1 ? Long.parseLong(args[1]) : 10;
        truth = new Truth("bybit-java-api", port, true);
        rest(port);
        open(port, "linear", "orderbook.50.BTCUSDT", "orderbook.1.BTCUSDT", "orderbook.200.ETHUSDT",
                "publicTrade.BTCUSDT", "tickers.BTCUSDT");
        open(port, "spot", "orderbook.50.BTCUSDT", "orderbook.1000.ETHUSDT", "publicTrade.BTCUSDT");
        open(port, "inverse", "orderbook.50.BTCUSD", "publicTrade.BTCUSD");
        BybitApiClientFactory.newInstance("local-key", "local-secret", "ws://127.0.0.1:" + port)
                .newWebsocketClient(20, text -> {
                    JsonNode message = JSON.readTree(text);
                    if (message.has("topic")) {
                        truth.count(message.get("topic").asText());
                    } else if (message.has("success") && !message.get("success").asBoolean()) {
                        truth.fault("private: " + text);
                    }
                })
                .getPrivateChannelStream(List.of("order", "execution", "wallet"), "/v5/private");
        Thread.sleep(seconds * 1000);
        truth.finish(
                "book linear BTCUSDT 50", "book linear BTCUSDT 1", "book linear ETHUSDT 200", "trade linear BTCUSDT",
                "linear tickers",
                "book spot BTCUSDT 50", "book spot ETHUSDT 1000", "trade spot BTCUSDT", "book inverse BTCUSD 50",
                "trade inverse BTCUSD", "order", "execution", "wallet");
    }

    private static void rest(int port) {
        var market = BybitApiClientFactory.newInstance("http://127.0.0.1:" + port, false).newMarketDataRestClient();
        var linear = MarketDataRequest.builder().category(CategoryType.LINEAR).symbol("BTCUSDT");
        good("time", market.getServerTime());
        good("instruments", market.getInstrumentsInfo(linear.build()));
        good("kline", market.getMarketLinesData(linear.marketInterval(MarketInterval.ONE_MINUTE).limit(5).build()));
        // Not recent-trade: this version sends the symbol as optionType.
        good("orderbook", market.getMarketOrderBook(linear.build()));
        good("tickers", market.getMarketTickers(linear.build()));
    }

    private static void good(String what, Object answer) {
        JsonNode node = JSON.valueToTree(answer);
        if (node.path("retCode").asInt(-1) != 0 || node.path("result").isEmpty()) {
            truth.fault(what + ": " + node);
        }
    }

    private static void open(int port, String category, String... topics) {
        Map<String, Kept> books = new HashMap<>();
        BybitApiClientFactory.newInstance("ws://127.0.0.1:" + port, false)
                .newWebsocketClient(20, text -> {
                    JsonNode message = JSON.readTree(text);
                    if (message.has("success") && !message.get("success").asBoolean()) {
                        truth.fault(category + ": " + text);
                    }
                    String[] topic = message.path("topic").asText().split("\\.");
                    switch (topic[0]) {
                        case "orderbook" -> book(category, topic, message,
                                books.computeIfAbsent(message.get("topic").asText(), key -> new Kept()));
                        case "publicTrade" -> message.get("data")
                                .forEach(trade -> truth.trade(category, topic[1], trade.get("i").asText()));
                        case "tickers" -> truth.count(category + " tickers");
                        default -> {}
                    }
                })
                .getPublicChannelStream(List.of(topics), "/v5/public/" + category);
    }

    private static void book(String category, String[] topic, JsonNode message, Kept book) {
        JsonNode data = message.get("data");
        long updateId = data.get("u").asLong();
        if (message.get("type").asText().equals("snapshot")) {
            book.bids.clear();
            book.asks.clear();
        } else if (updateId != book.updateId + 1) {
            truth.fault(category + " " + message.get("topic") + ": u " + updateId + " after " + book.updateId);
        }
        book.updateId = updateId;
        apply(book.bids, data.get("b"));
        apply(book.asks, data.get("a"));
        truth.book(category, topic[2], Integer.parseInt(topic[1]), updateId, book.bids, book.asks);
    }

    private static void apply(Map<BigDecimal, BigDecimal> side, JsonNode levels) {
        for (JsonNode level : levels) {
            BigDecimal price = new BigDecimal(level.get(0).asText()).stripTrailingZeros();
            BigDecimal size = new BigDecimal(level.get(1).asText());
            if (size.signum() != 0) {
                side.put(price, size);
            } else if (side.remove(price) == null) {
                truth.fault(price + " was not there");
            }
        }
    }
}
