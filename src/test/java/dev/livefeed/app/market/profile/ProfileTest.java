package dev.livefeed.app.market.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.livefeed.app.market.exact.Amount;
import dev.livefeed.app.market.exact.Decimal;
import dev.livefeed.protocol.model.Side;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class ProfileTest {

    private Profile profile = new Profile(new BigDecimal("0.1"), 256);

    @Test
    void emptyProfileHasNoLevels() {
        assertThat(profile.isEmpty()).isTrue();
        assertThat(profile.top()).isEmpty();
        assertThat(profile.valueArea()).isNull();
        assertThat(profile.bins(BigDecimal.ZERO, 10)).isEmpty();
    }

    @Test
    void decimalPricesFallIntoTheExactBin() {
        // As binary doubles, 0.3 / 0.1 is 2.9999999999999996.
        add("0.3", "1");
        add("0.39", "1");
        add("0.4", "1");

        assertThat(profile.bins(BigDecimal.ZERO, 10))
                .extracting(bin -> bin.price().toPlainString() + " " + bin.volume())
                .containsExactly("0.3 2", "0.4 1");
    }

    @Test
    void pocIsTheLowerOfEqualBins() {
        add("101", "5");
        add("100", "5");

        assertThat(profile.top().get(0).price()).isEqualByComparingTo("100");
    }

    @Test
    void valueAreaExample() {
        // Prices 103 to 109 as in a well-known worked example: 150 at 106, 90 and 80 and 70 above, 70 and 50 below.
        add("106", "150");
        add("107", "90");
        add("108", "80");
        add("109", "70");
        add("105", "70");
        add("104", "50");
        add("103", "44");

        // 70 % of 554 is 387.8: 150 + 90 + 80 = 320, then 70 on both sides, and the lower one first.
        assertThat(profile.valueArea().low()).isEqualByComparingTo("105");
        assertThat(profile.valueArea().high()).isEqualByComparingTo("108");
    }

    @Test
    void tradesBeyondTheLimitAreCountedAsOutside() {
        profile = new Profile(new BigDecimal("0.1"), 128);
        add("100", "1");
        add("100000000000", "2");
        add("120", "1");
        add("140", "4");

        assertThat(profile.outsideTrades()).isEqualTo(2);
        assertThat(profile.outsideVolume()).isEqualByComparingTo("6");
        assertThat(profile.volume()).isEqualByComparingTo("2");
        assertThat(profile.bins(BigDecimal.ZERO, 10)).hasSize(2);
    }

    @Test
    void binsAreNotMergedIntoANonMultiple() {
        assertThat(profile.coarser(new BigDecimal("0.25"))).isNull();
        assertThat(profile.coarser(new BigDecimal("0.01"))).isNull();
    }

    @Test
    void invalidTickSizeIsRejected() {
        assertThatThrownBy(() -> new Profile(BigDecimal.ZERO, 256))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the tick size is 0, it must be above 0");
    }

    @Test
    void binsFromAPrice() {
        for (int i = 0; i < 20; i++) {
            add(Integer.toString(100 + i), "1");
        }

        assertThat(profile.bins(new BigDecimal("105.5"), 2))
                .extracting(bin -> bin.price().toPlainString())
                .containsExactly("106.0", "107.0");
    }

    private void add(String price, String qty) {
        Amount amount = new Amount().set(new BigDecimal(qty));
        profile.add(new Decimal().set(new BigDecimal(price), "price"), amount, Side.BUY);
    }
}
