package dev.livefeed.app.market.profile;

import dev.livefeed.app.market.exact.Amount;
import dev.livefeed.app.market.exact.Decimal;
import dev.livefeed.protocol.model.Side;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Exact volume by price, with the POC, the ten largest bins and the value area. A trade costs O(log n) in the number of
 * bins, and allocates only when it is the first in a page of bins. The number of bins is limited; a trade that would
 * exceed the limit is counted as outside. Not thread-safe.
 */
public final class Profile {

    /** The share of the volume in the value area, in percent. */
    public static final int VALUE_AREA_PERCENT = 70;

    private static final Amount ANY = Amount.max();

    private final TickGrid grid;
    private final int maxBins;
    private final ProfileBins row;
    private final TopBins top;
    private final ValueArea area;
    private final Amount total = new Amount();
    private final Amount scratch = new Amount();
    private final Amount outside = new Amount();
    private long outsideTrades;
    private int bins;

    /**
     * Creates an empty profile.
     *
     * @param maxBins maximum number of bins, allocated in pages of 64
     * @throws IllegalArgumentException if the tick size is not above 0
     */
    public Profile(BigDecimal tickSize, int maxBins) {
        this.grid = new TickGrid(tickSize);
        this.maxBins = maxBins;
        this.row = new ProfileBins(Math.max(1, maxBins / Page.SIZE));
        this.top = new TopBins(row);
        this.area = new ValueArea(row);
    }

    private Profile(Profile other) {
        grid = other.grid;
        maxBins = other.maxBins;
        row = other.row.copy();
        top = other.top.copy(row);
        area = new ValueArea(row);
        total.set(other.total);
        outside.set(other.outside);
        outsideTrades = other.outsideTrades;
        bins = other.bins;
    }

    /** An independent copy. */
    public Profile copy() {
        return new Profile(this);
    }

    public BigDecimal tickSize() {
        return grid.size();
    }

    /**
     * Adds a trade. The amount must be above 0.
     *
     * @param side null if unknown; only the volume is counted then
     */
    public void add(Decimal price, Amount amount, Side side) {
        long bin = bin(price);
        if (bin < 0 || !row.accepts(bin)) {
            outside.add(amount);
            outsideTrades++;
            return;
        }
        add(bin, amount, side);
    }

    private long bin(Decimal price) {
        try {
            return grid.bin(price);
        } catch (ArithmeticException e) {
            return -1;
        }
    }

    private void add(long bin, Amount amount, Side side) {
        total.add(amount);
        if (row.volume(bin, scratch).isZero()) {
            bins++;
        }
        row.add(bin, amount, side == Side.BUY, side == Side.SELL);
        top.grown(bin);
    }

    /**
     * Adds the content of another profile's bin.
     *
     * @throws IllegalArgumentException if its volume is less than the sum of bought and sold
     */
    public void add(Bin bin) {
        Decimal price = new Decimal().set(bin.price(), "price");
        BigDecimal unknown = bin.volume().subtract(bin.buy()).subtract(bin.sell());
        add(price, bin.buy(), Side.BUY);
        add(price, bin.sell(), Side.SELL);
        add(price, unknown, null);
    }

    private void add(Decimal price, BigDecimal volume, Side side) {
        if (volume.signum() < 0) {
            throw new IllegalArgumentException("a bin's volume is less than what was bought and sold in it");
        }
        if (volume.signum() > 0) {
            add(price, new Amount().set(volume), side);
        }
    }

    /** Adds the outside volume and trades of another profile. */
    public void addOutside(BigDecimal volume, long trades) {
        outside.add(new Amount().set(volume));
        outsideTrades += trades;
    }

    /** The same volumes in larger bins, or null if the new size is not a multiple of this one. */
    public Profile coarser(BigDecimal tickSize) {
        Profile other = new Profile(tickSize, maxBins);
        if (!other.grid.holds(grid)) {
            return null;
        }
        bins(0, Integer.MAX_VALUE).forEach(other::add);
        other.addOutside(outside.decimal(), outsideTrades);
        return other;
    }

    public boolean isEmpty() {
        return bins == 0;
    }

    /** Number of traded bins. */
    public int size() {
        return bins;
    }

    /** The volume of all bins. */
    public BigDecimal volume() {
        return total.decimal();
    }

    /** Volume outside the limits. */
    public BigDecimal outsideVolume() {
        return outside.decimal();
    }

    /** Number of trades outside the limits. */
    public long outsideTrades() {
        return outsideTrades;
    }

    /** At most ten bins with the most volume, largest first, lower prices first on a tie. */
    public List<Bin> top() {
        List<Bin> list = new ArrayList<>(top.size());
        for (int i = 0; i < top.size(); i++) {
            list.add(row.bin(top.bin(i), grid));
        }
        return list;
    }

    /** The value area, or null if the profile is empty. See {@link ValueArea} for the rule. */
    public PriceRange valueArea() {
        if (isEmpty()) {
            return null;
        }
        area.find(top.bin(0), scratch.percent(VALUE_AREA_PERCENT, total));
        return new PriceRange(grid.price(area.low()), grid.price(area.high()));
    }

    /**
     * Traded bins, lowest first.
     *
     * @param from a price in the first bin
     * @param limit maximum number of bins
     */
    public List<Bin> bins(BigDecimal from, int limit) {
        long first = from.signum() <= 0 ? 0 : bin(new Decimal().set(from, "from"));
        return first < 0 ? List.of() : bins(first, limit);
    }

    private List<Bin> bins(long from, int limit) {
        List<Bin> list = new ArrayList<>();
        if (isEmpty()) {
            return list;
        }
        long bin = row.firstAtMost(Math.max(from, row.lowest()), ANY);
        while (bin <= row.highest() && list.size() < limit) {
            list.add(row.bin(bin, grid));
            bin = row.firstAtMost(bin + 1, ANY);
        }
        return list;
    }
}
