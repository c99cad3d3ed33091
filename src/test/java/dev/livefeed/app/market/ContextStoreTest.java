package dev.livefeed.app.market;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.livefeed.app.state.StateFile;
import dev.livefeed.protocol.model.Ids;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Side;
import dev.livefeed.protocol.model.Times;
import dev.livefeed.protocol.model.Trade;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class ContextStoreTest {

    private static final List<String> SYMBOLS = List.of("BTCUSDT");

    @TempDir
    Path folder;

    /** A context restarted at any points within some days equals one that was never stopped. */
    @Property(tries = 25)
    void restartDoesNotChangeTheContext(
            @ForAll long seed,
            @ForAll @IntRange(min = 2, max = 500) int count,
            @ForAll @IntRange(min = 1, max = 3) int days,
            @ForAll @IntRange(min = 1, max = 4) int restarts)
            throws IOException {
        Path place = Files.createTempDirectory("context");
        List<Trade> trades = RandomDays.trades(seed, count, days).stream()
                .sorted(Comparator.comparing(Trade::timestampMicros))
                .toList();
        Market whole = new Market(() -> 0);
        Market part = new Market(() -> 0);
        int length = Math.max(1, count / (restarts + 1));
        for (int i = 0; i < count; i++) {
            // A trade in the same microsecond as the last one before a restart is assumed to be that one.
            boolean distinct = i == 0
                    || trades.get(i).timestampMicros() != trades.get(i - 1).timestampMicros();
            if (i % length == 0 && distinct) {
                new ContextStore(part, place, Map.of()).save();
                part = restored(place);
            }
            whole.trade(trades.get(i));
            part.trade(trades.get(i));
        }

        assertThat(part.context(Ids.linear("BTCUSDT")))
                .usingRecursiveComparison()
                .withComparatorForType(BigDecimal::compareTo, BigDecimal.class)
                .withEqualsForType(InstrumentId::equals, InstrumentId.class)
                .isEqualTo(whole.context(Ids.linear("BTCUSDT")));
        assertThat(part.bins(Ids.linear("BTCUSDT"), BigDecimal.ZERO, 100_000))
                .isEqualTo(whole.bins(Ids.linear("BTCUSDT"), BigDecimal.ZERO, 100_000));
        try (var files = Files.walk(place)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }

    @Test
    void repeatedTradesAreNotCountedTwice() {
        Market first = new Market(() -> 0);
        List<Trade> trades = RandomDays.trades(5, 200, 1);
        trades.forEach(first::trade);
        new ContextStore(first, folder, Map.of()).save();

        Market second = restored(folder);
        trades.forEach(second::trade);

        assertThat(second.context(Ids.linear("BTCUSDT")).volume())
                .isEqualByComparingTo(first.context(Ids.linear("BTCUSDT")).volume());
        assertThat(second.dayReport(Ids.linear("BTCUSDT")).exceptions().repeated())
                .isEqualTo(200);
    }

    @Test
    void previousDayIsRestored() {
        Market first = new Market(() -> 0);
        first.trade(RandomDays.trade("2026-03-01T12:00:00Z", "100", "1", Side.BUY));
        new ContextStore(first, folder, Map.of()).save();

        Market second = restored(folder);
        second.trade(RandomDays.trade("2026-03-02T12:00:00Z", "200", "1", Side.BUY));

        assertThat(second.context(Ids.linear("BTCUSDT")).previous().high()).isEqualByComparingTo("100");
        assertThat(second.context(Ids.linear("BTCUSDT")).previous().poc()).isEqualByComparingTo("100");
    }

    @Test
    void emptyContextIsNotSaved() {
        Path place = folder.resolve("new");
        new ContextStore(new Market(() -> 0), place, Map.of()).save();

        assertThat(place).doesNotExist();
    }

    @Test
    void onlyChangedSymbolsAreSaved() throws IOException {
        Market market = new Market(() -> 0);
        ContextStore store = new ContextStore(market, folder, Map.of());
        market.trade(RandomDays.trade("2026-03-01T12:00:00Z", "100", "1", Side.BUY));
        store.save();
        Path file = folder.resolve("linear/BTCUSDT.json");
        Files.writeString(file, "untouched");

        store.save();
        assertThat(file).hasContent("untouched");

        market.trade(RandomDays.trade("2026-03-01T12:00:01Z", "100", "1", Side.BUY));
        store.save();
        assertThat(restored(folder).context(Ids.linear("BTCUSDT")).trades()).isEqualTo(2);
    }

    @Test
    void damagedFileIsSetAside() throws IOException {
        Market market = new Market(() -> 0);
        market.trade(RandomDays.trade("2026-03-01T12:00:00Z", "100", "1", Side.BUY));
        new ContextStore(market, folder, Map.of()).save();
        Path file = folder.resolve("linear/BTCUSDT.json");
        String damaged = Files.readString(file).replace("\"volume\":\"1\"", "\"volume\":\"2\"");
        Files.writeString(file, damaged);

        Market next = new Market(() -> 0);
        ContextStore store = new ContextStore(next, folder, Map.of());
        store.restore(Ids.linear(SYMBOLS));
        assertThat(next.context(Ids.linear("BTCUSDT"))).isNull();
        assertThat(folder.resolve("linear/BTCUSDT.json.damaged-1")).hasContent(damaged);

        next.trade(RandomDays.trade("2026-03-01T13:00:00Z", "100", "1", Side.BUY));
        store.save();
        assertThat(restored(folder).context(Ids.linear("BTCUSDT")).trades()).isEqualTo(1);
        assertThat(folder.resolve("linear/BTCUSDT.json.damaged-1")).hasContent(damaged);
    }

    @Test
    void otherSymbolIsRestoredAtItsFirstTrade() {
        Market market = new Market(() -> 0);
        market.trade(RandomDays.trade("2026-03-01T12:00:00Z", "100", "1", Side.BUY));
        new ContextStore(market, folder, Map.of()).save();

        Market next = new Market(() -> 0);
        new ContextStore(next, folder, Map.of()).restore(List.of(Ids.linear("ETHUSDT")));
        assertThat(next.symbols()).isEmpty();
        next.trade(RandomDays.trade("2026-03-01T13:00:00Z", "100", "1", Side.BUY));

        assertThat(next.context(Ids.linear("BTCUSDT")).trades()).isEqualTo(2);
    }

    @Test
    void folderInUseIsNotTouched() throws IOException {
        Market first = new Market(() -> 0);
        ContextStore owner = new ContextStore(first, folder, Map.of());
        owner.claim();
        first.trade(RandomDays.trade("2026-03-01T12:00:00Z", "100", "1", Side.BUY));
        owner.save();
        byte[] saved = Files.readAllBytes(folder.resolve("linear/BTCUSDT.json"));

        Market second = new Market(() -> 0);
        ContextStore other = new ContextStore(second, folder, Map.of());
        other.claim();
        other.restore(Ids.linear(SYMBOLS));
        assertThat(second.symbols()).isEmpty();
        second.trade(RandomDays.trade("2026-03-01T13:00:00Z", "7", "1", Side.BUY));
        other.close();
        assertThat(folder.resolve("linear/BTCUSDT.json")).hasBinaryContent(saved);

        owner.close();
        ContextStore third = new ContextStore(new Market(() -> 0), folder, Map.of());
        third.claim();
        third.restore(Ids.linear(SYMBOLS));
        third.close();
        assertThat(restored(folder).context(Ids.linear("BTCUSDT")).trades()).isEqualTo(1);
    }

    @Test
    void deletedFolderIsWrittenAgainCompletely() throws IOException {
        Path place = folder.resolve("context");
        Market market = new Market(() -> 0);
        ContextStore store = new ContextStore(market, place, Map.of());
        store.claim();
        market.trade(RandomDays.trade("2026-03-01T12:00:00Z", "100", "1", Side.BUY));
        store.save();
        Files.delete(place.resolve("linear/BTCUSDT.json"));
        Files.delete(place.resolve("linear"));
        Files.delete(place.resolve("lock"));
        Files.delete(place);

        market.trade(RandomDays.trade(
                "ETHUSDT", 1, Instant.parse("2026-03-01T12:00:01Z"), BigDecimal.TEN, BigDecimal.ONE, Side.BUY));
        store.save();
        store.save();
        store.close();

        assertThat(restored(place).context(Ids.linear("BTCUSDT")).trades()).isEqualTo(1);
    }

    @Test
    void eachCategoryHasAFolder() {
        saveBothMarkets(folder);

        assertThat(folder.resolve("linear/BTCUSDT.json")).exists();
        assertThat(folder.resolve("spot/BTCUSDT.json")).exists();
        assertBothMarkets(folder, Map.of());
    }

    @Test
    void filesOfAnEarlierVersionAreMovedWhateverTheDefaultCategoryIsNow() throws Exception {
        Path linear = folder.resolve("simulator-linear");
        saveBothMarkets(linear);
        Files.move(linear.resolve("linear/BTCUSDT.json"), linear.resolve("BTCUSDT.json"));
        Path now = folder.resolve("simulator");
        Map<String, Path> earlier = Map.of("spot", folder.resolve("simulator-spot"), "linear", linear);

        assertBothMarkets(now, earlier);

        assertThat(linear.resolve("BTCUSDT.json")).doesNotExist();
        assertThat(linear.resolve("spot/BTCUSDT.json")).doesNotExist();
        assertBothMarkets(now, earlier);
    }

    @Test
    void filesBesideTheFoldersOfCategoriesAreThoseOfTheDefaultCategory() throws Exception {
        saveBothMarkets(folder);
        Files.move(folder.resolve("linear/BTCUSDT.json"), folder.resolve("BTCUSDT.json"));

        assertBothMarkets(folder, Map.of("linear", folder));

        assertThat(folder.resolve("linear/BTCUSDT.json")).exists();
        assertThat(folder.resolve("BTCUSDT.json")).doesNotExist();
    }

    @Test
    void aFileWithTheSymbolOnlyIsRead() throws Exception {
        new StateFile(folder.resolve("linear/BTCUSDT.json"), ContextState.KIND, ContextState.VERSION)
                .write(new ObjectMapper().readTree(ContextFormatTest.SAVED));

        assertThat(restored(folder).context(Ids.linear("BTCUSDT")).lastPrice()).isEqualByComparingTo("101");
    }

    @Test
    void aFileOfAnotherMarketIsSetAside() throws Exception {
        saveBothMarkets(folder);
        Files.move(
                folder.resolve("spot/BTCUSDT.json"),
                folder.resolve("linear/BTCUSDT.json"),
                StandardCopyOption.REPLACE_EXISTING);

        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger(ContextStore.class);
        logged.start();
        logger.addAppender(logged);
        try {
            assertThat(restored(folder).context(Ids.linear("BTCUSDT"))).isNull();
        } finally {
            logger.detachAppender(logged);
        }

        assertThat(logged.list)
                .singleElement()
                .asString()
                .contains("[WARN] context_state_refused", "it holds spot:BTCUSDT, must hold linear:BTCUSDT");
        assertThat(folder.resolve("linear/BTCUSDT.json.damaged-1")).exists();
    }

    private static void saveBothMarkets(Path place) {
        Market market = new Market(() -> 0);
        market.trade(trade("linear", "100"));
        market.trade(trade("spot", "90"));
        new ContextStore(market, place, Map.of()).save();
    }

    private static void assertBothMarkets(Path place, Map<String, Path> earlier) {
        Market market = new Market(() -> 0);
        new ContextStore(market, place, earlier).restore(List.of(Ids.linear("BTCUSDT"), Ids.spot("BTCUSDT")));
        assertThat(market.context(Ids.linear("BTCUSDT")).lastPrice()).isEqualByComparingTo("100");
        assertThat(market.context(Ids.spot("BTCUSDT")).lastPrice()).isEqualByComparingTo("90");
    }

    private static Trade trade(String category, String price) {
        return new Trade(
                "BTCUSDT",
                category,
                "1",
                Times.micros(Instant.parse("2026-06-03T12:00:00Z")),
                new BigDecimal(price),
                BigDecimal.ONE,
                Side.BUY,
                -1,
                false,
                false,
                0,
                true);
    }

    @Test
    void unwritableFolderDoesNotStopTheFeed() throws IOException {
        Path place = folder.resolve("file");
        Files.writeString(place, "no folder");
        Market market = new Market(() -> 0);
        market.trade(RandomDays.trade("2026-03-01T12:00:00Z", "100", "1", Side.BUY));

        new ContextStore(market, place.resolve("context"), Map.of()).save();

        assertThat(place).hasContent("no folder");
        assertThat(market.context(Ids.linear("BTCUSDT")).trades()).isEqualTo(1);
    }

    private static Market restored(Path folder) {
        Market market = new Market(() -> 0);
        new ContextStore(market, folder, Map.of()).restore(Ids.linear(SYMBOLS));
        return market;
    }
}
