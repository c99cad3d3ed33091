package dev.livefeed.exchange.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** Numbers are formatted as by the JDK; frames contain their text. */
class AsciiTextTest {

    @Property
    void decimalsAreExact(@ForAll @LongRange(min = 0) long units, @ForAll @IntRange(min = 0, max = 12) int scale) {
        BigDecimal value = BigDecimal.valueOf(units, scale);

        assertThat(new AsciiText(1).addDecimal(units, scale, false)).hasToString(value.toPlainString());
        String trimmed = value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
        assertThat(new AsciiText(1).addDecimal(units, scale, true)).hasToString(trimmed);
    }

    @Property
    void wholeNumbersAreExact(@ForAll long value) {
        assertThat(new AsciiText(1).add(value)).hasToString(Long.toString(value));
    }

    @Property(tries = 50)
    void frameContainsItsText(@ForAll @IntRange(min = 0, max = 70_000) int length) {
        String text = "x".repeat(length);

        assertThat(TextFrame.of(text).text()).isEqualTo(text);
        assertThat(TextFrame.of(new AsciiText(1).add(text)).bytes())
                .isEqualTo(TextFrame.of(text).bytes());
    }

    @Example
    void charactersBeyondAsciiAreUtf8() {
        AsciiText text = new AsciiText(1).add("a\u00e9b").add("c");

        assertThat(text).hasToString("a\u00e9bc");
        assertThat(text.length()).isEqualTo(5);
    }
}
