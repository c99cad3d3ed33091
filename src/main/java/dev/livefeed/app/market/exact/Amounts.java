package dev.livefeed.app.market.exact;

import java.math.BigDecimal;

/** An array of {@link Amount} values without an object for each. Not thread-safe. */
public final class Amounts {

    private final long[] whole;
    private final long[] fraction;

    /** Creates an array of zeros. */
    public Amounts(int size) {
        whole = new long[size];
        fraction = new long[size];
    }

    private Amounts(long[] whole, long[] fraction) {
        this.whole = whole;
        this.fraction = fraction;
    }

    public Amounts copy() {
        return new Amounts(whole.clone(), fraction.clone());
    }

    public boolean isZero(int at) {
        return whole[at] == 0 && fraction[at] == 0;
    }

    /** Whether an entry is at most the limit. */
    public boolean atMost(int at, Amount limit) {
        return whole[at] < limit.whole() || (whole[at] == limit.whole() && fraction[at] <= limit.fraction());
    }

    /** Compares an entry with one of another array, like {@link Comparable#compareTo}. */
    public int compare(int at, Amounts other, int otherAt) {
        int order = Long.compare(whole[at], other.whole[otherAt]);
        return order != 0 ? order : Long.compare(fraction[at], other.fraction[otherAt]);
    }

    /**
     * Adds to an entry.
     *
     * @throws ArithmeticException see {@link Amount#add}
     */
    public void add(int at, Amount amount) {
        add(at, amount.whole(), amount.fraction());
    }

    private void add(int at, long wholeUnits, long rest) {
        long sum = fraction[at] + rest;
        int carry = sum >= Amount.ONE ? 1 : 0;
        whole[at] = Math.addExact(whole[at], Math.addExact(wholeUnits, carry));
        fraction[at] = carry == 0 ? sum : sum - Amount.ONE;
    }

    public void set(int at, Amounts other, int otherAt) {
        whole[at] = other.whole[otherAt];
        fraction[at] = other.fraction[otherAt];
    }

    /** Adds an entry to a sum. */
    public void addTo(Amount sum, int at) {
        sum.add(whole[at], fraction[at]);
    }

    /** Sets the amount to an entry's value. */
    public Amount get(int at, Amount into) {
        return into.set(whole[at], fraction[at]);
    }

    /** The value without trailing zeros. */
    public BigDecimal decimal(int at) {
        return Amount.decimal(whole[at], fraction[at]);
    }
}
