package dev.livefeed.app.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.livefeed.app.backfill.BackfillProgress.BackfillStatus;
import dev.livefeed.app.market.ContextView;
import dev.livefeed.app.market.Market;
import dev.livefeed.exchange.ExchangeServer;
import dev.livefeed.exchange.engine.ExchangeConfig;
import dev.livefeed.protocol.model.Ids;
import dev.livefeed.protocol.model.Side;
import dev.livefeed.protocol.model.Trade;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs against the local exchange on a stopped clock. */
class BackfillTest {

    private static final Instant NOW = Instant.parse("2026-03-02T15:00:30Z");
    private static final LongSupplier CLOCK = NOW::toEpochMilli;
    /** For the tick sizes, which come only with a subscription. */
    private Duration tickWait = Duration.ofMillis(10);

    private final Market market = new Market(() -> 0);
    private ExchangeServer exchange;
    private HistoryRig rig;

    @BeforeEach
    void start() throws Exception {
        exchange = ExchangeServer.start(ExchangeConfig.builder().port(0).build(), CLOCK);
        rig = new HistoryRig(exchange.streamUrl(), exchange.restUrl(), market);
    }

    @AfterEach
    void stop() {
        rig.close();
        exchange.close();
    }

    @Test
    void fillsTheDayBeforeAndTodayFromCandles() throws Exception {
        BackfillProgress progress = fill(rig, "BTCUSDT");

        assertThat(progress.status()).isEqualTo(BackfillStatus.DONE);
        assertThat(progress.current()).isEqualTo(progress.total()).isEqualTo(3);
        assertThat(progress.percentage()).isEqualTo(100);
        assertThat(progress.filled()).isEqualTo(1_440 + 15 * 60);
        ContextView view = market.context(Ids.linear("BTCUSDT"));
        List<JsonNode> today = minutes("2026-03-02T00:00:00Z", "2026-03-02T14:59:00Z");
        JsonNode before =
                rows("D", "2026-03-01T00:00:00Z", "2026-03-01T00:00:00Z").get(0);
        assertThat(view.day()).isEqualTo(LocalDate.parse("2026-03-02"));
        assertThat(view.approximate()).isTrue();
        assertThat(view.previous().approximate()).isTrue();
        assertThat(view.trades()).isZero();
        assertThat(view.cvd()).isZero();
        assertThat(view.volume()).isEqualByComparingTo(sum(today, 5));
        assertThat(view.quoteVolume()).isEqualByComparingTo(sum(today, 6));
        assertThat(view.high())
                .isEqualByComparingTo(today.stream()
                        .map(r -> number(r, 2))
                        .max(BigDecimal::compareTo)
                        .orElseThrow());
        assertThat(view.low())
                .isEqualByComparingTo(today.stream()
                        .map(r -> number(r, 3))
                        .min(BigDecimal::compareTo)
                        .orElseThrow());
        assertThat(view.poc()).isBetween(view.low(), view.high());
        assertThat(view.val()).isLessThanOrEqualTo(view.poc());
        assertThat(view.vah()).isGreaterThanOrEqualTo(view.poc());
        assertThat(view.openingRangeHigh())
                .isEqualByComparingTo(minutes("2026-03-02T08:00:00Z", "2026-03-02T08:09:00Z").stream()
                        .map(r -> number(r, 2))
                        .max(BigDecimal::compareTo)
                        .orElseThrow());
        assertThat(view.previous().high()).isEqualByComparingTo(number(before, 2));
        assertThat(view.previous().low()).isEqualByComparingTo(number(before, 3));
        assertThat(view.previous().poc())
                .isBetween(view.previous().low(), view.previous().high());
        assertThat(view.previous().vwap())
                .isBetween(view.previous().low(), view.previous().high());
    }

    @Test
    void aMinuteWithALiveTradeIsLeftAsItIs() throws Exception {
        market.trade(trade("2026-03-02T14:30:10Z"));

        BackfillProgress progress = fill(rig, "BTCUSDT");

        assertThat(progress.filled()).isEqualTo(1_440 + 15 * 60 - 1);
        List<JsonNode> others = new ArrayList<>(minutes("2026-03-02T00:00:00Z", "2026-03-02T14:29:00Z"));
        others.addAll(minutes("2026-03-02T14:31:00Z", "2026-03-02T14:59:00Z"));
        assertThat(market.context(Ids.linear("BTCUSDT")).volume())
                .isEqualByComparingTo(sum(others, 5).add(new BigDecimal("7")));
        assertThat(market.context(Ids.linear("BTCUSDT")).cvd()).isEqualByComparingTo("7");
    }

    @Test
    void aTradeOfAFilledMinuteIsNotCountedAgain() throws Exception {
        fill(rig, "BTCUSDT");
        ContextView before = market.context(Ids.linear("BTCUSDT"));

        market.trade(trade("2026-03-02T14:59:59.9Z"));
        assertThat(market.context(Ids.linear("BTCUSDT")).volume()).isEqualByComparingTo(before.volume());
        assertThat(market.context(Ids.linear("BTCUSDT")).lastPrice()).isEqualByComparingTo("80000");
        assertThat(market.dayReport(Ids.linear("BTCUSDT")).exceptions().covered())
                .isEqualTo(1);

        market.trade(trade("2026-03-02T15:00:00Z"));
        assertThat(market.context(Ids.linear("BTCUSDT")).volume())
                .isEqualByComparingTo(before.volume().add(new BigDecimal("7")));
    }

    @Test
    void fillingTwiceChangesNothing() throws Exception {
        fill(rig, "BTCUSDT");
        ContextView before = market.context(Ids.linear("BTCUSDT"));

        assertThat(fill(rig, "BTCUSDT").filled()).isZero();
        assertThat(market.context(Ids.linear("BTCUSDT"))).isEqualTo(before);
    }

    @Test
    void aSymbolThatTheExchangeDoesNotKnowHoldsUpNoOther() throws Exception {
        BackfillProgress progress = fill(rig, "NOSUCHUSDT", "BTCUSDT");

        assertThat(progress.status()).isEqualTo(BackfillStatus.PARTLY);
        assertThat(progress.failed()).isEqualTo(1);
        assertThat(progress.failures().get(0)).startsWith("NOSUCHUSDT: retCode 10001");
        assertThat(progress.percentage()).isEqualTo(100);
        assertThat(market.context(Ids.linear("BTCUSDT")).approximate()).isTrue();
    }

    @Test
    void profilesBeginInTheTicksOfTheExchange() throws Exception {
        tickWait = Duration.ofSeconds(20);
        rig.send(Map.of("command", "subscribe", "channel", "ticker", "symbol", "BTCUSDT"));

        fill(rig, "BTCUSDT");

        BigDecimal tick = new BigDecimal(answer("/v5/market/instruments-info?category=linear&symbol=BTCUSDT")
                .at("/result/list/0/priceFilter/tickSize")
                .asText());
        assertThat(market.listing(Ids.linear("BTCUSDT")).tickSize()).isEqualByComparingTo(tick);
        assertThat(market.listing(Ids.linear("BTCUSDT")).limits()).hasNoNullFieldsOrProperties();
        assertThat(market.context(Ids.linear("BTCUSDT")).tickSize()).isEqualByComparingTo(tick);
        assertThat(market.dayReport(Ids.linear("BTCUSDT")).profile().tickFromExchange())
                .isTrue();
    }

    @Test
    void nothingToBeHadIsAFailureAndNotAnEnd() throws Exception {
        try (ScriptedHttpServer server = new ScriptedHttpServer().then(451, "");
                HistoryRig blocked = new HistoryRig(exchange.streamUrl(), server.address(), market)) {
            BackfillProgress progress = fill(blocked, "A", "B", "C");

            assertThat(progress.status()).isEqualTo(BackfillStatus.FAILED);
            assertThat(progress.failed()).isEqualTo(3);
            assertThat(progress.failures().get(2)).isEqualTo("C: HTTP 451: not served in this region");
            assertThat(market.context(Ids.linear("A"))).isNull();
        }
    }

    @Test
    void itIsSkippedUnlessItIsWanted() {
        BackfillProgress progress = new BackfillProgress(() -> 0);
        backfill(rig.client, false, progress, "BTCUSDT").run();

        assertThat(progress.status()).isEqualTo(BackfillStatus.SKIPPED);
        assertThat(market.context(Ids.linear("BTCUSDT"))).isNull();
    }

    private BackfillProgress fill(HistoryRig source, String... symbols) {
        BackfillProgress progress = new BackfillProgress(() -> 0);
        backfill(source.client, true, progress, symbols).run();
        return progress;
    }

    private Backfill backfill(HistoryClient client, boolean wanted, BackfillProgress progress, String... symbols) {
        Backfill.Plan plan =
                new Backfill.Plan("simulator", null, wanted ? "levels" : "off", Ids.linear(List.of(symbols)), tickWait);
        return new Backfill(plan, client, market, CLOCK, progress, new MissingTrades(plan.symbols(), () -> 0));
    }

    private List<JsonNode> minutes(String from, String to) throws Exception {
        List<JsonNode> all = new ArrayList<>();
        Instant end = Instant.parse(to);
        for (Instant at = Instant.parse(from); !at.isAfter(end); at = at.plusSeconds(60 * 500)) {
            Instant last = at.plusSeconds(60 * 499);
            all.addAll(rows("1", at.toString(), (last.isBefore(end) ? last : end).toString()));
        }
        return all;
    }

    private List<JsonNode> rows(String interval, String from, String to) throws Exception {
        List<JsonNode> rows = new ArrayList<>();
        answer("/v5/market/kline?category=linear&symbol=BTCUSDT&limit=1000&interval=" + interval + "&start="
                        + Instant.parse(from).toEpochMilli() + "&end="
                        + Instant.parse(to).toEpochMilli())
                .at("/result/list")
                .forEach(rows::add);
        return rows;
    }

    private JsonNode answer(String pathAndQuery) throws IOException {
        try (InputStream body =
                URI.create(exchange.restUrl() + pathAndQuery).toURL().openStream()) {
            return new ObjectMapper().readTree(body);
        }
    }

    private static BigDecimal sum(List<JsonNode> rows, int column) {
        return rows.stream().map(row -> number(row, column)).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal number(JsonNode row, int column) {
        return new BigDecimal(row.path(column).asText());
    }

    private static Trade trade(String at) {
        long micros = Instant.parse(at).toEpochMilli() * 1000;
        return new Trade(
                "BTCUSDT",
                "linear",
                at,
                micros,
                new BigDecimal("80000"),
                new BigDecimal("7"),
                Side.BUY,
                1,
                false,
                false,
                micros,
                true);
    }
}
