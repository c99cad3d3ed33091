package dev.livefeed.app.market.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ExactSumsPropertyTest {

    /** Up to 18 digits and 18 decimal places, in every representation of a BigDecimal. */
    @Provide
    Arbitrary<BigDecimal> number() {
        return Arbitraries.oneOf(
                Arbitraries.longs().between(1, 999_999_999_999_999_999L).map(n -> BigDecimal.valueOf(n, 4)),
                Arbitraries.longs()
                        .between(1, 999_999)
                        .flatMap(n -> Arbitraries.integers().between(-9, 18).map(s -> BigDecimal.valueOf(n, s))),
                Arbitraries.longs().between(1, 999_999_999_999_999_999L).map(n -> BigDecimal.valueOf(n, 18)));
    }

    @Property(tries = 25)
    void sumsOfProducts(@ForAll List<List<@From("number") BigDecimal>> rows) {
        ProductSum products = new ProductSum();
        ProductSum squares = new ProductSum();
        BigDecimal plainProducts = BigDecimal.ZERO;
        BigDecimal plainSquares = BigDecimal.ZERO;
        for (List<BigDecimal> row : rows) {
            for (int i = 1; i < row.size(); i++) {
                Decimal a = new Decimal().set(row.get(i - 1), "a");
                Decimal b = new Decimal().set(row.get(i), "b");
                products.add(a, b);
                squares.addSquare(a, b);
                BigDecimal product = row.get(i - 1).multiply(row.get(i));
                plainProducts = plainProducts.add(product);
                plainSquares = plainSquares.add(product.multiply(row.get(i - 1)));
            }
        }
        assertThat(products.value()).isEqualByComparingTo(plainProducts);
        assertThat(squares.value()).isEqualByComparingTo(plainSquares);
    }

    @Property(tries = 25)
    void sumsOfQuantities(@ForAll List<@From("number") BigDecimal> sizes) {
        Amount sum = new Amount();
        BigDecimal plain = BigDecimal.ZERO;
        for (BigDecimal size : sizes) {
            sum.add(new Amount().set(new Decimal().set(size, "size")));
            plain = plain.add(size);
        }
        assertThat(sum.decimal()).isEqualByComparingTo(plain);
        BigDecimal share = new Amount().percent(70, sum).decimal();
        BigDecimal exact = plain.multiply(new BigDecimal("0.70"));
        assertThat(share).isGreaterThanOrEqualTo(exact);
        assertThat(share.subtract(exact)).isLessThan(BigDecimal.ONE.movePointLeft(18));
    }

    @Example
    void manyLargeProducts() {
        ProductSum sum = new ProductSum();
        BigDecimal large = new BigDecimal("999999999999999.999");
        Decimal decimal = new Decimal().set(large, "large");
        for (int i = 0; i < 200; i++) {
            sum.add(decimal, decimal);
        }
        assertThat(sum.value()).isEqualByComparingTo(large.multiply(large).multiply(BigDecimal.valueOf(200)));
    }

    @Example
    void tooManyDigitsAreRejected() {
        assertThatThrownBy(() -> new Decimal().set(new BigDecimal("1E-19"), "size"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("size 1E-19 needs more than 18 digits, the limit of exact sums");
    }

    @Example
    void overflowLeavesTheSumUnchanged() {
        Amount sum = Amount.max();

        assertThatThrownBy(() -> sum.add(new Amount().set(BigDecimal.ONE))).isInstanceOf(ArithmeticException.class);
        assertThat(sum.compareTo(Amount.max())).isZero();
    }
}
