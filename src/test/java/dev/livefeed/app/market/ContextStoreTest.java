package dev.livefeed.app.market;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.protocol.model.Side;
import dev.livefeed.protocol.model.Trade;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
                new ContextStore(part, place).save();
                part = restored(place);
            }
            whole.trade(trades.get(i));
            part.trade(trades.get(i));
        }

        assertThat(part.context("BTCUSDT"))
                .usingRecursiveComparison()
                .withComparatorForType(BigDecimal::compareTo, BigDecimal.class)
                .isEqualTo(whole.context("BTCUSDT"));
        assertThat(part.bins("BTCUSDT", BigDecimal.ZERO, 100_000))
                .isEqualTo(whole.bins("BTCUSDT", BigDecimal.ZERO, 100_000));
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
        new ContextStore(first, folder).save();

        Market second = restored(folder);
        trades.forEach(second::trade);

        assertThat(second.context("BTCUSDT").volume())
                .isEqualByComparingTo(first.context("BTCUSDT").volume());
        assertThat(second.dayReport("BTCUSDT").exceptions().repeated()).isEqualTo(200);
    }

    @Test
    void previousDayIsRestored() {
        Market first = new Market(() -> 0);
        first.trade(RandomDays.trade("2026-03-01T12:00:00Z", "100", "1", Side.BUY));
        new ContextStore(first, folder).save();

        Market second = restored(folder);
        second.trade(RandomDays.trade("2026-03-02T12:00:00Z", "200", "1", Side.BUY));

        assertThat(second.context("BTCUSDT").previous().high()).isEqualByComparingTo("100");
        assertThat(second.context("BTCUSDT").previous().poc()).isEqualByComparingTo("100");
    }

    @Test
    void emptyContextIsNotSaved() {
        Path place = folder.resolve("new");
        new ContextStore(new Market(() -> 0), place).save();

        assertThat(place).doesNotExist();
    }

    @Test
    void onlyChangedSymbolsAreSaved() throws IOException {
        Market market = new Market(() -> 0);
        ContextStore store = new ContextStore(market, folder);
        market.trade(RandomDays.trade("2026-03-01T12:00:00Z", "100", "1", Side.BUY));
        store.save();
        Path file = folder.resolve("BTCUSDT.json");
        Files.writeString(file, "untouched");

        store.save();
        assertThat(file).hasContent("untouched");

        market.trade(RandomDays.trade("2026-03-01T12:00:01Z", "100", "1", Side.BUY));
        store.save();
        assertThat(restored(folder).context("BTCUSDT").trades()).isEqualTo(2);
    }

    @Test
    void damagedFileIsSetAside() throws IOException {
        Market market = new Market(() -> 0);
        market.trade(RandomDays.trade("2026-03-01T12:00:00Z", "100", "1", Side.BUY));
        new ContextStore(market, folder).save();
        Path file = folder.resolve("BTCUSDT.json");
        String damaged = Files.readString(file).replace("\"volume\":\"1\"", "\"volume\":\"2\"");
        Files.writeString(file, damaged);

        Market next = new Market(() -> 0);
        ContextStore store = new ContextStore(next, folder);
        store.restore(SYMBOLS);
        assertThat(next.context("BTCUSDT")).isNull();
        assertThat(folder.resolve("BTCUSDT.json.damaged-1")).hasContent(damaged);

        next.trade(RandomDays.trade("2026-03-01T13:00:00Z", "100", "1", Side.BUY));
        store.save();
        assertThat(restored(folder).context("BTCUSDT").trades()).isEqualTo(1);
        assertThat(folder.resolve("BTCUSDT.json.damaged-1")).hasContent(damaged);
    }

    @Test
    void otherSymbolIsRestoredAtItsFirstTrade() {
        Market market = new Market(() -> 0);
        market.trade(RandomDays.trade("2026-03-01T12:00:00Z", "100", "1", Side.BUY));
        new ContextStore(market, folder).save();

        Market next = new Market(() -> 0);
        new ContextStore(next, folder).restore(List.of("ETHUSDT"));
        assertThat(next.symbols()).isEmpty();
        next.trade(RandomDays.trade("2026-03-01T13:00:00Z", "100", "1", Side.BUY));

        assertThat(next.context("BTCUSDT").trades()).isEqualTo(2);
    }

    @Test
    void folderInUseIsNotTouched() throws IOException {
        Market first = new Market(() -> 0);
        ContextStore owner = new ContextStore(first, folder);
        owner.claim();
        first.trade(RandomDays.trade("2026-03-01T12:00:00Z", "100", "1", Side.BUY));
        owner.save();
        byte[] saved = Files.readAllBytes(folder.resolve("BTCUSDT.json"));

        Market second = new Market(() -> 0);
        ContextStore other = new ContextStore(second, folder);
        other.claim();
        other.restore(SYMBOLS);
        assertThat(second.symbols()).isEmpty();
        second.trade(RandomDays.trade("2026-03-01T13:00:00Z", "7", "1", Side.BUY));
        other.close();
        assertThat(folder.resolve("BTCUSDT.json")).hasBinaryContent(saved);

        owner.close();
        ContextStore third = new ContextStore(new Market(() -> 0), folder);
        third.claim();
        third.restore(SYMBOLS);
        third.close();
        assertThat(restored(folder).context("BTCUSDT").trades()).isEqualTo(1);
    }

    @Test
    void deletedFolderIsWrittenAgainCompletely() throws IOException {
        Path place = folder.resolve("context");
        Market market = new Market(() -> 0);
        ContextStore store = new ContextStore(market, place);
        store.claim();
        market.trade(RandomDays.trade("2026-03-01T12:00:00Z", "100", "1", Side.BUY));
        store.save();
        Files.delete(place.resolve("BTCUSDT.json"));
        Files.delete(place.resolve("lock"));
        Files.delete(place);

        market.trade(RandomDays.trade(
                "ETHUSDT", 1, Instant.parse("2026-03-01T12:00:01Z"), BigDecimal.TEN, BigDecimal.ONE, Side.BUY));
        store.save();
        store.save();
        store.close();

        assertThat(restored(place).context("BTCUSDT").trades()).isEqualTo(1);
    }

    @Test
    void unwritableFolderDoesNotStopTheFeed() throws IOException {
        Path place = folder.resolve("file");
        Files.writeString(place, "no folder");
        Market market = new Market(() -> 0);
        market.trade(RandomDays.trade("2026-03-01T12:00:00Z", "100", "1", Side.BUY));

        new ContextStore(market, place.resolve("context")).save();

        assertThat(place).hasContent("no folder");
        assertThat(market.context("BTCUSDT").trades()).isEqualTo(1);
    }

    private static Market restored(Path folder) {
        Market market = new Market(() -> 0);
        new ContextStore(market, folder).restore(SYMBOLS);
        return market;
    }
}
