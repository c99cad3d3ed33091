package dev.livefeed.protocol.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.Instruments;
import dev.livefeed.protocol.model.Levels;
import dev.livefeed.protocol.model.Side;
import dev.livefeed.protocol.model.Trade;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The fast parser never gives another result than the JSON parser. */
class FastLineParserPropertyTest {

    private static final String BYTES = "0123456789.,-+eE[]{}:\"\\ \ttrufalsn/";
    private static final long NOW = 1_795_358_219_344_000L;

    private final TimestampParser times = new TimestampParser(() -> NOW);
    private final FastLineParser plain =
            new FastLineParser(new InstrumentCache(Instruments.NONE), () -> false, times::valid);
    private final EventReader reader = new EventReader(List.of("BTCUSDT"), false, () -> NOW);

    @Property
    void parsesWrittenLines(@ForAll("events") Event event) {
        byte[] line = line(event);

        assertThat(plain.read(line, 0, line.length)).isEqualTo(event);
    }

    /** 40 changes of each line: generating an event costs far more than parsing it. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    void changedLinesGiveTheSameResultOrNone(@ForAll("events") Event event, @ForAll long seed)
            throws InvalidEventException {
        byte[] written = line(event);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 40; i++) {
            byte with = (byte) BYTES.charAt(random.nextInt(BYTES.length()));
            byte[] line = changed(written, random.nextInt(written.length), with, random.nextInt(3));

            Event read = plain.read(line, 0, line.length);

            if (read != null) {
                assertThat(read)
                        .as(new String(line, StandardCharsets.UTF_8))
                        .isEqualTo(reader.readJson(line, 0, line.length));
            }
        }
    }

    @Property
    void bothParsersGiveTheSameResult(@ForAll("events") Event event) throws InvalidEventException {
        byte[] line = line(event);

        assertThat(reader.read(line)).isEqualTo(reader.readJson(line, 0, line.length));
    }

    private static byte[] line(Event event) {
        byte[] bytes = new EventWriter().write(event).toBytes();
        return Arrays.copyOf(bytes, bytes.length - 1);
    }

    /** Replaces, inserts or removes one byte. */
    private static byte[] changed(byte[] line, int at, byte with, int kind) {
        byte[] result = Arrays.copyOf(line, line.length + kind - 1);
        int copied = Math.min(line.length - at - 1, result.length - at);
        switch (kind) {
            case 0 -> System.arraycopy(line, at + 1, result, at, copied);
            case 1 -> result[at] = with;
            default -> {
                System.arraycopy(line, at, result, at + 1, line.length - at);
                result[at] = with;
            }
        }
        return result;
    }

    @Provide
    Arbitrary<Event> events() {
        return Arbitraries.oneOf(trades(), depths());
    }

    private static Arbitrary<Event> trades() {
        Arbitrary<Long> numbers = Arbitraries.longs().between(-1, 999_999_999_999_999_999L);
        return Combinators.combine(
                        Arbitraries.of("BTCUSDT", "ETH-27MAR26", "a"),
                        Arbitraries.of("linear", "spot").injectNull(0.2),
                        ids(),
                        timestamps(),
                        decimals(1),
                        decimals(1),
                        Arbitraries.of(Side.class),
                        numbers)
                .as((symbol, category, id, timestamp, price, qty, side, seq) -> new Trade(
                        symbol,
                        category,
                        id,
                        timestamp,
                        price,
                        qty,
                        side,
                        seq,
                        seq % 2 == 0,
                        seq % 3 == 0,
                        NOW,
                        seq % 5 == 0));
    }

    private static Arbitrary<Event> depths() {
        Arbitrary<Long> numbers = Arbitraries.longs().between(0, 999_999_999_999_999_999L);
        return Combinators.combine(
                        Arbitraries.of("BTCUSDT", "ETH-27MAR26"),
                        Arbitraries.of("linear").injectNull(0.2),
                        timestamps(),
                        levels(),
                        levels(),
                        numbers,
                        numbers.injectNull(0.3),
                        Arbitraries.of(0, 1, 50))
                .as((symbol, category, timestamp, bids, asks, last, prev, levels) -> new Depth(
                        symbol,
                        category,
                        timestamp,
                        bids,
                        asks,
                        last,
                        prev == null ? -1 : prev,
                        prev == null,
                        levels,
                        NOW,
                        last % 5 == 0));
    }

    private static Arbitrary<String> ids() {
        return Arbitraries.strings()
                .withCharRange('!', '~')
                .excludeChars('"', '\\')
                .ofMinLength(1)
                .ofMaxLength(128);
    }

    private static Arbitrary<Long> timestamps() {
        return Arbitraries.oneOf(
                Arbitraries.longs()
                        .between(1_300_000_000_000L, 1_795_358_219_344L)
                        .map(millis -> millis * 1_000),
                Arbitraries.longs().between(1_300_000_000_000_000L, NOW));
    }

    private static Arbitrary<BigDecimal> decimals(long least) {
        return Combinators.combine(
                        Arbitraries.longs().between(least, 999_999_999_999L),
                        Arbitraries.integers().between(0, 8))
                .as(BigDecimal::valueOf);
    }

    private static Arbitrary<Levels> levels() {
        return Combinators.combine(
                        Arbitraries.longs().between(1, 99_999_999L),
                        Arbitraries.longs().between(0, 99_999L))
                .as((price, qty) -> new long[] {price, qty})
                .list()
                .ofMaxSize(8)
                .map(rows -> {
                    Levels.Builder builder = new Levels.Builder();
                    rows.forEach(row -> builder.add(row[0], 2, row[1], 3));
                    return builder.build();
                });
    }

    @Property
    void nonAsciiTextIsLeftToTheJsonParser(@ForAll("events") Event event) {
        byte[] line = line(event);
        String text = new String(line, StandardCharsets.US_ASCII).replace("\"symbol\":\"", "\"symbol\":\"\u00fc");
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);

        assertThat(plain.read(utf8, 0, utf8.length)).isNull();
    }
}
