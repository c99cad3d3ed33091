package dev.livefeed.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.livefeed.exchange.engine.Exchange;
import dev.livefeed.exchange.engine.ExchangeConfig;
import dev.livefeed.exchange.market.Ladder;
import dev.livefeed.exchange.market.ProductCategory;
import dev.livefeed.exchange.market.SimulatedMarket;
import dev.livefeed.exchange.stream.StreamSession;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The markets as seen by a client over simulated minutes: its book is consistent after each frame and agrees with the
 * trades.
 */
class SimulatedMarketTest {

    private static final long START = 1_795_000_000_000L;

    private final RecordingConnection connection = new RecordingConnection();

    @ParameterizedTest
    @CsvSource({
        "LINEAR,BTCUSDT,1", "LINEAR,BTCUSDT,50", "LINEAR,ETHUSDT,200", "LINEAR,DOGEUSDT,1000",
        "SPOT,BTCUSDT,1", "SPOT,BTCUSDT,50", "SPOT,XRPUSDT,200", "SPOT,ETHUSDT,1000",
        "INVERSE,BTCUSD,50", "INVERSE,ETHUSD,1000"
    })
    void bookBuiltFromFramesHasExactlyItsDepth(ProductCategory category, String symbol, int depth) {
        Exchange exchange = exchange(1);
        BookReplica book = new BookReplica(depth);

        subscribe(exchange, category, "orderbook." + depth + "." + symbol);
        List<JsonNode> frames = framesOf(exchange, 60);

        assertThat(frames.get(0).path("type").asText()).isEqualTo("snapshot");
        frames.forEach(book::apply);
        assertThat(frames).hasSizeGreaterThan(60);
    }

    @Test
    void optionBooksHaveTheirDepth() {
        Exchange exchange = exchange(1);
        String symbol = exchange.markets()
                .of(ProductCategory.OPTION)
                .iterator()
                .next()
                .instrument()
                .symbol();
        BookReplica book = new BookReplica(25);

        subscribe(exchange, ProductCategory.OPTION, "orderbook.25." + symbol);
        List<JsonNode> frames = framesOf(exchange, 60);

        frames.forEach(book::apply);
        assertThat(frames).hasSizeGreaterThan(20);
    }

    @ParameterizedTest
    @CsvSource({
        "LINEAR,BTCUSDT,orderbook.50.BTCUSDT",
        "SPOT,BTCUSDT,orderbook.50.BTCUSDT",
        "INVERSE,BTCUSD,orderbook.50.BTCUSD"
    })
    void tradesReduceTheBookByTheirSize(ProductCategory category, String symbol, String topic) {
        Exchange exchange = exchange(3);
        BookReplica book = new BookReplica(50);
        Map<Long, List<JsonNode>> tradesBySequence = new HashMap<>();
        Set<String> ids = new HashSet<>();

        subscribe(exchange, category, "publicTrade." + symbol, topic);
        int orders = 0;
        for (JsonNode frame : framesOf(exchange, 120)) {
            if (frame.path("topic").asText().startsWith("publicTrade")) {
                for (JsonNode trade : frame.path("data")) {
                    assertThat(ids.add(trade.path("i").asText())).isTrue();
                    tradesBySequence
                            .computeIfAbsent(trade.path("seq").asLong(), s -> new ArrayList<>())
                            .add(trade);
                }
                continue;
            }
            List<JsonNode> trades =
                    tradesBySequence.remove(frame.path("data").path("seq").asLong());
            Map<BigDecimal, BigDecimal> before = trades == null ? Map.of() : new HashMap<>(side(book, trades));
            BigDecimal best = trades == null ? null : firstPrice(book, trades);
            book.apply(frame);
            if (trades != null) {
                orders++;
                assertThat(trades)
                        .allSatisfy(trade -> assertThat(trade.path("T").asLong())
                                .isEqualTo(frame.path("cts").asLong()));
                assertThat(price(trades.get(0))).isEqualByComparingTo(best);
                Map<BigDecimal, BigDecimal> taken = new HashMap<>();
                trades.forEach(trade -> taken.merge(
                        key(price(trade)), new BigDecimal(trade.path("v").asText()), BigDecimal::add));
                taken.forEach((price, size) -> {
                    BigDecimal left = side(book, trades).getOrDefault(price, BigDecimal.ZERO);
                    assertThat(before.get(price)).as("size at %s", price).isEqualByComparingTo(left.add(size));
                });
            }
        }
        assertThat(orders).isGreaterThan(60);
        assertThat(tradesBySequence).as("trades without a book change").isEmpty();
    }

    @Test
    void sameSeedGivesTheSameMarket() {
        List<String> one = trades(7);
        List<String> same = trades(7);
        List<String> other = trades(8);

        assertThat(one).hasSizeGreaterThan(20).isEqualTo(same);
        assertThat(other).isNotEqualTo(one);
    }

    @Test
    void marketWithoutSubscribersKeepsRunning() {
        Exchange exchange = exchange(1);

        run(exchange, 60);

        assertThat(exchange.markets()
                        .market(ProductCategory.LINEAR, "BTCUSDT")
                        .trades()
                        .written())
                .isGreaterThan(100);
    }

    @Test
    void everyMarketStaysConsistent() {
        Exchange exchange = exchange(11);
        for (int minute = 0; minute < 20; minute++) {
            run(exchange, 60);
            for (ProductCategory category : ProductCategory.values()) {
                for (SimulatedMarket market : exchange.markets().of(category)) {
                    String name = category + " " + market.instrument().symbol();
                    Ladder bids = market.book().bids();
                    Ladder asks = market.book().asks();
                    assertThat(bids.price(0)).as(name).isLessThan(asks.price(0));
                    assertThat(Math.min(bids.count(), asks.count()))
                            .as(name)
                            .isGreaterThanOrEqualTo(category.deepestTopic());
                    assertThat(Math.abs(market.lastTicks() - market.fairTicks()))
                            .as(name)
                            .isLessThan(Math.max(40, market.fairTicks() * 0.005));
                }
            }
        }
    }

    @Test
    void unchangedBestPriceIsRepeatedAfterThreeSecondsWithTheSameUpdateId() {
        Exchange exchange = exchange(1, 0.0001);

        subscribe(exchange, ProductCategory.SPOT, "orderbook.1.ETHBTC");
        List<JsonNode> frames = framesOf(exchange, 10);

        assertThat(frames).hasSize(4);
        assertThat(frames).extracting(f -> f.path("type").asText()).containsOnly("snapshot");
        assertThat(frames)
                .extracting(f -> f.path("data").path("u").asLong())
                .containsOnly(frames.get(0).path("data").path("u").asLong());
        assertThat(frames.get(2).path("ts").asLong() - frames.get(1).path("ts").asLong())
                .isEqualTo(3000);
    }

    @Test
    void liquidationsArriveInBatches() {
        Exchange exchange = exchange(1, 20);

        subscribe(exchange, ProductCategory.LINEAR, "allLiquidation.BTCUSDT");
        List<JsonNode> frames = framesOf(exchange, 30);

        assertThat(frames).isNotEmpty().allSatisfy(frame -> {
            assertThat(frame.path("data").isArray()).isTrue();
            assertThat(frame.path("data").get(0).path("S").asText()).isIn("Buy", "Sell");
        });
    }

    @Test
    void futuresTickerSendsOnlyChangedFields() {
        Exchange exchange = exchange(1);
        Map<String, String> ticker = new HashMap<>();

        subscribe(exchange, ProductCategory.LINEAR, "tickers.BTCUSDT");
        List<JsonNode> frames = framesOf(exchange, 20);

        assertThat(frames.get(0).path("type").asText()).isEqualTo("snapshot");
        assertThat(frames.get(0).path("data").size()).isGreaterThan(20);
        for (JsonNode frame : frames) {
            Map<String, String> before = Map.copyOf(ticker);
            frame.path("data").properties().forEach(field -> {
                String name = field.getKey();
                // A best price is always sent with its size.
                if (!name.equals("symbol")
                        && !name.endsWith("1Price")
                        && !name.endsWith("1Size")
                        && !before.isEmpty()) {
                    assertThat(field.getValue().asText()).as(name).isNotEqualTo(before.get(name));
                }
                ticker.put(name, field.getValue().asText());
            });
            assertThat(frame.path("data").has("bid1Price"))
                    .isEqualTo(frame.path("data").has("bid1Size"));
        }
        assertThat(frames).hasSizeBetween(50, 201);
    }

    @Test
    void candleIsConfirmedOnceWhenItCloses() {
        Exchange exchange = exchange(1);

        subscribe(exchange, ProductCategory.LINEAR, "kline.1.BTCUSDT");
        List<JsonNode> frames = framesOf(exchange, 130);

        List<JsonNode> confirmed = frames.stream()
                .map(f -> f.path("data").get(0))
                .filter(d -> d.path("confirm").asBoolean())
                .toList();
        assertThat(confirmed).hasSize(2);
        assertThat(confirmed).allSatisfy(d -> assertThat(d.path("end").asLong())
                .isEqualTo(d.path("start").asLong() + 59_999));
        assertThat(confirmed.get(1).path("start").asLong())
                .isEqualTo(confirmed.get(0).path("start").asLong() + 60_000);
    }

    private List<String> trades(long seed) {
        Exchange exchange = exchange(seed);
        subscribe(exchange, ProductCategory.LINEAR, "publicTrade.BTCUSDT");
        run(exchange, 30);
        return connection.take();
    }

    private static Exchange exchange(long seed) {
        return exchange(seed, 1);
    }

    private static Exchange exchange(long seed, double speed) {
        return new Exchange(ExchangeConfig.builder().seed(seed).speed(speed).build(), START);
    }

    /** Subscribes and drops the acknowledgement. */
    private void subscribe(Exchange exchange, ProductCategory category, String... topics) {
        StreamSession session = exchange.connect(category, connection);
        String args = "\"" + String.join("\",\"", topics) + "\"";
        exchange.receive(
                session,
                "{\"op\":\"subscribe\",\"args\":[" + args + "]}",
                exchange.markets().at());
    }

    /** All data frames of some seconds. */
    private List<JsonNode> framesOf(Exchange exchange, int seconds) {
        run(exchange, seconds);
        List<JsonNode> frames = connection.takeJson();
        assertThat(frames.get(0).path("success").asBoolean())
                .as(frames.get(0).toString())
                .isTrue();
        return frames.subList(1, frames.size());
    }

    private static void run(Exchange exchange, int seconds) {
        long end = exchange.markets().at() + seconds * 1000L;
        for (long now = exchange.markets().at(); now <= end; now += 10) {
            exchange.advance(now);
        }
    }

    private static BigDecimal key(BigDecimal price) {
        return price.stripTrailingZeros();
    }

    private static BigDecimal price(JsonNode trade) {
        return new BigDecimal(trade.path("p").asText());
    }

    private static Map<BigDecimal, BigDecimal> side(BookReplica book, List<JsonNode> trades) {
        Map<BigDecimal, BigDecimal> side = new HashMap<>();
        (buys(trades) ? book.asks : book.bids).forEach((price, size) -> side.put(key(price), size));
        return side;
    }

    private static BigDecimal firstPrice(BookReplica book, List<JsonNode> trades) {
        return buys(trades) ? book.asks.firstKey() : book.bids.firstKey();
    }

    private static boolean buys(List<JsonNode> trades) {
        return trades.get(0).path("S").asText().equals("Buy");
    }
}
