package dev.livefeed.connector.bybit.topic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.connector.feed.stream.StreamTable;
import dev.livefeed.protocol.model.Levels;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** The fast parser gives the same result as the JSON parser. */
class FastBookParserPropertyTest {

    private static final long RECEIVED_AT = 3_000_000_000_000_000L;
    private static final long LATEST_MILLIS = RECEIVED_AT / 1_000L + 86_000_000L;

    private final StreamTable<Topic> topics = new StreamTable<>();
    private final FrameParser parser = new FrameParser();
    private final FastBookParser plain = new FastBookParser();

    FastBookParserPropertyTest() {
        for (String symbol : List.of("BTCUSDT", "ETHUSDT")) {
            topics.add(new Topic(TopicName.of(Category.LINEAR, "depth", symbol, 50)));
            topics.add(new Topic(TopicName.of(Category.LINEAR, "trades", symbol, 50)));
        }
    }

    @Property
    void readsFramesOfTheVenueAsTheParserDoes(@ForAll("frames") String text) {
        byte[] frame = text.getBytes(StandardCharsets.US_ASCII);
        ParsedFrame read = new ParsedFrame();

        assertThat(plain.read(frame, 0, frame.length, LATEST_MILLIS, topics, read))
                .isTrue();
        assertThat(shown(read)).isEqualTo(parsed(frame));
    }

    @Property(tries = 7_000, edgeCases = EdgeCasesMode.NONE)
    void changedFramesAreReadAlikeOrNotAtAll(
            @ForAll("frames") String text,
            @ForAll @IntRange(max = 600) int place,
            @ForAll("characters") char with,
            @ForAll @IntRange(max = 2) int kind) {
        StringBuilder changed = new StringBuilder(text);
        int at = place % text.length();
        switch (kind) {
            case 0 -> changed.deleteCharAt(at);
            case 1 -> changed.setCharAt(at, with);
            default -> changed.insert(at, with);
        }
        byte[] frame = changed.toString().getBytes(StandardCharsets.ISO_8859_1);
        ParsedFrame read = new ParsedFrame();

        if (plain.read(frame, 0, frame.length, LATEST_MILLIS, topics, read)) {
            assertThat(shown(read)).isEqualTo(parsed(frame));
        }
    }

    private String parsed(byte[] bytes) {
        ParsedFrame frame = new ParsedFrame();
        frame.clear();
        assertThat(parser.parseJson(bytes, 0, bytes.length, RECEIVED_AT, topics, frame))
                .isNull();
        return shown(frame);
    }

    private static String shown(ParsedFrame frame) {
        return List.of(
                        frame.kind,
                        frame.topic,
                        frame.type,
                        frame.snapshot,
                        frame.ts,
                        frame.cts,
                        frame.updateId,
                        frame.seq,
                        shown(frame.bids),
                        shown(frame.asks))
                .toString();
    }

    private static String shown(Levels.Builder levels) {
        return levels.priceScale() + "/" + levels.qtyScale() + levels.build();
    }

    @Provide
    Arbitrary<Character> characters() {
        return Arbitraries.of("0123456789.,-+eE[]{}:\"\\ \tbasdelt\u00fc"
                .chars()
                .mapToObj(c -> (char) c)
                .toList());
    }

    @Provide
    Arbitrary<String> frames() {
        Arbitrary<Long> millis = Arbitraries.longs().between(1_300_000_000_000L, 1_900_000_000_000L);
        Arbitrary<Long> numbers = Arbitraries.longs().between(0, 999_999_999_999_999_999L);
        return Combinators.combine(
                        Arbitraries.of("BTCUSDT", "ETHUSDT"),
                        Arbitraries.of("snapshot", "delta"),
                        Arbitraries.of(true, false),
                        millis,
                        levels(),
                        levels(),
                        numbers,
                        numbers)
                .as((symbol, type, typeFirst, ts, bids, asks, update, seq) -> {
                    String typeField = "\"type\":\"" + type + '"';
                    String tsField = "\"ts\":" + ts;
                    return "{\"topic\":\"orderbook.50." + symbol + "\","
                            + (typeFirst ? typeField + ',' + tsField : tsField + ',' + typeField)
                            + ",\"data\":{\"s\":\""
                            + symbol + "\",\"b\":" + bids + ",\"a\":" + asks + ",\"u\":" + update + ",\"seq\":" + seq
                            + "},\"cts\":" + (ts - 3) + '}';
                });
    }

    private static Arbitrary<String> levels() {
        return Combinators.combine(
                        Arbitraries.longs().between(1, 99_999_999L),
                        Arbitraries.longs().between(0, 99_999L),
                        Arbitraries.integers().between(0, 3))
                .as((price, qty, scale) -> "[\"" + BigDecimal.valueOf(price, 2).toPlainString() + "\",\""
                        + BigDecimal.valueOf(qty, scale).toPlainString() + "\"]")
                .list()
                .ofMaxSize(6)
                .map(levels -> levels.stream().collect(Collectors.joining(",", "[", "]")));
    }
}
