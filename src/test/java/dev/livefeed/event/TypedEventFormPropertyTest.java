package dev.livefeed.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What is written of the further types is read back equal, in whatever order its fields come. */
class TypedEventFormPropertyTest {

    private static final long NOW = 1_780_488_000_000_000L;

    private final EventReader reader = new EventReader(List.of("BTCUSDT"), false, () -> NOW);
    private final EventWriter writer = new EventWriter();

    @Property
    void liquidationsComeBackEqual(@ForAll("liquidations") Liquidation liquidation) throws Exception {
        comesBackEqual(liquidation);
    }

    private void comesBackEqual(TypedEvent event) throws Exception {
        writer.clear();
        byte[] line = writer.write(event).toBytes();
        assertThat(line[line.length - 1]).isEqualTo((byte) '\n');
        for (int i = 0; i < line.length - 1; i++) {
            assertThat(line[i]).isBetween((byte) 32, (byte) 126);
        }

        assertThat(reader.read(line, 0, line.length - 1)).isEqualTo(event);

        ObjectMapper json = LineTree.MAPPER;
        ObjectNode tree = (ObjectNode) json.readTree(line);
        tree.set("type", tree.remove("type"));
        // A tree drops zeros at the end of a decimal, which say how finely the venue quotes; the value stays.
        assertThat(reader.read(json.writeValueAsBytes(tree)))
                .usingRecursiveComparison()
                .withComparatorForType(BigDecimal::compareTo, BigDecimal.class)
                .isEqualTo(event);
    }

    /** Above 0, below 10^15, at most 18 digits. */
    static Arbitrary<BigDecimal> decimals() {
        Arbitrary<BigInteger> digits = Arbitraries.bigIntegers()
                .between(BigInteger.ONE, BigInteger.TEN.pow(18).subtract(BigInteger.ONE));
        return Combinators.combine(digits, Arbitraries.integers().between(0, 18))
                .as(BigDecimal::new)
                .filter(d -> d.compareTo(BigDecimal.TEN.pow(15)) < 0);
    }

    static Arbitrary<Long> micros() {
        return Arbitraries.longs().between(1_230_768_000_000_000L, NOW);
    }

    static Arbitrary<String> categories() {
        return Arbitraries.of("linear", "inverse", "spot", "option").injectNull(0.3);
    }

    @Provide
    static Arbitrary<Liquidation> liquidations() {
        return Combinators.combine(
                        categories(),
                        micros(),
                        decimals(),
                        decimals(),
                        Arbitraries.of(Side.class),
                        micros(),
                        Arbitraries.of(true, false))
                .as((category, at, price, qty, side, received, synthetic) ->
                        new Liquidation("ETH-PERP", category, at, price, qty, side, received, synthetic));
    }
}
